"""Speed over context drawn: the band of decoding, always as a model and never as measured."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from planner.core.pictures.axes import (
    SMALL_PX,
    TOKENS_HEIGHT,
    PlotArea,
    amount_marks,
    round_ticks,
    token_marks,
)
from planner.core.pictures.chart_table import ChartTable
from planner.core.pictures.chart_words import ENGLISH
from planner.core.pictures.legend import Key, Look, key_marks, sign_of_planned
from planner.core.pictures.picture import Group, Ink, Path, Picture, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.core.pictures.chart_words import ChartWords
    from planner.core.pictures.picture import Mark
    from planner.core.speed import SpeedBand, SpeedEstimate

SPEED_HEIGHT: Final = 220.0
_LEFT: Final = 40.0
_RIGHT: Final = 12.0
_HEADROOM: Final = 1.08
_BAND_LOOK: Final = Look(fill=Ink.SHARE_2)


def speed_picture(
    curve: Sequence[SpeedEstimate],
    *,
    width: float,
    height: float = SPEED_HEIGHT,
    context_length: int | None = None,
    words: ChartWords = ENGLISH,
) -> Picture:
    """Return the chart of `speed_curve`; contexts without a figure leave a gap.

    Raises:
        ValueError: the curve has no context at all.
    """
    if not curve:
        raise ValueError("a curve needs at least one context")
    keys = [
        Key(words=words.expected_line, line=Ink.ACCENT),
        Key(words=words.band_of, look=_BAND_LOOK),
    ]
    if context_length is not None:
        keys.append(Key(words=words.planned, is_planned=True))
    key_row, top = key_marks(keys, left=0, top=0, width=width)
    known = [(each, each.decode) for each in curve if each.decode is not None]
    highest = max((band.high_tokens_per_s for _, band in known), default=1.0)
    area = PlotArea(
        left=_LEFT,
        top=top + 24,
        width=max(40.0, width - _LEFT - _RIGHT),
        height=max(40.0, height - top - 24 - TOKENS_HEIGHT),
        shortest=curve[0].context_length,
        longest=curve[-1].context_length,
        highest=highest * _HEADROOM,
    )
    unit = Text(x=0, y=area.top - 8, words=words.per_second, size_px=SMALL_PX, ink=Ink.MUTED)
    marks: list[Mark] = [*key_row, unit]
    marks += amount_marks(area, round_ticks(area.highest), lambda tick: f"{tick:,.10g}")
    marks += _bands(curve, area, words)
    marks += token_marks(area, words.short_tokens)
    if context_length is not None:
        marks.append(sign_of_planned(area.x_at(context_length), area.bottom + 1))
    return Picture(
        width=width,
        height=height,
        title=words.speed_title,
        description=_description(known, words),
        marks=tuple(marks),
    )


def speed_table(curve: Sequence[SpeedEstimate], words: ChartWords = ENGLISH) -> ChartTable:
    """Return a row for each context, in tokens per second."""
    rows = []
    for each in curve:
        band = each.decode
        figures = ("", words.not_known, "") if band is None else _figures(band, words)
        rows.append((words.tokens(each.context_length), *figures))
    return ChartTable(
        title=words.speed_title,
        heads=(words.tokens_head, words.slowest, words.expected, words.fastest),
        rows=tuple(rows),
    )


def _figures(band: SpeedBand, words: ChartWords) -> tuple[str, str, str]:
    return (
        words.rate(band.low_tokens_per_s),
        words.rate(band.expected_tokens_per_s),
        words.rate(band.high_tokens_per_s),
    )


def _bands(curve: Sequence[SpeedEstimate], area: PlotArea, words: ChartWords) -> Iterator[Mark]:
    """Yield the band and its expected line between the contexts that have no figure."""
    for is_known, group in groupby(curve, key=lambda each: each.decode is not None):
        if not is_known:
            continue
        run = [(area.x_at(each.context_length), each.decode) for each in group]
        bands = [(x, band) for x, band in run if band is not None]
        low = [(x, area.y_at(band.low_tokens_per_s)) for x, band in bands]
        high = [(x, area.y_at(band.high_tokens_per_s)) for x, band in bands]
        middle = [(x, area.y_at(band.expected_tokens_per_s)) for x, band in bands]
        first = bands[0][1]
        low_rate, expected, high_rate = _figures(first, words)
        yield Group(
            key="decode",
            words=words.rate_between.format(expected=expected, low=low_rate, high=high_rate),
            marks=(
                Path(points=(*high, *reversed(low)), fill=_BAND_LOOK.fill),
                Path(points=tuple(middle), line=Ink.ACCENT, line_width=2),
            ),
        )


def _description(known: Sequence[tuple[SpeedEstimate, SpeedBand]], words: ChartWords) -> str:
    if not known:
        return words.not_known
    (first, first_band), (last, last_band) = known[0], known[-1]
    return words.speed_description.format(
        first=words.rate(first_band.expected_tokens_per_s),
        shortest=words.tokens(first.context_length),
        last=words.rate(last_band.expected_tokens_per_s),
        longest=words.tokens(last.context_length),
    )
