"""Where values stand in a chart: context lengths on a logarithmic axis, amounts upwards."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.core.pictures.picture import Anchor, Ink, Path, Text
from planner.core.pictures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from planner.core.pictures.picture import Mark

SMALL_PX: Final = 11.0
TOKENS_HEIGHT: Final = 26.0  # under the axis: room for the sign of the plan, then labels
_TICK_GAP: Final = 6.0
_LABEL_GAP: Final = 20.0  # between the labels of neighbouring ticks
_ROUND_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotArea:
    """The plane of a chart in pixels, and what its edges stand for."""

    left: float
    top: float
    width: float
    height: float
    shortest: int
    longest: int
    highest: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where nothing stands."""
        return self.top + self.height

    def x_at(self, context_length: int) -> float:
        """Return where a context length stands, within the edges."""
        if self.longest <= self.shortest:
            return self.left
        held = min(max(context_length, self.shortest), self.longest)
        part = math.log(held / self.shortest) / math.log(self.longest / self.shortest)
        return self.left + self.width * part

    def y_at(self, value: float) -> float:
        """Return where an amount stands, within the edges."""
        return self.bottom - self.height * min(1.0, max(0.0, value / self.highest))


def round_ticks(highest: float, most: int = 4) -> tuple[float, ...]:
    """Return round amounts from 0 on, so that there are at most so many above it."""
    least = highest / most
    power = 10.0 ** math.floor(math.log10(least))
    step = next(power * each for each in _ROUND_STEPS if power * each >= least * (1 - 1e-9))
    return tuple(step * number for number in range(math.floor(highest / step + 1e-9) + 1))


def token_ticks(area: PlotArea, label: Callable[[int], str]) -> tuple[int, ...]:
    """Return the powers of two that have room for their labels, and the longest context."""
    ticks = [area.longest]
    length = 1 << (area.longest - 1).bit_length()
    while length > area.shortest:
        length //= 2
        before = ticks[-1]
        room = area.x_at(before) - area.x_at(length)
        needed = (text_width(label(before), SMALL_PX) + text_width(label(length), SMALL_PX)) / 2
        if length < before and length >= area.shortest and room >= needed + _LABEL_GAP:
            ticks.append(length)
    return tuple(reversed(ticks))


def amount_marks(
    area: PlotArea, ticks: tuple[float, ...], label: Callable[[float], str]
) -> Iterator[Mark]:
    """Yield a quiet line and a figure for each amount."""
    for tick in ticks:
        y = area.y_at(tick)
        ends = ((area.left, y), (area.right, y))
        yield Path(points=ends, line=Ink.LINE if tick else Ink.OUTLINE)
        yield Text(
            x=area.left - _TICK_GAP,
            y=y + SMALL_PX * 0.36,
            words=label(tick),
            size_px=SMALL_PX,
            ink=Ink.MUTED,
            anchor=Anchor.END,
        )


def token_marks(area: PlotArea, label: Callable[[int], str]) -> Iterator[Mark]:
    """Yield a short line and a label for each context length under the axis."""
    for tick in token_ticks(area, label):
        x = area.x_at(tick)
        ends = ((x, area.bottom), (x, area.bottom + 4))
        yield Path(points=ends, line=Ink.OUTLINE)
        words = label(tick)
        half = text_width(words, SMALL_PX) / 2
        yield Text(
            # The outermost labels stay within the picture.
            x=min(max(x, half), area.right + _TICK_GAP - half),
            y=area.bottom + TOKENS_HEIGHT - 4,
            words=words,
            size_px=SMALL_PX,
            ink=Ink.MUTED,
            anchor=Anchor.MIDDLE,
        )
