"""What is done beside the planner: files about this computer, and a measurement of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from planner.ui.controller.side_jobs import (
    bundle_job,
    card_job,
    measured_bandwidth_gb_per_s,
)
from planner.ui.figures import number
from planner.ui.panels.file_dialogs import open_json_dialog
from planner.ui.tasks.background_task import BackgroundTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.ui.main_window.window import MainWindow


class SideJobs(QObject):
    """Belongs to one window; each kind of job has a thread of its own while it runs."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._card = self._task(self._on_card_saved)
        self._diagnostics = self._task(self._on_diagnostics_saved)
        self._measurement = self._task(self._on_measured)

    def stop(self) -> None:
        """Let no thread outlive the window."""
        for task in (self._card, self._diagnostics, self._measurement):
            task.stop()

    @Slot()
    def ask_card_path(self) -> None:
        """Ask where the machine card shall go; tests call `save_card`."""
        dialog = open_json_dialog(
            self._window, self.tr("Save machine card"), self.tr("machine-card.json")
        )
        dialog.fileSelected.connect(self.save_card)

    @Slot(str)
    def save_card(self, path: str) -> None:
        """Write what this computer has; nothing in it tells whose it is."""
        self._card.start(card_job(self._window.controller.machine, Path(path)))

    @Slot()
    def ask_diagnostics_path(self) -> None:
        """Ask where the bundle shall go; tests call `save_diagnostics`."""
        dialog = open_json_dialog(
            self._window, self.tr("Save diagnostic bundle"), self.tr("diagnostics.json")
        )
        dialog.fileSelected.connect(self.save_diagnostics)

    @Slot(str)
    def save_diagnostics(self, path: str) -> None:
        """Look at the hardware once more and write all that was asked and answered."""
        self._window.show_message(self.tr("Asking drivers and system for the bundle…"))
        self._diagnostics.start(bundle_job(Path(path)))

    @Slot()
    def measure_bandwidth(self) -> None:
        """Find out what RAM moves; for a moment the processor has no time for others."""
        self._window.show_message(self.tr("Measuring the memory's bandwidth…"))
        self._measurement.start(measured_bandwidth_gb_per_s)

    def _task(self, on_success: Callable[[object], None]) -> BackgroundTask:
        task = BackgroundTask(self)
        task.succeeded.connect(on_success)
        task.failed.connect(self._on_failed)
        return task

    @Slot(object)
    def _on_card_saved(self, path: object) -> None:
        words = self.tr("The machine card is in {path}, without what identifies this computer.")
        self._tell_saved(words, path)

    @Slot(object)
    def _on_diagnostics_saved(self, path: object) -> None:
        words = self.tr(
            "The diagnostic bundle is in {path}, without what identifies this computer."
        )
        self._tell_saved(words, path)

    @Slot(object)
    def _on_measured(self, gb_per_s: object) -> None:
        assert isinstance(gb_per_s, float)
        self._window.controller.bandwidth_measured(gb_per_s)
        words = self.tr(
            "This computer's memory moved {speed} GB/s, read and written. Speeds are worked "
            "out with that from now on."
        )
        self._window.show_message(words.format(speed=number(gb_per_s, 1)))

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._window.show_failure(sentence)

    def _tell_saved(self, words: str, path: object) -> None:
        assert isinstance(path, Path)
        self._window.message_line.show_saved(words.format(path=path), path)
