"""Asks macOS what Metal does not tell: sysctl, the I/O registry, `system_profiler`.

It runs in a short-lived child process and answers in plain JSON values; `apple_pools` makes
memory pools of them. Not run on a Mac: the tests bring recorded answers.
"""

import ctypes
import json
import plistlib
import subprocess
from collections.abc import Callable, Sequence
from typing import Any, Final
from xml.parsers.expat import ExpatError

from planner.hardware.answers import items, mapping, whole_number
from planner.hardware.driver_child import Record
from planner.hardware.metal import read_metal

FORMAT: Final = 1
MAX_GPUS: Final = 32
TOOL_TIME_LIMIT_S: Final = 4.0

_NUMBERS: Final = (
    "hw.memsize",
    "hw.optional.arm64",
    "iogpu.wired_limit_mb",
    "debug.iogpu.wired_limit",
    "sysctl.proc_translated",
)
_TEXTS: Final = ("machdep.cpu.brand_string", "kern.osrelease", "hw.model")

_DISPLAY_KEYS: Final = (
    *("_name", "sppci_model", "sppci_cores", "sppci_device_type", "spdisplays_vendor"),
    *("spdisplays_vram", "spdisplays_vram_shared", "_spdisplays_vram"),
)

ACCELERATORS_COMMAND: Final = (
    *("/usr/sbin/ioreg", "-a", "-r", "-d", "1"),
    *("-c", "IOAccelerator"),
)
DISPLAYS_COMMAND: Final = ("/usr/sbin/system_profiler", "-json", "SPDisplaysDataType")

RunTool = Callable[[Sequence[str]], bytes]


def read_apple(
    *,
    load: Callable[[str | None], Any] = ctypes.CDLL,
    run: RunTool | None = None,
) -> Record:
    """Return all that macOS tells of its GPUs, and the reason for each thing it does not.

    Args:
        load: Loads a library, as `ctypes.CDLL` does.
        run: Runs one of the system's tools and returns what it printed.
    """
    run = run or _run
    metal = read_metal(load)
    accelerators = read_accelerators(run)
    record: Record = {
        "format": FORMAT,
        "metal": metal,
        "sysctl": read_sysctl(load),
        "accelerators": accelerators,
    }
    if not _is_enough(metal, accelerators):
        record["displays"] = read_displays(run)
    return record


def read_sysctl(load: Callable[[str | None], Any] = ctypes.CDLL) -> Record:
    """Return the kernel's variables: each its value, or the reason why not."""
    try:
        by_name = load(None).sysctlbyname
    except (OSError, AttributeError) as error:
        return {name: {"reason": str(error)} for name in (*_NUMBERS, *_TEXTS)}
    record: Record = {}
    for name in (*_NUMBERS, *_TEXTS):
        buffer = ctypes.create_string_buffer(256)
        size = ctypes.c_size_t(len(buffer))
        if by_name(name.encode(), buffer, ctypes.byref(size), None, ctypes.c_size_t(0)) != 0:
            record[name] = {"reason": "the system does not have it"}
        elif name in _TEXTS:
            record[name] = {"value": buffer.value.decode("utf-8", "replace")}
        else:  # of 4 or of 8 bytes
            raw = buffer.raw[: min(size.value, 8)]
            record[name] = {"value": int.from_bytes(raw, "little", signed=True)}
    return record


def read_accelerators(run: RunTool) -> Record:
    """Return the I/O registry's GPUs: core count, and the memory that programs hold."""
    try:
        entries = plistlib.loads(run(ACCELERATORS_COMMAND), fmt=plistlib.FMT_XML)
    except (OSError, subprocess.SubprocessError, ValueError, ExpatError) as error:
        return {"reason": _words(error)}
    return {"entries": [_accelerator(e) for e in items(entries, limit=MAX_GPUS)]}


def read_displays(run: RunTool) -> Record:
    """Return what `system_profiler` lists as graphics."""
    try:
        answer = json.loads(run(DISPLAYS_COMMAND))
    except (OSError, subprocess.SubprocessError, ValueError, RecursionError) as error:
        return {"reason": _words(error)}
    entries = items(mapping(answer).get("SPDisplaysDataType"), limit=MAX_GPUS)
    # Nothing else leaves this function: beside a GPU stand the serial numbers of its monitors.
    return {"entries": [{key: mapping(e).get(key) for key in _DISPLAY_KEYS} for e in entries]}


def _accelerator(entry: object) -> Record:
    properties = mapping(entry)
    statistics = mapping(properties.get("PerformanceStatistics"))
    return {
        "registry_id": whole_number(properties.get("IORegistryEntryID")),
        "core_count": whole_number(properties.get("gpu-core-count")),
        # AMD's driver tells the first, Apple's the second.
        "video_in_use_bytes": whole_number(statistics.get("inUseVidMemoryBytes")),
        "system_in_use_bytes": whole_number(statistics.get("In use system memory")),
    }


def _is_enough(metal: Record, accelerators: Record) -> bool:
    """Tell whether the slow `system_profiler` has nothing to add.

    It has the memory of a card, and the core count and the names where the others fail.
    """
    devices = items(metal.get("devices"), limit=MAX_GPUS)
    entries = items(accelerators.get("entries"), limit=MAX_GPUS)
    return (
        bool(devices)
        and all(mapping(device).get("has_unified_memory") for device in devices)
        and any(mapping(entry).get("core_count") for entry in entries)
    )


def _run(command: Sequence[str]) -> bytes:
    return subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=TOOL_TIME_LIMIT_S,
        check=True,
    ).stdout


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
