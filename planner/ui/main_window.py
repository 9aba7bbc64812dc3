"""The window: its panels, its actions, and the threads it owns."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QMargins, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from planner.ui.controller import ALL_FORMATS, Choices, Controller, DetectionAnswer, Services
from planner.ui.models.cell import Cell
from planner.ui.overrides import override
from planner.ui.panels.grid_panel import GridPanel
from planner.ui.panels.hardware_strip import HardwareStrip
from planner.ui.panels.main_menu import MainMenu
from planner.ui.panels.message_line import MessageLine
from planner.ui.panels.options_bar import OptionsBar
from planner.ui.tasks.background_task import BackgroundTask
from planner.ui.widgets.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QCloseEvent

    from planner.core.grid import FitDetail, FitGrid
    from planner.core.machine import Machine, MemoryPool
    from planner.core.plan import PlanOptions
    from planner.ui.panels.detail_panel import DetailPanel
    from planner.ui.theme import SchemeChoice, Theme

_FIRST_SIZE: Final = (1440, 900)
_FRAME: Final = QMargins(8, 32, 8, 16)
_SMALLEST_SIZE: Final = (800, 520)
# Grid and detail share the width like this until somebody moves the border between them.
_SHARES: Final = (815, 530)


class MainWindow(QMainWindow):
    """Implements the controller's `PlannerView`. Intents go down, values come up."""

    first_painted = Signal()

    def __init__(
        self,
        theme: Theme,
        services: Services,
        *,
        machine: Machine,
        choices: Choices,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self._geometry: QSettings | None = None
        self._updates: list[Callable[[], None]] = []
        self._detection_task = BackgroundTask(self)
        self._export_task = BackgroundTask(self)
        self._update_timer = QTimer(self)
        self._update_timer.setSingleShot(True)
        self.strip = HardwareStrip(theme)
        self.options_bar = OptionsBar(theme)
        self.grid_panel = GridPanel(theme)
        self._detail_panel: DetailPanel | None = None
        self._detail: FitDetail | None = None
        self._is_complete = False
        self.message_line = MessageLine()
        self.export_button = QPushButton(self.tr("&Export fit report…"))
        self.menu_button = QPushButton(self.tr("&Menu"))
        self.menu = MainMenu(self.menu_button)
        self.controller = Controller(self, services, machine=machine, choices=choices)
        self._build()
        self._connect()
        self.controller.start()
        # Arrow keys choose a cell at once.
        self.grid_panel.view.setFocus()

    def keep_geometry_in(self, geometry: QSettings) -> None:
        """Take size and place from there, and put them back when the window closes."""
        self._geometry = geometry
        window, halves = (geometry.value(f"window/{name}") for name in ("geometry", "halves"))
        if isinstance(window, QByteArray):
            self.restoreGeometry(window)
        if isinstance(halves, QByteArray):
            self.halves.restoreState(halves)

    @property
    def detail_panel(self) -> DetailPanel:
        """The chosen cell in full; it is made when it is first needed."""
        if self._detail_panel is None:
            # Late: the grid with its verdicts is painted first.
            from planner.ui.panels.detail_panel import DetailPanel

            self._detail_panel = DetailPanel(self.theme)
            if self._detail is not None:
                self._detail_panel.show_detail(self._detail)
            self._detail_room.setWidget(self._detail_panel)
        return self._detail_panel

    def complete(self) -> None:
        """Make what the first painted verdicts need not wait for."""
        if not self._is_complete:
            self._is_complete = True
            self.menu.fill(scheme=self.theme.choice)
            self.detail_panel.setVisible(self._detail is not None)
            self._order_tabs()

    @property
    def updates_are_due(self) -> bool:
        """Whether something was asked for that is not shown yet."""
        return bool(self._updates)

    # ------------------------------------------------------------------- the controller's view

    def show_machine(
        self, machine: Machine, *, target_id: str | None, is_looking: bool
    ) -> None:
        """Show the pools of memory."""
        self.strip.show_machine(machine, target_id=target_id, is_looking=is_looking)

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

    def show_detail(self, detail: FitDetail) -> None:
        """Show one cell in full, and mark it in the grid."""
        cell = Cell(detail.model.id, detail.result.quant_format)
        self.grid_panel.show_cell(cell)
        self._detail = detail
        if self._detail_panel is not None:
            self._detail_panel.show_detail(detail)
            self._detail_panel.show()

    def show_problem(self, sentence: str) -> None:
        """Say why there are no verdicts."""
        self._detail = None
        if self._detail_panel is not None:
            self._detail_panel.hide()
        self.grid_panel.show_problem(sentence)

    def show_message(self, sentence: str) -> None:
        """Say what became of something."""
        self.message_line.show_message(sentence)

    def show_exported(self, path: Path) -> None:
        """Say where the report went."""
        self.message_line.show_exported(path)

    def run_detection(
        self, job: Callable[[], DetectionAnswer], cancel: Callable[[], None]
    ) -> None:
        """Look at the hardware off the GUI thread."""
        self._detection_task.start(job, cancel=cancel)

    def run_export(self, job: Callable[[], Path]) -> None:
        """Write a report off the GUI thread."""
        self._export_task.start(job)

    def update_later(self, update: Callable[[], None]) -> None:
        """Call `update` after the events that wait already."""
        self._updates.append(update)
        self._update_timer.start(0)

    # ------------------------------------------------------------------- files and folders

    def ask_export_path(self) -> None:
        """Ask where the report shall go; tests replace this."""
        # Late: the dialog and its file model are costly, and most windows never need them.
        from PySide6.QtWidgets import QFileDialog

        dialog = QFileDialog(self, self.tr("Export fit report"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([self.tr("Markdown (*.md)"), self.tr("JSON (*.json)")])
        dialog.setDefaultSuffix("md")
        dialog.filterSelected.connect(
            lambda chosen: dialog.setDefaultSuffix("json" if "json" in chosen else "md")
        )
        dialog.selectFile(self.tr("fit-report.md"))
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    def open_folder(self, path: Path) -> None:
        """Show a file's folder in the desktop's file manager; tests replace this."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))

    # ------------------------------------------------------------------- parts

    def _build(self) -> None:
        self.setWindowTitle(self.tr("Phi Planner"))
        self.setMinimumSize(*_SMALLEST_SIZE)
        # Not larger than the screen with a frame and a title bar around the window.
        room = self.screen().availableSize().shrunkBy(_FRAME)
        self.resize(QSize(*_FIRST_SIZE).boundedTo(room))
        self.export_button.setProperty("primary", True)
        # Filled later; it is here for the arrow on the button.
        self.menu_button.setMenu(self.menu)
        self.export_button.setToolTip(
            self.tr("Write these verdicts to a Markdown or JSON file (Ctrl+E)")
        )
        top = QHBoxLayout()
        top.setSpacing(8)
        # A card keeps room for its focus ring; its border stands over that of the grid.
        top.setContentsMargins(-2, 0, 0, 0)
        top.addWidget(self.strip, 1)
        top.addSpacing(4)
        top.addWidget(self.menu_button)
        top.addWidget(self.export_button)
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self._build_halves(), 1)
        layout.addWidget(self.message_line)
        self.setCentralWidget(central)

    def _build_halves(self) -> QSplitter:
        left = _card()
        left_layout = QVBoxLayout(left)
        left_layout.setContentsMargins(1, 1, 1, 1)
        left_layout.setSpacing(0)
        left_layout.addWidget(self.options_bar)
        left_layout.addWidget(Rule(self.theme))
        left_layout.addWidget(self.grid_panel, 1)
        right = _card()
        right_layout = QVBoxLayout(right)
        right_layout.setContentsMargins(1, 1, 1, 1)
        self._detail_room = QScrollArea()
        self._detail_room.setFrameShape(QFrame.Shape.NoFrame)
        self._detail_room.setWidgetResizable(True)
        self._detail_room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._detail_room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right_layout.addWidget(self._detail_room)
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.halves.setHandleWidth(12)
        self.halves.setChildrenCollapsible(False)
        for place, half in enumerate((left, right)):
            self.halves.addWidget(half)
            self.halves.setStretchFactor(place, _SHARES[place])
        self.halves.setSizes(list(_SHARES))
        return self.halves

    def _connect(self) -> None:
        self.options_bar.options_changed.connect(self._on_options)
        self.options_bar.reserve_changed.connect(self._on_reserve)
        self.grid_panel.cell_chosen.connect(self._on_cell)
        self.grid_panel.all_formats_toggled.connect(self._on_all_formats)
        # Queued: nobody shall do anything within a paint event.
        self.grid_panel.view.painted.connect(
            self._on_first_painted, Qt.ConnectionType.QueuedConnection
        )
        self.strip.target_chosen.connect(self._on_target)
        self.strip.cards_made.connect(self._order_tabs)
        self.export_button.clicked.connect(self._on_export)
        self.menu.refresh_wanted.connect(self._on_refresh)
        self.menu.filter_wanted.connect(self.grid_panel.focus_filter)
        self.menu.export_wanted.connect(self._on_export)
        self.menu.quit_wanted.connect(self._on_quit)
        self.menu.scheme_chosen.connect(self._on_scheme)
        self.message_line.folder_wanted.connect(self._on_folder_wanted)
        self._update_timer.timeout.connect(self._on_update)
        self._detection_task.succeeded.connect(self._on_detected)
        self._detection_task.failed.connect(self._on_detection_failed)
        self._export_task.succeeded.connect(self._on_exported)
        self._export_task.failed.connect(self._on_export_failed)

    # ------------------------------------------------------------------- what was asked for

    @Slot(object)
    def _on_options(self, options: PlanOptions) -> None:
        self.controller.set_options(options)

    @Slot(object)
    def _on_reserve(self, reserve_bytes: int) -> None:
        self.controller.set_reserve_bytes(reserve_bytes)

    @Slot(object)
    def _on_cell(self, cell: Cell) -> None:
        self.controller.choose_cell(cell)

    @Slot(bool)
    def _on_all_formats(self, shows_all: bool) -> None:
        self.controller.set_shows_all_formats(shows_all)

    @Slot(str)
    def _on_target(self, target_id: str) -> None:
        self.controller.choose_target(target_id)

    @Slot()
    def _order_tabs(self) -> None:
        """Let Tab go as the eye does: what was made later would come last."""
        order = (
            *self.strip.cards,
            self.menu_button,
            self.export_button,
            *self.options_bar.controls,
            *self.grid_panel.controls,
            *(() if self._detail_panel is None else self._detail_panel.controls),
            *self.message_line.controls,
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    @Slot()
    def _on_refresh(self) -> None:
        self.controller.detect()

    @Slot()
    def _on_export(self) -> None:
        self.ask_export_path()

    @Slot(str)
    def export_to(self, path: str) -> None:
        """Write the report there."""
        self.controller.export_report(Path(path))

    @Slot(object)
    def _on_folder_wanted(self, path: Path) -> None:
        self.open_folder(path)

    @Slot(object)
    def _on_scheme(self, choice: SchemeChoice) -> None:
        self.theme.set_choice(choice)
        self.controller.set_scheme(choice.value)

    @Slot()
    def _on_quit(self) -> None:
        self.close()

    # ------------------------------------------------------------------- answers

    @Slot()
    def _on_first_painted(self) -> None:
        self.first_painted.emit()
        QTimer.singleShot(0, self, self.complete)

    @Slot()
    def _on_update(self) -> None:
        updates, self._updates = self._updates, []
        for update in updates:
            update()

    @Slot(object)
    def _on_detected(self, answer: DetectionAnswer) -> None:
        self.controller.machine_detected(answer)

    @Slot(str)
    def _on_detection_failed(self, sentence: str) -> None:
        self.controller.detection_failed(sentence)

    @Slot(object)
    def _on_exported(self, path: Path) -> None:
        self.controller.report_written(path)

    @Slot(str)
    def _on_export_failed(self, sentence: str) -> None:
        self.controller.report_failed(sentence)

    # ------------------------------------------------------------------- Qt's events

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self._update_timer.stop()
        self._detection_task.stop()
        self._export_task.stop()
        self.controller.finish()
        if self._geometry is not None:
            self._geometry.setValue("window/geometry", self.saveGeometry())
            self._geometry.setValue("window/halves", self.halves.saveState())
        super().closeEvent(event)


def _card() -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    return card
