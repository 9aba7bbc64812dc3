"""The sentence for a name that is not known: the nearest names, and nothing guessed."""

import difflib
from collections.abc import Sequence


def unknown_name(kind: str, name: str, known: Sequence[str]) -> str:
    """Return a sentence that says there is no such `kind` and offers up to four near names.

    A name is never completed or taken for another: a figure for the wrong model is worse
    than none.
    """
    shown = name if len(name) <= 60 else f"{name[:60]}…"
    by_folded = {each.casefold(): each for each in known}
    near = difflib.get_close_matches(name.casefold(), list(by_folded), n=4, cutoff=0.4)
    offered = [by_folded[each] for each in near] or list(known[:8])
    lead = "Did you mean" if near else "Known are, among others,"
    end = "?" if near else "."
    return f"There is no {kind} named {shown!r}. {lead} {', '.join(offered)}{end}"
