"""Where the shipped data is (checkout, wheel, frozen app), a person's settings, and the log."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

SETTINGS_NAME: Final = "settings.json"
LOG_NAME: Final = "phi-planner.log"
_FOLDER_NAME: Final = "phi-planner"

_PACKAGE: Final = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder `specs` or `resources` of this installation.

    A wheel and a frozen app carry both as `planner/_data`; a checkout has them beside
    `planner`.
    """
    frozen_root = getattr(sys, "_MEIPASS", None)
    package = _PACKAGE if frozen_root is None else Path(frozen_root) / "planner"
    packed = package / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def settings_path(
    environ: Mapping[str, str] | None = None, platform: str = sys.platform
) -> Path | None:
    """Return where the settings are, or `None` where a person has no home at all."""
    environ = os.environ if environ is None else environ
    match platform:
        case "win32":
            candidates = (
                environ.get("APPDATA"),
                _below(environ.get("USERPROFILE"), "AppData/Roaming"),
            )
        case "darwin":
            candidates = (_below(environ.get("HOME"), "Library/Application Support"), None)
        case _:
            candidates = (
                environ.get("XDG_CONFIG_HOME"),
                _below(environ.get("HOME"), ".config"),
            )
    found = _first_absolute(candidates)
    return None if found is None else found / _FOLDER_NAME / SETTINGS_NAME


def fault_log_path(
    environ: Mapping[str, str] | None = None, platform: str = sys.platform
) -> Path | None:
    """Return where the log of faults is, or `None` where a person has no home at all.

    The folder for state is that of the XDG base directory specification, of Apple's
    guidelines for `Library/Logs`, or Windows' local application data.
    """
    environ = os.environ if environ is None else environ
    home = environ.get("USERPROFILE" if platform == "win32" else "HOME")
    match platform:
        case "win32":
            candidates = (environ.get("LOCALAPPDATA"), _below(home, "AppData/Local"))
        case "darwin":
            candidates = (_below(home, "Library/Logs"), None)
        case _:
            candidates = (environ.get("XDG_STATE_HOME"), _below(home, ".local/state"))
    found = _first_absolute(candidates)
    return None if found is None else found / _FOLDER_NAME / LOG_NAME


def _first_absolute(candidates: tuple[str | None, ...]) -> Path | None:
    # A relative path would be another folder each time (the XDG specification says the same).
    return next((Path(each) for each in candidates if each and Path(each).is_absolute()), None)


def _below(home: str | None, folders: str) -> str | None:
    return f"{home}/{folders}" if home else None
