"""Leaves out boards that an earlier probe gave: two drivers can tell of one card."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from planner.core.machine import MemoryPool
from planner.hardware.probe import ProbeReading


def without_known(
    reading: ProbeReading, known: Iterable[MemoryPool], *, first_gpu_number: int
) -> ProbeReading:
    """Return a reading without the boards that are known already, numbered anew.

    A board is known by its PCI ids, `vendor:device`: of several equal ones, as many are left
    out as are known. The totals are not compared, since Windows and NVML count them otherwise.

    Args:
        reading: Of a probe that gives one pool for each board.
        known: The pools of the probes before it; slices of one board count once.
        first_gpu_number: The number of the first board that stays.
    """
    boards = {(pool.pci_device_id, pool.pci_bus_id or pool.id) for pool in known}
    counts = Counter(pci_device_id for pci_device_id, _ in boards if pci_device_id)
    kept: list[MemoryPool] = []
    for pool in reading.pools:
        if pool.pci_device_id and counts[pool.pci_device_id] > 0:
            counts[pool.pci_device_id] -= 1
        else:
            kept.append(replace(pool, id=f"gpu{first_gpu_number + len(kept)}"))
    return replace(reading, pools=tuple(kept), board_count=len(kept))
