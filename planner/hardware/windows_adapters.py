"""Reads the child's answer of a Windows computer: which adapters are GPUs, and what of each."""

import re
from dataclasses import dataclass
from typing import Final

from planner.core.units import MIB
from planner.hardware.answers import clean_text, items, mapping, whole_number

MAX_ADAPTERS: Final = 64

REGISTRY_NOTE: Final = (
    "Windows' registry gave this card; it keeps cards that were taken out, and of equal ones "
    "one is shown."
)

_MICROSOFT: Final = 0x1414
_FLAG_REMOTE: Final = 1  # DXGI_ADAPTER_FLAG_REMOTE
_FLAG_SOFTWARE: Final = 2  # DXGI_ADAPTER_FLAG_SOFTWARE
# Listed on every Windows: https://learn.microsoft.com/windows/win32/direct3ddxgi/d3d10-graphics-programming-guide-dxgi
_BASIC_RENDER: Final = "Microsoft Basic Render Driver"

# Where a driver writes 32 bits, more than they hold is written as the most they hold: an Arc
# A770 says 0x7FFFF000 (https://github.com/oshi/oshi/issues/2907).
_END_OF_32_BITS: Final = 0x7FFFF000
_LEAST_BYTES: Final = 64 * MIB
# What firmware sets aside for a GPU inside the processor is 128 MiB with most of them.
_LEAST_OF_A_CARD_BYTES: Final = 512 * MIB
_PCI_ID: Final = re.compile(r"PCI\\VEN_([0-9A-F]{4})&DEV_([0-9A-F]{4})", re.IGNORECASE)
_MARKS: Final = re.compile(r"\((?:R|TM)\)", re.IGNORECASE)
# Inside the processor, by the names that Intel, AMD and Qualcomm gave them so far. Not Xe MAX,
# which is a card.
_INTEGRATED: Final = re.compile(
    r"\b(?:"
    r"U?HD Graphics|Iris(?! Xe MAX)|Intel Graphics|Arc (?:Pro )?(?:Graphics|1\d0[TV])|"
    r"Radeon (?:Graphics|[6-8]\d0M|80\d0S|R\d Graphics|(?:RX )?Vega \d{1,2} Graphics)|"
    r"Adreno"
    r")\b"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """One GPU of Windows.

    `shared_bytes` is what Windows lets it have of RAM. `budget_bytes` is what a new program may
    have of its fastest memory now.
    """

    name: str
    source: str
    is_integrated: bool
    pci_device_id: str | None = None
    own_bytes: int | None = None
    shared_bytes: int | None = None
    budget_bytes: int | None = None
    notes: tuple[str, ...] = ()


def dxgi_adapters(record: dict[str, object]) -> tuple[list[Adapter], list[str]]:
    """Return the GPUs among DXGI's adapters, and sentences for what is left out."""
    adapters: list[Adapter] = []
    notes: dict[str, None] = {}  # each sentence once
    seen: set[tuple[int, int]] = set()
    for entry in items(record.get("adapters"), limit=MAX_ADAPTERS):
        fields = mapping(entry)
        luid = _luid(fields)
        left_out = _why_left_out(fields)
        if left_out is not None:
            notes.update({left_out: None} if left_out else {})
        elif luid is None or luid not in seen:
            seen.update([luid] if luid else [])
            adapters.append(_of_dxgi(fields))
    return adapters, list(notes)


def registry_adapters(record: dict[str, object]) -> list[Adapter]:
    """Return the GPUs of the registry, each kind once: it keeps several entries of one card."""
    adapters: dict[str, Adapter] = {}
    for entry in items(record.get("adapters"), limit=MAX_ADAPTERS):
        fields = mapping(entry)
        hardware_id = clean_text(fields.get("matching_device_id")) or ""
        found = _PCI_ID.match(hardware_id)
        if found:
            pci_device_id = f"{found[1]}:{found[2]}".lower()
            adapters[pci_device_id] = _of_registry(fields, pci_device_id)
    return list(adapters.values())


def _why_left_out(fields: dict[str, object]) -> str | None:
    """Return `None` for a GPU, else a sentence, which is empty where nobody misses anything."""
    name = clean_text(fields.get("description")) or "An adapter"
    if "reason" in fields:
        return f"A graphics adapter could not be read ({clean_text(fields.get('reason'))})."
    flags = whole_number(fields.get("flags")) or 0
    if flags & _FLAG_REMOTE:
        return f"{name} belongs to a remote session: the GPUs of this computer may be hidden."
    if name == _BASIC_RENDER:
        return ""
    if flags & _FLAG_SOFTWARE or whole_number(fields.get("vendor_id")) == _MICROSOFT:
        return (
            f"{name} is Windows' own driver, without a GPU's memory. If the computer has one, "
            "installing its maker's driver makes it known."
        )
    return None


def _of_dxgi(fields: dict[str, object]) -> Adapter:
    name = clean_text(fields.get("description")) or "GPU"
    own_bytes = whole_number(fields.get("dedicated_video_bytes"))
    local, non_local = (_budget_bytes(fields, group) for group in ("local", "non_local"))
    # Where the two memories are one, the second group has nothing
    # (https://learn.microsoft.com/windows/win32/direct3ddxgi/dxgi-1-4-improvements).
    is_one_memory = bool(local) and non_local == 0
    return Adapter(
        name=name,
        source="dxgi",
        is_integrated=is_one_memory or is_integrated(name, own_bytes),
        pci_device_id=_pci_device_id(fields),
        own_bytes=own_bytes,
        shared_bytes=whole_number(fields.get("shared_system_bytes")),
        budget_bytes=local,
    )


def _of_registry(fields: dict[str, object], pci_device_id: str) -> Adapter:
    name = clean_text(fields.get("description")) or f"GPU {pci_device_id}"
    own_bytes = whole_number(fields.get("memory_bytes"))
    if own_bytes is None:
        narrow = whole_number(fields.get("memory_32_bits"))
        own_bytes = narrow if narrow is not None and narrow < _END_OF_32_BITS else None
    if own_bytes is not None and own_bytes < _LEAST_BYTES:
        own_bytes = None
    return Adapter(
        name=name,
        source="registry",
        is_integrated=is_integrated(name, own_bytes),
        pci_device_id=pci_device_id,
        own_bytes=own_bytes,
        notes=(REGISTRY_NOTE,),
    )


def is_integrated(name: str, own_bytes: int | None) -> bool:
    """Tell by its name, and else by its memory, whether a GPU is inside the processor."""
    plain = " ".join(_MARKS.sub(" ", name).split())
    if _INTEGRATED.search(plain):
        return True
    return own_bytes is not None and own_bytes < _LEAST_OF_A_CARD_BYTES


def _luid(fields: dict[str, object]) -> tuple[int, int] | None:
    """Return Windows' own number of an adapter, which is unique until a restart."""
    low, high = fields.get("luid_low"), fields.get("luid_high")
    return (low, high) if isinstance(low, int) and isinstance(high, int) else None


def _budget_bytes(fields: dict[str, object], group: str) -> int | None:
    return whole_number(mapping(fields.get(group)).get("budget_bytes"))


def _pci_device_id(fields: dict[str, object]) -> str | None:
    """Return `vendor:device` as `lspci -nn` prints it; Qualcomm's GPUs are on no PCI bus."""
    vendor, device = (whole_number(fields.get(field)) for field in ("vendor_id", "device_id"))
    if vendor is None or device is None or vendor >> 16 or device >> 16:
        return None
    return f"{vendor:04x}:{device:04x}"
