"""The half of the window that shows: the controller's view, and the threads it owns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QMainWindow, QWidget

from planner.ui.controller import ALL_FORMATS, Choices, Controller, DetectionAnswer
from planner.ui.core_texts import core_text
from planner.ui.models.cell import Cell
from planner.ui.overrides import override
from planner.ui.panels.main_menu import MainMenu
from planner.ui.panels.window_parts import WindowParts
from planner.ui.tasks.background_task import BackgroundTask

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent, QShowEvent

    from planner.core.grid import FitDetail, FitGrid
    from planner.core.grid_values import FigureRow, GridMode
    from planner.core.launch_words import ParsedLaunch
    from planner.core.machine import Machine, MemoryPool
    from planner.ui.controller import LiveAnswer, OpenedAnswer
    from planner.ui.models.page import Page
    from planner.ui.panels.detail_panel import DetailPanel
    from planner.ui.tasks.live_task import LiveTask
    from planner.ui.theme import Theme

# Longer than the pauses of a hand on a slider, too short to be waited for.
_SETTLED_MS: Final = 160


class WindowView(QMainWindow):
    """Implements the controller's `PlannerView`: values come up and are handed on."""

    controller: Controller

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._updates: list[Callable[[], None]] = []
        self._settled: Callable[[], None] | None = None
        self._detection_task = BackgroundTask(self)
        self._opening_task = BackgroundTask(self)
        self._live_task: LiveTask | None = None
        self._update_timer = _single_shot(self, 0)
        self._settled_timer = _single_shot(self, _SETTLED_MS)
        self._update_timer.timeout.connect(self._on_update)
        self._settled_timer.timeout.connect(self._on_settled)
        self._detail: FitDetail | None = None
        self._make_parts()

    def _make_parts(self) -> None:
        """Make what is seen; where there were parts before, Qt lets them go."""
        self.setWindowTitle(self.tr("Phi Planner"))
        self.parts = WindowParts(self.theme)
        self.strip, self.options_bar = self.parts.strip, self.parts.options_bar
        self.grid_panel, self.message_line = self.parts.grid_panel, self.parts.message_line
        self.export_button = self.parts.export_button
        self.menu_button, self.halves = self.parts.menu_button, self.parts.halves
        self._detail_panel: DetailPanel | None = None
        self.menu = MainMenu(self.menu_button)
        # Filled later; it is here for the arrow on the button.
        self.menu_button.setMenu(self.menu)
        self.setCentralWidget(self.parts)

    @property
    def updates_are_due(self) -> bool:
        """Whether something was asked for that is not shown yet."""
        return bool(self._updates)

    @property
    def shows_pages(self) -> bool:
        """Whether the detail is there to be filled."""
        return self._detail_panel is not None

    def stop_tasks(self) -> None:
        """Let no thread outlive the window."""
        self._update_timer.stop()
        self._settled_timer.stop()
        for task in (self._detection_task, self._opening_task):
            task.stop()
        self.stop_live()
        if self._detail_panel is not None:
            self._detail_panel.stop()

    def show_machine(
        self,
        machine: Machine,
        *,
        target_id: str | None,
        is_looking: bool,
        what_if: Machine | None = None,
    ) -> None:
        """Show the pools of memory."""
        self.strip.show_machine(
            machine, target_id=target_id, is_looking=is_looking, what_if=what_if
        )

    def show_choices(self, choices: Choices, *, target: MemoryPool | None) -> None:
        """Show the options and the target's reserve."""
        self.options_bar.show_options(choices.options)
        if target is not None:
            self.options_bar.show_reserve(choices.reserve.of(target), pool_name=target.name)
        self.grid_panel.show_all_formats(
            choices.shows_all_formats, format_count=len(ALL_FORMATS)
        )

    def show_grid(self, grid: FitGrid) -> None:
        """Show the verdicts."""
        self.grid_panel.show_grid(grid)

    def show_figures(
        self, mode: GridMode, rows: tuple[FigureRow | None, ...], *, is_complete: bool
    ) -> None:
        """Show what the figures in the cells are."""
        self.grid_panel.show_figures(mode, rows, is_complete=is_complete)

    def show_detail(self, detail: FitDetail) -> None:
        """Show one cell in full, and mark it in the grid."""
        cell = Cell(detail.model.id, detail.result.quant_format)
        self.grid_panel.show_cell(cell)
        self._detail = detail
        if self._detail_panel is not None:
            self._detail_panel.show_detail(detail)
            self._detail_panel.show()

    def show_page(self, page: Page, values: object) -> None:
        """Show what a page of the detail is about."""
        if self._detail_panel is not None:
            self._detail_panel.show_page(page, values)

    def show_history(self, *, can_undo: bool, can_redo: bool) -> None:
        """Let what can be taken back be taken back."""
        self.menu.show_history(can_undo=can_undo, can_redo=can_redo)

    def show_problem(self, sentence: str) -> None:
        """Say why there are no verdicts."""
        self._detail = None
        if self._detail_panel is not None:
            self._detail_panel.hide()
        self.grid_panel.show_problem(core_text(sentence))

    def show_message(self, sentence: str) -> None:
        """Say what became of something."""
        self.message_line.show_message(core_text(sentence))

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong, with something to copy."""
        self.message_line.show_failure(core_text(sentence))

    def show_command(self, parsed: ParsedLaunch) -> None:
        """Say what a pasted command told of the plan."""
        # Late: few people ever paste one.
        from planner.ui.models.command_words import command_taken

        self.message_line.show_message(command_taken(parsed))

    def show_opened(self, answer: OpenedAnswer) -> None:
        """Say what was opened."""
        self.menu.show_recent_files(self.controller.choices.recent_files)
        self.message_line.show_message(self.tr("Opened {path}").format(path=answer.path))

    def run_detection(
        self, job: Callable[[], DetectionAnswer], cancel: Callable[[], None]
    ) -> None:
        """Look at the hardware off the GUI thread."""
        self._detection_task.start(job, cancel=cancel)

    def run_opening(self, job: Callable[[], OpenedAnswer]) -> None:
        """Read a file off the GUI thread."""
        self._opening_task.start(job)

    def run_live(
        self, read: Callable[[], LiveAnswer], close: Callable[[], None], *, seconds: int
    ) -> None:
        """Read live figures off the GUI thread for as long as somebody can see them."""
        if self._live_task is None:
            # Late: figures are live once the hardware is known.
            from planner.ui.tasks.live_task import LiveTask

            self._live_task = LiveTask(self)
            self._live_task.answered.connect(self._on_figures)
            self._tell_whether_seen()
        self._live_task.start(read, close, seconds=seconds)

    def stop_live(self) -> None:
        """Read them no more."""
        if self._live_task is not None:
            self._live_task.stop()

    def update_later(self, update: Callable[[], None]) -> None:
        """Call `update` after the events that wait already."""
        self._updates.append(update)
        self._update_timer.start()

    def update_when_settled(self, update: Callable[[], None]) -> None:
        """Call `update` once nothing has moved for a moment."""
        self._settled = update
        self._settled_timer.start()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_whether_seen()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._tell_whether_seen()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            self._tell_whether_seen()

    def _tell_whether_seen(self) -> None:
        """Read no live figures for nobody."""
        if self._live_task is not None:
            self._live_task.set_seen(self.isVisible() and not self.isMinimized())

    @Slot()
    def _on_update(self) -> None:
        updates, self._updates = self._updates, []
        for update in updates:
            update()

    @Slot()
    def _on_settled(self) -> None:
        settled, self._settled = self._settled, None
        if settled is not None:
            settled()

    @Slot(object)
    def _on_figures(self, answer: LiveAnswer) -> None:
        """Hear of fresh figures."""
        self.controller.figures_read(answer)


def _single_shot(parent: QWidget, milliseconds: int) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    return timer
