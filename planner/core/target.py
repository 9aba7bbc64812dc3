"""Which pool of a machine a plan goes to where nobody says."""

from typing import Final

from planner.core.errors import PlannerError
from planner.core.machine import Machine, MemoryPool, PoolKind


def choose_target(machine: Machine, target_id: str | None = None) -> MemoryPool:
    """Return the pool to fit into: the named one, else the best of the machine.

    A GPU with memory of its own comes first, and of several the freest. A GPU that shares the
    system's memory is next where it is meant for such work: Apple's and NVIDIA's (Jetson,
    GB10), or any that may have as much as RAM has free. Other integrated GPUs are capped at a
    part of the RAM and hardly faster than it, so RAM is the better default.

    Raises:
        PlannerError: there is no pool of that name, or none at all.
    """
    if target_id is not None:
        for pool in machine.pools:
            if pool.id == target_id:
                return pool
        known = ", ".join(pool.id for pool in machine.pools) or "none"
        raise PlannerError(f"This machine has no memory pool {target_id!r}; it has: {known}.")
    if not machine.pools:
        raise PlannerError(
            "No memory could be read on this machine, so nothing can be compared."
        )
    return max(machine.pools, key=lambda pool: (_suitability(pool, machine), _free(pool)))


# Of PCI device ids; Apple's and a Jetson's GPU are not on the PCI bus.
_NVIDIA_VENDOR: Final = "10de"


def _suitability(pool: MemoryPool, machine: Machine) -> int:
    """Return the rank of a pool as a default; see `choose_target`."""
    if pool.kind is PoolKind.DEDICATED:
        return 3
    if pool.kind is PoolKind.SYSTEM:
        return 1
    vendor = (pool.pci_device_id or _NVIDIA_VENDOR).partition(":")[0]
    holds_as_much = machine.ram is None or _free(pool) >= _free(machine.ram)
    return 2 if vendor.casefold() == _NVIDIA_VENDOR or holds_as_much else 0


def _free(pool: MemoryPool) -> int:
    return -1 if pool.free_bytes is None else pool.free_bytes
