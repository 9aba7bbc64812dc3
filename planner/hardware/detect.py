"""What this machine has: every probe is asked, and each absence becomes a note."""

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from planner.core.machine import Machine, MemoryPool
from planner.hardware.child_process import JsonChild, OpenChild
from planner.hardware.disk import free_bytes_of_models_folder
from planner.hardware.nvml_probe import NvmlProbe
from planner.hardware.probe import GpuProbe, PendingReading, ProbeReading
from planner.hardware.same_boards import without_known
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
            reading = pending.result(first_gpu_number=first_gpu_number, ram=ram)
            known = [pool for earlier in readings for pool in earlier.pools]
            if known and reading.pools:
                reading = without_known(reading, known, first_gpu_number=first_gpu_number)
            readings.append(reading)
        gpus = tuple(pool for reading in readings for pool in reading.pools)
        return Machine(
            pools=(*gpus, _ram_beside(ram, gpus)),
            notes=tuple(note for reading in readings for note in reading.notes),
            driver_version=_first(reading.driver_version for reading in readings),
            cuda_version=_first(reading.cuda_version for reading in readings),
            system=system_name(),
            disk_free_bytes=free_bytes_of_models_folder(),
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
        probes: Whom to ask for GPUs; `default_probes` where not given.
        read_ram: Gives the RAM pool.
    """
    if probes is None:
        probes = default_probes()
    return PendingDetection(tuple(probe.start() for probe in probes), read_ram)


def detect_machine(
    *,
    probes: tuple[GpuProbe, ...] | None = None,
    read_ram: Callable[[], MemoryPool] = read_system_memory,
) -> Machine:
    """Return what this machine has; `start_detection` without the waiting apart."""
    return start_detection(probes=probes, read_ram=read_ram).result()


def default_probes(
    platform: str = sys.platform,
    *,
    root: Path = Path("/"),
    environ: Mapping[str, str] | None = None,
    opener: Callable[[str], OpenChild] = lambda _: JsonChild,
    has_nvml: bool | None = None,
) -> tuple[GpuProbe, ...]:
    """Return whom to ask for GPUs on a system.

    Args:
        platform: As `sys.platform` has it.
        root: Where the file system of the computer begins.
        environ: The environment; this process's where not given.
        opener: Returns what starts the children of `nvml`, `apple` or `windows`.
        has_nvml: Whether there is NVIDIA's library to ask; looked for where not given.
    """
    # Each where it is of use: a start does not load what another system needs.
    if platform == "darwin":
        from planner.hardware.apple import AppleProbe

        return (AppleProbe(environ=environ, open_child=opener("apple")),)
    nvml = NvmlProbe(
        environ=environ, root=root, open_child=opener("nvml"), has_library=has_nvml
    )
    if platform == "win32":
        from planner.hardware.windows import WindowsProbe

        return (nvml, WindowsProbe(environ=environ, open_child=opener("windows")))
    if platform == "linux":
        from planner.hardware.sysfs_gpus import SysfsProbe

        return (nvml, SysfsProbe(root=root))
    return (nvml,)


def system_name(platform: str = sys.platform) -> str | None:
    """Return the system as `Machine.system` names it, `None` for one that it does not."""
    return {"linux": "linux", "darwin": "darwin", "win32": "windows"}.get(platform)


def _ram_beside(ram: MemoryPool, gpus: tuple[MemoryPool, ...]) -> MemoryPool:
    """Return the RAM pool, marked where a GPU computes from the very same memory."""
    sharing = [pool.id for pool in gpus if pool.same_memory_as == ram.id]
    if not sharing:
        return ram
    note = f"The same memory as {', '.join(sharing)}: it is counted once."
    return replace(ram, notes=(*ram.notes, note))


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)
