"""Intel's GPUs as the kernel's drivers xe and i915 show them.

Only the size of a card's memory is there; what is free the drivers tell nobody without
privileges (CAP_PERFMON), so it is unknown.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

from planner.core.machine import RAM_POOL_ID, MemoryPool, PoolKind
from planner.core.units import GIB, format_gib
from planner.hardware.gpu_names import intel_name
from planner.hardware.pci_boards import PciBoard
from planner.hardware.sysfs import names_in, read_number, read_text

SOURCE: Final = "sysfs"

# A processor's own GPU has always had this place on the bus (Intel's data sheets, "Device 2").
_INTEGRATED_ADDRESS: Final = "0000:00:02.0"
_SHARE_OF_RAM: Final = 2
_LEAST_CARD_BYTES: Final = 2 * GIB
_MEMORY_WINDOW: Final = 2  # BAR 2 shows a card's memory, all of it with Resizable BAR

_NO_FREE_NOTE: Final = (
    "Intel's driver tells no ordinary program how much of this memory is free. Close what uses "
    "it and count on all of it, or correct the figure."
)
_NO_TOTAL_NOTE: Final = "The driver does not tell this card's memory."
_WINDOW_NOTE: Final = "Its memory is reckoned from its window on the PCI bus (Resizable BAR)."
_NO_BANDWIDTH_NOTE: Final = "The driver does not give its bandwidth."


def intel_pool(
    board: PciBoard, device: Path, *, pool_id: str, ram: MemoryPool | None, root: Path
) -> MemoryPool:
    """Return the pool of one of Intel's GPUs; the arguments are those of `amd_pool`."""
    pool = MemoryPool(
        id=pool_id,
        kind=PoolKind.DEDICATED,
        name=intel_name(root, board.device) or f"Intel GPU {board.pci_id}",
        source=SOURCE,
        # What the catalogue calls all that the newer driver is for.
        compute_capability="xe" if board.driver == "xe" else None,
        pci_bus_id=board.address,
        pci_device_id=board.pci_id,
    )
    if is_integrated(board):
        return _unified(pool, ram)
    total = _xe_bytes(device) or _i915_bytes(device)
    if total is not None:
        return replace(pool, total_bytes=total, notes=(_NO_FREE_NOTE, _NO_BANDWIDTH_NOTE))
    window = _window_bytes(device)
    if window is None:
        return replace(pool, notes=(_NO_TOTAL_NOTE, _NO_BANDWIDTH_NOTE))
    notes = (_WINDOW_NOTE, _NO_FREE_NOTE, _NO_BANDWIDTH_NOTE)
    return replace(pool, total_bytes=window, notes=notes)


def is_integrated(board: PciBoard) -> bool:
    """Return whether this GPU is a part of the processor."""
    return board.address == _INTEGRATED_ADDRESS


def _unified(pool: MemoryPool, ram: MemoryPool | None) -> MemoryPool:
    shared = replace(pool, kind=PoolKind.UNIFIED, same_memory_as=RAM_POOL_ID)
    if ram is None or ram.total_bytes is None or ram.free_bytes is None:
        return replace(shared, notes=(_NO_TOTAL_NOTE, _NO_BANDWIDTH_NOTE))
    limit = ram.total_bytes // _SHARE_OF_RAM
    free = min(limit, ram.free_bytes)
    note = (
        "This GPU computes from the system's memory, which is counted once. It may have about "
        f"half of it, {format_gib(limit)}: a rule, since the driver gives no figure."
    )
    return replace(
        shared,
        source=f"{SOURCE}, {ram.source}",
        total_bytes=ram.total_bytes,
        reserved_bytes=ram.total_bytes - limit,
        used_by_others_bytes=limit - free,
        free_bytes=free,
        notes=(note, _NO_BANDWIDTH_NOTE),
    )


def _xe_bytes(device: Path) -> int | None:
    tiles = (
        read_number(device / name / "physical_vram_size_bytes")
        for name in names_in(device, "tile")
    )
    return sum(tile or 0 for tile in tiles) or None


def _i915_bytes(device: Path) -> int | None:
    cards = (
        read_number(device / "drm" / name / "lmem_total_bytes")
        for name in names_in(device / "drm", "card")
    )
    return next((card for card in cards if card), None)


def _window_bytes(device: Path) -> int | None:
    """Return the size of the card's memory window, if it is large enough to be all of it.

    Each line of `resource` is a window's first and last address and its flags
    (https://docs.kernel.org/PCI/sysfs-pci.html). Without Resizable BAR it shows 256 MiB.
    """
    lines = (read_text(device / "resource") or "").splitlines()
    if len(lines) <= _MEMORY_WINDOW:
        return None
    try:
        first, last, *_ = (int(word, 16) for word in lines[_MEMORY_WINDOW].split())
    except ValueError:
        return None
    size = last - first + 1
    return size if size >= _LEAST_CARD_BYTES else None
