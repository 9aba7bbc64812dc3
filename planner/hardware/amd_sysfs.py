"""AMD's GPUs as the kernel's driver amdgpu shows them.

Files: https://docs.kernel.org/gpu/amdgpu/driver-misc.html, "GPU Memory Usage Information".
"""

from dataclasses import replace
from pathlib import Path
from typing import Final, NamedTuple

from planner.core.machine import RAM_POOL_ID, MemoryPool, PoolKind
from planner.core.units import GIB, format_gib
from planner.hardware.gpu_names import amd_name
from planner.hardware.pci_boards import PciBoard
from planner.hardware.sysfs import names_in, read_fields, read_number, read_text

SOURCE: Final = "sysfs"

# Chips that compute from the system's memory and are bought for it: Strix Halo and MI300A
# (libdrm's amdgpu.ids). Firmware may set most of the memory aside for them, and then no rule
# of proportions knows them.
LARGE_CHIPS: Final = frozenset({0x1586, 0x74A0})
# Other processors with a GPU of these ids (libdrm's amdgpu.ids): Renoir, Cezanne, Barcelo,
# Rembrandt, Raphael, Phoenix, Hawk Point, Strix Point, Krackan Point, Granite Ridge.
_SMALL_CHIPS: Final = frozenset(
    {
        *(0x1636, 0x1638, 0x15E7, 0x1681, 0x164E, 0x15BF, 0x15C8),
        *(0x1900, 0x1901, 0x150E, 0x1114, 0x13C0),
    }
)
# For a chip of neither list: Ollama takes a GPU for a part of the processor when firmware set
# little aside for it and it may map a lot (its `discover` package).
_LITTLE_BYTES: Final = 4 * GIB
_A_LOT_BYTES: Final = 8 * GIB
_TIMES_AS_MUCH: Final = 4

_NO_MEMORY_NOTE: Final = "The driver amdgpu does not tell this GPU's memory."
_NO_USE_NOTE: Final = "The driver amdgpu does not tell how much of this memory is in use."
_NO_BANDWIDTH_NOTE: Final = "The driver does not give its bandwidth."


class _Memory(NamedTuple):
    """`vram` is its own or set aside for it by firmware; `gtt` is what it may map of RAM."""

    vram_bytes: int | None
    vram_used_bytes: int | None
    gtt_bytes: int | None
    gtt_used_bytes: int | None


def amd_pool(
    board: PciBoard, device: Path, *, pool_id: str, ram: MemoryPool | None, root: Path
) -> MemoryPool:
    """Return the pool of one of AMD's GPUs.

    Args:
        board: What PCI tells of it.
        device: Its folder.
        pool_id: The pool's id.
        ram: The system's memory, which an integrated GPU shares.
        root: Where the file system of the computer begins.
    """
    memory = _memory(device)
    name = amd_name(root, board.device, read_number(device / "revision"))
    pool = MemoryPool(
        id=pool_id,
        kind=PoolKind.DEDICATED,
        name=read_text(device / "product_name") or name or f"AMD GPU {board.pci_id}",
        source=SOURCE,
        compute_capability=_gfx_target(device, root),
        pci_bus_id=board.address,
        pci_device_id=board.pci_id,
    )
    if is_integrated(board, device):
        return _unified(pool, memory, ram)
    return _dedicated(pool, memory)


def is_integrated(board: PciBoard, device: Path) -> bool:
    """Return whether this GPU is a part of the processor and computes from its memory."""
    if board.device in LARGE_CHIPS or board.device in _SMALL_CHIPS:
        return True
    memory = _memory(device)
    if memory.vram_bytes is None or memory.gtt_bytes is None:
        return False
    return (
        memory.vram_bytes <= _LITTLE_BYTES
        and memory.gtt_bytes >= _A_LOT_BYTES
        and memory.gtt_bytes >= _TIMES_AS_MUCH * memory.vram_bytes
        # Memory chips of its own have a maker.
        and read_text(device / "mem_info_vram_vendor") in (None, "unknown")
    )


def _memory(device: Path) -> _Memory:
    return _Memory(
        read_number(device / "mem_info_vram_total") or None,
        read_number(device / "mem_info_vram_used"),
        read_number(device / "mem_info_gtt_total") or None,
        read_number(device / "mem_info_gtt_used"),
    )


def _dedicated(pool: MemoryPool, memory: _Memory) -> MemoryPool:
    total, used = memory.vram_bytes, memory.vram_used_bytes
    if total is None:
        return replace(pool, notes=(_NO_MEMORY_NOTE, _NO_BANDWIDTH_NOTE))
    if used is None or used > total:
        return replace(pool, total_bytes=total, notes=(_NO_USE_NOTE, _NO_BANDWIDTH_NOTE))
    return replace(
        pool,
        total_bytes=total,
        used_by_others_bytes=used,
        free_bytes=total - used,
        notes=(_NO_BANDWIDTH_NOTE,),
    )


def _unified(pool: MemoryPool, memory: _Memory, ram: MemoryPool | None) -> MemoryPool:
    """Return the pool of an integrated GPU: one memory with a limit, never a sum of two.

    What firmware sets aside is not among the system's memory, so both together are what is
    installed; of the system's part the GPU may map `gtt`, and no more than there is.
    """
    shared = replace(pool, kind=PoolKind.UNIFIED, same_memory_as=RAM_POOL_ID)
    aside, mapped = memory.vram_bytes, memory.gtt_bytes
    if ram is None or ram.total_bytes is None or ram.free_bytes is None:
        return replace(shared, notes=(_NO_MEMORY_NOTE, _NO_BANDWIDTH_NOTE))
    if aside is None or mapped is None:
        return replace(shared, notes=(_NO_MEMORY_NOTE, _NO_BANDWIDTH_NOTE))
    mapped = min(mapped, ram.total_bytes)
    aside_free = max(0, aside - (memory.vram_used_bytes or 0))
    mapped_free = min(max(0, mapped - (memory.gtt_used_bytes or 0)), ram.free_bytes)
    note = (
        f"This GPU computes from the system's memory: {format_gib(aside)} that the firmware "
        f"set aside for it, and up to {format_gib(mapped)} of the RAM, which is counted once. "
        "The kernel's option ttm.pages_limit changes that limit."
    )
    return replace(
        shared,
        source=f"{SOURCE}, {ram.source}",
        total_bytes=aside + ram.total_bytes,
        reserved_bytes=ram.total_bytes - mapped,
        used_by_others_bytes=aside + mapped - aside_free - mapped_free,
        free_bytes=aside_free + mapped_free,
        notes=(note, _NO_BANDWIDTH_NOTE),
    )


def _gfx_target(device: Path, root: Path) -> str | None:
    """Return such as `gfx1100`, from the list of what computes (kfd).

    The number is major * 10000 + minor * 100 + step; the name has the last two as hexadecimal
    digits (https://docs.kernel.org/gpu/amdgpu/amd-hardware-list-info.html).
    """
    render = names_in(device / "drm", "renderD")
    nodes = root / "sys/class/kfd/kfd/topology/nodes"
    for name in names_in(nodes) if render else []:
        fields = read_fields(nodes / name / "properties", separator=" ")
        version = fields.get("gfx_target_version", "")
        if f"renderD{fields.get('drm_render_minor')}" not in render or not version.isdigit():
            continue
        number = int(version)
        return f"gfx{number // 10000}{number // 100 % 100:x}{number % 100:x}"
    return None
