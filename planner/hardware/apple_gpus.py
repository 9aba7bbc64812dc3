"""Reads the child's answer of a Mac: the computer itself, and its GPUs."""

import re
from dataclasses import dataclass
from typing import Final

from planner.core.units import GIB, MIB
from planner.hardware.answers import answer_of, clean_text, items, mapping, whole_number

MAX_GPUS: Final = 32

_VIRTUAL: Final = " (Virtual)"
_PARAVIRTUAL_GPU: Final = "Apple Paravirtual device"
_SIZE: Final = re.compile(r"(\d{1,6}) ?(MB|GB)")
_NOT_IN_NAMES: Final = re.compile(r"\((?:R|TM)\)|\bAMD\b|[^a-z0-9]", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mac:
    """What the kernel tells of the computer.

    `wired_limit_bytes` is what the user lets the GPU have, `None` for the system's own choice.
    """

    ram_bytes: int | None
    chip: str | None
    darwin_version: int | None
    wired_limit_bytes: int | None
    is_virtual: bool
    is_translated: bool

    @property
    def has_apple_chip(self) -> bool:
        """Whether it is Apple silicon; under Rosetta it says so too."""
        return self.chip is not None and self.chip.startswith("Apple")


@dataclass(frozen=True, slots=True, kw_only=True)
class Gpu:
    """One GPU. `limit_bytes` is what it may have of the memory it computes from."""

    name: str
    source: str
    is_unified: bool
    limit_bytes: int | None = None
    vram_bytes: int | None = None
    in_use_bytes: int | None = None

    @property
    def is_apple(self) -> bool:
        """Whether it is a part of Apple's own chip."""
        return self.name.startswith("Apple")


def mac_of(record: dict[str, object]) -> Mac:
    """Return the computer."""
    kernel = mapping(record.get("sysctl"))
    brand = answer_of(kernel, "machdep.cpu.brand_string").text
    release = answer_of(kernel, "kern.osrelease").text or ""
    major = release.partition(".")[0]
    wired_mib = answer_of(kernel, "iogpu.wired_limit_mb").count
    # The name it had on macOS 13, where it counted bytes. 0 stands for the system's choice.
    wired_bytes = answer_of(kernel, "debug.iogpu.wired_limit").count
    return Mac(
        ram_bytes=answer_of(kernel, "hw.memsize").count or None,
        chip=brand.removesuffix(_VIRTUAL) if brand else None,
        darwin_version=int(major) if re.fullmatch("[0-9]{1,3}", major) else None,
        wired_limit_bytes=(wired_mib * MIB if wired_mib else wired_bytes) or None,
        is_virtual=brand is not None and brand.endswith(_VIRTUAL),
        is_translated=answer_of(kernel, "sysctl.proc_translated").count == 1,
    )


def gpus_of(record: dict[str, object], mac: Mac) -> list[Gpu]:
    """Return the GPUs: Metal's, else `system_profiler`'s, else the one of Apple's chip."""
    displays = _displays(record)
    devices = items(mapping(record.get("metal")).get("devices"), limit=MAX_GPUS)
    accelerators = _entries(record, "accelerators")
    if devices:
        return [_of_metal(mapping(each), accelerators, displays, mac) for each in devices]
    if displays:
        return [_of_display(each, accelerators, mac) for each in displays]
    if mac.chip is not None and mac.has_apple_chip:
        name = _apple_name(mac.chip, None, accelerators, mac)
        return [Gpu(name=name, source="sysctl", is_unified=True)]
    return []


def _of_metal(
    device: dict[str, object],
    accelerators: list[dict[str, object]],
    displays: list[dict[str, object]],
    mac: Mac,
) -> Gpu:
    name = clean_text(device.get("name")) or "GPU"
    registry_id = whole_number(device.get("registry_id"))
    entry = next(
        (each for each in accelerators if registry_id and each["registry_id"] == registry_id),
        {},
    )
    display = next((each for each in displays if _is_same(name, _display_name(each))), {})
    is_apple = name.startswith("Apple")
    unified = device.get("has_unified_memory")
    is_unified = unified if isinstance(unified, bool) else is_apple
    cores = whole_number(entry.get("core_count")) or _core_count(display)
    return Gpu(
        name=_apple_name(name, cores, accelerators, mac) if is_apple else name,
        source="metal",
        is_unified=is_unified,
        limit_bytes=whole_number(device.get("recommended_working_set_bytes")) or None,
        vram_bytes=None if is_unified else _vram_bytes(display),
        in_use_bytes=_in_use_bytes(entry, is_unified=is_unified),
    )


def _of_display(
    display: dict[str, object], accelerators: list[dict[str, object]], mac: Mac
) -> Gpu:
    name = _display_name(display) or "GPU"
    is_apple = name.startswith("Apple") or display.get("spdisplays_vendor") == (
        "sppci_vendor_Apple"
    )
    is_unified = is_apple or "intel" in name.casefold()
    cores = _core_count(display)
    memory_bytes = _vram_bytes(display)
    return Gpu(
        name=_apple_name(name, cores, accelerators, mac) if is_apple else name,
        source="system_profiler",
        is_unified=is_unified,
        limit_bytes=memory_bytes if is_unified else None,
        vram_bytes=None if is_unified else memory_bytes,
    )


def _displays(record: dict[str, object]) -> list[dict[str, object]]:
    gpu_types = (None, "spdisplays_gpu")
    entries = _entries(record, "displays")
    return [each for each in entries if each.get("sppci_device_type") in gpu_types]


def _entries(record: dict[str, object], field: str) -> list[dict[str, object]]:
    entries = mapping(record.get(field)).get("entries")
    return [mapping(entry) for entry in items(entries, limit=MAX_GPUS)]


def _display_name(display: dict[str, object]) -> str | None:
    # `_name` can be a key, as `kHW_AppleM1Item` on macOS 11.
    return clean_text(display.get("sppci_model")) or clean_text(display.get("_name"))


def _core_count(display: dict[str, object]) -> int | None:
    text = clean_text(display.get("sppci_cores"))
    return int(text) if text and re.fullmatch("[1-9][0-9]{0,2}", text) else None


def _only_core_count(accelerators: list[dict[str, object]]) -> int | None:
    """Return the core count of the one GPU that has any, wherever it is listed."""
    counts = {whole_number(each.get("core_count")) for each in accelerators} - {None, 0}
    return counts.pop() if len(counts) == 1 else None


def _vram_bytes(display: dict[str, object]) -> int | None:
    for key in ("spdisplays_vram", "spdisplays_vram_shared", "_spdisplays_vram"):
        size = _SIZE.fullmatch(clean_text(display.get(key)) or "")
        if size:
            return int(size[1]) * (GIB if size[2] == "GB" else MIB)
    return None


def _in_use_bytes(entry: dict[str, object], *, is_unified: bool) -> int | None:
    return whole_number(
        entry.get("system_in_use_bytes" if is_unified else "video_in_use_bytes")
    )


def _is_same(name: str, other: str | None) -> bool:
    """Tell whether `AMD Radeon Pro 560X` and `Radeon Pro 560X` are one."""
    return (
        other is not None
        and _NOT_IN_NAMES.sub("", name).casefold() == _NOT_IN_NAMES.sub("", other).casefold()
    )


def _apple_name(
    name: str, core_count: int | None, accelerators: list[dict[str, object]], mac: Mac
) -> str:
    """Return the chip with its core count, which tells chips of one name apart."""
    if name == _PARAVIRTUAL_GPU or not name.startswith("Apple"):
        name = mac.chip if mac.chip is not None and mac.has_apple_chip else "Apple GPU"
    cores = core_count or _only_core_count(accelerators)
    return f"{name} ({cores}-core GPU)" if cores else name
