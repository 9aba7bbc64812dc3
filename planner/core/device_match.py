"""Which device of the catalogue a detected GPU is, and what the driver did not tell of it.

Names alone mislead: a 4090 Laptop is no 4090, five GeForce names stand for two sizes each, and
every module called Orin reports the same one. So it takes the PCI id, the whole name and the
memory together, and never a part of a name. Where they leave several devices, none is taken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from planner.core.device_spec import DeviceSpec, choices_of, slug
from planner.core.machine import Machine, MemoryPool
from planner.core.units import GIB

CATALOGUE: Final = "catalogue"
DRIVER: Final = "driver"

# ECC takes a sixteenth of GDDR6; firmware keeps up to a tenth of a small computer's RAM.
_LEAST_OF_DEDICATED: Final = 0.93
_LEAST_OF_UNIFIED: Final = 0.9
# A size in GB is nominal: drivers have been seen to show a little more than it.
_MOST: Final = 1.01
# `NVIDIA A40-48Q`, `GRID A100-10C`: a virtual GPU with 48 or 10 GB, by its kind of licence
# (https://docs.nvidia.com/vgpu/, "Virtual GPU Types"). `A100-SXM4-80GB` is a whole card.
_VIRTUAL: Final = re.compile(r"-\d{1,3}[ABCQ]$")
_SLICE_WORD: Final = " MIG"
_MARKS: Final = re.compile(r"\((?:r|tm|radv[^)]*)\)", re.IGNORECASE)
_LAST_WORD: Final = " graphics"
_MAKERS: Final = ("nvidia-", "amd-", "intel-")
_MOST_NAMED: Final = 4


def matched(machine: Machine, devices: Iterable[DeviceSpec]) -> Machine:
    """Return the machine with each GPU that could be one device only named as that device.

    Bandwidth, compute and architecture are the catalogue's where the driver gave none.
    """
    known = tuple(devices)
    pools = tuple(
        _matched_pool(pool, known) if pool.is_gpu and pool.device_id is None else pool
        for pool in machine.pools
    )
    return replace(machine, pools=_with_shared_bandwidth(pools))


def _matched_pool(pool: MemoryPool, devices: Sequence[DeviceSpec]) -> MemoryPool:
    found = _candidates(pool, devices)
    if not found:
        return pool
    known = _with_rates(pool, found)
    if len(found) > 1:
        return replace(known, notes=(*known.notes, _several_note(found)))
    # A stand-in for a name that the driver did not give.
    is_stand_in = pool.pci_device_id is not None and pool.pci_device_id in pool.name
    return replace(
        known,
        name=found[0].name if is_stand_in else pool.name,
        device_id=found[0].id,
        compute_capability=pool.compute_capability or found[0].compute_capability,
    )


def _several_note(devices: Sequence[DeviceSpec]) -> str:
    names = [device.name for device in devices[:_MOST_NAMED]]
    others = "others" if len(devices) > _MOST_NAMED else names.pop()
    return (
        f"What the driver tells fits {', '.join(names)} and {others}: of the catalogue's "
        "figures, only those that are the same for all of them are taken."
    )


def _candidates(pool: MemoryPool, devices: Sequence[DeviceSpec]) -> Sequence[DeviceSpec]:
    """Return the devices that it may be, from what tells most to what tells least."""
    name = _whole_name(pool)
    by_id = [each for each in devices if _has_pci_id(each, pool.pci_device_id)]
    if by_id:
        named = [each for each in by_id if name in (each.name, *each.reported_names)]
        return _of_that_memory(pool, named or by_id)
    exact = [each for each in devices if name in (each.name, *each.reported_names)]
    if exact:
        return _of_that_memory(pool, exact)
    plain = _plain(name)
    similar = [
        each
        for each in devices
        if plain and plain in map(_plain, (each.name, *each.reported_names))
    ]
    return _of_that_memory(pool, similar)


def _plain(name: str) -> str:
    """Return a name without its maker and the marks that only some drivers print."""
    words = slug(_MARKS.sub(" ", name).casefold().removesuffix(_LAST_WORD))
    for maker in _MAKERS:
        words = words.removeprefix(maker)
    return words


def _has_pci_id(device: DeviceSpec, pci_device_id: str | None) -> bool:
    """Tell whether the id is the device's; AMD's mean little without the revision behind them.

    Where one side has no revision, vendor and device decide.
    """
    if pci_device_id is None:
        return False
    wanted = pci_device_id.casefold().split(":")
    for text in device.pci_device_ids:
        parts = text.split(":")
        shared = min(len(parts), len(wanted))
        if parts[:shared] == wanted[:shared]:
            return True
    return False


def _of_that_memory(pool: MemoryPool, devices: Sequence[DeviceSpec]) -> Sequence[DeviceSpec]:
    if pool.total_bytes is None:
        return devices
    fitting = [each for each in devices if _has_memory(each, pool.total_bytes, _is_part(pool))]
    # Firmware may take most of the RAM for the GPU: then the system sees no size that is sold.
    is_shared = all(each.unified is not None for each in devices)
    return fitting or (devices if is_shared else ())


def _has_memory(device: DeviceSpec, total_bytes: int, is_part: bool) -> bool:
    least = _LEAST_OF_DEDICATED if device.unified is None else _LEAST_OF_UNIFIED
    return any(
        (0 if is_part else least * choice.total_bytes)
        <= total_bytes
        <= _MOST * choice.memory_gb * GIB
        for choice in choices_of(device)
    )


def _is_virtual(pool: MemoryPool) -> bool:
    return _VIRTUAL.search(pool.name) is not None


def _is_slice(pool: MemoryPool) -> bool:
    return ".mig" in pool.id


def _is_part(pool: MemoryPool) -> bool:
    return _is_virtual(pool) or _is_slice(pool)


def _whole_name(pool: MemoryPool) -> str:
    """Return the name of the whole card."""
    name = pool.name.partition(_SLICE_WORD)[0] if _is_slice(pool) else pool.name
    return _VIRTUAL.sub("", name).removeprefix("GRID ")


def _with_rates(pool: MemoryPool, devices: Sequence[DeviceSpec]) -> MemoryPool:
    """Return the pool with what the driver did not tell and all of the devices agree on."""
    bandwidth, note = pool.bandwidth_gb_per_s, None
    if bandwidth is None:
        bandwidth, note = _bandwidth(pool, devices)
    compute = pool.fp16_tflops
    if compute is None and not _is_part(pool):
        compute = _agreed(device.fp16_tflops for device in devices)
    taken = (bandwidth, compute) != (pool.bandwidth_gb_per_s, pool.fp16_tflops)
    return replace(
        pool,
        bandwidth_gb_per_s=bandwidth,
        fp16_tflops=compute,
        rates_source=_rates_source(pool, taken=taken),
        notes=(*pool.notes, *(() if note is None else (note,))),
    )


def _bandwidth(
    pool: MemoryPool, devices: Sequence[DeviceSpec]
) -> tuple[float | None, str | None]:
    """Return the devices' bandwidth, or a slice's share of it, and what to say of it."""
    whole = _agreed(device.bandwidth_gb_per_s for device in devices)
    if whole is None:
        return None, None
    if _is_virtual(pool):
        return whole, "Its bandwidth is the whole card's, which virtual machines share."
    if not _is_slice(pool):
        return whole, None
    if pool.total_bytes is None:
        return None, None
    share = min(1.0, pool.total_bytes / choices_of(devices[0])[-1].total_bytes)
    return round(whole * share, 1), "Its bandwidth is the card's, by its share of the memory."


def _agreed(figures: Iterable[float | None]) -> float | None:
    """Return the one figure that all devices have, if there is one."""
    different = set(figures)
    return different.pop() if len(different) == 1 else None


def _rates_source(pool: MemoryPool, *, taken: bool) -> str | None:
    has_own = pool.bandwidth_gb_per_s is not None or pool.fp16_tflops is not None
    own = (pool.rates_source or DRIVER) if has_own else None
    if not taken:
        return own
    return CATALOGUE if own is None else f"{own}, {CATALOGUE}"


def _with_shared_bandwidth(pools: tuple[MemoryPool, ...]) -> tuple[MemoryPool, ...]:
    """Return the pools; RAM that a known GPU computes from is as fast as that GPU's memory."""
    shared = {pool.same_memory_as: pool.bandwidth_gb_per_s for pool in pools if pool.device_id}
    return tuple(
        replace(pool, bandwidth_gb_per_s=shared[pool.id], rates_source=CATALOGUE)
        if pool.bandwidth_gb_per_s is None and shared.get(pool.id) is not None
        else pool
        for pool in pools
    )
