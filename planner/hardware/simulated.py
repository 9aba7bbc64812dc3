"""Machines one does not have: what-if pools by size."""

from typing import Final

from planner.core.errors import PlannerError
from planner.core.machine import RAM_POOL_ID, Machine, MemoryPool, PoolKind
from planner.core.units import format_gib

SOURCE: Final = "what-if"
NOTE: Final = "A machine by size: all of its memory counts as free."


def what_if_machine(
    *,
    vram_bytes: tuple[int, ...] = (),
    ram_bytes: int | None = None,
    gpu_names: tuple[str, ...] = (),
    ram_name: str = "System memory",
) -> Machine:
    """Return a machine with one GPU for each of `vram_bytes`, and RAM where it is given.

    Args:
        vram_bytes: The memory of each GPU.
        ram_bytes: The system's memory; no RAM pool where not given.
        gpu_names: Names of the first GPUs; the others are named by their size.
        ram_name: Name of the RAM pool.

    Raises:
        PlannerError: A size is not above zero.
    """
    for size_bytes in (*vram_bytes, *(() if ram_bytes is None else (ram_bytes,))):
        if size_bytes <= 0:
            raise PlannerError(
                f"A what-if machine needs memory above zero, not {size_bytes} bytes. "
                "Give a size such as 24GiB."
            )
    pools = [
        _pool(
            pool_id=f"gpu{number}",
            kind=PoolKind.DEDICATED,
            name=gpu_names[number : number + 1],
            size_bytes=size_bytes,
        )
        for number, size_bytes in enumerate(vram_bytes)
    ]
    if ram_bytes is not None:
        pools.append(
            _pool(
                pool_id=RAM_POOL_ID,
                kind=PoolKind.SYSTEM,
                name=(ram_name,),
                size_bytes=ram_bytes,
            )
        )
    return Machine(pools=tuple(pools), notes=(NOTE,), is_what_if=True)


def _pool(
    *, pool_id: str, kind: PoolKind, name: tuple[str, ...], size_bytes: int
) -> MemoryPool:
    return MemoryPool(
        id=pool_id,
        kind=kind,
        name=name[0] if name else f"GPU with {format_gib(size_bytes)}",
        source=SOURCE,
        total_bytes=size_bytes,
        free_bytes=size_bytes,
    )
