"""Machines that nobody has, for tests and pictures."""

from typing import Any

from planner.core.machine import RAM_POOL_ID, Machine, MemoryPool, PoolKind
from planner.core.units import GIB, MIB


def ram(total_gib: float = 31.2, free_gib: float = 24.1, **more) -> MemoryPool:
    """Return RAM as psutil reports it."""
    total, free = round(total_gib * GIB), round(free_gib * GIB)
    facts: dict[str, Any] = {
        "id": RAM_POOL_ID,
        "kind": PoolKind.SYSTEM,
        "name": "AMD Ryzen 7 7700 8-Core Processor",
        "source": "psutil",
        "total_bytes": total,
        "used_by_others_bytes": total - free,
        "free_bytes": free,
    }
    return MemoryPool(**(facts | more))


def gpu(total_mib: int, free_mib: int, **more) -> MemoryPool:
    """Return a GPU as NVIDIA's driver reports it."""
    facts: dict[str, Any] = {
        "id": "gpu0",
        "kind": PoolKind.DEDICATED,
        "name": "NVIDIA GeForce RTX 4090",
        "source": "nvml",
        "total_bytes": total_mib * MIB,
        "reserved_bytes": 450 * MIB,
        "used_by_others_bytes": (total_mib - free_mib - 450) * MIB,
        "free_bytes": free_mib * MIB,
        "bandwidth_gb_per_s": 1008.1,
        "compute_capability": "8.9",
    }
    return MemoryPool(**(facts | more))


RTX_4090 = gpu(24564, 23028)
RTX_4070 = gpu(
    12282, 10854, name="NVIDIA GeForce RTX 4070", bandwidth_gb_per_s=504.0, id="gpu0"
)

NO_GPU = Machine(pools=(ram(),), notes=("No NVIDIA driver found.",))
ONE_GPU = Machine(pools=(RTX_4090, ram()), driver_version="580.95.05", cuda_version="13.0")
SMALL_GPU = Machine(pools=(RTX_4070, ram()), driver_version="580.95.05", cuda_version="13.0")
UNIFIED = Machine(
    pools=(
        MemoryPool(
            id="gpu0",
            kind=PoolKind.UNIFIED,
            name="NVIDIA GB10",
            source="nvml",
            total_bytes=122_880 * MIB,
            used_by_others_bytes=9_216 * MIB,
            free_bytes=113_664 * MIB,
            compute_capability="12.1",
            same_memory_as=RAM_POOL_ID,
            notes=("The driver does not give the bandwidth of this memory.",),
        ),
        ram(120.0, 111.0, name="NVIDIA Grace", notes=("The same memory as gpu0.",)),
    ),
)
LONG_NAMES = Machine(
    pools=(
        gpu(
            97_887,
            96_100,
            name="NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition (MIG 1g.24gb, 3)",
            compute_capability="12.0",
            bandwidth_gb_per_s=1792.0,
        ),
        gpu(16_376, 15_000, id="gpu1", name="NVIDIA GeForce RTX 5060 Ti"),
        gpu(8_188, 7_400, id="gpu2", name="NVIDIA GeForce RTX 3050 Laptop GPU"),
        ram(name="Intel(R) Xeon(R) Platinum 8592+ with a very long marketing name"),
    ),
    notes=("The driver refused the name of one GPU; it is called by its number.",),
)
SILENT_GPU = Machine(
    pools=(
        gpu(
            12282,
            10854,
            free_bytes=None,
            used_by_others_bytes=None,
            notes=("The driver does not say how much of its memory is free.",),
        ),
        ram(),
    )
)
