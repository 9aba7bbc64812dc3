"""NVIDIA's Jetson boards, whose older systems have no NVML: the device tree tells of them.

Names: `/proc/device-tree/model` of the boards, such as `NVIDIA Jetson AGX Orin Developer Kit`.
"""

from pathlib import Path
from typing import Final

from planner.core.machine import MemoryPool, PoolKind
from planner.hardware.sysfs import read_text

SOURCE: Final = "device-tree"


def jetson_name(root: Path = Path("/")) -> str | None:
    """Return the board's name; two signs, since a name alone is set by whoever built it."""
    model = read_text(root / "proc/device-tree/model") or ""
    chip = read_text(root / "proc/device-tree/compatible") or ""
    is_jetson = "Jetson" in model.split() and "nvidia,tegra" in chip
    return model if is_jetson else None


def jetson_pool(name: str, *, pool_id: str, ram: MemoryPool | None) -> MemoryPool:
    """Return the GPU's pool, which is the system's memory."""
    # Only now: hardly a computer is such a board.
    from planner.hardware.nvml_unified import unified_pool

    pool = MemoryPool(id=pool_id, kind=PoolKind.UNIFIED, name=name, source=SOURCE)
    return unified_pool(pool, ram=ram)
