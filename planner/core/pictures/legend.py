"""What the charts share: how each part looks, keys that wrap, signs of verdicts, headings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, assert_never

from planner.core.ledger import Part
from planner.core.pictures.picture import Box, Group, Hatch, Ink, Path, Picture, Text
from planner.core.pictures.text_width import elided, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.pictures.picture import Mark

KEY_PX: Final = 12.0
SWATCH: Final = 12.0
_SWATCH_GAP: Final = 6.0
_KEY_GAP: Final = 16.0
LINE_HEIGHT: Final = 20.0
_HEADING_PX: Final = 15.0
MARGIN: Final = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A fill and its hatch: each part can be told from its neighbours without colour."""

    fill: Ink
    hatch: Hatch = Hatch.NONE
    hatch_ink: Ink = Ink.PANEL


# Every part has a hatch of its own: they are told apart when the colours are gone.
PART_LOOKS: Final = {
    Part.WEIGHTS: Look(fill=Ink.WEIGHTS),
    Part.REPACKED_WEIGHTS: Look(fill=Ink.REPACKED_WEIGHTS, hatch=Hatch.HORIZONTAL),
    Part.KV_CACHE: Look(fill=Ink.KV_CACHE, hatch=Hatch.DIAGONAL),
    Part.COMPUTE_BUFFER: Look(fill=Ink.COMPUTE, hatch=Hatch.DOTS, hatch_ink=Ink.ON_PART),
    Part.OUTPUT_BUFFER: Look(fill=Ink.OUTPUT_BUFFER, hatch=Hatch.VERTICAL),
    Part.RUNTIME_OVERHEAD: Look(fill=Ink.OVERHEAD, hatch=Hatch.CROSS),
}
HELD_LOOK: Final = Look(fill=Ink.USED_BY_OTHERS, hatch=Hatch.DIAGONAL, hatch_ink=Ink.FREE)
FREE_LOOK: Final = Look(fill=Ink.FREE)
UNCERTAIN_LOOK: Final = Look(fill=Ink.FREE, hatch=Hatch.DIAGONAL, hatch_ink=Ink.OVERHEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """One entry of a legend: a swatch, the sign of the planned context, or else a line."""

    words: str
    look: Look | None = None
    line: Ink = Ink.INK
    is_dashed: bool = False
    is_planned: bool = False


def key_marks(
    keys: Sequence[Key], *, left: float, top: float, width: float
) -> tuple[tuple[Mark, ...], float]:
    """Return the keys in as many rows as they need, and the height of these."""
    marks: list[Mark] = []
    x, y = left, top
    for key in keys:
        words = elided(key.words, KEY_PX, width - SWATCH - _SWATCH_GAP)
        wide = SWATCH + _SWATCH_GAP + text_width(words, KEY_PX)
        if x > left and x + wide > left + width:
            x, y = left, y + LINE_HEIGHT
        marks.append(_swatch(key, x, y + (LINE_HEIGHT - SWATCH) / 2))
        baseline = y + LINE_HEIGHT / 2 + KEY_PX * 0.36
        at = x + SWATCH + _SWATCH_GAP
        marks.append(Text(x=at, y=baseline, words=words, size_px=KEY_PX, ink=Ink.MUTED))
        x += wide + _KEY_GAP
    return tuple(marks), y + LINE_HEIGHT - top if keys else 0.0


def _swatch(key: Key, x: float, y: float) -> Mark:
    if key.is_planned:
        return sign_of_planned(x + SWATCH / 2, y + 2)
    if key.look is None:
        middle = y + SWATCH / 2
        return Path(
            points=((x, middle), (x + SWATCH, middle)),
            line=key.line,
            line_width=1.5,
            is_dashed=key.is_dashed,
        )
    return look_box(key.look, x=x, y=y, width=SWATCH, height=SWATCH, radius=3, has_outline=True)


def sign_of_planned(x: float, top: float) -> Path:
    """Return the triangle that points at the planned context."""
    points = ((x, top), (x - 5, top + 8), (x + 5, top + 8))
    return Path(points=points, fill=Ink.INK)


def look_box(
    look: Look,
    *,
    x: float,
    y: float,
    width: float,
    height: float,
    radius: float = 0.0,
    has_outline: bool = False,
) -> Box:
    """Return a box of that look."""
    is_faint = has_outline and look.fill is Ink.FREE
    return Box(
        x=x,
        y=y,
        width=width,
        height=height,
        fill=look.fill,
        hatch=look.hatch,
        hatch_ink=look.hatch_ink,
        radius=radius,
        line=Ink.OUTLINE if is_faint else None,
    )


def titled(picture: Picture) -> Picture:
    """Return the picture under its title and with a margin, to stand for itself in a file."""
    top = MARGIN + 2 * _HEADING_PX
    width = picture.width + 2 * MARGIN
    heading = Text(
        x=MARGIN,
        y=MARGIN + _HEADING_PX,
        words=elided(picture.title, _HEADING_PX, picture.width, is_bold=True),
        size_px=_HEADING_PX,
        is_bold=True,
    )
    height = picture.height + top + MARGIN
    ground = Box(x=0, y=0, width=width, height=height, fill=Ink.PANEL)
    moved = tuple(moved_mark(mark, MARGIN, top) for mark in picture.marks)
    return replace(picture, width=width, height=height, marks=(ground, heading, *moved))


def moved_mark(mark: Mark, by_x: float, by_y: float) -> Mark:
    """Return a mark at another place."""
    match mark:
        case Box() | Text():
            return replace(mark, x=mark.x + by_x, y=mark.y + by_y)
        case Path():
            return replace(mark, points=tuple((x + by_x, y + by_y) for x, y in mark.points))
        case Group():
            inner = tuple(moved_mark(each, by_x, by_y) for each in mark.marks)
            return replace(mark, marks=inner)
    assert_never(mark)
