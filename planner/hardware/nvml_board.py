"""Makes one memory pool of one board, or of one slice of it."""

import re
from dataclasses import dataclass, replace
from typing import Final

from planner.core.machine import MemoryHolder, MemoryPool, PoolKind
from planner.core.units import format_gib
from planner.hardware.answers import (
    Answer,
    answer_of,
    clean_text,
    items,
    mapping,
    pair,
    whole_number,
)
from planner.hardware.nvml_errors import device_sentence, fault_note, refusals_note
from planner.hardware.nvml_unified import is_unified, unified_pool

SOURCE: Final = "nvml"

BROKEN_NAME_NOTE: Final = (
    "The driver gives this GPU's name as unreadable text, a fault of some drivers under WSL: "
    "updating the driver of Windows mends it."
)
WDDM_NOTE: Final = (
    "Windows shares this GPU's memory out (WDDM) and does not tell which program holds what."
)
VGPU_NOTE: Final = (
    "A virtual GPU (vGPU): its memory is its own, the bandwidth is shared with the other "
    "virtual machines on the board."
)
MAX_HOLDERS: Final = 64
_WDDM: Final = 0  # NVML_DRIVER_WDDM
_VGPU_GUEST: Final = 2  # NVML_GPU_VIRTUALIZATION_MODE_VGPU
# `NVIDIA A40-48Q`, `GRID T4-16C`: the board, the GB of the share, what it is licensed for.
_VGPU_NAME: Final = re.compile(r"-\d{1,3}[ABCQ]$")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Memory:
    total_bytes: int | None = None
    reserved_bytes: int | None = None
    used_bytes: int | None = None
    free_bytes: int | None = None
    note: str | None = None


def unreadable_pool(*, pool_id: str, name: str, note: str) -> MemoryPool:
    """Return a pool that says no more than that there is a GPU, and why."""
    return MemoryPool(
        id=pool_id, kind=PoolKind.DEDICATED, name=name, source=SOURCE, notes=(note,)
    )


def board_pool(board: dict[str, object], *, pool_id: str, ram: MemoryPool | None) -> MemoryPool:
    """Return the pool of a whole board; `ram` is what a GPU without memory of its own has."""
    pci = mapping(answer_of(board, "pci").value)
    device_id = whole_number(pci.get("device_id"))
    name = answer_of(board, "name").text
    capability = pair(answer_of(board, "compute_capability").value)
    memory = _memory(answer_of(board, "memory"))
    pool = MemoryPool(
        id=pool_id,
        kind=PoolKind.DEDICATED,
        name=name or _stand_in_name(device_id),
        source=SOURCE,
        total_bytes=memory.total_bytes,
        reserved_bytes=memory.reserved_bytes,
        used_by_others_bytes=memory.used_bytes,
        free_bytes=memory.free_bytes,
        bandwidth_gb_per_s=_bandwidth_gb_per_s(board),
        compute_capability=f"{capability[0]}.{capability[1]}" if capability else None,
        uuid=answer_of(board, "uuid").text,
        pci_bus_id=clean_text(pci.get("bus_id")),
        pci_device_id=_pci_id(device_id),
        holders=_holders(board),
    )
    if is_unified(pool, board=board, ram=ram):
        return unified_pool(pool, ram=ram)
    notes = (
        None if name else BROKEN_NAME_NOTE,
        fault_note(answer_of(board, field).code for field in board),
        memory.note,
        WDDM_NOTE if answer_of(board, "driver_model").count == _WDDM else None,
        VGPU_NOTE if _is_vgpu(board, name) else None,
        _refused(pool, board),
    )
    return replace(pool, notes=tuple(note for note in notes if note))


def slice_pool(part: dict[str, object], *, pool_id: str, whole: MemoryPool) -> MemoryPool:
    """Return the pool of a MIG slice: a GPU of its own that cannot be joined with others.

    Its share of the board's bandwidth is reckoned by its share of the board's memory, since
    NVML tells neither.
    """
    if "handle" in part:
        note = device_sentence(answer_of(part, "handle"))
        return unreadable_pool(pool_id=pool_id, name=f"{whole.name} MIG", note=note)
    memory = _memory(answer_of(part, "memory"))
    bandwidth = None
    note = "A slice of a GPU (MIG): it cannot be joined with other slices."
    if whole.bandwidth_gb_per_s and whole.total_bytes and memory.total_bytes:
        share = min(1.0, memory.total_bytes / whole.total_bytes)
        bandwidth = round(whole.bandwidth_gb_per_s * share, 1)
        note += " Its bandwidth is the board's, by its share of the memory."
    if memory.total_bytes is None:
        refused = refusals_note({"memory": answer_of(part, "memory")})
    else:
        refused = None
    return replace(
        whole,
        id=pool_id,
        name=answer_of(part, "name").text or f"{whole.name} MIG",
        total_bytes=memory.total_bytes,
        reserved_bytes=memory.reserved_bytes,
        used_by_others_bytes=memory.used_bytes,
        free_bytes=memory.free_bytes,
        bandwidth_gb_per_s=bandwidth,
        uuid=answer_of(part, "uuid").text,
        holders=_holders(part),
        notes=tuple(text for text in (note, memory.note, refused) if text),
    )


def _holders(record: dict[str, object]) -> tuple[MemoryHolder, ...]:
    """Return the programs that hold memory, the largest first."""
    found: list[MemoryHolder] = []
    for entry in items(answer_of(record, "processes").value, limit=MAX_HOLDERS):
        fields = mapping(entry)
        pid = whole_number(fields.get("pid"))
        name = clean_text(fields.get("name"))
        if pid is None:
            continue
        used = whole_number(fields.get("used"))
        found.append(MemoryHolder(name=name or f"process {pid}", pid=pid, used_bytes=used))
    return tuple(sorted(found, key=lambda holder: -(holder.used_bytes or 0)))


def _is_vgpu(board: dict[str, object], name: str | None) -> bool:
    mode = answer_of(board, "virtualization").count
    return mode == _VGPU_GUEST or _VGPU_NAME.search(name or "") is not None


def _memory(answer: Answer) -> _Memory:
    """Return what the driver tells of its memory, less what contradicts itself."""
    fields = mapping(answer.value)
    total = whole_number(fields.get("total"))
    if not total:  # Some GPUs without memory of their own answer 0.
        return _Memory()
    parts = {name: whole_number(fields.get(name)) for name in ("reserved", "used", "free")}
    believable = {
        name: part if part is not None and part <= total else None
        for name, part in parts.items()
    }
    note = None
    if believable["free"] is None:
        note = "The driver's figure for free memory is not usable."
    elif "reserved" not in fields and believable["used"] is not None:
        note = (
            "This driver does not tell its own share of the memory apart: of the "
            f"{format_gib(believable['used'])} in use, about 0.4 GiB (0.6 GiB on data-center "
            "cards) is assumed to be the driver's."
        )
    return _Memory(
        total_bytes=total,
        reserved_bytes=believable["reserved"],
        used_bytes=believable["used"],
        free_bytes=believable["free"],
        note=note,
    )


def _bandwidth_gb_per_s(board: dict[str, object]) -> float | None:
    """Return the peak in GB/s: two transfers a clock, `bits / 8` bytes each.

    Within 1 % of the data sheet for RTX 4090 (1008), RTX 3090 (936), H100 SXM (3352).
    """
    width_bits = answer_of(board, "memory_bus_width_bits").count
    clock_mhz = answer_of(board, "max_memory_clock_mhz").count
    if not width_bits or not clock_mhz:
        return None
    return round(2 * clock_mhz * width_bits / 8 / 1000, 1)


def _refused(pool: MemoryPool, board: dict[str, object]) -> str | None:
    fields = {
        "memory": ("memory", pool.total_bytes),
        "memory bus width": ("memory_bus_width_bits", pool.bandwidth_gb_per_s),
        "memory clock": ("max_memory_clock_mhz", pool.bandwidth_gb_per_s),
        "compute capability": ("compute_capability", pool.compute_capability),
        "PCI address": ("pci", pool.pci_bus_id),
        "UUID": ("uuid", pool.uuid),
    }
    refused = {
        words: answer_of(board, field)
        for words, (field, value) in fields.items()
        if value is None and not answer_of(board, field).value
    }
    return refusals_note(refused) if refused else None


def _stand_in_name(pci_device_id: int | None) -> str:
    pci_id = _pci_id(pci_device_id)
    return f"NVIDIA GPU {pci_id}" if pci_id else "NVIDIA GPU"


def _pci_id(number: int | None) -> str | None:
    """Return NVML's `device << 16 | vendor` the way `lspci -nn` prints it: `10de:2684`."""
    if not number or number >> 32:
        return None
    return f"{number & 0xFFFF:04x}:{number >> 16:04x}"
