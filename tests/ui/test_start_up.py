"""What the first painted verdict takes: no heavy library, no network, no wait for a driver."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIRST_PAINT = """
import sys
from PySide6.QtCore import QTimer
from planner.ui.app import build_window, make_application
import PySide6.QtGui, PySide6.QtWidgets

# PySide makes a class when it is first named; these take 1 to 5 ms each.
LATE_CLASSES = ("QAction", "QActionGroup", "QGradient", "QKeySequence", "QStyle")

def loaded_classes():
    return {*PySide6.QtGui.__dict__, *PySide6.QtWidgets.__dict__}
from planner.hardware.at_start import start_detection_early

detection = start_detection_early()
app = make_application()
window = build_window()

def painted():
    print(*sorted({name.partition(".")[0] for name in sys.modules}), sep="\\n")
    print(*sorted(name for name in sys.modules if name.startswith("PySide6.")), sep="\\n")
    print(*sorted(name for name in sys.modules if name.startswith("planner.")), sep="\\n")
    made = loaded_classes()
    print(*(f"class:{name}" for name in LATE_CLASSES if name in made), sep="\\n")
    app.quit()

window.first_painted.connect(painted)
window.show()
app.exec()
"""
RUNNING = """
import sys
from PySide6.QtCore import QTimer
from planner.ui import app, main_window

show = main_window.MainWindow.show_machine
def told(self, *values, **named):
    show(self, *values, **named)
    if not named["is_looking"] and self.isVisible():
        print("ready", flush=True)
main_window.MainWindow.show_machine = told
sys.exit(app.run())
"""


def run(code: str) -> list[str]:
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return told.stdout.split()


def test_that_nothing_heavy_is_loaded_before_the_first_paint():
    loaded = set(run(FIRST_PAINT))
    assert "planner" in loaded
    heavy = {"numpy", "pyqtgraph", "pynvml", "pydantic", "concurrent", "tomllib"}
    if sys.platform.startswith("linux"):
        # The system itself tells what psutil would pass on.
        heavy.add("psutil")
    assert not heavy & loaded
    assert not {"PySide6.QtNetwork", "PySide6.QtDBus", "PySide6.QtPrintSupport"} & loaded


# Whole parts of the program that no first paint needs.
LATE_PARTS = (
    "planner.cli",
    "planner.core.diagram",
    "planner.core.fine_tuning",
    "planner.core.frontier",
    "planner.core.launch",
    "planner.core.pictures.picture",
    "planner.core.speed",
    "planner.files",
    "planner.hardware.live",
    "planner.report",
    "planner.ui.controller.pages",
    "planner.ui.controller.reports",
    "planner.ui.diagram",
    "planner.ui.main_window.dialogs",
    "planner.ui.models.actions",
    "planner.ui.panels.detail_panel",
    "planner.ui.panels.more_options",
    "planner.ui.plots",
)
# Each takes a third of a millisecond at every start: a new one needs a reason.
MOST_MODULES = 112


def test_that_no_part_is_loaded_before_it_is_shown():
    loaded = {name for name in run(FIRST_PAINT) if name.startswith("planner.")}
    assert "planner.ui.panels.grid_panel" in loaded
    for part in LATE_PARTS:
        assert not {name for name in loaded if f"{name}.".startswith(f"{part}.")}
    assert len(loaded) <= MOST_MODULES


def test_that_qt_makes_no_class_before_it_is_used():
    assert not [name for name in run(FIRST_PAINT) if name.startswith("class:")]


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_that_a_signal_closes_the_window_without_a_word(number):
    process = subprocess.Popen(
        [sys.executable, "-c", RUNNING],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    asked = time.monotonic()
    process.send_signal(number)
    _, complaints = process.communicate(timeout=20)
    assert process.returncode == 0
    assert complaints == ""
    assert time.monotonic() - asked < 5
