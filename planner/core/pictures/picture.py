"""A picture as plain data: boxes, lines and texts in pixels, with roles in place of colours.

Whoever draws it (the window's painter, the SVG writer, the PDF writer) maps the roles to the
colours of its scheme, so that one description serves the screen and every export.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from planner.core.pictures.inks import Ink

if TYPE_CHECKING:
    from collections.abc import Iterator

# The roles too: whoever draws marks needs both.
__all__ = ["Anchor", "Box", "Group", "Hatch", "Ink", "Mark", "Path", "Picture", "Text"]


class Hatch(StrEnum):
    """A pattern over a fill, which tells parts apart without colour.

    Whoever draws it takes the tiles of `hatches`: thin lines or dots in the mark's `hatch_ink`.
    """

    NONE = "none"
    DIAGONAL = "diagonal"
    DOTS = "dots"
    CROSS = "cross"
    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class Anchor(StrEnum):
    """Which end of a text its `x` is."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle; `radius` rounds its corners."""

    x: float
    y: float
    width: float
    height: float
    fill: Ink | None = None
    line: Ink | None = None
    line_width: float = 1.0
    radius: float = 0.0
    hatch: Hatch = Hatch.NONE
    hatch_ink: Ink = Ink.PANEL
    is_dashed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """Straight lines through `points`; where there is a `fill` they are closed and filled.

    With `has_arrow` the head of an arrow stands at the last point (`marks.arrow_head`).
    """

    points: tuple[tuple[float, float], ...]
    line: Ink | None = None
    line_width: float = 1.0
    fill: Ink | None = None
    hatch: Hatch = Hatch.NONE
    hatch_ink: Ink = Ink.PANEL
    is_dashed: bool = False
    has_arrow: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One line of words; `y` is its baseline, `size_px` the font's size."""

    x: float
    y: float
    words: str
    size_px: float = 12.0
    ink: Ink = Ink.INK
    anchor: Anchor = Anchor.START
    is_bold: bool = False
    is_mono: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Marks that are one thing for a reader: `key` finds it, `words` say what it is.

    A pointer over any of its marks shows `words`; in SVG they are its title.
    """

    key: str
    words: str
    marks: tuple[Mark, ...]


Mark = Box | Path | Text | Group


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Marks on a plane of `width` by `height` pixels; later ones cover earlier ones.

    `title` names it and `description` says what it shows to those who cannot see it.
    """

    width: float
    height: float
    title: str
    description: str
    marks: tuple[Mark, ...]

    def groups(self) -> Iterator[Group]:
        """Yield every group, outer ones before those inside."""
        yield from _groups(self.marks)


def _groups(marks: tuple[Mark, ...]) -> Iterator[Group]:
    for mark in marks:
        if isinstance(mark, Group):
            yield mark
            yield from _groups(mark.marks)
