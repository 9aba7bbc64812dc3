"""What goes wrong beside or inside the window leaves it usable."""

import sys
import threading
import time
from itertools import pairwise

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from planner.ui.controller import DetectionAnswer
from planner.ui.tasks.fault_log import fault_log_path
from planner.ui.tasks.interruptions import report_exceptions
from tests.ui.conftest import FoundAtOnce
from tests.ui.machines import NO_GPU, ONE_GPU, SMALL_GPU
from tests.ui.settling import process_events, settle


class Blocked:
    """A port that does not answer until it is let."""

    def __init__(self) -> None:
        self.gate, self.began = threading.Event(), threading.Event()
        self.ended = threading.Event()

    def __call__(self, *_given):
        self.began.set()
        self.gate.wait(20)
        self.ended.set()
        return ONE_GPU

    result = __call__

    def cancel(self) -> None:
        self.gate.set()


@pytest.fixture
def blocked():
    """A blocked port, let go at the end."""
    port = Blocked()
    yield port
    port.gate.set()


def longest_pause_while(act, *, blocked: Blocked, qtbot) -> float:
    """Return the longest time in seconds between turns of the loop beside a blocked port."""
    turns = [time.perf_counter()]
    timer = QTimer()
    timer.timeout.connect(lambda: turns.append(time.perf_counter()))
    timer.start(5)
    act()
    qtbot.waitUntil(blocked.began.is_set, timeout=2000)
    before = len(turns)
    qtbot.waitUntil(lambda: len(turns) >= before + 20, timeout=2000)
    timer.stop()
    assert not blocked.ended.is_set()
    return max(after - before for before, after in pairwise(turns))


def test_that_a_blocked_driver_does_not_stop_the_loop(qtbot, window, blocked):
    pause = longest_pause_while(
        lambda: window.controller.detect(blocked), blocked=blocked, qtbot=qtbot
    )
    assert pause < 0.3
    qtbot.waitUntil(lambda: "Looking for GPUs" in window.strip.notes_text, timeout=2000)


def test_that_a_blocked_file_does_not_stop_the_loop(qtbot, make_window, below, blocked):
    below.open_path = blocked
    window = make_window()
    pause = longest_pause_while(
        lambda: window.open_file("/mnt/share/model.gguf"), blocked=blocked, qtbot=qtbot
    )
    assert pause < 0.3
    window.options_bar.context.slider.setValue(80)
    qtbot.waitUntil(
        lambda: window.grid_panel.model.grid.options.context_length == 8192, timeout=2000
    )
    assert not blocked.ended.is_set()


def test_that_the_answer_to_an_older_question_never_wins(qtbot, make_window):
    window = make_window(NO_GPU)
    controller = window.controller
    older = FoundAtOnce(SMALL_GPU)
    controller.detect(older)
    controller.detect(FoundAtOnce(ONE_GPU))
    controller.machine_detected(DetectionAnswer(1, SMALL_GPU))
    shown = lambda: [card.pool.name for card in window.strip.cards]  # noqa: E731
    qtbot.waitUntil(lambda: ONE_GPU.pools[0].name in shown(), timeout=2000)
    controller.machine_detected(DetectionAnswer(1, SMALL_GPU))
    settle(window)
    assert SMALL_GPU.pools[0].name not in shown()


class Faulty(QWidget):
    """Fails in its paint event, and goes."""

    def paintEvent(self, event) -> None:
        self.deleteLater()
        raise ValueError("a paint that fails")


@pytest.fixture
def reporter(qapp, window):
    """Faults go into the log of an empty home, and into one dialog."""
    made = report_exceptions(qapp, window, fault_log_path())
    yield made
    made.stop()


def fault_dialogs() -> list[QMessageBox]:
    return [
        each
        for each in QApplication.topLevelWidgets()
        if isinstance(each, QMessageBox) and each.isVisible()
    ]


def logged_faults() -> int:
    path = fault_log_path()
    assert path is not None
    return path.read_text("utf-8").count("ValueError: a ") if path.exists() else 0


def fail_in_slot(window) -> None:
    def fail() -> None:
        raise ValueError("a slot that fails")

    QTimer.singleShot(0, fail)


def fail_in_paint(window) -> None:
    widget = Faulty(window)
    widget.resize(9, 9)
    # Painted by the loop, as all of the window is.
    widget.show()


def fail_in_thread(window) -> None:
    error = ValueError("a thread that fails")
    given = (ValueError, error, None)
    thread = threading.Thread(target=lambda: sys.excepthook(*given))
    thread.start()
    thread.join()


@pytest.mark.logs_warnings
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.parametrize("fail", [fail_in_slot, fail_in_paint, fail_in_thread])
def test_that_a_fault_is_told_once_and_logged_and_the_window_goes_on(
    qtbot, window, reporter, fail
):
    for number in range(3):
        fail(window)
        qtbot.waitUntil(lambda number=number: logged_faults() > number, timeout=2000)
    process_events()
    dialogs = fault_dialogs()
    assert len(dialogs) == 1
    dialogs[0].reject()
    window.options_bar.context.slider.setValue(80)
    qtbot.waitUntil(
        lambda: window.grid_panel.model.grid.options.context_length == 8192, timeout=2000
    )


@pytest.mark.logs_warnings
def test_that_a_fault_in_a_background_job_is_a_sentence_in_place(qtbot, make_window, below):
    def fail(_path):
        raise ValueError("a reader that fails")

    below.open_path = fail
    window = make_window()
    window.open_file("/home/ada/model.gguf")
    qtbot.waitUntil(window.message_line.isVisible, timeout=2000)
    assert "went wrong" in window.message_line.words.text()
    assert window.message_line.copy_details.isVisible()
