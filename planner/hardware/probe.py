"""What every GPU probe offers, whichever maker's driver it asks."""

from dataclasses import dataclass
from typing import Protocol

from planner.core.machine import MemoryPool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeReading:
    """What one probe found: pools in the driver's order, and a sentence for what is missing.

    `board_count` is how many GPU numbers the pools take up, since several slices of one board
    share its number.
    """

    pools: tuple[MemoryPool, ...] = ()
    notes: tuple[str, ...] = ()
    board_count: int = 0
    driver_version: str | None = None
    cuda_version: str | None = None


class PendingReading(Protocol):
    """A probe that is under way."""

    def result(self, *, first_gpu_number: int, ram: MemoryPool | None) -> ProbeReading:
        """Wait for the answer, no longer than the probe's own time limit.

        Pools are numbered from `first_gpu_number`. `ram` is the system's memory, which a GPU
        without memory of its own shares.
        """

    def cancel(self) -> None:
        """Give up, and leave nothing running."""


class GpuProbe(Protocol):
    """Asks one kind of driver for its GPUs. No driver is an answer too: a note, no pools."""

    def start(self) -> PendingReading:
        """Begin, without waiting for the driver."""


class FinishedReading:
    """A reading that needs no waiting."""

    def __init__(self, reading: ProbeReading) -> None:
        self._reading = reading

    def result(
        self,
        *,
        first_gpu_number: int,  # noqa: ARG002 - the protocol's; a note carries no number
        ram: MemoryPool | None,  # noqa: ARG002
    ) -> ProbeReading:
        """Return the reading."""
        return self._reading

    def cancel(self) -> None:
        """Do nothing: it is done."""
