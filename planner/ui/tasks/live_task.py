"""A job that is run again and again off the GUI thread while somebody can see its answers."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from planner.ui.tasks.background_task import BackgroundTask

if TYPE_CHECKING:
    from collections.abc import Callable

logger = logging.getLogger(__name__)


class LiveTask(QObject):
    """Runs one job on one thread at a pace; a slow job is waited for and never piles up."""

    answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task: BackgroundTask | None = None
        self._read: Callable[[], object] | None = None
        self._close: Callable[[], None] | None = None
        self._is_seen = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)

    @property
    def is_running(self) -> bool:
        """Whether another answer is to come."""
        return self._timer.isActive() or (self._read is not None and self._is_seen)

    def start(
        self, read: Callable[[], object], close: Callable[[], None], *, seconds: int
    ) -> None:
        """Run `read` from now on, in place of any earlier job; `close` follows the last run."""
        self.stop()
        self._read, self._close = read, close
        self._task = BackgroundTask(self)
        self._task.succeeded.connect(self._on_read)
        self._task.failed.connect(self._on_failed)
        self._timer.setInterval(1000 * seconds)
        if self._is_seen:
            self._timer.start()

    def stop(self) -> None:
        """Run it no more, and return once what it held is let go of."""
        self._timer.stop()
        self._read = None
        if self._task is not None:
            self._task.stop()
            self._task.deleteLater()
            self._task = None
        if self._close is not None:
            close, self._close = self._close, None
            close()

    def set_seen(self, is_seen: bool) -> None:
        """Rest while nobody can see the answers."""
        if is_seen == self._is_seen:
            return
        self._is_seen = is_seen
        if not is_seen:
            self._timer.stop()
        elif self._read is not None:
            self._on_due()

    @Slot()
    def _on_due(self) -> None:
        if self._task is not None and self._read is not None:
            self._task.start(self._read)

    @Slot(object)
    def _on_read(self, answer: object) -> None:
        self._go_on()
        self.answered.emit(answer)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        # What was read last stands; the next reading may be better.
        logger.info("Live figures were not read: %s", sentence)
        self._go_on()

    def _go_on(self) -> None:
        if self._read is not None and self._is_seen:
            self._timer.start()
