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
EIGHT_GPUS = Machine(
    pools=(
        *(
            gpu(
                81_559,
                80_900 - 700 * number,
                id=f"gpu{number}",
                name="NVIDIA H100 80GB HBM3",
                compute_capability="9.0",
                bandwidth_gb_per_s=3350.0,
            )
            for number in range(8)
        ),
        ram(1007.0, 960.0, name="Intel Xeon Platinum 8480+"),
    ),
    driver_version="580.95.05",
    cuda_version="13.0",
)
APPLE = Machine(
    pools=(
        MemoryPool(
            id="gpu0",
            kind=PoolKind.UNIFIED,
            name="Apple M3 Max",
            source="metal",
            total_bytes=64 * GIB,
            reserved_bytes=16 * GIB,
            free_bytes=44 * GIB,
            bandwidth_gb_per_s=400.0,
            same_memory_as=RAM_POOL_ID,
        ),
        ram(64.0, 46.0, name="Apple M3 Max", source="psutil"),
    ),
    system="darwin",
)
STRIX_HALO = Machine(
    pools=(
        MemoryPool(
            id="gpu0",
            kind=PoolKind.UNIFIED,
            name="AMD Radeon 8060S",
            source="sysfs",
            total_bytes=96 * GIB,
            free_bytes=90 * GIB,
            bandwidth_gb_per_s=256.0,
            pci_device_id="1002:1586",
            same_memory_as=RAM_POOL_ID,
        ),
        ram(125.0, 112.0, name="AMD RYZEN AI MAX+ 395 w/ Radeon 8060S"),
    ),
)
NAME_OF_80_LETTERS = Machine(
    pools=(
        gpu(
            24_564,
            23_028,
            name=f"{'NVIDIA GeForce RTX 4090 Founders Edition ':x<79}y",
        ),
        ram(),
    )
)
# RAM that could not be read, beside a GPU that could.
NO_RAM = Machine(
    pools=(
        RTX_4090,
        ram(
            total_bytes=None,
            used_by_others_bytes=None,
            free_bytes=None,
            notes=("The system did not say how much memory it has.",),
        ),
    )
)
