"""A block's box: its name, a line or two on it, and what is inside as small fields."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final, assert_never

from planner.core.diagram.layout.sketch import (
    BODY_PX,
    LINE_HEIGHT,
    SMALL_PX,
    Drawing,
    Sketch,
)
from planner.core.pictures.picture import Anchor, Box, Group, Ink, Path, Text
from planner.core.pictures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

MIN_WIDTH: Final = 220.0
_CORNER: Final = 10.0
_CHIP_CORNER: Final = 6.0
_PADDING: Final = 12.0
_LOW_PADDING: Final = 8.0  # above and below a name that stands alone
_CHIP_HEIGHT: Final = 28.0
_CHIP_PADDING: Final = 10.0
_CHIP_GAP: Final = 4.0
_ROW_GAP: Final = 8.0
_HEAD: Final = 6.0  # the side of the square that stands for a query head
_HEAD_PITCH: Final = 8.0
_KEY_HEIGHT: Final = 4.0
_EXPERTS_IN_ROW: Final = 8
_EXPERT_WIDTH: Final = 28.0
_EXPERT_HEIGHT: Final = 16.0


@dataclass(frozen=True, slots=True)
class Chips:
    """Fields side by side; `is_joined` where they are parts of one matrix."""

    words: tuple[str, ...]
    is_joined: bool = False


@dataclass(frozen=True, slots=True)
class Heads:
    """A square for each query head, and under each group a bar for its key and value."""

    head_count: int
    kv_head_count: int


@dataclass(frozen=True, slots=True)
class Experts:
    """A field for each expert, of which a token meets some."""

    count: int
    used: int


Row = Chips | Heads | Experts


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxContent:
    """What a box says. `key` and `spoken` are empty for what is no block."""

    title: str
    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    key: str = ""
    spoken: str = ""
    fill: Ink = Ink.PANEL
    is_dashed: bool = False
    min_width: float = MIN_WIDTH


def box_sketch(content: BoxContent) -> Sketch:
    """Return the box, centred on the axis and as wide as its words need."""
    inner = max(
        content.min_width - 2 * _PADDING,
        text_width(content.title, BODY_PX, is_bold=True),
        *(text_width(line, SMALL_PX) for line in content.lines),
        *(_row_width(row) for row in content.rows),
    )
    # Whole steps of 8 keep both edges on the rhythm of 4.
    width = ceil((inner + 2 * _PADDING) / 8) * 8.0
    drawing = Drawing()
    padding = _PADDING if content.lines or content.rows else _LOW_PADDING
    y = _draw_words(drawing, content, padding)
    for row in content.rows:
        y += _ROW_GAP
        y += _draw_row(drawing, row, y, width - 2 * _PADDING)
    drawing.box(
        Box(
            x=-width / 2,
            y=0,
            width=width,
            height=y + padding,
            radius=_CORNER,
            fill=content.fill,
            line=Ink.OUTLINE,
            is_dashed=content.is_dashed,
        ),
        is_behind=True,
    )
    sketch = drawing.sketch()
    if not content.key:
        return sketch
    group = Group(key=content.key, words=content.spoken, marks=sketch.marks)
    return Sketch((group,), sketch.left, sketch.right, sketch.height)


def _draw_words(drawing: Drawing, content: BoxContent, top: float) -> float:
    """Draw the title and its lines, and return where they end."""
    quiet = Ink.MUTED if content.fill is Ink.PANEL else Ink.SHARE_MUTED
    lines = ((content.title, BODY_PX, Ink.INK, True),)
    for words, size_px, ink, is_bold in (
        *lines,
        *((line, SMALL_PX, quiet, False) for line in content.lines),
    ):
        drawing.text(
            Text(
                x=0,
                y=top + LINE_HEIGHT - 4,
                words=words,
                size_px=size_px,
                ink=ink,
                anchor=Anchor.MIDDLE,
                is_bold=is_bold,
            )
        )
        top += LINE_HEIGHT
    return top


def _row_width(row: Row) -> float:
    match row:
        case Chips():
            widest = max(text_width(words, SMALL_PX) for words in row.words)
            count = len(row.words)
            return count * (widest + 2 * _CHIP_PADDING) + (count - 1) * _CHIP_GAP
        case Heads():
            return row.head_count * _HEAD_PITCH
        case Experts():
            in_row = min(row.count, _EXPERTS_IN_ROW)
            return in_row * (_EXPERT_WIDTH + _CHIP_GAP) - _CHIP_GAP
    assert_never(row)


def _draw_row(drawing: Drawing, row: Row, y: float, width: float) -> float:
    """Draw a row over the whole width, and return its height."""
    match row:
        case Chips():
            return _draw_chips(drawing, row, y, width)
        case Heads():
            return _draw_heads(drawing, row, y)
        case Experts():
            return _draw_experts(drawing, row, y)
    assert_never(row)


def _draw_chips(drawing: Drawing, row: Chips, y: float, width: float) -> float:
    count = len(row.words)
    gap = 0.0 if row.is_joined else _CHIP_GAP
    each = (width - (count - 1) * gap) / count
    if row.is_joined:
        drawing.box(_chip(-width / 2, y, width, _CHIP_HEIGHT))
    for number, words in enumerate(row.words):
        left = -width / 2 + number * (each + gap)
        if not row.is_joined:
            drawing.box(_chip(left, y, each, _CHIP_HEIGHT))
        elif number:
            ends = ((left, y), (left, y + _CHIP_HEIGHT))
            drawing.marks.append(Path(points=ends, line=Ink.OUTLINE, is_dashed=True))
        drawing.text(
            Text(
                x=left + each / 2,
                y=y + _CHIP_HEIGHT / 2 + 4,
                words=words,
                size_px=SMALL_PX,
                ink=Ink.MUTED,
                anchor=Anchor.MIDDLE,
            )
        )
    return _CHIP_HEIGHT


def _draw_heads(drawing: Drawing, row: Heads, y: float) -> float:
    left = -row.head_count * _HEAD_PITCH / 2 + (_HEAD_PITCH - _HEAD) / 2
    group = row.head_count // row.kv_head_count
    for head in range(row.head_count):
        drawing.box(_filled(left + head * _HEAD_PITCH, y, _HEAD, _HEAD, Ink.WEIGHTS))
    below = y + _HEAD + 2
    for head in range(0, row.head_count, group):
        wide = group * _HEAD_PITCH - (_HEAD_PITCH - _HEAD)
        drawing.box(_filled(left + head * _HEAD_PITCH, below, wide, _KEY_HEIGHT, Ink.KV_CACHE))
    return _HEAD + 2 + _KEY_HEIGHT


def _draw_experts(drawing: Drawing, row: Experts, y: float) -> float:
    used = _spread(row.count, row.used)
    in_row = min(row.count, _EXPERTS_IN_ROW)
    pitch_x, pitch_y = _EXPERT_WIDTH + _CHIP_GAP, _EXPERT_HEIGHT + _CHIP_GAP
    left = -(in_row * pitch_x - _CHIP_GAP) / 2
    for expert in range(row.count):
        drawing.box(
            Box(
                x=left + expert % in_row * pitch_x,
                y=y + expert // in_row * pitch_y,
                width=_EXPERT_WIDTH,
                height=_EXPERT_HEIGHT,
                radius=4,
                fill=Ink.WEIGHTS if expert in used else Ink.PANEL,
                line=Ink.OUTLINE,
            )
        )
    return ceil(row.count / in_row) * pitch_y - _CHIP_GAP


def _spread(count: int, used: int) -> Sequence[int]:
    """Return which fields stand for the chosen: any will do, so one of each stretch."""
    stretch = count // used
    return [number * stretch + (stretch // 3 + number) % stretch for number in range(used)]


def _chip(x: float, y: float, width: float, height: float) -> Box:
    return Box(
        x=x,
        y=y,
        width=width,
        height=height,
        radius=_CHIP_CORNER,
        fill=Ink.PANEL,
        line=Ink.OUTLINE,
    )


def _filled(x: float, y: float, width: float, height: float, fill: Ink) -> Box:
    return Box(x=x, y=y, width=width, height=height, radius=1.5, fill=fill)
