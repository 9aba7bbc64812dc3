"""What this machine has: every probe is asked, and each absence becomes a note."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from planner.core.machine import Machine, MemoryPool
from planner.hardware.nvml_probe import NvmlProbe
from planner.hardware.probe import GpuProbe, PendingReading, ProbeReading
from planner.hardware.system_memory import read_system_memory


class PendingDetection:
    """A detection under way: drivers are asked beside whatever the program does meanwhile."""

    def __init__(
        self, pending: tuple[PendingReading, ...], read_ram: Callable[[], MemoryPool]
    ) -> None:
        self._pending = pending
        self._read_ram = read_ram

    def result(self) -> Machine:
        """Wait for every probe, each within its own time limit. Call it once."""
        ram = self._read_ram()
        readings: list[ProbeReading] = []
        for pending in self._pending:
            first_gpu_number = sum(reading.board_count for reading in readings)
            readings.append(pending.result(first_gpu_number=first_gpu_number, ram=ram))
        gpus = tuple(pool for reading in readings for pool in reading.pools)
        return Machine(
            pools=(*gpus, _ram_beside(ram, gpus)),
            notes=tuple(note for reading in readings for note in reading.notes),
            driver_version=_first(reading.driver_version for reading in readings),
            cuda_version=_first(reading.cuda_version for reading in readings),
        )

    def cancel(self) -> None:
        """Give up, and leave no child process running."""
        for pending in self._pending:
            pending.cancel()


def start_detection(
    *,
    probes: tuple[GpuProbe, ...] | None = None,
    read_ram: Callable[[], MemoryPool] = read_system_memory,
) -> PendingDetection:
    """Start asking the drivers and return at once.

    Args:
        probes: Whom to ask for GPUs; NVIDIA's driver where not given.
        read_ram: Gives the RAM pool.
    """
    if probes is None:
        probes = (NvmlProbe(),)
    return PendingDetection(tuple(probe.start() for probe in probes), read_ram)


def detect_machine(
    *,
    probes: tuple[GpuProbe, ...] | None = None,
    read_ram: Callable[[], MemoryPool] = read_system_memory,
) -> Machine:
    """Return what this machine has; `start_detection` without the waiting apart."""
    return start_detection(probes=probes, read_ram=read_ram).result()


def _ram_beside(ram: MemoryPool, gpus: tuple[MemoryPool, ...]) -> MemoryPool:
    """Return the RAM pool, marked where a GPU computes from the very same memory."""
    sharing = [pool.id for pool in gpus if pool.same_memory_as == ram.id]
    if not sharing:
        return ram
    note = f"The same memory as {', '.join(sharing)}: it is counted once."
    return replace(ram, notes=(*ram.notes, note))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)
