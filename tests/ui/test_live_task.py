"""Figures that are read again and again: one at a time, and only while somebody looks."""

import threading

import pytest

from planner.core.errors import PlannerError
from planner.ui.tasks.live_task import LiveTask


class Source:
    """Counts its readings; `gate` holds them up."""

    def __init__(self):
        self.count = 0
        self.closed = 0
        self.gate = threading.Event()
        self.gate.set()
        self.at_once = 0
        self.most_at_once = 0
        self.fails = False

    def read(self):
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.gate.wait(5)
        self.count += 1
        self.at_once -= 1
        if self.fails:
            raise PlannerError("The driver did not answer.")
        return self.count

    def close(self):
        self.closed += 1


@pytest.fixture
def task(qapp):
    made = LiveTask()
    yield made
    made.stop()
    made.deleteLater()


def hurry(task, qtbot, source, *, count=1):
    """Let the timer be due until that many readings were answered."""
    heard = []
    for _ in range(count):
        with qtbot.waitSignal(task.answered, timeout=2000) as answer:
            task._timer.start(0)
        heard.append(answer.args[0])
    return heard[-1]


def test_that_readings_follow_one_another(task, qtbot):
    source = Source()
    task.start(source.read, source.close, seconds=1)
    assert hurry(task, qtbot, source, count=3) == 3
    assert source.most_at_once == 1
    assert task.is_running


def test_that_nothing_is_read_for_nobody(task, qtbot):
    source = Source()
    task.start(source.read, source.close, seconds=1)
    task.set_seen(False)
    assert not task.is_running
    task.set_seen(True)
    with qtbot.waitSignal(task.answered, timeout=2000):
        pass
    assert source.count == 1


def test_that_a_source_is_closed_once_and_after_its_last_reading(task, qtbot):
    source = Source()
    source.gate.clear()
    task.start(source.read, source.close, seconds=1)
    task._timer.start(0)
    qtbot.waitUntil(lambda: source.at_once == 1, timeout=2000)
    threading.Timer(0.05, source.gate.set).start()
    task.stop()
    assert (source.at_once, source.closed) == (0, 1)
    task.stop()
    assert source.closed == 1
    assert not [t for t in threading.enumerate() if t.name.startswith("planner-task")]


def test_that_another_source_takes_the_place_of_the_first(task, qtbot):
    first, second = Source(), Source()
    task.start(first.read, first.close, seconds=1)
    task.start(second.read, second.close, seconds=1)
    hurry(task, qtbot, second)
    assert (first.closed, first.count, second.count) == (1, 0, 1)


def test_that_a_failed_reading_is_not_the_last(task, qtbot):
    source = Source()
    source.fails = True
    task.start(source.read, source.close, seconds=1)
    task._timer.start(0)
    qtbot.waitUntil(lambda: source.count > 0, timeout=2000)
    source.fails = False
    with qtbot.waitSignal(task.answered, timeout=2000) as heard:
        pass
    assert heard.args[0] > 1
