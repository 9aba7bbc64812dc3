"""Makes the locks again from the ranges in pyproject.toml: `make lock`.

Runs inside .venv on the oldest Python we support, so that each version in the lock suits it and
all newer ones. A package that only another system or Python needs is locked with its marker.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT: Final = Path(__file__).resolve().parent.parent
OLDEST_PYTHON: Final = (3, 11)
_HEAD: Final = (
    "# Made by `make lock`. Exact versions, no index addresses; ranges: pyproject.toml.\n"
)
_SYSTEMS: Final = (
    {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    {"sys_platform": "darwin", "platform_system": "Darwin", "os_name": "posix"},
    {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
)
_PYTHONS: Final = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True, slots=True, kw_only=True)
class Locked:
    """One package of a resolution and what it asks for in turn."""

    name: str
    version: str
    requires: tuple[str, ...]


def resolve(requirements: Iterable[str]) -> dict[str, Locked]:
    """Return what pip would install for `requirements` into an empty environment here."""
    options = ("--dry-run", "--ignore-installed", "-qq", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "install", *options, "--report", "-", *requirements]
    told = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Locked] = {}
    for item in json.loads(told.stdout)["install"]:
        about = item["metadata"]
        name = canonicalize_name(about["name"])
        requires = tuple(about.get("requires_dist", ()))
        found[name] = Locked(name=about["name"], version=about["version"], requires=requires)
    return found


def elsewhere_only(found: dict[str, Locked]) -> dict[str, Requirement]:
    """Return what `found` asks for on another system or Python, but not here."""
    wanted: dict[str, Requirement] = {}
    for package in found.values():
        for requirement in map(Requirement, package.requires):
            name = canonicalize_name(requirement.name)
            if name not in found and _is_for_elsewhere(requirement):
                wanted[name] = requirement
    return wanted


def _is_for_elsewhere(requirement: Requirement) -> bool:
    if requirement.marker is None:
        return False
    here = dict(cast("dict[str, str]", default_environment()), extra="")
    for system in _SYSTEMS:
        for python in _PYTHONS:
            versions = {"python_version": python, "python_full_version": f"{python}.0"}
            if requirement.marker.evaluate(here | system | versions):
                return True
    return False


def lock_text(
    requirements: Iterable[str], *, without: Iterable[str] = (), head: str = ""
) -> str:
    """Return a lock of all that `requirements` bring, less the names in `without`."""
    wishes = list(requirements)
    here = resolve(wishes)
    others = elsewhere_only(here)
    bare = [f"{other.name}{other.specifier}" for other in others.values()]
    # Once more with the others, so that all versions are chosen together.
    found = resolve([*wishes, *bare]) if bare else here
    lines = []
    for name in sorted(set(found) - set(without)):
        marker = f" ; {others[name].marker}" if name in others else ""
        lines.append(f"{name}=={found[name].version}{marker}\n")
    return _HEAD + head + "".join(lines)


def _names(lock: str) -> set[str]:
    return {line.split("==")[0] for line in lock.splitlines() if "==" in line}


def main() -> None:
    """Write all locks."""
    if sys.version_info[:2] != OLDEST_PYTHON:
        sys.exit(
            f"Make the locks with Python {OLDEST_PYTHON[0]}.{OLDEST_PYTHON[1]}, our oldest."
        )
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    # The app is built where it is installed, so the build library is locked with it.
    runs = [*about["project"]["dependencies"], *about["build-system"]["requires"]]
    extras = about["project"]["optional-dependencies"]
    run_lock = lock_text(runs)
    pinned = [line for line in run_lock.splitlines() if "==" in line]
    (ROOT / "packaging/requirements.lock").write_text(run_lock, encoding="utf-8")
    for extra in ("test", "package"):
        text = lock_text(
            [*pinned, *extras[extra]],
            without=_names(run_lock),
            head="--requirement requirements.lock\n",
        )
        (ROOT / f"packaging/requirements-{extra}.lock").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
