"""The program in places short of something: it answers, or says why in one sentence."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="these surroundings are Linux's")
# The window up to its first paint, then closed as a person would.
OPEN_AND_CLOSE = """
import sys
from PySide6.QtCore import QTimer
from planner.ui import app
from planner.ui.main_window import MainWindow
show = MainWindow.show
def show_and_close(self):
    self.first_painted.connect(lambda: QTimer.singleShot(50, self.close))
    show(self)
MainWindow.show = show_and_close
sys.exit(app.run())
"""


def start(*arguments, cwd=ROOT, code=None, **changes):
    """Start the program with a changed environment; `None` takes a variable away."""
    environment = dict(os.environ, PYTHONPATH=str(ROOT), PYTHONDONTWRITEBYTECODE="1")
    for name, value in changes.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = str(value)
    words = ["-c", code] if code else ["-m", "planner", *arguments]
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=cwd,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )


def told(process):
    """Return exit code, output and complaints."""
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def without_home():
    names = ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME")
    return dict.fromkeys(names)


@LINUX
@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, "there is no screen here"),
        ({"DISPLAY": ":7654"}, "the screen :7654 does not answer"),
        ({"WAYLAND_DISPLAY": "nobody-there"}, "the screen nobody-there does not answer"),
        ({"QT_QPA_PLATFORM": "nonsense"}, "QT_QPA_PLATFORM=nonsense"),
    ],
)
def test_that_a_window_without_a_screen_is_one_sentence(changes, why):
    none = dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    code, out, err = told(start(**none | changes))
    assert code == 1
    assert out == ""
    sentence = err.splitlines()[-1]
    assert sentence.startswith("phi-planner: The window cannot open: ")
    # Where Qt's library for X11 lacks a library of the system, that is the reason.
    assert why in sentence or "libxcb-cursor0" in sentence
    assert "phi-planner check" in sentence


@LINUX
def test_that_a_person_without_a_home_gets_an_answer_and_a_window():
    code, out, _ = told(start("check", "phi-4", "--json", **without_home()))
    assert code == 0
    assert json.loads(out)["results"]
    code, _, err = told(start(code=OPEN_AND_CLOSE, **without_home()))
    assert (code, err) == (0, "")


@LINUX
def test_that_a_home_that_cannot_be_written_stops_nothing(home):
    config = home / ".config"
    # No folder can be made below a file; permissions would not stop root.
    config.write_text("")
    (home / ".local").write_text("")
    code, out, _ = told(start("check", "phi-4", "--json"))
    assert code == 0
    assert json.loads(out)["results"]
    code, _, err = told(start(code=OPEN_AND_CLOSE))
    assert code == 0, err
    assert "Traceback" not in err


@LINUX
def test_that_the_plain_locale_and_no_session_bus_are_enough():
    plain = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code, out, err = told(start("check", "phi-4", **plain))
    assert (code, err) == (0, "")
    assert out.isascii()
    alone = dict.fromkeys(("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"))
    code, _, err = told(start(code=OPEN_AND_CLOSE, **plain, **alone))
    assert code == 0, err
    assert "Traceback" not in err


@LINUX
def test_that_a_computer_without_fonts_has_the_bundled_one(tmp_path):
    (tmp_path / "fonts.conf").write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig/>'
    )
    code = "from planner.ui.tasks.window_check import main; main()"
    done, out, err = told(start(code=code, FONTCONFIG_FILE=tmp_path / "fonts.conf"))
    assert done == 0, err
    assert json.loads(out)["has_font"] is True


def test_that_spaces_and_letters_of_other_languages_are_fine_in_a_path(tmp_path):
    place = tmp_path / "mein Ordner 模型 ü"
    leave = shutil.ignore_patterns("__pycache__")
    for folder in ("planner", "specs", "resources"):
        shutil.copytree(ROOT / folder, place / folder, ignore=leave)
    code, out, err = told(start("check", "phi-4", "--json", cwd=place, PYTHONPATH=place))
    assert (code, err) == (0, "")
    assert json.loads(out)["results"]
    report = place / "Bericht ü.html"
    arguments = ("report", "phi-4", "--quant", "Q4_K_M", "-o", report)
    code, _, err = told(start(*map(str, arguments), cwd=place, PYTHONPATH=place))
    assert (code, err) == (0, "")
    assert "Phi-4" in report.read_text(encoding="utf-8")


@LINUX
def test_that_two_windows_at_once_leave_whole_settings(home):
    both = [start(code=OPEN_AND_CLOSE) for _ in range(2)]
    for process in both:
        code, _, err = told(process)
        assert (code, err) == (0, "")
    for settings in home.rglob("settings.json*"):
        assert settings.name == "settings.json"
        json.loads(settings.read_bytes())


WRITE_FOR_EVER = """
import itertools, sys
from pathlib import Path
from planner.settings import Scheme, Settings, load_settings, save_settings
path = Path(sys.argv[1])
for number in itertools.count(1):
    scheme = (Scheme.DARK, Scheme.LIGHT)[number % 2]
    save_settings(Settings(scheme=scheme, batch_size=number, model_id="m" * 2000), path)
    if number == 3:
        print("writing", flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_that_a_kill_at_any_time_leaves_settings_whole(tmp_path):
    from planner.settings import load_settings

    path = tmp_path / "settings.json"
    last = 0
    for _ in range(12):
        process = subprocess.Popen(
            [sys.executable, "-c", WRITE_FOR_EVER, str(path)],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            env=dict(os.environ, PYTHONPATH=str(ROOT)),
        )
        # Wherever the writer is by now: between two writes or inside one.
        assert process.stdout is not None
        assert process.stdout.readline() == b"writing\n"
        process.send_signal(signal.SIGKILL)
        process.communicate()
        loaded = load_settings(path)
        assert loaded.notes == ()
        assert loaded.settings.batch_size >= 3
        assert loaded.settings.model_id == "m" * 2000
        last = max(last, loaded.settings.batch_size)
    assert last >= 3
    assert not list(tmp_path.glob("*.broken-*"))
