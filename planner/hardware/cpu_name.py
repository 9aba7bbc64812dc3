"""The name of this computer's processor, as people say it."""

import contextlib
import sys
from pathlib import Path
from typing import Final

FALLBACK_NAME: Final = "System memory"
# The first processor's entry is enough, and reading all of a large server's is slow.
_FIRST_ENTRY_BYTES: Final = 4096
_MAX_LENGTH: Final = 80


def cpu_name(*, platform: str = sys.platform, root: Path = Path("/")) -> str:
    """Return such as `AMD Ryzen 7 7700`.

    Args:
        platform: As `sys.platform` has it.
        root: Where the file system of the computer begins.
    """
    if platform == "linux":
        name = _from_proc(root)
    elif platform == "darwin":
        name = _from_sysctl()
    elif platform == "win32":
        name = _from_registry()
    else:
        name = None
    return short_name(name or _from_python()) or FALLBACK_NAME


def short_name(brand: str) -> str:
    """Return the brand string without marks, clock and the words that all of them have."""
    text = brand[: 4 * _MAX_LENGTH]
    for mark in ("(R)", "(r)", "(TM)", "(tm)", "®", "™"):
        text = text.replace(mark, " ")
    for tail in (" @", " w/", " with Radeon"):
        text = text.partition(tail)[0]
    words = [word for word in text.split() if word.isprintable() and not _is_filler(word)]
    return " ".join(words)[:_MAX_LENGTH].strip()


def _is_filler(word: str) -> bool:
    # `8-Core`, `32-Cores`, `CPU`, `Processor`
    return word in {"CPU", "Processor"} or word.endswith(("-Core", "-Cores"))


def _from_proc(root: Path) -> str | None:
    try:
        with (root / "proc/cpuinfo").open("rb", buffering=0) as file:
            entry = file.read(_FIRST_ENTRY_BYTES) or b""
    except OSError:
        entry = b""
    fields: dict[str, str] = {}
    for line in entry.decode("utf-8", "replace").splitlines():
        key, _, value = line.partition(":")
        fields.setdefault(key.strip(), value.strip())
    # Arm has no `model name`; its boards say who they are in the device tree.
    return fields.get("model name") or _from_device_tree(root) or fields.get("Hardware")


def _from_device_tree(root: Path) -> str | None:
    try:
        return (root / "proc/device-tree/model").read_text("utf-8", "replace").strip("\0\n ")
    except OSError:
        return None


def _from_sysctl() -> str | None:
    import ctypes  # only on macOS

    buffer = ctypes.create_string_buffer(256)
    size = ctypes.c_size_t(len(buffer))
    try:
        sysctlbyname = ctypes.CDLL(None).sysctlbyname
    except (AttributeError, OSError):
        return None
    status = sysctlbyname(b"machdep.cpu.brand_string", buffer, ctypes.byref(size), None, 0)
    return buffer.value.decode("utf-8", "replace") if status == 0 else None


def _from_registry() -> str | None:
    if sys.platform == "win32":
        import winreg  # only on Windows

        key_name = r"HARDWARE\DESCRIPTION\System\CentralProcessor\0"
        with (
            contextlib.suppress(OSError),
            winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key_name) as key,
        ):
            return str(winreg.QueryValueEx(key, "ProcessorNameString")[0])
    return None


def _from_python() -> str:
    import platform  # rarely needed

    return platform.processor() or platform.machine()
