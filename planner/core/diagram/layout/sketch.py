"""Marks around a vertical axis, to be put together from the inside out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from planner.core.pictures.marks import text_left
from planner.core.pictures.picture import Anchor, Box, Group, Ink, Mark, Path, Text
from planner.core.pictures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Iterable

BODY_PX: Final = 13.0
SMALL_PX: Final = 12.0
TITLE_PX: Final = 19.0
LINE_HEIGHT: Final = 16.0
LINE_INK: Final = Ink.MUTED
LINE_WIDTH: Final = 1.5
GAP: Final = 24.0  # between two boxes, with an arrow in it
NODE: Final = 24.0  # the circle of an addition

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Sketch:
    """Marks whose axis is at x = 0 and whose top is at y = 0."""

    marks: tuple[Mark, ...]
    left: float
    right: float
    height: float

    @property
    def width(self) -> float:
        """From the leftmost to the rightmost."""
        return self.right - self.left


class Drawing:
    """Collects marks and how far they reach."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self.left = self.right = self.bottom = 0.0

    def place(self, sketch: Sketch, x: float, y: float) -> None:
        """Put a sketch with its axis at `x` and its top at `y`."""
        self.marks += moved(sketch.marks, x, y)
        self._reach(x + sketch.left, x + sketch.right, y + sketch.height)

    def box(self, box: Box, *, is_behind: bool = False) -> None:
        """Put a box, in front of or behind what is there."""
        self.marks.insert(0 if is_behind else len(self.marks), box)
        self._reach(box.x, box.x + box.width, box.y + box.height)

    def text(self, text: Text) -> None:
        """Put a line of words."""
        self.marks.append(text)
        left = text_left(text)
        self._reach(left, left + width_of(text), text.y + text.size_px / 4)

    def line(self, *points: Point, is_arrow: bool = False, is_dashed: bool = False) -> None:
        """Put a line through points, with the head of an arrow at its end."""
        self.marks.append(
            Path(
                points=points,
                line=LINE_INK,
                line_width=LINE_WIDTH,
                has_arrow=is_arrow,
                is_dashed=is_dashed,
            )
        )
        xs = [x for x, _ in points]
        self._reach(min(xs), max(xs), max(y for _, y in points))

    def down(self, x: float, top: float, bottom: float) -> None:
        """Put an arrow downwards."""
        self.line((x, top), (x, bottom), is_arrow=True)

    def label(self, x: float, middle: float, words: str) -> None:
        """Put a block's figures to the right of `x`."""
        self.text(
            Text(
                x=x, y=middle + 4, words=words, size_px=SMALL_PX, ink=Ink.WEIGHTS, is_bold=True
            )
        )

    def plus(self, x: float, middle: float) -> None:
        """Put the circle of an addition."""
        self.box(
            Box(
                x=x - NODE / 2,
                y=middle - NODE / 2,
                width=NODE,
                height=NODE,
                radius=NODE / 2,
                fill=Ink.PANEL,
                line=Ink.OUTLINE,
            )
        )
        self.text(
            Text(
                x=x,
                y=middle + 5,
                words="+",
                size_px=BODY_PX,
                anchor=Anchor.MIDDLE,
                is_bold=True,
            )
        )

    def sketch(self) -> Sketch:
        """Return what was put together."""
        return Sketch(tuple(self.marks), self.left, self.right, self.bottom)

    def _reach(self, left: float, right: float, bottom: float) -> None:
        self.left = min(self.left, left)
        self.right = max(self.right, right)
        self.bottom = max(self.bottom, bottom)


def width_of(text: Text) -> float:
    """Return the width of a line of words."""
    return text_width(text.words, text.size_px, is_bold=text.is_bold)


def moved(marks: Iterable[Mark], by_x: float, by_y: float) -> list[Mark]:
    """Return the marks at another place."""
    return [_moved(mark, by_x, by_y) for mark in marks]


def _moved(mark: Mark, by_x: float, by_y: float) -> Mark:
    # `dataclasses.replace` would take three times as long for the hundreds of marks.
    match mark:
        case Box():
            return Box(
                x=mark.x + by_x,
                y=mark.y + by_y,
                width=mark.width,
                height=mark.height,
                fill=mark.fill,
                line=mark.line,
                line_width=mark.line_width,
                radius=mark.radius,
                is_dashed=mark.is_dashed,
            )
        case Path():
            return Path(
                points=tuple((x + by_x, y + by_y) for x, y in mark.points),
                line=mark.line,
                line_width=mark.line_width,
                is_dashed=mark.is_dashed,
                has_arrow=mark.has_arrow,
            )
        case Text():
            return Text(
                x=mark.x + by_x,
                y=mark.y + by_y,
                words=mark.words,
                size_px=mark.size_px,
                ink=mark.ink,
                anchor=mark.anchor,
                is_bold=mark.is_bold,
            )
        case Group():
            return Group(
                key=mark.key, words=mark.words, marks=tuple(moved(mark.marks, by_x, by_y))
            )
    assert_never(mark)
