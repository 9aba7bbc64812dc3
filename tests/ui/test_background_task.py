"""Threads: answers come on the GUI thread, only the newest counts, stopping leaves nothing."""

import threading

import pytest
from PySide6.QtCore import QThread

from planner.core.errors import PlannerError
from planner.ui.tasks.background_task import BackgroundTask
from tests.ui.settling import process_events


@pytest.fixture
def task(qtbot):
    made = BackgroundTask()
    yield made
    made.stop()


def our_threads() -> list[threading.Thread]:
    return [each for each in threading.enumerate() if each.name.startswith("planner-task")]


def test_that_an_answer_comes_on_the_gui_thread(qtbot, task):
    threads = []
    task.succeeded.connect(lambda _: threads.append(QThread.currentThread()))
    with qtbot.waitSignal(task.succeeded, timeout=2000) as answer:
        task.start(lambda: threading.current_thread().name)
    assert answer.args[0].startswith("planner-task")
    assert threads == [task.thread()]


def test_that_a_job_done_at_once_answers_after_start_has_returned(qtbot, task):
    answers: list[str] = []
    task.succeeded.connect(answers.append)
    with qtbot.waitSignal(task.succeeded, timeout=2000):
        task.start(lambda: "at once")
        assert answers == []


def test_that_only_the_newest_answer_is_reported(qtbot, task):
    answers: list[str] = []
    task.succeeded.connect(answers.append)
    gate = threading.Event()
    task.start(lambda: gate.wait(2) and "old")
    task.start(lambda: "new")
    with qtbot.waitSignal(task.succeeded, timeout=2000):
        gate.set()
    assert answers == ["new"]


def test_that_a_problem_is_told_in_its_own_words(qtbot, task):
    def refuse():
        raise PlannerError("The disk is full.")

    with qtbot.waitSignal(task.failed, timeout=2000) as told:
        task.start(refuse)
    assert told.args == ["The disk is full."]


@pytest.mark.logs_warnings
def test_that_a_bug_is_logged_and_told_without_its_words(qtbot, task, caplog):
    with qtbot.waitSignal(task.failed, timeout=2000) as told:
        task.start(lambda: 1 // 0)
    assert "log" in told.args[0]
    assert "ZeroDivisionError" not in told.args[0]
    assert "ZeroDivisionError" in caplog.text


def test_that_stopping_cancels_what_hangs_and_leaves_no_thread(qtbot):
    task = BackgroundTask()
    answers: list[str] = []
    task.succeeded.connect(answers.append)
    gate, began = threading.Event(), threading.Event()

    def hang():
        began.set()
        gate.wait(30)

    task.start(hang, cancel=gate.set)
    assert began.wait(2)
    task.stop()
    assert our_threads() == []
    process_events()
    assert answers == []


def test_that_a_newer_start_cancels_what_hangs(qtbot, task):
    gate = threading.Event()
    task.start(lambda: gate.wait(30), cancel=gate.set)
    with qtbot.waitSignal(task.succeeded, timeout=2000) as answer:
        task.start(lambda: "new")
    assert answer.args == ["new"]


def test_that_a_finished_job_is_not_cancelled(qtbot, task):
    cancelled = []
    with qtbot.waitSignal(task.succeeded, timeout=2000):
        task.start(lambda: 1, cancel=lambda: cancelled.append(1))
    task.stop()
    assert cancelled == []


def test_that_a_stopped_task_refuses_to_start(task):
    task.stop()
    with pytest.raises(RuntimeError, match="stopped"):
        task.start(lambda: 1)


def test_that_many_tasks_leave_no_thread_behind(qtbot):
    for _ in range(50):
        task = BackgroundTask()
        task.start(lambda: None)
        task.stop()
        task.deleteLater()
    assert our_threads() == []
