"""Machines one does not have: what-if pools by size, or devices of the catalogue."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planner.core.errors import PlannerError
from planner.core.machine import RAM_POOL_ID, Machine, MemoryPool, PoolKind
from planner.core.units import format_gib

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.device_spec import DeviceChoice

SOURCE: Final = "what-if"
CATALOGUE_SOURCE: Final = "catalogue"
NOTE: Final = "A machine by size: all of its memory counts as free."
CATALOGUE_NOTE: Final = "A machine of the catalogue: all of its memory counts as free."


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


def device_machine(
    choices: Sequence[DeviceChoice],
    *,
    vram_bytes: tuple[int, ...] = (),
    ram_bytes: int | None = None,
) -> Machine:
    """Return a machine with these devices, then one GPU for each of `vram_bytes`, and RAM.

    A device with unified memory is a computer by itself: its RAM is that memory.

    Raises:
        PlannerError: A size is not above zero, or something stands beside unified memory.
    """
    by_size = what_if_machine(vram_bytes=vram_bytes, ram_bytes=ram_bytes)
    shared = next((each for each in choices if each.device.unified is not None), None)
    if shared is not None:
        if len(choices) > 1 or by_size.pools:
            raise PlannerError(
                f"{shared.device.name} is a computer by itself, whose RAM is its GPU's memory: "
                "no other --device, --vram or --ram goes with it."
            )
        return _unified_machine(shared)
    devices = [_device_pool(each, f"gpu{number}") for number, each in enumerate(choices)]
    further = [
        replace(pool, id=f"gpu{number}")
        for number, pool in enumerate(by_size.gpus, len(devices))
    ]
    ram = () if by_size.ram is None else (by_size.ram,)
    return Machine(pools=(*devices, *further, *ram), notes=(CATALOGUE_NOTE,), is_what_if=True)


def _unified_machine(choice: DeviceChoice) -> Machine:
    gpu = replace(
        _device_pool(choice, "gpu0"),
        kind=PoolKind.UNIFIED,
        same_memory_as=RAM_POOL_ID,
    )
    ram = MemoryPool(
        id=RAM_POOL_ID,
        kind=PoolKind.SYSTEM,
        name=choice.label,
        source=CATALOGUE_SOURCE,
        total_bytes=choice.total_bytes,
        free_bytes=choice.total_bytes,
        bandwidth_gb_per_s=choice.device.bandwidth_gb_per_s,
    )
    return Machine(pools=(gpu, ram), notes=(CATALOGUE_NOTE,), is_what_if=True)


def _device_pool(choice: DeviceChoice, pool_id: str) -> MemoryPool:
    device = choice.device
    kept_bytes = choice.total_bytes - choice.usable_bytes
    notes = [] if device.note is None else [device.note]
    if kept_bytes:
        notes.append(
            f"The GPU may have {format_gib(choice.usable_bytes)} of "
            f"{format_gib(choice.total_bytes)}; the system's settings may change that."
        )
    return MemoryPool(
        id=pool_id,
        kind=PoolKind.DEDICATED,
        name=choice.label,
        source=CATALOGUE_SOURCE,
        total_bytes=choice.total_bytes,
        reserved_bytes=kept_bytes or None,
        free_bytes=choice.usable_bytes,
        fp16_tflops=choice.device.fp16_tflops,
        bandwidth_gb_per_s=device.bandwidth_gb_per_s,
        compute_capability=device.compute_capability,
        device_id=device.id,
        rates_source=CATALOGUE_SOURCE,
        notes=tuple(notes),
    )


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
