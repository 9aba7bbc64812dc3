"""The frontier drawn: a map of the largest context by quant format and KV cache type."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Final

from planner.core.pictures.chart_table import ChartTable
from planner.core.pictures.chart_words import ENGLISH
from planner.core.pictures.legend import KEY_PX, LINE_HEIGHT
from planner.core.pictures.picture import Anchor, Box, Group, Ink, Path, Picture, Text
from planner.core.pictures.text_width import elided, text_width

if TYPE_CHECKING:
    from planner.core.frontier import Frontier, FrontierCell
    from planner.core.pictures.chart_words import ChartWords
    from planner.core.pictures.picture import Mark

_CELL_HEIGHT: Final = 26.0
_CELL_GAP: Final = 3.0
_HEAD_HEIGHT: Final = 24.0
_TEXT_PX: Final = 12.0
_SIGN: Final = 9.0  # the diameter of a verdict's sign
_SIGN_GAP: Final = 5.0
_LEAST_SIGNED: Final = 48.0  # a cell with room for a sign and `128k`
_WIDEST_CELL: Final = 120.0
_KEY_GAP: Final = 16.0


class _Answer(Enum):
    """What a cell says of the planned context: the fill, the ink, how much of the sign."""

    FITS = (Ink.FITS_FILL, Ink.FITS_INK)
    TIGHT = (Ink.TIGHT_FILL, Ink.TIGHT_INK)
    SHORTER = (Ink.NO_FILL, Ink.NO_INK)
    NONE = (None, Ink.MUTED)


def frontier_picture(
    frontier: Frontier,
    *,
    context_length: int,
    width: float,
    words: ChartWords = ENGLISH,
) -> Picture:
    """Return the map; its colours say how the planned `context_length` does in each cell."""
    names = max((text_width(name, _TEXT_PX) for name in frontier.quant_formats), default=0)
    left = names + 12
    columns = max(1, len(frontier.cache_types))
    cell_width = min(_WIDEST_CELL, max(1.0, (width - left) / columns))
    has_signs = cell_width - _CELL_GAP >= _LEAST_SIGNED
    marks: list[Mark] = []
    for number, cache_type in enumerate(frontier.cache_types):
        x = left + (number + 0.5) * cell_width - _CELL_GAP / 2
        marks.append(_text(x, _HEAD_HEIGHT - 8, cache_type.value, Ink.MUTED, Anchor.MIDDLE))
    for row, quant_format in enumerate(frontier.quant_formats):
        top = _HEAD_HEIGHT + row * (_CELL_HEIGHT + _CELL_GAP)
        baseline = top + _CELL_HEIGHT / 2 + _TEXT_PX * 0.36
        marks.append(_text(left - 12, baseline, quant_format, Ink.INK, Anchor.END))
        for number, cache_type in enumerate(frontier.cache_types):
            cell = frontier.cell(quant_format, cache_type)
            box = Box(
                x=left + number * cell_width,
                y=top,
                width=max(1.0, cell_width - _CELL_GAP),
                height=_CELL_HEIGHT,
                radius=5,
            )
            answer = _answer(cell, context_length)
            marks.append(_cell(cell, answer, box, has_signs=has_signs, words=words))
    top = _HEAD_HEIGHT + len(frontier.quant_formats) * (_CELL_HEIGHT + _CELL_GAP) + 6
    keys, height = _keys(top, width, words, has_signs=has_signs)
    return Picture(
        width=width,
        height=top + height,
        title=words.frontier_title,
        description=_description(frontier, words),
        marks=(*marks, *keys),
    )


def answers_of(frontier: Frontier, context_length: int) -> tuple[object, ...]:
    """Return all of a frontier's picture that the planned context decides, to compare."""
    return tuple(_answer(cell, context_length) for cell in frontier.cells)


def frontier_table(frontier: Frontier, words: ChartWords = ENGLISH) -> ChartTable:
    """Return a row for each quant format and a column for each cache type, in tokens."""
    return ChartTable(
        title=words.frontier_title,
        heads=(
            words.quant_format,
            *(words.cache_type.format(cache_type=each) for each in frontier.cache_types),
        ),
        rows=tuple(
            (
                quant_format,
                *(
                    _tokens(frontier.cell(quant_format, each), words)
                    for each in frontier.cache_types
                ),
            )
            for quant_format in frontier.quant_formats
        ),
    )


def cell_words(cell: FrontierCell, words: ChartWords = ENGLISH) -> str:
    """Return what one cell says, in a sentence."""
    return words.cell_words.format(
        quant_format=cell.quant_format,
        cache_type=cell.cache_type,
        answer=_answer_words(cell, words),
    )


def _answer_words(cell: FrontierCell, words: ChartWords) -> str:
    fits, tight = cell.fits_context_length, cell.tight_context_length
    if fits is None:
        if tight is None:
            return words.reason(cell.reason or "") or words.nothing
        return words.cell_tight.format(count=words.tokens(tight))
    if tight is None or tight <= fits:
        return words.cell_fits.format(count=words.tokens(fits))
    return words.cell_fits_tight.format(count=words.tokens(fits), tight=words.tokens(tight))


def _answer(cell: FrontierCell, context_length: int) -> _Answer:
    fits, tight = cell.fits_context_length, cell.tight_context_length
    if fits is not None and fits >= context_length:
        return _Answer.FITS
    if tight is not None and tight >= context_length:
        return _Answer.TIGHT
    return _Answer.NONE if fits is None and tight is None else _Answer.SHORTER


def _tokens(cell: FrontierCell, words: ChartWords) -> str:
    found = cell.fits_context_length or cell.tight_context_length
    return words.nothing if found is None else words.tokens(found)


def _label(cell: FrontierCell, room: float, words: ChartWords) -> str:
    """Return the context in short; where that is too wide, rounded down, which fits as well."""
    found = cell.fits_context_length or cell.tight_context_length
    if found is None:
        return words.nothing
    label = words.short_tokens(found)
    if text_width(label, _TEXT_PX, is_bold=True) > room and found >= 1024:
        label = words.short_tokens(found // 1024 * 1024)
    return elided(label, _TEXT_PX, room, is_bold=True)


def _ground(answer: _Answer, box: Box, *, has_signs: bool) -> Box:
    """Return a cell's box; without a sign, an outline tells that only shorter ones fit."""
    if answer is _Answer.SHORTER and not has_signs:
        return replace(box, line=Ink.OUTLINE)
    return replace(box, fill=answer.value[0])


def _cell(
    cell: FrontierCell, answer: _Answer, box: Box, *, has_signs: bool, words: ChartWords
) -> Group:
    is_signed = has_signs and answer is not _Answer.NONE
    sign_width = _SIGN + _SIGN_GAP if is_signed else 0.0
    # Without signs, bold tells what fits from what is tight.
    is_bold = answer is _Answer.FITS and not has_signs
    label = _label(cell, box.width - sign_width - 4, words)
    wide = text_width(label, _TEXT_PX, is_bold=is_bold)
    middle = box.y + box.height / 2
    start = box.x + (box.width - wide - sign_width) / 2
    marks: list[Mark] = [_ground(answer, box, has_signs=has_signs)]
    if is_signed:
        marks += _sign(answer, start, middle)
    text = _text(
        start + sign_width, middle + _TEXT_PX * 0.36, label, answer.value[1], Anchor.START
    )
    marks.append(replace(text, is_bold=is_bold))
    return Group(
        key=f"{cell.quant_format}/{cell.cache_type}",
        words=cell_words(cell, words),
        marks=tuple(marks),
    )


def _sign(answer: _Answer, x: float, middle: float) -> tuple[Mark, ...]:
    """Return a disc, half of one, or a ring: readable without colour."""
    ink = answer.value[1]
    radius = _SIGN / 2
    ring = Box(
        x=x + 0.75,
        y=middle - radius + 0.75,
        width=_SIGN - 1.5,
        height=_SIGN - 1.5,
        radius=radius - 0.75,
        line=ink,
        line_width=1.5,
        fill=ink if answer is _Answer.FITS else None,
    )
    if answer is not _Answer.TIGHT:
        return (ring,)
    return (ring, _half_disc(x + radius, middle, radius - 0.5, ink))


# The left half of a circle, as sines and cosines of every fifteenth degree.
_HALF: Final = (
    (0.0, -1.0),
    (-0.259, -0.966),
    (-0.5, -0.866),
    (-0.707, -0.707),
    (-0.866, -0.5),
    (-0.966, -0.259),
    (-1.0, 0.0),
)


def _half_disc(x: float, y: float, radius: float, ink: Ink) -> Path:
    down = tuple((across, -along) for across, along in reversed(_HALF))
    points = tuple((x + radius * across, y + radius * along) for across, along in _HALF + down)
    return Path(points=points, fill=ink)


def _keys(
    top: float, width: float, words: ChartWords, *, has_signs: bool
) -> tuple[tuple[Mark, ...], float]:
    """Return what the signs mean, in as many rows as it takes."""
    marks: list[Mark] = []
    x, y = 0.0, top
    for answer, told in (
        (_Answer.FITS, words.key_fits),
        (_Answer.TIGHT, words.key_tight),
        (_Answer.SHORTER, words.key_shorter),
    ):
        wide = _SIGN + _SIGN_GAP + text_width(told, KEY_PX)
        if x and x + wide > width:
            x, y = 0.0, y + LINE_HEIGHT
        middle = y + LINE_HEIGHT / 2
        if has_signs:
            marks += _sign(answer, x, middle)
        else:
            swatch = Box(x=x + 0.5, y=middle - _SIGN / 2, width=_SIGN, height=_SIGN, radius=3)
            marks.append(_ground(answer, swatch, has_signs=False))
        at = x + _SIGN + _SIGN_GAP
        marks.append(_text(at, middle + KEY_PX * 0.36, told, Ink.MUTED, Anchor.START))
        x += wide + _KEY_GAP
    return tuple(marks), y + LINE_HEIGHT - top


def _text(x: float, y: float, words: str, ink: Ink, anchor: Anchor) -> Text:
    return Text(x=x, y=y, words=words, size_px=_TEXT_PX, ink=ink, anchor=anchor)


def _description(frontier: Frontier, words: ChartWords) -> str:
    cells = "; ".join(cell_words(cell, words) for cell in frontier.cells)
    return words.frontier_description.format(cells=cells)
