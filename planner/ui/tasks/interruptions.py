"""What reaches the program from outside its events: signals of the system, and faults."""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from planner.ui.tasks.fault_log import open_fault_log

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType, TracebackType

    from PySide6.QtWidgets import QApplication

logger = logging.getLogger(__name__)
_WINDOWS_POLL_MS = 200


class SignalWatch(QObject):
    """Closes a window when the system asks the program to end (Ctrl+C, SIGTERM).

    Python handles a signal only between two of its own instructions, and Qt's loop may run none
    for hours. So the signal writes into a pipe that the loop listens to; on Windows, where
    pipes cannot be listened to, a slow timer lets Python look.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._earlier = {
            number: signal.signal(number, self._on_signal)
            for number in (signal.SIGINT, signal.SIGTERM)
        }
        self._ends: tuple[int, int] | None = None
        if sys.platform == "win32":
            timer = QTimer(self)
            timer.start(_WINDOWS_POLL_MS)
            timer.timeout.connect(self._on_wake)
        else:
            self._ends = os.pipe()
            for end in self._ends:
                os.set_blocking(end, False)
            signal.set_wakeup_fd(self._ends[1], warn_on_full_buffer=False)
            self._notifier = QSocketNotifier(self._ends[0], QSocketNotifier.Type.Read, self)
            self._notifier.activated.connect(self._on_wake)

    def stop(self) -> None:
        """Give the signals back."""
        for number, handler in self._earlier.items():
            signal.signal(number, handler)
        if self._ends is not None:
            self._notifier.setEnabled(False)
            signal.set_wakeup_fd(-1)
            for end in self._ends:
                os.close(end)
            self._ends = None

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Close the window; Python calls this on the GUI thread."""
        self._window.close()

    @Slot()
    def _on_wake(self) -> None:
        """Empty the pipe; Python has called the handler by the time this runs."""
        if self._ends is not None:
            try:
                os.read(self._ends[0], 512)
            except BlockingIOError:
                return


class FaultReporter(QObject):
    """Logs what nobody caught and says so once; the window goes on."""

    _seen = Signal(str)

    def __init__(self, window: QWidget, log_path: Path | None = None) -> None:
        super().__init__(window)
        self._window = window
        self._log_path = log_path
        self._was_told = False
        self._log = open_fault_log(log_path)
        if self._log is not None:
            logging.getLogger().addHandler(self._log)
        self._earlier = sys.excepthook
        self._seen.connect(self._on_seen)
        sys.excepthook = self._on_exception

    def stop(self) -> None:
        """Leave uncaught exceptions to whoever had them before, and close the log."""
        sys.excepthook = self._earlier
        if self._log is not None:
            logging.getLogger().removeHandler(self._log)
            self._log.close()
            self._log = None

    def tell(self, words: str) -> None:
        """Show one dialog; tests replace this."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Phi Planner"))
        box.setText(self.tr("Something in this program went wrong."))
        advice = self.tr(
            "What you see may be out of date; starting the program again mends that. The "
            "terminal it was started from has the details."
        )
        if self._log is not None:
            advice = self.tr(
                "What you see may be out of date; starting the program again mends that. The "
                "details are in {path}."
            ).format(path=self._log_path)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setInformativeText(advice)
        box.setDetailedText(words)
        box.open()

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._window.close()
            return
        logger.critical("Nobody caught this.", exc_info=(kind, error, trace))
        # A signal, since it may have been on another thread.
        self._seen.emit(f"{kind.__name__}: {error}")

    @Slot(str)
    def _on_seen(self, words: str) -> None:
        if not self._was_told:
            self._was_told = True
            self.tell(words)


def close_on_signals(app: QApplication, window: QWidget) -> SignalWatch:
    """Watch for Ctrl+C and SIGTERM until the application ends."""
    watch = SignalWatch(window)
    app.aboutToQuit.connect(watch.stop)
    return watch


def report_exceptions(
    app: QApplication, window: QWidget, log_path: Path | None = None
) -> FaultReporter:
    """Tell of uncaught exceptions until the application ends; `log_path` keeps them."""
    reporter = FaultReporter(window, log_path)
    app.aboutToQuit.connect(reporter.stop)
    return reporter
