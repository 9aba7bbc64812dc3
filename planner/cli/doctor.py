"""`doctor`: what of this program works on this computer, and where it keeps what."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from planner.cli.command import Command, Surroundings
from planner.cli.output import fold
from planner.core.units import format_gib

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from pathlib import Path

    from planner.core.machine import Machine

DOCTOR_SCHEMA: Final = "phi-planner/doctor/1"
_SIGNS: Final = {"ok": "●", "note": "◐", "fault": "○"}
_WINDOW_TIME_LIMIT_S: Final = 15.0

State = Literal["ok", "note", "fault"]


class Finding(NamedTuple):
    """One line: a part of the program, how it is, and a sentence about it."""

    part: str
    state: State
    says: str


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="JSON instead of text")


def _run(options: Namespace, around: Surroundings) -> int:
    # The drivers are asked while the rest is looked at.
    pending = around.start_detection()
    window = _ask_window()
    findings = [_program(), *_window_findings(window), _data(), _settings(), _log()]
    findings += _machine_findings(pending.result())
    if options.json:
        parts = [each._asdict() for each in findings]
        around.out.json({"schema": DOCTOR_SCHEMA, "findings": parts})
        return 0
    widest = max(len(each.part) for each in findings)
    for each in findings:
        head = f"{_SIGNS[each.state]} {each.part:<{widest}}  "
        around.out.line(head + fold(each.says, indent=" " * len(head))[len(head) :])
    around.out.line()
    around.out.prose(
        "Removing the program leaves the settings and the log where they are; nothing else of "
        "yours is kept."
    )
    return 0


def _program() -> Finding:
    import platform

    from planner.version import __version__

    kind = (
        "packaged" if getattr(sys, "frozen", False) else f"Python {platform.python_version()}"
    )
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    encoding = sys.getfilesystemencoding()
    return Finding("program", "ok", f"phi-planner {__version__}, {kind}, {system}, {encoding}.")


# ----------------------------------------------------------------------------- the window


def _ask_window() -> dict[str, object] | str:
    """Return what Qt says in a process of its own, or why it says nothing."""
    import json
    import subprocess

    from planner.hardware.driver_child import child_command

    command = child_command("planner.ui.tasks.window_check", "--window-check")
    try:
        told = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_WINDOW_TIME_LIMIT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"Qt did not start within {_WINDOW_TIME_LIMIT_S:g} seconds."
    except OSError as error:
        return f"Qt could not be asked: {error.strerror or error}."
    try:
        answer = json.loads(told.stdout)
    except ValueError:
        answer = None
    if isinstance(answer, dict):
        return answer
    return _last_words(told.stderr.decode("utf-8", "replace"), told.returncode)


def _last_words(text: str, code: int) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines:
        return f"Qt ended without a word (exit code {code})."
    return lines[-1].removeprefix("phi-planner: ")


def _window_findings(window: dict[str, object] | str) -> list[Finding]:
    if isinstance(window, str):
        return [Finding("window", "note", window)]
    screens = window.get("screens")
    sizes = [_size(screen) for screen in screens] if isinstance(screens, list) else []
    says = (
        f"Qt {window.get('qt_version')} on {window.get('platform')}; "
        f"screens: {', '.join(sizes) or 'none'}."
    )
    if window.get("has_font"):
        font = Finding("font", "ok", "The bundled typeface is used.")
    else:
        font = Finding(
            "font", "note", "The bundled typeface does not load: the system's is used."
        )
    return [Finding("window", "ok", says), font, _charts(window), _desktop()]


def _charts(window: dict[str, object]) -> Finding:
    problem = window.get("charts_problem")
    if problem is None:
        return Finding("charts", "ok", "The libraries that draw charts to explore load.")
    return Finding("charts", "fault", f"Charts cannot be explored: {problem}.")


def _size(screen: object) -> str:
    if not isinstance(screen, dict):
        return "not understood"
    return f"{screen.get('width_px')} × {screen.get('height_px')} at {screen.get('scale')}"


def _desktop() -> Finding:
    if sys.platform != "linux":
        return Finding("desktop", "ok", "Light or dark is the system's.")
    runtime_folder = os.environ.get("XDG_RUNTIME_DIR", "")
    if os.environ.get("DBUS_SESSION_BUS_ADDRESS") or os.path.exists(f"{runtime_folder}/bus"):  # noqa: PTH110 - quicker than a path
        return Finding("desktop", "ok", "There is a D-Bus session: light or dark is asked for.")
    return Finding(
        "desktop", "note", "There is no D-Bus session: light or dark is chosen in the settings."
    )


# ---------------------------------------------------------------------- what is kept where


def _data() -> Finding:
    from planner.catalogue.devices import load_devices
    from planner.catalogue.loader import load_catalogue
    from planner.core.errors import PlannerError
    from planner.paths import shipped

    folder = shipped("specs")
    try:
        models, devices = load_catalogue(), load_devices()
    except PlannerError as error:
        return Finding("data", "fault", str(error))
    counts = f"{len(tuple(models))} models and {len(tuple(devices))} devices"
    return Finding("data", "ok", f"{counts} from {folder}.")


def _settings() -> Finding:
    from planner.paths import settings_path
    from planner.settings import load_settings

    path = settings_path()
    # A doctor looks and changes nothing: a broken file stays where it is.
    loaded = load_settings(path, sets_aside=False)
    if path is None or loaded.notes:
        return Finding("settings", "note", " ".join(loaded.notes))
    state: State = "ok" if _is_writable(path) else "note"
    says = f"{path}" if path.exists() else f"None yet; they will be in {path}"
    return Finding("settings", state, f"{says}{_unwritable(state)}.")


def _log() -> Finding:
    from planner.paths import fault_log_path

    path = fault_log_path()
    if path is None:
        return Finding("log", "note", "There is no home folder: faults are not logged.")
    state: State = "ok" if _is_writable(path) else "note"
    says = f"{path}" if path.exists() else f"No fault yet; it would be in {path}"
    return Finding("log", state, f"{says}{_unwritable(state)}.")


def _unwritable(state: State) -> str:
    return "" if state == "ok" else ", which this account may not write"


def _is_writable(path: Path) -> bool:
    """Return whether the file, or the nearest folder above it, may be written."""
    there = next((each for each in (path, *path.parents) if each.exists()), None)
    return there is not None and os.access(there, os.W_OK)


# ---------------------------------------------------------------------------- the machine


def _machine_findings(machine: Machine) -> list[Finding]:
    found = [
        Finding(pool.id, "ok", f"{pool.name}, by {pool.source}.") for pool in machine.pools
    ]
    found += [Finding("driver", "note", note) for note in machine.notes]
    if machine.driver_version is not None:
        found.append(Finding("driver", "ok", f"Version {machine.driver_version}."))
    if sys.platform == "darwin" and not any(pool.source == "metal" for pool in machine.pools):
        found.append(Finding("Metal", "note", "Metal names no GPU."))
    free_bytes = machine.disk_free_bytes
    if free_bytes is None:
        found.append(Finding("disk", "note", "The system does not tell what is free."))
    else:
        says = f"{format_gib(free_bytes)} free where models are kept."
        found.append(Finding("disk", "ok", says))
    return found


COMMAND = Command(
    summary="What of this program works on this computer, and where it keeps what.",
    add_options=_add_options,
    run=_run,
)
