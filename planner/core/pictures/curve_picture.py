"""The memory curve drawn: stacked areas, lines of what may be taken, the largest context."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
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
from planner.core.pictures.legend import (
    LINE_HEIGHT,
    PART_LOOKS,
    Key,
    key_marks,
    sign_of_planned,
)
from planner.core.pictures.memory_curve import LimitKind
from planner.core.pictures.picture import Anchor, Box, Group, Ink, Path, Picture, Text
from planner.core.pictures.text_width import text_width
from planner.core.units import GIB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.core.pictures.chart_words import ChartWords
    from planner.core.pictures.memory_curve import CurveLimit, CurveSample, MemoryCurve
    from planner.core.pictures.picture import Mark

CURVE_HEIGHT: Final = 260.0
_LABEL_PX: Final = 12.0
_LEFT: Final = 34.0
_RIGHT: Final = 12.0
_HEADROOM: Final = 1.08
# A limit far above what is needed would press the curve flat: it is then told in words.
_TALLEST: Final = 2.2
_LABEL_ROOM: Final = 16.0
_LIMIT_NEAR: Final = 20.0  # of two lines nearer than this, the lower is labelled below
_THICK: Final = 5.0


def curve_area(
    curve: MemoryCurve,
    *,
    width: float,
    height: float = CURVE_HEIGHT,
    words: ChartWords = ENGLISH,
) -> PlotArea:
    """Return where the values stand in `curve_picture` of the same size."""
    _, keys_height = _keys(curve, width, words)
    top = keys_height + _LABEL_ROOM + 8
    highest = curve.highest_bytes or GIB
    limits = [each.size_bytes for each in curve.limits if each.size_bytes <= highest * _TALLEST]
    return PlotArea(
        left=_LEFT,
        top=top,
        width=max(40.0, width - _LEFT - _RIGHT),
        height=max(40.0, height - top - TOKENS_HEIGHT),
        shortest=curve.samples[0].context_length,
        longest=curve.samples[-1].context_length,
        highest=max([highest, *limits]) * _HEADROOM,
    )


def curve_picture(
    curve: MemoryCurve,
    *,
    width: float,
    height: float = CURVE_HEIGHT,
    words: ChartWords = ENGLISH,
    shows_planned: bool = True,
) -> Picture:
    """Return the chart; without `shows_planned` the planned context has no mark."""
    area = curve_area(curve, width=width, height=height, words=words)
    keys, _ = _keys(curve, width, words)
    unit_bytes = words.size_unit_bytes
    ticks = tuple(tick * unit_bytes for tick in round_ticks(area.highest / unit_bytes))
    unit = Text(x=0, y=area.top - 6, words=words.size_unit, size_px=SMALL_PX, ink=Ink.MUTED)
    marks: list[Mark] = [*keys, unit]
    marks += amount_marks(area, ticks, lambda tick: words.amount(tick / unit_bytes))
    marks += _areas(curve, area, words)
    marks += token_marks(area, words.short_tokens)
    marks += _limits(curve, area, words)
    marks += _largest(curve, area, words)
    if shows_planned:
        marks += planned_marks(curve, area, words)
    return Picture(
        width=width,
        height=height,
        title=words.curve_title,
        description=_description(curve, words),
        marks=tuple(marks),
    )


def planned_marks(
    curve: MemoryCurve, area: PlotArea, words: ChartWords = ENGLISH
) -> tuple[Mark, ...]:
    """Return the mark of the planned context on the axis: a small triangle."""
    planned = curve.context_length
    if planned is None:
        return ()
    triangle = sign_of_planned(area.x_at(planned), area.bottom + 1)
    tip = words.planned_tokens.format(count=words.tokens(planned))
    return (Group(key="planned", words=tip, marks=(triangle,)),)


def same_picture(one: MemoryCurve, other: MemoryCurve) -> bool:
    """Whether two curves differ in nothing but the planned context."""
    return one is other or replace(one, context_length=other.context_length) == other


def nearest_sample(curve: MemoryCurve, area: PlotArea, x: float) -> int:
    """Return the number of the sample that stands nearest to `x`."""
    places = [area.x_at(sample.context_length) for sample in curve.samples]
    after = min(bisect_left(places, x), len(places) - 1)
    before = max(0, after - 1)
    return before if x - places[before] < places[after] - x else after


def crosshair_marks(
    curve: MemoryCurve, index: int, area: PlotArea, words: ChartWords = ENGLISH
) -> tuple[Mark, ...]:
    """Return a line at one sample and its figures in a box beside it."""
    sample = curve.samples[index]
    x = area.x_at(sample.context_length)
    line = Path(points=((x, area.top), (x, area.bottom)), line=Ink.INK)
    rows = sample_rows(curve, sample, words)
    width = 24 + max(
        text_width(name, _LABEL_PX) + text_width(figure, _LABEL_PX) + 12
        for name, figure in rows
    )
    height = 8 + LINE_HEIGHT * len(rows)
    left = x + 10 if x + 10 + width <= area.right else max(0.0, x - 10 - width)
    box = Box(
        x=left,
        y=area.top + 4,
        width=width,
        height=height,
        fill=Ink.PANEL,
        line=Ink.OUTLINE,
        radius=6,
    )
    marks: list[Mark] = [line, box]
    for number, (name, figure) in enumerate(rows):
        baseline = box.y + 4 + LINE_HEIGHT * number + 14
        is_head = number == 0
        marks.append(
            Text(
                x=left + 12,
                y=baseline,
                words=name,
                ink=Ink.INK if is_head else Ink.MUTED,
                is_bold=is_head,
            )
        )
        marks.append(Text(x=left + width - 12, y=baseline, words=figure, anchor=Anchor.END))
    return tuple(marks)


def sample_rows(
    curve: MemoryCurve, sample: CurveSample, words: ChartWords = ENGLISH
) -> tuple[tuple[str, str], ...]:
    """Return names and figures of one sample, the context first and the total last."""
    head = (words.tokens_of.format(count=words.tokens(sample.context_length)), "")
    total, high = sample.total_bytes, sample.high_bytes
    if total is None or high is None:
        return (head, (words.refused.format(reason=words.reason(sample.reason or "")), ""))
    parts = (
        (words.part_names[part], words.gib(size))
        for part, size in zip(curve.parts, sample.part_bytes, strict=True)
    )
    return (
        head,
        *reversed(tuple(parts)),
        (words.total, words.gib(total)),
        (words.high_estimate, words.gib(high)),
    )


def sample_words(curve: MemoryCurve, sample: CurveSample, words: ChartWords = ENGLISH) -> str:
    """Return one sample in a line, for a screen reader."""
    (tokens, _), *rows = sample_rows(curve, sample, words)
    told = (
        words.part_of_size.format(part=name, size=size) if size else name for name, size in rows
    )
    return "; ".join((tokens, *told))


def curve_table(curve: MemoryCurve, words: ChartWords = ENGLISH) -> ChartTable:
    """Return a row for each context: its parts, their sum and the high estimate in GiB."""
    rows = []
    for sample in curve.samples:
        tokens = words.tokens(sample.context_length)
        total, high = sample.total_bytes, sample.high_bytes
        if total is None or high is None:
            reason = words.refused.format(reason=words.reason(sample.reason or ""))
            rows.append((tokens, *("" for _ in curve.parts), reason, ""))
            continue
        sizes = (*sample.part_bytes, total, high)
        rows.append((tokens, *map(words.gib_number, sizes)))
    return ChartTable(
        title=words.curve_title,
        heads=(
            words.tokens_head,
            *(words.part_names[part] for part in curve.parts),
            words.total,
            words.high_estimate,
        ),
        rows=tuple(rows),
    )


def _keys(
    curve: MemoryCurve, width: float, words: ChartWords
) -> tuple[tuple[Mark, ...], float]:
    keys = [Key(words=words.part_names[part], look=PART_LOOKS[part]) for part in curve.parts]
    keys.append(Key(words=words.high_estimate, line=Ink.MUTED, is_dashed=True))
    if curve.context_length is not None:
        keys.append(Key(words=words.planned, is_planned=True))
    return key_marks(keys, left=0, top=0, width=width)


def _areas(curve: MemoryCurve, area: PlotArea, words: ChartWords) -> Iterator[Mark]:
    """Yield the stacked parts, largest things below, and over them the high estimate."""
    for run in curve.runs():
        xs = [area.x_at(sample.context_length) for sample in run]
        below = [0] * len(run)
        for number, part in enumerate(curve.parts):
            above = [
                start + sample.part_bytes[number]
                for start, sample in zip(below, run, strict=True)
            ]
            top = [(x, area.y_at(value)) for x, value in zip(xs, above, strict=True)]
            floor = [(x, area.y_at(value)) for x, value in zip(xs, below, strict=True)]
            look = PART_LOOKS[part]
            filled = Path(
                points=(*top, *reversed(floor)),
                fill=look.fill,
                hatch=look.hatch,
                hatch_ink=look.hatch_ink,
            )
            thick = max(low[1] - high[1] for low, high in zip(floor, top, strict=True))
            marks: tuple[Mark, ...] = (filled,)
            if thick >= _THICK:
                # Where there is room for it, a gap tells neighbours apart without colour.
                marks = (filled, Path(points=tuple(top), line=Ink.PANEL))
            yield Group(key=part.value, words=words.part_names[part], marks=marks)
            below = above
        high = tuple(
            (x, area.y_at(sample.high_bytes or 0)) for x, sample in zip(xs, run, strict=True)
        )
        yield Path(points=high, line=Ink.MUTED, line_width=1.2, is_dashed=True)


def _limits(curve: MemoryCurve, area: PlotArea, words: ChartWords) -> Iterator[Mark]:
    """Yield a line and its label for each limit; the first that is too high is told."""
    within = [each for each in curve.limits if each.size_bytes <= area.highest]
    if curve.limits and not within:
        label = words.above_chart.format(limit=limit_words(curve.limits[0], words))
        yield _label(area.right, area.top - 6, label, Anchor.END)
    places = [area.y_at(limit.size_bytes) for limit in within]
    for limit, y in zip(within, places, strict=True):
        ends = ((area.left, y), (area.right, y))
        is_dashed = limit.kind is not LimitKind.TOTAL
        yield Path(points=ends, line=Ink.INK, line_width=1.4, is_dashed=is_dashed)
    for limit, y in zip(within, places, strict=True):
        is_below = any(0 < y - other < _LIMIT_NEAR for other in places)
        baseline = y + 15 if is_below else y - 5
        yield from _plate(area.left + 6, baseline, limit_words(limit, words))


def limit_words(limit: CurveLimit, words: ChartWords = ENGLISH) -> str:
    """Return `10.60 GiB free` and the like."""
    template = {
        LimitKind.FREE: words.free_size,
        LimitKind.SHARE: words.share_size,
        LimitKind.TOTAL: words.total_size,
    }[limit.kind]
    return template.format(size=words.gib(limit.size_bytes))


def _largest(curve: MemoryCurve, area: PlotArea, words: ChartWords) -> Iterator[Mark]:
    """Yield the line of the largest context that fits, where there is a larger one."""
    fits = curve.fits_context_length
    if fits is None or fits >= area.longest:
        return
    x = area.x_at(fits)
    yield Path(points=((x, area.top - 4), (x, area.bottom)), line=Ink.ACCENT, line_width=1.5)
    label = words.fits_up_to.format(count=words.tokens(fits))
    wide = text_width(label, _LABEL_PX)
    is_left = x + 6 + wide > area.right and x - 6 - wide >= 0
    at, anchor = (x - 6, Anchor.END) if is_left else (x + 6, Anchor.START)
    yield _label(at, area.top - 6, label, anchor, Ink.ACCENT)


def _label(x: float, y: float, words: str, anchor: Anchor, ink: Ink = Ink.INK) -> Text:
    return Text(x=x, y=y, words=words, size_px=_LABEL_PX, ink=ink, anchor=anchor)


def _plate(x: float, y: float, words: str) -> Iterator[Mark]:
    """Yield a label on a plate, readable over whatever it lies on."""
    wide = text_width(words, _LABEL_PX) + 8
    yield Box(x=x - 4, y=y - 12, width=wide, height=16, fill=Ink.PANEL, radius=4)
    yield _label(x, y, words, Anchor.START)


def _description(curve: MemoryCurve, words: ChartWords) -> str:
    known = curve.known
    if not known:
        return words.refused.format(reason=words.reason(curve.samples[0].reason or ""))
    return words.curve_description.format(
        low=words.gib(known[0].total_bytes or 0),
        shortest=words.tokens(known[0].context_length),
        high=words.gib(known[-1].total_bytes or 0),
        longest=words.tokens(known[-1].context_length),
        largest=largest_words(curve, words),
    )


def largest_words(curve: MemoryCurve, words: ChartWords = ENGLISH) -> str:
    """Return a sentence on the largest context that fits."""
    fits = curve.fits_context_length
    if fits is None:
        return words.fits_none if curve.is_limit_known else words.fits_unknown
    is_all = fits >= curve.samples[-1].context_length
    template = words.fits_all if is_all else words.fits_until
    return template.format(count=words.tokens(fits))
