"""Work that may take a while, off the GUI thread; only the newest answer counts."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal, Slot

from planner.core.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future, ThreadPoolExecutor

logger = logging.getLogger(__name__)


class BackgroundTask(QObject):
    """Runs one kind of job on one thread; a newer start makes older answers stale.

    A job is a callable without Qt that returns a value; this object, which lives on the GUI
    thread, reports it. A job that can hang brings a `cancel`, which `stop` calls from the GUI
    thread while the job may still be running. Call `stop` before the owner goes.
    """

    succeeded = Signal(object)
    failed = Signal(str)
    _answered = Signal(int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor: ThreadPoolExecutor | None = None
        self._cancel: Callable[[], None] | None = None
        self._newest = 0
        self._stopped = False
        # Queued: a job that is done at once must still answer after `start` has returned.
        self._answered.connect(self._on_answered, Qt.ConnectionType.QueuedConnection)

    def start(
        self, job: Callable[[], object], *, cancel: Callable[[], None] | None = None
    ) -> None:
        """Run `job`, after any older one that cannot be stopped.

        Raises:
            RuntimeError: The task was stopped.
        """
        if self._stopped:
            raise RuntimeError("a stopped task cannot be started")
        # Late: the window is painted before it is needed.
        from concurrent.futures import ThreadPoolExecutor

        if self._executor is None:
            self._executor = ThreadPoolExecutor(1, thread_name_prefix="planner-task")
        self._abandon()
        self._cancel = cancel
        number = self._newest
        future = self._executor.submit(job)
        future.add_done_callback(lambda done: self._answered.emit(number, done))

    def stop(self) -> None:
        """Drop what runs or waits and return when no thread is left."""
        self._stopped = True
        self._abandon()
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    def _abandon(self) -> None:
        """Make every earlier answer stale."""
        self._newest += 1
        if self._cancel is not None:
            cancel, self._cancel = self._cancel, None
            cancel()

    @Slot(int, object)
    def _on_answered(self, number: int, done: Future[Any]) -> None:
        if number != self._newest or done.cancelled():
            return
        self._cancel = None
        error = done.exception()
        if error is None:
            self.succeeded.emit(done.result())
        elif isinstance(error, PlannerError):
            self.failed.emit(str(error))
        else:
            logger.error("A background job failed.", exc_info=error)
            self.failed.emit(self.tr("Something went wrong. The log has the details."))
