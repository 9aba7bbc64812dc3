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
from planner.hardware.detect import start_detection

detection = start_detection()
app = make_application()
window = build_window()

def painted():
    print(*sorted({name.partition(".")[0] for name in sys.modules}), sep="\\n")
    print(*sorted(name for name in sys.modules if name.startswith("PySide6.")), sep="\\n")
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
