"""Whether NVIDIA's management library can be on this computer at all.

Where it cannot, no child process is started: that is most computers, and they should not wait.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

LIBRARY_NAME: Final = "libnvidia-ml.so.1"

# What ld.so searches after its cache, the folders of Debian's multiarch, and the place where
# WSL mounts the Windows driver (https://learn.microsoft.com/windows/wsl/tutorials/gpu-compute).
LIBRARY_FOLDERS: Final = (
    "lib",
    "lib64",
    "usr/lib",
    "usr/lib64",
    "usr/lib/x86_64-linux-gnu",
    "usr/lib/aarch64-linux-gnu",
    "usr/lib/aarch64-linux-gnu/nvidia",
    "usr/lib/wsl/lib",
)


def nvml_may_be_installed(
    environ: Mapping[str, str], *, platform: str = sys.platform, root: Path = Path("/")
) -> bool:
    """Return False only where the library is in none of the places it is loaded from.

    Args:
        environ: The environment the child process would start with.
        platform: As `sys.platform` has it.
        root: Where the file system of the computer begins.
    """
    if platform == "darwin":
        return False
    if platform == "win32":
        return any(path.is_file() for path in _windows_places(environ))
    folders = [Path(name) for name in _library_path(environ) if name]
    folders += [root / name for name in LIBRARY_FOLDERS]
    return any((folder / LIBRARY_NAME).exists() for folder in folders) or _is_cached(root)


def _windows_places(environ: Mapping[str, str]) -> tuple[Path, Path]:
    # The two places where nvidia-ml-py looks.
    windows = environ.get("WINDIR", "C:/Windows")
    programs = environ.get("PROGRAMFILES", "C:/Program Files")
    return (
        Path(windows, "System32", "nvml.dll"),
        Path(programs, "NVIDIA Corporation", "NVSMI", "nvml.dll"),
    )


def _library_path(environ: Mapping[str, str]) -> list[str]:
    # The loader takes colons and semicolons (man 8 ld.so).
    return environ.get("LD_LIBRARY_PATH", "").replace(";", ":").split(":")


def _is_cached(root: Path) -> bool:
    try:
        cache = (root / "etc" / "ld.so.cache").read_bytes()
    except OSError:
        return False
    return LIBRARY_NAME.encode() + b"\0" in cache
