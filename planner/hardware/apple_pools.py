"""Makes a reading of what macOS told: pools, and sentences for what is missing.

Recorded answers of nine Macs are read in the tests; none of it has run on a Mac.
"""

from typing import Final

from planner.core.machine import RAM_POOL_ID, MemoryPool, PoolKind
from planner.core.units import format_gib
from planner.hardware.answers import clean_text, mapping
from planner.hardware.apple_gpus import Gpu, Mac, gpus_of, mac_of
from planner.hardware.probe import ProbeReading

# macOS 26 is Darwin 25. The kernel's own version is asked, since macOS names itself 16 to
# programs that were built before (https://github.com/python/cpython/issues/135675).
_DARWIN_OF_MACOS_26: Final = 25

VIRTUAL_NOTE: Final = (
    "macOS runs in a virtual machine here: its GPU is lent by the computer around it, and is "
    "slower than the chip's own."
)
TRANSLATED_NOTE: Final = (
    "This program runs under Rosetta, as if on an Intel Mac. The memory is told all the same; "
    "a build for Apple silicon is quicker."
)


def apple_reading(
    record: object, *, first_gpu_number: int = 0, ram: MemoryPool | None = None
) -> ProbeReading:
    """Turn the child's answer into pools; whatever it holds, this raises nothing.

    Args:
        record: What `read_apple` returned, after JSON.
        first_gpu_number: The number of the first GPU.
        ram: The system's memory, which a GPU without its own shares.
    """
    root = mapping(record)
    mac = mac_of(root)
    gpus = gpus_of(root, mac)
    why_no_metal = clean_text(mapping(root.get("metal")).get("reason"))
    notes = [TRANSLATED_NOTE] if mac.is_translated else []
    if not gpus:
        because = f" ({why_no_metal})" if why_no_metal else ""
        notes.append(f"macOS shows no GPU{because}.")
    return ProbeReading(
        pools=tuple(
            _pool(gpu, f"gpu{number}", mac=mac, ram=ram, why_no_metal=why_no_metal)
            for number, gpu in enumerate(gpus, start=first_gpu_number)
        ),
        notes=tuple(notes),
        board_count=len(gpus),
    )


def _pool(
    gpu: Gpu, pool_id: str, *, mac: Mac, ram: MemoryPool | None, why_no_metal: str | None
) -> MemoryPool:
    if gpu.is_unified:
        return _unified_pool(gpu, pool_id, mac=mac, ram=ram, why_no_metal=why_no_metal)
    return _card_pool(gpu, pool_id)


def _unified_pool(
    gpu: Gpu, pool_id: str, *, mac: Mac, ram: MemoryPool | None, why_no_metal: str | None
) -> MemoryPool:
    total_bytes = (ram.total_bytes if ram else None) or mac.ram_bytes
    limit_bytes, how = _limit(gpu, mac, total_bytes, why_no_metal)
    ram_free_bytes = ram.free_bytes if ram else None
    reserved_bytes = free_bytes = None
    if limit_bytes is not None and total_bytes is not None:
        limit_bytes = min(limit_bytes, total_bytes)
        reserved_bytes = total_bytes - limit_bytes
    if limit_bytes is not None and ram_free_bytes is not None:
        free_bytes = min(limit_bytes, ram_free_bytes)
    notes = [_limit_note(limit_bytes, total_bytes, how)]
    if gpu.in_use_bytes:
        notes.append(f"Programs hold {format_gib(gpu.in_use_bytes)} of it for the GPU now.")
    if mac.is_virtual:
        notes.append(VIRTUAL_NOTE)
    return MemoryPool(
        id=pool_id,
        kind=PoolKind.UNIFIED,
        name=gpu.name,
        source=f"{gpu.source}, {ram.source}" if ram else gpu.source,
        total_bytes=total_bytes,
        reserved_bytes=reserved_bytes,
        used_by_others_bytes=ram.used_by_others_bytes if ram else None,
        free_bytes=free_bytes,
        same_memory_as=RAM_POOL_ID if ram else None,
        notes=tuple(notes),
    )


def _limit(
    gpu: Gpu, mac: Mac, total_bytes: int | None, why_no_metal: str | None
) -> tuple[int | None, str]:
    """Return what the GPU may have of the memory, and what says so."""
    wired_words = "iogpu.wired_limit_mb, which was set by hand and lasts until a restart"
    if gpu.source == "metal" and gpu.limit_bytes is not None:
        follows = f"; it follows {wired_words}" if mac.wired_limit_bytes else ""
        return gpu.limit_bytes, f"as Metal says{follows}"
    if not gpu.is_apple:
        return gpu.limit_bytes, "as the system says"
    if mac.wired_limit_bytes is not None:
        return mac.wired_limit_bytes, f"by {wired_words}"
    if total_bytes is None:
        return None, ""
    # Imported here: only a Mac needs the rules of its runtime.
    from planner.core.runtimes.mlx import working_set_band

    band = working_set_band(total_bytes)
    because = f", since Metal does not say ({why_no_metal})" if why_no_metal else ""
    if mac.darwin_version is not None and mac.darwin_version >= _DARWIN_OF_MACOS_26:
        return band.expected_bytes, f"by what macOS 26 was seen to give{because}"
    return band.low_bytes, f"by what macOS was seen to give at the least{because}"


def _limit_note(limit_bytes: int | None, total_bytes: int | None, how: str) -> str:
    if limit_bytes is None:
        return "This GPU computes from the system's memory; how much of it is not told."
    of_all = f" of {format_gib(total_bytes)}" if total_bytes is not None else ""
    return f"The GPU may have {format_gib(limit_bytes)}{of_all}, {how}."


def _card_pool(gpu: Gpu, pool_id: str) -> MemoryPool:
    """Return the pool of a card with memory of its own, as Intel Macs have."""
    total_bytes = gpu.vram_bytes or gpu.limit_bytes
    reserved_bytes = used_bytes = free_bytes = None
    if total_bytes is not None and gpu.limit_bytes is not None:
        reserved_bytes = max(0, total_bytes - gpu.limit_bytes)
    if total_bytes is not None and gpu.in_use_bytes is not None:
        used_bytes = min(gpu.in_use_bytes, total_bytes)
        free_bytes = max(0, total_bytes - (reserved_bytes or 0) - used_bytes)
    missing = {"its memory": total_bytes, "what programs hold of it": used_bytes}
    untold = " or ".join(words for words, value in missing.items() if value is None)
    return MemoryPool(
        id=pool_id,
        kind=PoolKind.DEDICATED,
        name=gpu.name,
        source=gpu.source,
        total_bytes=total_bytes,
        reserved_bytes=reserved_bytes,
        used_by_others_bytes=used_bytes,
        free_bytes=free_bytes,
        notes=(f"macOS does not tell {untold}.",) if untold else (),
    )
