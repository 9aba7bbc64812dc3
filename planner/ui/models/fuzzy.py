"""How well a few typed letters stand for a name. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_Item = TypeVar("_Item")

_AT_WORD: Final = 8  # a letter that begins a word
_IN_A_ROW: Final = 10  # a letter that follows the one before
_LONGEST_QUERY: Final = 80


def fuzzy_score(query: str, text: str) -> int | None:
    """Return a higher figure for a better match, `None` where the letters are not all there.

    The letters must come in their order; spaces in the query mean nothing. Letters at the
    beginning of words and letters in a row count more, and of equal ones the shorter text.
    """
    letters = query[:_LONGEST_QUERY].casefold().replace(" ", "")
    folded = text.casefold()
    best: int | None = None
    start = folded.find(letters[:1]) if letters else 0
    while start >= 0:
        score = _score_from(letters, folded, start)
        if score is not None and (best is None or score > best):
            best = score
        if not letters:
            break
        start = folded.find(letters[0], start + 1)
    return None if best is None else best * 100 - min(len(text), 99)


def best_matches(
    query: str, items: Iterable[_Item], *, text_of: Callable[[_Item], str], most: int
) -> list[_Item]:
    """Return the items that match, the best first; equal ones keep their order."""
    scored = [(fuzzy_score(query, text_of(item)), item) for item in items]
    if not query.strip():
        return [item for _, item in scored][:most]
    found = [(score, item) for score, item in scored if score is not None]
    found.sort(key=lambda pair: -pair[0])
    return [item for _, item in found[:most]]


def _score_from(letters: str, text: str, start: int) -> int | None:
    score, before = 0, start - 2
    place = start
    for letter in letters:
        place = text.find(letter, max(place, before + 1))
        if place < 0:
            return None
        score += 1
        if place == 0 or not text[place - 1].isalnum():
            score += _AT_WORD
        if place == before + 1:
            score += _IN_A_ROW
        before = place
    return score
