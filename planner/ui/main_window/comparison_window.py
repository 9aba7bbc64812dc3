"""The window in which two saved answers are compared, and the thread that reads and writes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QScrollArea

from planner.core.errors import PlannerError
from planner.ui.controller.comparisons import Comparisons
from planner.ui.models.comparison_values import SavedComparison, Side, TakenAnswer
from planner.ui.panels.compare_window import SavedComparisonPage
from planner.ui.panels.page_dialog import PageDialog
from planner.ui.tasks.background_task import BackgroundTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.ui.main_window.window import MainWindow

    Found = tuple[tuple[TakenAnswer, ...], SavedComparison | None]


class ComparisonWindow(QObject):
    """Belongs to one window; what was chosen stays until the window goes."""

    def __init__(self, window: MainWindow, taken: Comparisons | None = None) -> None:
        super().__init__(window)
        self._window = window
        self.comparisons = Comparisons() if taken is None else taken
        self._folder = ""
        self._was_shown = False
        self._task = BackgroundTask(self)
        self._writing = BackgroundTask(self)
        self.page = SavedComparisonPage(window.theme)
        self.dialog = PageDialog(self.page, self.tr("Compare saved answers"), window)
        page = self.page
        page.file_wanted.connect(self._on_file_wanted)
        page.answer_wanted.connect(self.take_answer)
        page.files_dropped.connect(self.take_files)
        page.swap_wanted.connect(self._on_swap)
        page.export_wanted.connect(self._on_export_wanted)
        page.message_line.folder_wanted.connect(window.on_folder_wanted)
        page.message_line.open_wanted.connect(window.on_open_wanted)
        self._task.succeeded.connect(self._on_compared)
        self._writing.succeeded.connect(self._on_written)
        for task in (self._task, self._writing):
            task.failed.connect(self._on_failed)

    def show(self) -> None:
        """Stand beside the window; at first with what it shows as the later answer."""
        if not self._was_shown:
            self._was_shown = True
            if self.comparisons.taken:
                self._run()
            else:
                self.take_answer(Side.AFTER)
        self.dialog.setWindowModality(Qt.WindowModality.NonModal)
        self.dialog.show()
        self.dialog.activateWindow()

    def stop(self) -> None:
        """Let no thread outlive the window."""
        self._task.stop()
        self._writing.stop()

    def close(self) -> None:
        """Go for good; what was taken is in `comparisons`, for another window of the kind."""
        self.stop()
        self.dialog.close()
        self.dialog.deleteLater()
        self.deleteLater()

    def ask_path(self, side: Side) -> None:
        """Ask for a file; tests replace this."""
        from planner.ui.panels.file_dialogs import open_saved_dialog

        dialog = open_saved_dialog(self.dialog, self._folder)
        dialog.fileSelected.connect(lambda path: self.take_file(side, path))

    def ask_export_path(self) -> None:
        """Ask where the comparison shall go; tests replace this."""
        from planner.ui.panels.file_dialogs import open_comparison_dialog

        open_comparison_dialog(self.dialog, self._folder).fileSelected.connect(self.write)

    def take_file(self, side: Side, path: str) -> None:
        """Take the answer of a file for one side."""
        self._folder = str(Path(path).parent)
        self._run(partial(self.comparisons.take_file, side, Path(path)))

    @Slot(object)
    def take_files(self, paths: tuple[str, ...]) -> None:
        """Take two files for both sides, one for the side that is empty, else for the later."""
        sides = tuple(Side) if len(paths) > 1 else (self._next_side,)
        steps = [
            partial(self.comparisons.take_file, side, Path(path))
            for side, path in zip(sides, paths, strict=False)
        ]
        self._run(*steps)

    @Slot(object)
    def take_answer(self, side: Side) -> None:
        """Take what the window shows for one side."""
        try:
            order = self._window.controller.report_order()
        except PlannerError as reason:
            self.page.show_problem(str(reason))
            return
        name = self.tr("The answer shown now")
        self._run(partial(self.comparisons.take_order, side, order, name))

    @Slot(str)
    def write(self, path: str) -> None:
        """Write the comparison, off the GUI thread."""
        self._folder = str(Path(path).parent)
        self._writing.start(partial(self.comparisons.write, Path(path)))

    @property
    def _next_side(self) -> Side:
        has_before = self.comparisons.has(Side.BEFORE)
        return Side.AFTER if has_before else Side.BEFORE

    def _run(self, *steps: Callable[[], None]) -> None:
        comparisons = self.comparisons

        def job() -> Found:
            for step in steps:
                step()
            return comparisons.taken, comparisons.compared()

        self._task.start(job)

    @Slot(object)
    def _on_file_wanted(self, side: Side) -> None:
        self.ask_path(side)

    @Slot()
    def _on_swap(self) -> None:
        self._run(self.comparisons.swap)

    @Slot()
    def _on_export_wanted(self) -> None:
        self.ask_export_path()

    @Slot(object)
    def _on_compared(self, found: Found) -> None:
        taken, compared = found
        for each in taken:
            self.page.show_taken(each)
        self.page.show_comparison(compared)

    @Slot(object)
    def _on_written(self, path: Path) -> None:
        words = self.tr("Exported to {path}").format(path=path)
        self.page.message_line.show_saved(words, path)
        self._show_message()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self.page.show_problem(sentence)
        self._show_message()

    def _show_message(self) -> None:
        """Bring what is said into view, wherever somebody has scrolled to."""
        room = self.dialog.findChild(QScrollArea)
        if room is not None:
            room.ensureWidgetVisible(self.page.message_line)
