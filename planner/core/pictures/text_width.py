"""How wide words are in the bundled typeface, without a font at hand."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

# DejaVu Sans Mono, Menlo and Consolas are 0.55 to 0.61 of the em wide: the widest counts.
_MONO_WIDTH_EM: Final = 0.61
# A character that the typeface lacks comes from another one: about a letter's width, or a
# full square for Chinese, Japanese and Korean.
_OTHER_WIDTH_EM: Final = 0.65
_WIDE_EM: Final = 1.0
_ELLIPSIS: Final = "…"


def text_width(
    words: str, size_px: float, *, is_bold: bool = False, is_mono: bool = False
) -> float:
    """Return the width of a line in pixels.

    Pairs that stand closer (kerning) are not taken off, so it is a little more than is drawn.
    """
    if is_mono:
        return size_px * sum(map(_mono_em, words))
    widths = _widths_em(is_bold)
    return size_px * sum(
        _other_em(each) if (width := widths.get(each)) is None else width for each in words
    )


def elided(
    words: str,
    size_px: float,
    max_width: float,
    *,
    is_bold: bool = False,
    is_mono: bool = False,
) -> str:
    """Return the words, cut with an ellipsis where they are wider; empty where none fit."""

    def is_within(line: str) -> bool:
        return text_width(line, size_px, is_bold=is_bold, is_mono=is_mono) <= max_width

    if is_within(words):
        return words
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        if is_within(words[:middle].rstrip() + _ELLIPSIS):
            low = middle
        else:
            high = middle - 1
    return words[:low].rstrip() + _ELLIPSIS if low else ""


def _mono_em(character: str) -> float:
    other = _other_em(character)
    return _MONO_WIDTH_EM if other == _OTHER_WIDTH_EM else other


def _other_em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return _WIDE_EM
    return 0.0 if unicodedata.combining(character) else _OTHER_WIDTH_EM


@lru_cache
def _widths_em(is_bold: bool) -> dict[str, float]:
    # Read at the first use: the command line draws nothing in most of its commands.
    from planner.core.pictures.advance_widths import REGULAR, SEMIBOLD, UNITS_PER_EM

    widths: dict[str, float] = {}
    code = 0
    for word in (SEMIBOLD if is_bold else REGULAR).split():
        if word.startswith("U+"):
            code = int(word[2:], 16)
        else:
            widths[chr(code)] = int(word) / UNITS_PER_EM
            code += 1
    return widths
