"""The system libraries that Qt needs, the packages they come in, and how to get them."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final


class SetUpError(Exception):
    """A sentence for the person at the terminal: what is missing and what to do."""


# Debian's and Ubuntu's names, found with ldd and `dpkg -S` in a bare Debian 12. Newer releases
# provide libglib2.0-0 under this name too.
PACKAGE_OF_LIBRARY: Final = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libwayland-client.so.0": "libwayland-client0",
    "libwayland-cursor.so.0": "libwayland-cursor0",
    "libwayland-egl.so.1": "libwayland-egl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
}

# Every Qt library the app loads, and one plugin more for each way to show a window.
_QT_FILES: Final = (
    "lib/libQt6Widgets.so.6",
    "lib/libQt6Svg.so.6",
    "lib/libQt6DBus.so.6",
    "plugins/iconengines/libqsvgicon.so",
)


def require_qt_libraries(venv: Path, platforms: Iterable[str]) -> None:
    """See to it that Qt can load; install what is missing where that is allowed.

    Raises:
        SetUpError: libraries are missing and could not be installed.
    """
    names = list(platforms)
    missing = missing_libraries(qt_files(venv, names))
    if not missing:
        return
    packages = sorted(
        {PACKAGE_OF_LIBRARY[name] for name in missing if name in PACKAGE_OF_LIBRARY}
    )
    unknown = [name for name in missing if name not in PACKAGE_OF_LIBRARY]
    if packages and not unknown:
        install_packages(packages, why=f"Qt lacks system libraries ({', '.join(missing)})")
        missing = missing_libraries(qt_files(venv, names))
    if missing:
        msg = f"Qt lacks system libraries that must be installed first: {', '.join(missing)}"
        raise SetUpError(msg)


def qt_files(venv: Path, platforms: Iterable[str]) -> list[Path]:
    """Return the files of the installed Qt whose needs are to be met; none but on Linux."""
    if sys.platform != "linux":
        return []
    plugins = [f"plugins/platforms/libq{platform}.so" for platform in platforms]
    found: list[Path] = []
    for qt in venv.glob("lib/python3*/site-packages/PySide6/Qt"):
        found += [qt / name for name in (*_QT_FILES, *plugins) if (qt / name).is_file()]
    return found


def missing_libraries(files: Sequence[Path]) -> list[str]:
    """Return the names of the shared libraries that `files` need and the system has not."""
    if not files or shutil.which("ldd") is None:
        return []
    told = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False)
    lines = [line.strip() for line in told.stdout.splitlines()]
    return sorted({line.split()[0] for line in lines if line.endswith("=> not found")})


def install_packages(packages: Sequence[str], *, why: str) -> None:
    """Install Debian packages, as root or with a sudo that asks no password.

    Raises:
        SetUpError: that is not to be had here, or it failed; names the command to type.
    """
    wanted = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    by_hand = f"sudo apt-get update && sudo {shlex.join(wanted)}"
    if shutil.which("apt-get") is None:
        names = ", ".join(packages)
        msg = f"{why}. Install what your system has for these Debian packages: {names}"
        raise SetUpError(msg)
    prefix = _root_prefix()
    if prefix is None:
        msg = f"{why}. This gets it:\n  {by_hand}"
        raise SetUpError(msg)
    print(f"{why}: installing {' '.join(packages)} ...", flush=True)
    for command in (["apt-get", "update"], wanted):
        _quietly([*prefix, "env", "DEBIAN_FRONTEND=noninteractive", *command], by_hand=by_hand)


def _root_prefix() -> list[str] | None:
    """Return what to put before a command so that root runs it; None where nothing does."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


def _quietly(command: list[str], *, by_hand: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        words = (done.stderr.strip() or done.stdout.strip())[-2000:]
        msg = f"{words}\nThe system packages could not be installed. By hand:\n  {by_hand}"
        raise SetUpError(msg)
