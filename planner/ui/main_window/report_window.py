"""The preview of a report, the threads that make and write it, and the file it becomes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from planner.core.errors import PlannerError
from planner.ui.controller.reports import ReportMaker, draw_pages, write_content
from planner.ui.models.report_values import DrawnPages, RenderedReport
from planner.ui.panels.report_preview import ReportPreview
from planner.ui.tasks.background_task import BackgroundTask

if TYPE_CHECKING:
    from planner.ui.controller.machines import NamedSession
    from planner.ui.main_window.window import MainWindow
    from planner.ui.models.report_values import ReportWish


class _NobodyWaitsError(PlannerError):
    """Leaves a job whose answer is not wanted any more."""


class ReportWindow(QObject):
    """Belongs to one preview and goes with it; making and drawing take turns on one thread."""

    _stepped = Signal(int, int)

    def __init__(self, window: MainWindow, maker: ReportMaker) -> None:
        super().__init__(window)
        self._window = window
        self._maker = maker
        self._folder = ""
        self._is_over = False
        self._making = BackgroundTask(self)
        self._writing = BackgroundTask(self)
        self._reading = BackgroundTask(self)
        choices = window.controller.choices.report
        self.preview = ReportPreview(window.theme, choices, window)
        self._connect()
        self.preview.show_subject(maker.subject)

    def stop(self) -> None:
        """Let no thread outlive the window; what is being written is whole or not there."""
        for task in (self._making, self._writing, self._reading):
            task.stop()

    def ask_path(self, rendered: RenderedReport) -> None:
        """Ask where the file shall go; tests replace this."""
        from planner.ui.panels.file_dialogs import open_report_dialog

        dialog = open_report_dialog(self.preview, rendered.file_name, self._folder)
        dialog.fileSelected.connect(partial(self.write, rendered))

    def ask_card(self) -> None:
        """Ask for a machine card; tests replace this."""
        from planner.ui.panels.file_dialogs import open_card_dialog

        open_card_dialog(self.preview).fileSelected.connect(self.add_card)

    def write(self, rendered: RenderedReport, path: str) -> None:
        """Write what is shown, off the GUI thread."""
        target = Path(path)
        suffix = f".{rendered.wish.choices.format.value}"
        if target.suffix.casefold() != suffix:
            sentence = self.tr(
                "{name} was not written: a name that ends in {suffix} says what is in the file."
            )
            self.preview.show_export_failed(sentence.format(name=target.name, suffix=suffix))
            return
        self._folder = str(target.parent)
        self._writing.start(partial(write_content, target, rendered.content))

    @Slot(str)
    def add_card(self, path: str) -> None:
        """Read a card off the GUI thread, and set its machine beside the others."""
        self._reading.start(partial(self._maker.read_card, Path(path)))

    def _connect(self) -> None:
        preview, queued = self.preview, Qt.ConnectionType.QueuedConnection
        preview.wanted.connect(self._on_wanted)
        preview.cancel_wanted.connect(self._on_cancel)
        preview.pages_wanted.connect(self._on_pages_wanted)
        preview.export_wanted.connect(self._on_export_wanted)
        preview.card_wanted.connect(self._on_card_wanted)
        preview.folder_wanted.connect(self._window.on_folder_wanted)
        preview.open_wanted.connect(self._window.on_open_wanted)
        preview.finished.connect(self._on_finished)
        self._making.succeeded.connect(self._on_made)
        self._making.failed.connect(self._on_failed)
        self._writing.succeeded.connect(self._on_written)
        self._writing.failed.connect(self._on_not_written)
        self._reading.succeeded.connect(self._on_card_read)
        self._reading.failed.connect(self._on_not_written)
        self._stepped.connect(self._on_step, queued)

    @Slot(object)
    def _on_wanted(self, wish: ReportWish) -> None:
        self._window.controller.set_report_choices(wish.choices)
        nobody_waits = Event()

        def step(done: int, steps: int) -> None:
            if nobody_waits.is_set():
                raise _NobodyWaitsError
            self._stepped.emit(done, steps)

        maker = self._maker
        self._making.start(lambda: maker.render(wish, step), cancel=nobody_waits.set)

    @Slot()
    def _on_cancel(self) -> None:
        # A job that has nothing to say takes the place of the one that is under way.
        self._making.start(lambda: None)

    @Slot(object, float)
    def _on_pages_wanted(self, numbers: tuple[int, ...], scale: float) -> None:
        rendered = self.preview.rendered
        if rendered is not None:
            self._making.start(partial(draw_pages, rendered, numbers, scale))

    @Slot(object)
    def _on_made(self, made: RenderedReport | DrawnPages | None) -> None:
        match made:
            case RenderedReport():
                self.preview.show_rendered(made)
            case DrawnPages():
                self.preview.take_images(made.images, made.scale)

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.preview.show_problem(sentence)

    @Slot(int, int)
    def _on_step(self, done: int, steps: int) -> None:
        # A step that was told before the preview closed comes after it has gone.
        if not self._is_over:
            self.preview.show_step(done, steps)

    @Slot(object)
    def _on_export_wanted(self, rendered: RenderedReport) -> None:
        self.ask_path(rendered)

    @Slot()
    def _on_card_wanted(self) -> None:
        self.ask_card()

    @Slot(object)
    def _on_card_read(self, machine: NamedSession) -> None:
        self._maker.add_machine(machine)
        self.preview.show_subject(self._maker.subject)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        self.preview.show_exported(path)

    @Slot(str)
    def _on_not_written(self, sentence: str) -> None:
        self.preview.show_export_failed(sentence)

    @Slot()
    def _on_finished(self) -> None:
        self._is_over = True
        self.stop()
        self.deleteLater()
