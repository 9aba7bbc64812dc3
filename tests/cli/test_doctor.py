"""`doctor`: each part of the program and how it is; it looks and changes nothing."""

import json
import subprocess

import pytest

from planner.cli import doctor
from planner.core.errors import PlannerError
from planner.core.machine import Machine

WINDOW = {
    "qt_version": "6.11.3",
    "platform": "offscreen",
    "screens": [{"width_px": 800, "height_px": 600, "scale": 2.0}, "broken"],
    "has_font": True,
}


@pytest.fixture(autouse=True)
def _window(monkeypatch):
    monkeypatch.setattr(doctor, "_ask_window", lambda: dict(WINDOW))


def findings(run, **more):
    answer = json.loads(run("doctor", "--json", **more).out)
    assert answer["schema"] == "phi-planner/doctor/1"
    return {each["part"]: each for each in answer["findings"]}


def test_that_every_part_is_found(run):
    found = findings(run)
    assert {"program", "window", "font", "data", "settings", "log", "gpu0", "disk"} <= set(
        found
    )
    assert "800 × 600 at 2.0" in found["window"]["says"]
    assert "24 models and 239 devices" in found["data"]["says"]
    assert "575.64" in found["driver"]["says"]


def test_that_people_read_a_line_for_each_part_and_what_is_left_behind(run):
    out = run("doctor").out
    assert "● data " in out
    assert "Removing the program leaves the settings and the log" in out


def test_that_a_broken_settings_file_is_told_and_left_in_place(run, home):
    path = home / ".config/phi-planner/settings.json"
    path.parent.mkdir(parents=True)
    path.write_text("{")
    assert findings(run)["settings"]["state"] == "note"
    assert path.read_text() == "{"
    assert [each.name for each in path.parent.iterdir()] == ["settings.json"]


def test_that_the_places_of_settings_and_log_are_named(run, home):
    found = findings(run)
    assert str(home / ".config/phi-planner/settings.json") in found["settings"]["says"]
    assert str(home / ".local/state/phi-planner/phi-planner.log") in found["log"]["says"]
    assert found["settings"]["state"] == found["log"]["state"] == "ok"


def test_that_no_home_is_said(run, monkeypatch):
    for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "APPDATA", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delenv("LOCALAPPDATA", raising=False)
    found = findings(run)
    assert "no home folder" in found["settings"]["says"]
    assert "no home folder" in found["log"]["says"]


def test_that_a_folder_that_cannot_be_written_is_said(run, monkeypatch):
    monkeypatch.setattr("planner.cli.doctor.os.access", lambda *_: False)
    found = findings(run)
    assert "may not write" in found["settings"]["says"]
    assert found["log"]["state"] == "note"


def test_that_broken_data_is_a_fault(run, monkeypatch):
    def broken():
        raise PlannerError("specs/models/phi-4.toml is broken.")

    monkeypatch.setattr("planner.catalogue.loader.load_catalogue", broken)
    assert findings(run)["data"] == {
        "part": "data",
        "state": "fault",
        "says": "specs/models/phi-4.toml is broken.",
    }


def test_that_unknown_room_on_the_disk_is_no_zero(run):
    found = findings(run, machine=Machine(pools=()))
    assert found["disk"]["state"] == "note"
    assert "0" not in found["disk"]["says"]


def test_that_charts_that_do_not_load_are_a_fault(run, monkeypatch):
    assert findings(run)["charts"]["state"] == "ok"
    broken = {**WINDOW, "charts_problem": "No module named 'PySide6.QtOpenGL'"}
    monkeypatch.setattr(doctor, "_ask_window", lambda: broken)
    assert findings(run)["charts"]["state"] == "fault"
    assert "PySide6.QtOpenGL" in findings(run)["charts"]["says"]


def test_that_a_typeface_that_does_not_load_is_said(run, monkeypatch):
    monkeypatch.setattr(doctor, "_ask_window", lambda: {**WINDOW, "has_font": False})
    assert findings(run)["font"]["state"] == "note"


@pytest.mark.parametrize(
    ("stdout", "stderr", "code", "says"),
    [
        (
            b"",
            b"Qt warns.\nphi-planner: The window cannot open.\n",
            1,
            "The window cannot open.",
        ),
        (b"", b"", -6, "Qt ended without a word (exit code -6)."),
        (b"[1]", b"", 0, "Qt ended without a word (exit code 0)."),
    ],
)
def test_that_a_window_that_does_not_open_is_a_sentence(
    monkeypatch, stdout, stderr, code, says
):
    monkeypatch.undo()
    done = subprocess.CompletedProcess((), code, stdout, stderr)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: done)
    assert doctor._window_findings(doctor._ask_window())[0].says == says


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (subprocess.TimeoutExpired("qt", 15), "did not start within 15 seconds"),
        (PermissionError(13, "Permission denied"), "could not be asked: Permission denied"),
    ],
)
def test_that_a_qt_that_cannot_be_asked_is_a_sentence(monkeypatch, error, says):
    def refused(*_, **__):
        raise error

    monkeypatch.undo()
    monkeypatch.setattr(subprocess, "run", refused)
    assert says in doctor._window_findings(doctor._ask_window())[0].says


def test_that_qt_is_asked_in_a_process_of_its_own(monkeypatch):
    monkeypatch.undo()
    answer = doctor._ask_window()
    assert isinstance(answer, dict)
    assert answer["platform"] == "offscreen"
    assert answer["has_font"] is True
    assert answer["charts_problem"] is None


def test_that_verbose_says_what_is_read_from_where(run, home):
    import logging

    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    try:
        told = run("--verbose", "models")
    finally:
        root.handlers[:] = before
        root.setLevel(level)
    assert told.code == 0
    assert "asked for: models" in told.err
    assert str(home / ".config") in told.err
