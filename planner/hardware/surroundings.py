"""What a driver's refusal can come from: a container, WSL, Secure Boot, another driver."""

from pathlib import Path
from typing import Final, NamedTuple

from planner.hardware.sysfs import read_text

# Four bytes of attributes, then 1 where it is on (UEFI specification, "Globally Defined
# Variables").
_SECURE_BOOT: Final = "sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c"
_CONTAINER_MARKS: Final = (".dockerenv", "run/.containerenv")


class Surroundings(NamedTuple):
    """Facts of the system around this program; `None` is not known."""

    is_container: bool = False
    is_wsl: bool = False
    has_secure_boot: bool | None = None
    has_nouveau: bool = False
    running_driver_version: str | None = None


def read_surroundings(root: Path = Path("/")) -> Surroundings:
    """Return what `/proc` and `/sys` tell."""
    return Surroundings(
        is_container=any((root / mark).exists() for mark in _CONTAINER_MARKS),
        is_wsl=is_wsl(root),
        has_secure_boot=_secure_boot(root / _SECURE_BOOT),
        has_nouveau=(root / "sys/module/nouveau").exists(),
        running_driver_version=_version(read_text(root / "proc/driver/nvidia/version")),
    )


def is_wsl(root: Path = Path("/")) -> bool:
    """Return whether this is Linux inside Windows: its kernel names Microsoft."""
    return "microsoft" in (read_text(root / "proc/version") or "").lower()


def _secure_boot(path: Path) -> bool | None:
    try:
        with path.open("rb", buffering=0) as file:
            content = file.read(5) or b""
    except OSError:
        return None
    return content[4] == 1 if len(content) == 5 else None


def _version(text: str | None) -> str | None:
    # `NVRM version: NVIDIA UNIX x86_64 Kernel Module  580.95.05  Tue Sep 23 ...`
    words = (text or "").split()
    return next(
        (word for word in words if word.replace(".", "").isdigit() and "." in word), None
    )
