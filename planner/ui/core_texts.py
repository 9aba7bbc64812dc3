"""What the core says in English, in the language of the window.

The core gives whole sentences and formulas with their figures in them and knows no language.
Each comes from a template, such as `{free} of RAM beside it`. `make translations` collects the
templates from the core's source; here a sentence is matched with its template, and said again
by the template's translation, its figures and smaller phrases put in. What matches none, such
as the words of a driver or of a file, stays as it is.
"""

from __future__ import annotations

import json
import re
from functools import cached_property, lru_cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from PySide6.QtCore import QCoreApplication, QLocale

from planner.paths import shipped
from planner.ui import figures

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CONTEXT: Final = "core"
TEMPLATES_NAME: Final = "core_texts.json"
# C stands for no language at all, before one was chosen.
_ENGLISH: Final = frozenset({QLocale.Language.English, QLocale.Language.C})
# These are compiled, and kept by `re`, when a language that needs them is spoken.
_PLACE: Final = r"\{(\w+)\}"
# A decimal point alone may be that of a version: only a size or a share is a figure for sure.
_FIGURE: Final = (
    r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+\.\d+(?= (?:[KMGT]i?B|B|%)\b))"
)
_SENTENCE_END: Final = r"(?<=[.;]) (?=[^ ])"
_SEVERAL: Final = r"[.:;] "
# What stands after these is a sentence of its own, and may be foreign.
_BEFORE_A_SENTENCE: Final = (": ", ". ")
_SOMETIMES: Final = r"| (?![KMGT]?i?B\b).*?|[,;(](?!\d).*?"
_LETTERS: Final = r"[a-z]{2}"
_TERM: Final = r"((?:\d+ x )?[\d,]+ B )(.+)"
# No sentence of the core is nested deeper.
_DEEPEST: Final = 4
_CJK_STOPS: Final = ("。", "；", "：")  # noqa: RUF001 - Chinese has these


class _Template:
    """A template of the core; its pattern is made when a sentence may be one of it."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def literals(self) -> tuple[str, ...]:
        """The words around the places."""
        return tuple(part for part in re.split(_PLACE, self.source)[::2] if part.strip())

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What its sentences look like."""
        parts = re.split(_PLACE, self.source)
        words = []
        for number, part in enumerate(parts):
            if number % 2 == 0:
                words.append(re.escape(part))
                continue
            # A place right behind another has a phrase that is not always said.
            follows = number > 1 and not parts[number - 1]
            words.append(f"(?P<p{part}>{_SOMETIMES if follows else '.+?'})")
        return re.compile("".join(words), re.DOTALL)


class _Templates(NamedTuple):
    """Those without places, and the others: the closest first, each behind its longest words.

    Most of them are ruled out by those words.
    """

    plain: frozenset[str]
    others: tuple[tuple[str, _Template], ...]


@lru_cache(maxsize=1)
def _templates() -> _Templates:
    path = shipped("resources") / "translations" / TEMPLATES_NAME
    sources: list[str] = json.loads(path.read_text(encoding="utf-8"))
    plain = frozenset(source for source in sources if not re.search(_PLACE, source))
    others = [_Template(source) for source in sources if source not in plain]
    others.sort(key=lambda each: -sum(map(len, each.literals)))
    return _Templates(plain, tuple((max(each.literals, key=len), each) for each in others))


def core_text(english: str) -> str:
    """Return a sentence or formula of the core as the window says it."""
    locale = QLocale()
    if not english or locale.language() in _ENGLISH:
        return english
    return _said(english, locale.name(), 0) or _with_local_figures(english)


@lru_cache(maxsize=4096)
def _said(english: str, locale_name: str, depth: int) -> str | None:
    """Return the translation, `None` where no template is known for it.

    The locale is a part of what is remembered: another one may be spoken later.
    """
    whole = _by_template(english, locale_name, depth)
    if whole is not None or depth > _DEEPEST:
        return whole
    items = [_phrase(item, locale_name, depth + 1) for item in english.split("; ")]
    known = [item for item in items if item is not None]
    if len(known) == len(items) > 1:
        return "; ".join(known)
    return _in_pieces(english, locale_name, depth)


def _by_template(english: str, locale_name: str, depth: int) -> str | None:
    plain, others = _templates()
    if english in plain:
        return _translated(english)
    for longest, template in others:
        if longest in english and (found := template.pattern.fullmatch(english)):
            put = _phrases(template, found, locale_name, depth)
            if put is not None:
                return re.sub(_PLACE, partial(_put_in, put), _translated(template.source))
    return _as_sum(english, locale_name, depth)


def _put_in(put: Mapping[str, str], place: re.Match[str]) -> str:
    return put[place[1]]


def _phrases(
    template: _Template, found: re.Match[str], locale_name: str, depth: int
) -> dict[str, str] | None:
    """Return what stands in the places: phrases of the core, names, figures.

    Returns:
        None where a place would hold what no place holds: several sentences of others.
    """
    put = {}
    for name, words in found.groupdict().items():
        said = _phrase(words, locale_name, depth + 1)
        if said is None and re.search(_SEVERAL, words):
            before = template.source.partition(f"{{{name[1:]}}}")[0]
            if not before.endswith(_BEFORE_A_SENTENCE):
                return None
        put[name[1:]] = _with_local_figures(words) if said is None else said
    return put


def _as_sum(english: str, locale_name: str, depth: int) -> str | None:
    """Return a sum of tensors such as `logits: 1 x 2,048 B ids + 4,096 B mask`."""
    name, _, terms = english.rpartition(": ")
    found = [re.fullmatch(_TERM, term) for term in terms.split(" + ")]
    said = []
    for term in found:
        if term is None:
            return None
        # A tensor's own name, as logs have it, is nobody's phrase.
        tensor = _phrase(term[2], locale_name, depth + 1) or term[2]
        said.append(f"{_with_local_figures(term[1]).replace(' x ', ' × ')}{tensor}")
    whole = " + ".join(said)
    return f"{_phrase(name, locale_name, depth + 1) or name}: {whole}" if name else whole


def _phrase(words: str, locale_name: str, depth: int) -> str | None:
    """Return the translation of a part of a sentence; blanks around it stay."""
    bare = words.strip()
    # Most places hold a figure, which is not looked for among the phrases.
    if depth > _DEEPEST or re.search(_LETTERS, bare) is None:
        return None
    said = _said(bare, locale_name, depth)
    return None if said is None else words.replace(bare, said)


def _in_pieces(english: str, locale_name: str, depth: int) -> str | None:
    """Return several sentences that the core put together, or a sentence and what follows.

    A sentence of others may stand among them, such as what the catalogue notes of a model.
    """
    for begin, end, is_sentence in _cuts(english):
        first = _by_template(begin, locale_name, depth)
        if first is None:
            continue
        rest = _said(end.strip(), locale_name, depth)
        if rest is None and is_sentence:
            rest = _with_local_figures(end.strip())
        if rest is not None:
            gap = "" if first.endswith(_CJK_STOPS) else end[: len(end) - len(end.lstrip())]
            return f"{first}{gap}{rest}"
    return None


def _cuts(english: str) -> Iterator[tuple[str, str, bool]]:
    """Yield the ways to cut off the beginning: after a sentence, or after a known phrase."""
    for stop in reversed(list(re.finditer(_SENTENCE_END, english))):
        yield english[: stop.start()], english[stop.start() :], True
    for plus in re.finditer(re.escape(" + "), english):
        yield english[: plus.start()], english[plus.start() :], False
    plain, _ = _templates()
    known = (each for each in plain if english.startswith(each) and each != english)
    for phrase in sorted(known, key=len, reverse=True):
        yield phrase, english[len(phrase) :], False


def _translated(template: str) -> str:
    return QCoreApplication.translate(CONTEXT, template)


def _with_local_figures(words: str) -> str:
    """Return the words with the separators of the window in their figures."""
    style = figures.style_in_force()
    return re.sub(_FIGURE, lambda found: style.of_english(found[0]), words)
