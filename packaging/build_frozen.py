"""The one-folder app: an environment of its own, PyInstaller in it, and what that leaves less.

The environment holds the wheel and the locked versions, nothing of the checkout: what is not in
the wheel cannot get into the app.
"""

import shutil
import sys
from pathlib import Path
from typing import Final

from build_parts import ROOT, VERSION, SetUpError, run
from pyinstaller.shrink import missing_tools, shrink, sort_base_library

RUN_LOCK: Final = "packaging/requirements.lock"
PACKAGE_LOCK: Final = "packaging/requirements-package.lock"
_SPEC: Final = "packaging/pyinstaller/phi-planner.spec"
# numpy without OpenBLAS and without a second copy of its loops for each newer processor: the
# app adds up a few hundred points for a chart, and OpenBLAS alone takes 28 MB.
_NUMPY_SETTINGS: Final = ("blas=none", "lapack=none", "allow-noblas=true", "cpu-dispatch=none")


def build_wheel(python: Path, out: Path) -> Path:
    """Build the wheel and the source archive into `out`, and return the wheel."""
    run(python, "-m", "hatchling", "build", "-d", out)
    return out / f"phi_planner-{VERSION}-py3-none-any.whl"


def make_environment(scratch: Path) -> Path:
    """Return the Python of the build environment, made where it is not there or is stale."""
    folder = scratch / "venv"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    stamp = folder / ".made-from"
    locks = "".join(Path(ROOT, name).read_text("utf-8") for name in (RUN_LOCK, PACKAGE_LOCK))
    made_from = f"{sys.executable} {sys.version}\n{locks}"
    if stamp.is_file() and stamp.read_text("utf-8") == made_from:
        return python
    print("Making the build environment ...", flush=True)
    run(sys.executable, "-m", "venv", "--clear", folder)
    _pip(python, "install", "--requirement", PACKAGE_LOCK)
    if sys.platform == "linux":
        _install_small_numpy(python, scratch / "wheels", locks)
    stamp.write_text(made_from, encoding="utf-8")
    return python


def freeze(python: Path, wheel: Path, scratch: Path) -> Path:
    """Return the folder of the app.

    Raises:
        SetUpError: a tool is missing.
    """
    if sys.platform == "linux" and (missing := missing_tools()):
        raise SetUpError(
            f"Programs are missing: {', '.join(missing)}. Debian has them in the packages "
            "binutils and icu-devtools."
        )
    _pip(python, "install", "--force-reinstall", "--no-deps", wheel)
    # What a lock lags behind with, the wheel itself asks for.
    _pip(python, "install", wheel)
    frozen = scratch / "frozen"
    folders = ("--distpath", frozen, "--workpath", scratch / "work")
    arguments = ("--noconfirm", "--clean", "--log-level", "ERROR", *folders, ROOT / _SPEC)
    # Not from the checkout: its own `planner` would come before the installed one.
    run(python, "-m", "PyInstaller", *arguments, cwd=scratch)
    app = frozen / "phi-planner"
    sort_base_library(frozen)
    if sys.platform == "linux":
        shrink(app)
    return app


def _install_small_numpy(python: Path, wheels: Path, locks: str) -> None:
    """Build numpy once; without a compiler, the published one stays."""
    if shutil.which("c++") is None:
        print("No C++ compiler: numpy stays as published, 30 MB larger.", flush=True)
        return
    pin = next(line for line in locks.splitlines() if line.startswith("numpy=="))
    wheels.mkdir(parents=True, exist_ok=True)
    name = pin.replace("==", "-")
    if not any(wheels.glob(f"{name}-cp{sys.version_info[0]}{sys.version_info[1]}-*.whl")):
        print("Building numpy without OpenBLAS (once, some minutes) ...", flush=True)
        settings = [f"-Csetup-args=-D{setting}" for setting in _NUMPY_SETTINGS]
        only_source = ("--no-deps", "--no-binary", "numpy", "--wheel-dir", wheels)
        _pip(python, "wheel", *only_source, *settings, pin)
    offline = ("--no-deps", "--no-index", "--find-links", wheels)
    _pip(python, "install", "--force-reinstall", *offline, pin)


def _pip(python: Path, command: str, *arguments: str | Path) -> None:
    quiet = ("-qq", "--disable-pip-version-check", "--no-input")
    run(python, "-m", "pip", command, *quiet, *arguments)
