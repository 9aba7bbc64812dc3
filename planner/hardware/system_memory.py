"""The system's RAM: what there is, and what is available to this process."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from planner.core.machine import RAM_POOL_ID, MemoryPool, PoolKind
from planner.core.units import format_gib
from planner.hardware.cgroups import cgroup_memory
from planner.hardware.cpu_name import cpu_name
from planner.hardware.surroundings import is_wsl
from planner.hardware.sysfs import names_in, read_text

SOURCE: Final = "psutil"
# In kilobytes of 1,024, whatever the file calls them (man 5 proc_meminfo).
_FIGURE: Final = re.compile(r"^(MemTotal|MemAvailable): +(\d{1,15}) kB$", re.MULTILINE)
BANDWIDTH_NOTE: Final = "The system does not give the bandwidth of its memory."
WSL_NOTE: Final = (
    "Windows gives WSL half of the computer's memory unless `memory=` in .wslconfig says "
    "otherwise, so the computer has more than this."
)


class HostMemory(NamedTuple):
    """The whole computer's memory, whatever limits this process has."""

    total_bytes: int
    available_bytes: int


def read_host_memory(root: Path = Path("/")) -> HostMemory:
    """Return psutil's figures: available, not free, since caches are given back on demand.

    Linux is asked itself for the two figures that psutil passes on from there.
    """
    told = dict(_FIGURE.findall(read_text(root / "proc/meminfo") or ""))
    if "MemTotal" in told and "MemAvailable" in told:
        return HostMemory(1024 * int(told["MemTotal"]), 1024 * int(told["MemAvailable"]))
    # Late: it takes 15 ms, and not every command looks at the machine.
    import psutil

    memory = psutil.virtual_memory()
    return HostMemory(memory.total, memory.available)


def read_system_memory(
    *, read_host: Callable[[], HostMemory] = read_host_memory, root: Path = Path("/")
) -> MemoryPool:
    """Return the RAM pool, within the limits of this process's control groups.

    Args:
        read_host: Gives the whole computer's memory.
        root: Where the file system of the computer begins.
    """
    try:
        host = read_host()
    except OSError as error:
        return _unreadable(root, error)
    limits = cgroup_memory(root)
    total_bytes = host.total_bytes
    notes = (BANDWIDTH_NOTE, *((WSL_NOTE,) if is_wsl(root) else ()), *_numa_notes(root))
    # Version 1 says "no limit" as a huge number.
    if limits.limit_bytes is not None and limits.limit_bytes < total_bytes:
        total_bytes = limits.limit_bytes
        limited_note = (
            f"This program may use {format_gib(total_bytes)} of the computer's "
            f"{format_gib(host.total_bytes)} (a cgroup limit, as containers have)."
        )
        notes = (*notes, limited_note)
    free_bytes = min(total_bytes, host.available_bytes)
    if limits.available_bytes is not None:
        free_bytes = min(free_bytes, limits.available_bytes)
    return MemoryPool(
        id=RAM_POOL_ID,
        kind=PoolKind.SYSTEM,
        name=cpu_name(root=root),
        source=SOURCE,
        total_bytes=total_bytes,
        used_by_others_bytes=total_bytes - free_bytes,
        free_bytes=free_bytes,
        notes=notes,
    )


def _numa_notes(root: Path) -> tuple[str, ...]:
    """Return a note where the processors have memory of their own each.

    A node without processors, as the memory of a GPU or of CXL is shown, counts for nothing.
    """
    nodes = root / "sys/devices/system/node"
    count = sum(
        read_text(nodes / name / "cpulist") is not None
        for name in names_in(nodes, "node")
        if name.removeprefix("node").isdigit()
    )
    if count < 2:
        return ()
    note = (
        f"The memory is in {count} parts, each next to its own processors (NUMA). A model that "
        "is not spread over them is read at the speed of one part."
    )
    return (note,)


def _unreadable(root: Path, error: OSError) -> MemoryPool:
    return MemoryPool(
        id=RAM_POOL_ID,
        kind=PoolKind.SYSTEM,
        name=cpu_name(root=root),
        source=SOURCE,
        notes=(f"The system did not give its memory ({error.strerror or error}).",),
    )
