"""GPUs that compute from the system's own memory: GB10 (DGX Spark), Jetson Orin and Thor."""

from dataclasses import replace
from typing import Final

from planner.core.machine import RAM_POOL_ID, MemoryPool, PoolKind
from planner.hardware.answers import answer_of
from planner.hardware.nvml_errors import NOT_SUPPORTED

# Whole words of the names the driver gives, such as `NVIDIA GB10`, `Orin (nvgpu)`, `Thor`.
SOC_NAMES: Final = frozenset({"GB10", "Orin", "Thor"})
_ADDRESSING_MODE_ATS: Final = 2  # NVML_DEVICE_ADDRESSING_MODE_ATS: memory shared with the CPU
_MOST_OF_RAM: Final = 0.9

_SAME_MEMORY_NOTE: Final = (
    "This GPU computes from the system's memory: it is the same memory as the RAM, counted "
    "once, and the figures are the system's."
)


def is_unified(pool: MemoryPool, *, board: dict[str, object], ram: MemoryPool | None) -> bool:
    """Return whether this GPU has no memory of its own. That takes two signs.

    One sign misleads: a faulty dedicated card refuses its memory too, and a GH200 shares its
    addresses with the CPU and yet has memory of its own.
    """
    words = pool.name.replace("(", " ").replace(")", " ").split()
    if SOC_NAMES.isdisjoint(words):
        return False
    memory = answer_of(board, "memory")
    if memory.code == NOT_SUPPORTED or (memory.value is not None and not pool.total_bytes):
        return True
    if answer_of(board, "addressing_mode").count == _ADDRESSING_MODE_ATS:
        return True
    # One driver answers with all of the system's memory.
    ram_bytes = (ram.total_bytes if ram else None) or 0
    return ram_bytes > 0 and (pool.total_bytes or 0) >= _MOST_OF_RAM * ram_bytes


def unified_pool(pool: MemoryPool, *, ram: MemoryPool | None) -> MemoryPool:
    """Return the pool with the system's figures for memory, which it shares."""
    unified = replace(
        pool,
        kind=PoolKind.UNIFIED,
        total_bytes=None,
        reserved_bytes=None,
        used_by_others_bytes=None,
        free_bytes=None,
        notes=(
            (_SAME_MEMORY_NOTE,)
            if pool.bandwidth_gb_per_s
            else (_SAME_MEMORY_NOTE, "The driver does not give its bandwidth.")
        ),
    )
    if ram is None:
        return unified
    return replace(
        unified,
        source=f"{pool.source}, {ram.source}",
        total_bytes=ram.total_bytes,
        used_by_others_bytes=ram.used_by_others_bytes,
        free_bytes=ram.free_bytes,
        same_memory_as=RAM_POOL_ID,
    )
