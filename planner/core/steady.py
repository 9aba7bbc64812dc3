"""Which of the changes in what is free are worth another verdict."""

from dataclasses import replace
from typing import Final

from planner.core.machine import Machine, MemoryPool
from planner.core.units import MIB

# What desktops and browsers take and give back all the time; a plan that this decides is tight
# at any rate.
DEAD_BAND_BYTES: Final = 128 * MIB


def steady_machine(
    before: Machine, fresh: Machine, *, dead_band_bytes: int = DEAD_BAND_BYTES
) -> Machine:
    """Return the fresh machine with what is free held where it has moved too little.

    A figure that wobbles within the band around a verdict's edge moves it once at the most;
    one that leaves the band is taken as it is.

    Args:
        before: What the verdicts stand on so far.
        fresh: What was read now.
        dead_band_bytes: How far a figure may move before it counts.
    """
    held = {pool.id: pool for pool in before.pools}
    pools = tuple(
        _steady_pool(held.get(pool.id), pool, dead_band_bytes) for pool in fresh.pools
    )
    return replace(fresh, pools=pools)


def is_same_for_verdicts(before: Machine, after: Machine) -> bool:
    """Tell whether nothing has changed that a verdict depends on.

    Which programs hold the memory, for one, is shown and decides nothing.
    """
    return _without_holders(before) == _without_holders(after)


def _steady_pool(
    before: MemoryPool | None, fresh: MemoryPool, dead_band_bytes: int
) -> MemoryPool:
    if before is None or before.free_bytes is None or fresh.free_bytes is None:
        return fresh
    is_small = abs(fresh.free_bytes - before.free_bytes) <= dead_band_bytes
    if not is_small or before.total_bytes != fresh.total_bytes:
        return fresh
    return replace(
        fresh, free_bytes=before.free_bytes, used_by_others_bytes=before.used_by_others_bytes
    )


def _without_holders(machine: Machine) -> Machine:
    pools = tuple(replace(pool, holders=(), is_asleep=False) for pool in machine.pools)
    # Room on the disk changes all the time and is read when it is shown.
    return replace(machine, pools=pools, disk_free_bytes=None)
