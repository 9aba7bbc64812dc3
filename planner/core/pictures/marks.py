"""What every drawer of marks needs: arrow heads, the tiles of hatches, which mark is where."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, assert_never

from planner.core.pictures.picture import Anchor, Box, Group, Hatch, Path, Text
from planner.core.pictures.text_width import text_width

if TYPE_CHECKING:
    from planner.core.pictures.picture import Picture

Point = tuple[float, float]

DASH_PX: Final = (4.0, 3.0)  # drawn, then left out
HATCH_OPACITY: Final = 0.55
_ARROW_LENGTH: Final = 8.0
_ARROW_HALF_WIDTH: Final = 4.0
_NEAR_PX: Final = 5.0  # how near a pointer must come to a line


@dataclass(frozen=True, slots=True, kw_only=True)
class HatchTile:
    """A square that is laid side by side: lines of `line_width`, or dots of `dot_radius`."""

    size: float
    lines: tuple[tuple[Point, Point], ...] = ()
    line_width: float = 1.2
    dots: tuple[Point, ...] = ()
    dot_radius: float = 1.0


_RISING: Final = (
    ((-2.0, 2.0), (2.0, -2.0)),
    ((0.0, 8.0), (8.0, 0.0)),
    ((6.0, 10.0), (10.0, 6.0)),
)
_FALLING: Final = tuple(((x, 8.0 - y), (p, 8.0 - q)) for (x, y), (p, q) in _RISING)

HATCH_TILES: Final = {
    Hatch.DIAGONAL: HatchTile(size=8.0, lines=_RISING),
    Hatch.CROSS: HatchTile(size=8.0, lines=_RISING + _FALLING, line_width=0.9),
    Hatch.HORIZONTAL: HatchTile(size=5.0, lines=(((0.0, 2.5), (5.0, 2.5)),)),
    Hatch.VERTICAL: HatchTile(size=5.0, lines=(((2.5, 0.0), (2.5, 5.0)),)),
    Hatch.DOTS: HatchTile(size=6.0, dots=((1.5, 1.5), (4.5, 4.5))),
}


def arrow_head(path: Path) -> tuple[Point, Point, Point] | None:
    """Return the triangle at the end of a path, `None` where it has no length."""
    if len(path.points) < 2:
        return None
    (from_x, from_y), (tip_x, tip_y) = path.points[-2:]
    length = math.hypot(tip_x - from_x, tip_y - from_y)
    if not length:
        return None
    along_x, along_y = (tip_x - from_x) / length, (tip_y - from_y) / length
    base_x, base_y = tip_x - along_x * _ARROW_LENGTH, tip_y - along_y * _ARROW_LENGTH
    side_x, side_y = -along_y * _ARROW_HALF_WIDTH, along_x * _ARROW_HALF_WIDTH
    return (
        (tip_x, tip_y),
        (base_x + side_x, base_y + side_y),
        (base_x - side_x, base_y - side_y),
    )


def text_left(text: Text) -> float:
    """Return where a text begins, whatever its anchor."""
    if text.anchor is Anchor.START:
        return text.x
    width = text_width(text.words, text.size_px, is_bold=text.is_bold, is_mono=text.is_mono)
    return text.x - (width if text.anchor is Anchor.END else width / 2)


def group_at(picture: Picture, x: float, y: float) -> Group | None:
    """Return the innermost group with a mark at that point, the one drawn last."""
    for mark in reversed(picture.marks):
        if isinstance(mark, Group) and (found := _within(mark, x, y)) is not None:
            return found
    return None


def _within(group: Group, x: float, y: float) -> Group | None:
    for mark in reversed(group.marks):
        if isinstance(mark, Group):
            found = _within(mark, x, y)
            if found is not None:
                return found
        elif _is_at(mark, x, y):
            return group
    return None


def _is_at(mark: Box | Path | Text, x: float, y: float) -> bool:
    match mark:
        case Box():
            return mark.x <= x <= mark.x + mark.width and mark.y <= y <= mark.y + mark.height
        case Text():
            left = text_left(mark)
            right = left + text_width(
                mark.words, mark.size_px, is_bold=mark.is_bold, is_mono=mark.is_mono
            )
            return left <= x <= right and mark.y - mark.size_px <= y <= mark.y + 2
        case Path():
            return _is_inside(mark, x, y) if mark.fill else _is_near(mark, x, y)
    assert_never(mark)


def _is_inside(path: Path, x: float, y: float) -> bool:
    """Count the edges to the right of the point: an odd number is inside."""
    inside = False
    for (one_x, one_y), (two_x, two_y) in zip(
        path.points, path.points[1:] + path.points[:1], strict=True
    ):
        if (one_y > y) != (two_y > y):
            inside ^= x < (two_x - one_x) * (y - one_y) / (two_y - one_y) + one_x
    return inside


def _is_near(path: Path, x: float, y: float) -> bool:
    return any(
        _distance(one, two, (x, y)) <= _NEAR_PX
        for one, two in zip(path.points, path.points[1:], strict=False)
    )


def _distance(one: Point, two: Point, point: Point) -> float:
    """Return how far a point is from the stretch between two others."""
    along_x, along_y = two[0] - one[0], two[1] - one[1]
    squared = along_x**2 + along_y**2
    if not squared:
        return math.dist(one, point)
    part = ((point[0] - one[0]) * along_x + (point[1] - one[1]) * along_y) / squared
    held = min(1.0, max(0.0, part))
    return math.dist((one[0] + held * along_x, one[1] + held * along_y), point)
