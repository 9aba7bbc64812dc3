"""A window come to rest: what its timers and threads would bring, now and by no clock."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

from planner.ui.tasks.background_task import BackgroundTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.ui.main_window import MainWindow

_LONGEST_S: Final = 20.0
_STILL_TURNS: Final = 5


def process_events() -> None:
    """Do what waits in Qt's queue, deletions too."""
    QApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def settle(window: MainWindow) -> None:
    """Show all that was asked for, and do at once what waits until nothing moves."""
    _process_until(lambda: not window.updates_are_due)
    if window._settled_timer.isActive():
        window._settled_timer.stop()
        window._on_settled()
        _process_until(lambda: not window.updates_are_due)
    _lay_out(window)


def finish_jobs(window: MainWindow) -> None:
    """Wait until every job of a window's threads is done, and hear the answers.

    An answer may ask for another job, as a report does for the pictures of its pages.
    """
    waited = -1
    while waited != (waited := _wait_for_threads(window)):
        process_events()
    _lay_out(window)


def _process_until(holds: Callable[[], bool]) -> None:
    ends_s = time.monotonic() + _LONGEST_S
    process_events()
    while not holds():
        assert time.monotonic() < ends_s, "the window does not come to rest"
        process_events()


def _lay_out(window: QWidget) -> None:
    """Let every layout have its way, those of dialogs too.

    A label that breaks its lines asks for room once it knows its width, and the layouts around
    it hear of that one after the other: one turn of the loop may move nothing, and the next
    something.
    """
    seen: list[list[object]] = []

    def is_still() -> bool:
        seen.append([widget.geometry() for widget in window.findChildren(QWidget)])
        return seen[-_STILL_TURNS:] == [seen[-1]] * _STILL_TURNS

    _process_until(is_still)


def _wait_for_threads(window: MainWindow) -> int:
    """Return how many jobs there have been when each thread has done its own."""
    count = 0
    for task in window.findChildren(BackgroundTask):
        count += task._newest
        if task._executor is not None and not task._stopped:
            # A task has one thread, and what is queued behind a job begins after its answer.
            task._executor.submit(int).result(_LONGEST_S)
    return count
