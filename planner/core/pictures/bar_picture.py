"""Bars of memory drawn: held by others, the parts, what they may need more, what stays free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.core.pictures.chart_table import ChartTable
from planner.core.pictures.chart_words import ENGLISH
from planner.core.pictures.legend import (
    FREE_LOOK,
    HELD_LOOK,
    PART_LOOKS,
    UNCERTAIN_LOOK,
    Key,
    Look,
    key_marks,
    look_box,
)
from planner.core.pictures.picture import Anchor, Box, Group, Hatch, Ink, Path, Picture, Text
from planner.core.pictures.text_width import elided, text_width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.core.ledger import Part
    from planner.core.pictures.chart_words import ChartWords
    from planner.core.pictures.device_bars import DeviceBar
    from planner.core.pictures.picture import Mark

_BAR_HEIGHT: Final = 32.0
_ROW_BAR_HEIGHT: Final = 20.0
_OVERHANG: Final = 4.0
_NAME_HEIGHT: Final = 20.0
_ROW_GAP: Final = 14.0
_NAME_PX: Final = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """A stretch of a bar; `part` names it where it is one."""

    key: str
    words: str
    look: Look
    start_bytes: int
    size_bytes: int


def bar_picture(bar: DeviceBar, *, width: float, words: ChartWords = ENGLISH) -> Picture:
    """Return one bar over keys that have every figure."""
    marks = list(
        _bar_marks(
            bar, bar.end_bytes, top=_OVERHANG, width=width, words=words, tall=_BAR_HEIGHT
        )
    )
    top = _BAR_HEIGHT + 2 * _OVERHANG + 4
    keys, height = key_marks(_sized_keys(bar, words), left=0, top=top, width=width)
    return Picture(
        width=width,
        height=top + height,
        title=words.bar_title.format(pool=_name(bar, words)),
        description=_bar_words(bar, words),
        marks=(*marks, *keys),
    )


def split_picture(
    bars: Sequence[DeviceBar], *, width: float, words: ChartWords = ENGLISH
) -> Picture:
    """Return the bars of several devices one below the other, on one scale."""
    longest = max((bar.end_bytes for bar in bars), default=1)
    present = dict.fromkeys(part.part for bar in bars for part in bar.parts)
    keys, top = key_marks(_plain_keys(tuple(present), words), left=0, top=0, width=width)
    marks: list[Mark] = [*keys]
    top += 8
    for bar in bars:
        marks += _row_head(bar, top, width, words)
        top += _NAME_HEIGHT
        marks += _bar_marks(
            bar, longest, top=top, width=width, words=words, tall=_ROW_BAR_HEIGHT
        )
        top += _ROW_BAR_HEIGHT + _ROW_GAP
    devices = "; ".join(_device_words(bar, words) for bar in bars)
    return Picture(
        width=width,
        height=top - _ROW_GAP + _OVERHANG,
        title=words.split_title,
        description=words.split_description.format(devices=devices),
        marks=tuple(marks),
    )


def bar_table(bars: Sequence[DeviceBar], title: str, words: ChartWords = ENGLISH) -> ChartTable:
    """Return a column for each device and a row for each part, in GiB."""
    present = dict.fromkeys(part.part for bar in bars for part in bar.parts)
    rows = [
        (words.part_names[part], *(words.gib_number(_size_of(bar, part)) for bar in bars))
        for part in present
    ]
    for name, figures in (
        (words.total, [bar.needed_bytes for bar in bars]),
        (words.high_estimate, [bar.high_bytes for bar in bars]),
        (words.held_by_others, [bar.held_bytes for bar in bars]),
        (words.capacity, [bar.capacity_bytes for bar in bars]),
    ):
        known = (
            words.not_known if each is None else words.gib_number(each) for each in figures
        )
        rows.append((name, *known))
    heads = (words.size_unit, *(_name(bar, words) for bar in bars))
    return ChartTable(title=title, heads=heads, rows=tuple(rows))


def _size_of(bar: DeviceBar, part: Part) -> int:
    return sum(each.size_bytes for each in bar.parts if each.part is part)


def _pieces(bar: DeviceBar, words: ChartWords) -> Iterator[_Piece]:
    """Yield the stretches from the left, each with its words."""

    def piece(key: str, name: str, look: Look, start: int, size: int) -> _Piece:
        told = words.part_of_size.format(part=name, size=words.gib(size))
        return _Piece(key=key, words=told, look=look, start_bytes=start, size_bytes=size)

    at_bytes = bar.held_bytes or 0
    if at_bytes:
        yield piece("held", words.held_by_others, HELD_LOOK, 0, at_bytes)
    for part in bar.parts:
        name = words.part_names[part.part]
        yield piece(part.part.value, name, PART_LOOKS[part.part], at_bytes, part.size_bytes)
        at_bytes += part.size_bytes
    capacity = bar.capacity_bytes or 0
    if at_bytes < capacity:
        yield piece("free", words.left_free, FREE_LOOK, at_bytes, capacity - at_bytes)
    more = bar.high_bytes - bar.needed_bytes
    if more > 0:
        yield _Piece(
            key="uncertain",
            words=words.may_need_more.format(size=words.gib(more)),
            look=UNCERTAIN_LOOK,
            start_bytes=at_bytes,
            size_bytes=more,
        )


def _bar_marks(
    bar: DeviceBar,
    whole_bytes: int,
    *,
    top: float,
    width: float,
    words: ChartWords,
    tall: float,
) -> Iterator[Mark]:
    """Yield the stretches, and over them the marks of the reserve and the capacity."""
    per_byte = width / whole_bytes
    for piece in _pieces(bar, words):
        x = piece.start_bytes * per_byte
        box = look_box(piece.look, x=x, y=top, width=piece.size_bytes * per_byte, height=tall)
        marks: tuple[Mark, ...] = (box,)
        if x and piece.key != "free":
            # A gap tells neighbours apart without their colours.
            marks = (box, Path(points=((x, top), (x, top + tall)), line=Ink.PANEL))
        yield Group(key=piece.key, words=piece.words, marks=marks)
    capacity = bar.capacity_bytes
    if capacity is None:
        return
    x = capacity * per_byte
    over = (bar.held_bytes or 0) + bar.needed_bytes - capacity
    if over > 0:
        tip = words.too_much.format(size=words.gib(over))
        beyond = Box(
            x=x,
            y=top,
            width=over * per_byte,
            height=tall,
            hatch=Hatch.CROSS,
            hatch_ink=Ink.PANEL,
        )
        yield Group(key="beyond", words=tip, marks=(beyond,))
    if bar.reserve_bytes:
        at = max(0.0, (capacity - bar.reserve_bytes) * per_byte)
        tip = words.reserve_size.format(size=words.gib(bar.reserve_bytes))
        line = Path(points=((at, top), (at, top + tall)), line=Ink.INK, is_dashed=True)
        yield Group(key="reserve", words=tip, marks=(line,))
    if capacity < whole_bytes:
        tip = words.capacity_size.format(size=words.gib(capacity))
        mark = Box(
            x=x - 1, y=top - _OVERHANG, width=2, height=tall + 2 * _OVERHANG, fill=Ink.INK
        )
        yield Group(key="capacity", words=tip, marks=(mark,))


def _sized_keys(bar: DeviceBar, words: ChartWords) -> list[Key]:
    """Return a key for all that a bar shows, each with its figure."""
    keys = [Key(words=piece.words, look=piece.look) for piece in _pieces(bar, words)]
    if bar.capacity_bytes is None:
        return keys
    over = (bar.held_bytes or 0) + bar.needed_bytes - bar.capacity_bytes
    if over > 0:
        keys.append(Key(words=words.too_much.format(size=words.gib(over)), look=_BEYOND_LOOK))
    if bar.reserve_bytes:
        reserve = words.reserve_size.format(size=words.gib(bar.reserve_bytes))
        keys.append(Key(words=reserve, is_dashed=True))
    keys.append(Key(words=words.capacity_size.format(size=words.gib(bar.capacity_bytes))))
    return keys


_BEYOND_LOOK: Final = Look(fill=Ink.MUTED, hatch=Hatch.CROSS)


def _plain_keys(parts: Sequence[Part], words: ChartWords) -> list[Key]:
    keys = [Key(words=words.held_by_others, look=HELD_LOOK)]
    keys += [Key(words=words.part_names[part], look=PART_LOOKS[part]) for part in parts]
    keys.append(Key(words=words.high_estimate, look=UNCERTAIN_LOOK))
    keys.append(Key(words=words.left_free, look=FREE_LOOK))
    return keys


def _row_head(bar: DeviceBar, top: float, width: float, words: ChartWords) -> tuple[Text, Text]:
    free = bar.free_bytes
    figures = words.gib(bar.needed_bytes)
    if free is not None:
        figures = words.size_of_free.format(size=figures, free=words.gib(free))
    room = width - text_width(figures, _NAME_PX) - 16
    baseline = top + 13
    beside = text_width(_name(replace(bar, name=""), words), _NAME_PX, is_bold=True)
    name = _name(
        replace(bar, name=elided(bar.name, _NAME_PX, room - beside, is_bold=True)), words
    )
    return (
        Text(x=0, y=baseline, words=name, size_px=_NAME_PX, is_bold=True),
        Text(
            x=width,
            y=baseline,
            words=figures,
            size_px=_NAME_PX,
            ink=Ink.MUTED,
            anchor=Anchor.END,
        ),
    )


def _device_words(bar: DeviceBar, words: ChartWords) -> str:
    name, size = _name(bar, words), words.gib(bar.needed_bytes)
    if bar.free_bytes is None:
        return words.device_words_unknown.format(device=name, size=size)
    return words.device_words.format(device=name, size=size, free=words.gib(bar.free_bytes))


def _name(bar: DeviceBar, words: ChartWords) -> str:
    """Return a device's name; RAM is named after the processor, so it says that it is RAM."""
    return words.ram_name.format(name=bar.name) if bar.is_ram else bar.name


def _bar_words(bar: DeviceBar, words: ChartWords) -> str:
    pieces = ", ".join(piece.words for piece in _pieces(bar, words))
    if bar.capacity_bytes is None:
        return words.bar_of_unknown.format(parts=pieces)
    return words.bar_of_capacity.format(size=words.gib(bar.capacity_bytes), parts=pieces)
