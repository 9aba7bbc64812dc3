"""What a plan takes of one device, or of each of several, as bars against what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.core.ledger import Part, Place
from planner.core.machine import PoolKind
from planner.core.pictures.memory_curve import spread_over

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.core.fit import Reserve
    from planner.core.grid import FitDetail
    from planner.core.ledger import LedgerLine
    from planner.core.machine import MemoryPool


@dataclass(frozen=True, slots=True, kw_only=True)
class PartSize:
    """One part of what a plan takes, as expected."""

    part: Part
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceBar:
    """What a plan takes of one device. `None` is a figure that nobody gave.

    `held_bytes` is all of the capacity that is not free now, `high_bytes` the high estimate of
    all the parts together, `reserve_bytes` what should stay free at the end.
    """

    name: str
    is_ram: bool = False
    parts: tuple[PartSize, ...] = ()
    capacity_bytes: int | None = None
    held_bytes: int | None = None
    reserve_bytes: int = 0
    high_bytes: int = 0

    @property
    def needed_bytes(self) -> int:
        """All the parts together, as expected."""
        return sum(part.size_bytes for part in self.parts)

    @property
    def free_bytes(self) -> int | None:
        """What is free before the plan runs."""
        if self.capacity_bytes is None or self.held_bytes is None:
            return None
        return self.capacity_bytes - self.held_bytes

    @property
    def end_bytes(self) -> int:
        """Where the bar ends: the capacity, or all there is where that is more."""
        used = (self.held_bytes or 0) + max(self.needed_bytes, self.high_bytes)
        return max(1, self.capacity_bytes or 0, used)


def memory_bar(detail: FitDetail) -> DeviceBar | None:
    """Return the target's bar for the plan as it would run, `None` without figures."""
    if detail.estimate is None:
        return None
    lines = detail.estimate.ledger.lines
    return _bar(detail.target, detail.reserve, _lines_on(lines, _places_of(detail.target)))


def split_bars(detail: FitDetail) -> tuple[DeviceBar, ...]:
    """Return a bar for each device that the plan takes memory of, RAM last.

    Nothing where one pool holds it all.
    """
    target = detail.target
    if detail.estimate is None or target.kind is not PoolKind.DEDICATED:
        return ()
    estimate, reserve = detail.estimate, detail.reserve
    lines = estimate.ledger.lines
    cards = spread_over(detail.machine, target, estimate.plan)
    on_gpus = _lines_on(lines, (Place.GPU,))
    bars = [
        _bar(card, reserve, [line for line in on_gpus if line.device == device])
        for device, card in enumerate(cards)
    ]
    if detail.machine.ram is not None:
        bars.append(_bar(detail.machine.ram, reserve, _lines_on(lines, (Place.HOST,))))
    return tuple(bar for bar in bars if bar.parts)


def _places_of(target: MemoryPool) -> tuple[Place, ...]:
    if target.kind is PoolKind.DEDICATED:
        return (Place.GPU,)
    return (Place.GPU, Place.HOST)


def _lines_on(lines: Iterable[LedgerLine], places: tuple[Place, ...]) -> tuple[LedgerLine, ...]:
    return tuple(line for line in lines if line.place in places)


def _bar(pool: MemoryPool, reserve: Reserve, lines: Iterable[LedgerLine]) -> DeviceBar:
    sizes: dict[Part, int] = {}
    high_bytes = 0
    for line in lines:
        sizes[line.part] = sizes.get(line.part, 0) + line.band.expected_bytes
        high_bytes += line.band.high_bytes
    is_known = pool.total_bytes is not None and pool.free_bytes is not None
    return DeviceBar(
        name=pool.name,
        is_ram=pool.kind is PoolKind.SYSTEM,
        parts=tuple(
            PartSize(part=part, size_bytes=sizes[part]) for part in Part if sizes.get(part)
        ),
        capacity_bytes=pool.total_bytes,
        held_bytes=(pool.total_bytes or 0) - (pool.free_bytes or 0) if is_known else None,
        reserve_bytes=reserve.of(pool),
        high_bytes=high_bytes,
    )
