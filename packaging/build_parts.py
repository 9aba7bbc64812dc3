"""What the steps of `make package` share."""

import os
import runpy
import subprocess
from pathlib import Path
from typing import Final

from system_packages import SetUpError

__all__ = ["ROOT", "VERSION", "SetUpError", "build_environment", "epoch", "run"]

ROOT: Final = Path(__file__).resolve().parent.parent


VERSION: Final[str] = runpy.run_path(str(ROOT / "planner/version.py"))["__version__"]


def epoch() -> int:
    """Return the time that is written into every file: the environment's, or the commit's."""
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    if stated:
        return int(stated)
    command = ["git", "log", "-1", "--format=%ct"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if told.returncode or not told.stdout.strip():
        raise SetUpError(
            "The time of the build is not known: this is no checkout of git. Name it with "
            "SOURCE_DATE_EPOCH, in seconds since 1970."
        )
    return int(told.stdout)


def build_environment() -> dict[str, str]:
    """Return an environment in which the same inputs give the same bytes."""
    stray = ("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PIP_USER", "PIP_TARGET")
    kept = {name: value for name, value in os.environ.items() if name not in stray}
    return kept | {
        "LC_ALL": "C.UTF-8",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(epoch()),
        "TZ": "UTC",
    }


def run(program: str | Path, *arguments: str | Path, cwd: Path = ROOT) -> None:
    """Run a step.

    Raises:
        SetUpError: it failed; its own words stand above.
    """
    command = [str(program), *map(str, arguments)]
    if subprocess.run(command, cwd=cwd, env=build_environment(), check=False).returncode:
        raise SetUpError(f"This step failed (its own words stand above): {' '.join(command)}")
