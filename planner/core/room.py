"""What a plan may take here, by the rule of `fit`, as numbers that a search compares with."""

from dataclasses import dataclass

from planner.core.fit import Reserve, needed_on
from planner.core.ledger import PlacedLines
from planner.core.machine import Machine, MemoryPool, PoolKind


@dataclass(frozen=True, slots=True)
class Taken:
    """What a plan, or a part of it, takes of the target and of RAM."""

    target_expected_bytes: int
    target_high_bytes: int
    host_expected_bytes: int
    host_high_bytes: int

    @classmethod
    def of(cls, lines: PlacedLines, target: MemoryPool) -> "Taken":
        """Read the sums; unified memory and RAM as the target hold both sides at once."""
        needed, host = needed_on(lines, target), lines.host
        return cls(
            needed.expected_bytes, needed.high_bytes, host.expected_bytes, host.high_bytes
        )


@dataclass(frozen=True, slots=True)
class Bound:
    """The most that may be taken; `host_bytes` is `None` where RAM is not asked.

    A promise (`is_promise`) counts the high figures, anything else the expected ones.
    """

    target_bytes: int
    host_bytes: int | None
    is_promise: bool

    def less(self, taken: Taken) -> "Bound":
        """Return what is left beside something that is taken whatever is searched for."""
        target, host = self.of(taken)
        left = None if self.host_bytes is None else self.host_bytes - host
        return Bound(self.target_bytes - target, left, self.is_promise)

    def holds(self, taken: Taken) -> bool:
        """Whether that much is within the bound, on both sides."""
        target, host = self.of(taken)
        if target > self.target_bytes:
            return False
        return self.host_bytes is None or host <= self.host_bytes

    def of(self, taken: Taken) -> tuple[int, int]:
        """Return the figures that count here: of the target, and of RAM."""
        if self.is_promise:
            return taken.target_high_bytes, taken.host_high_bytes
        return taken.target_expected_bytes, taken.host_expected_bytes


@dataclass(frozen=True, slots=True)
class Room:
    """The bounds behind `fits` and `tight`; `reason` says why there are none.

    `fits` alone is `None` where RAM beside a GPU could not be read: then nothing is promised.
    """

    fits: Bound | None
    tight: Bound | None
    reason: str | None = None

    @classmethod
    def of(cls, machine: Machine, target: MemoryPool, reserve: Reserve) -> "Room":
        """Return what is free on the target, and in RAM where a GPU is the target."""
        free, ram = target.free_bytes, machine.ram
        if free is None:
            why = " ".join(target.notes) or "the driver does not say."
            return cls(None, None, f"How much of {target.name} is free is not known: {why}")
        usable = free - reserve.of(target)
        if target.kind is not PoolKind.DEDICATED or ram is None:
            return cls(Bound(usable, None, True), Bound(free, None, False))
        if ram.free_bytes is None:
            return cls(None, Bound(free, None, False), _ram_is_unknown(ram))
        return cls(
            Bound(usable, ram.free_bytes - reserve.of(ram), True),
            Bound(free, ram.free_bytes, False),
        )


def _ram_is_unknown(ram: MemoryPool) -> str:
    why = " ".join(ram.notes) or "the system does not say."
    return f"How much of {ram.name} is free is not known: {why}"
