"""The window: its actions, its dialogs, and what Qt tells it."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMargins, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from planner.core.grid_values import GridMode
from planner.ui.controller import Choices, Controller, DetectionAnswer, Services
from planner.ui.fonts import ui_font
from planner.ui.main_window.file_queue import FileQueue
from planner.ui.main_window.view import WindowView
from planner.ui.overrides import override
from planner.ui.translations import speak

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QSettings
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QWidget

    from planner.core.advice import Advice
    from planner.core.machine import Machine
    from planner.core.pictures.picture import Picture
    from planner.core.plan import PlanOptions
    from planner.ui.controller import OpenedAnswer
    from planner.ui.main_window.dialogs import Dialogs
    from planner.ui.models.actions import ActionId
    from planner.ui.models.cell import Cell
    from planner.ui.models.page import Page
    from planner.ui.panels.detail_panel import DetailPanel
    from planner.ui.theme import SchemeChoice, Theme

_FIRST_SIZE: Final = (1440, 900)
_FRAME: Final = QMargins(8, 32, 8, 16)
_SMALLEST_SIZE: Final = (800, 520)


class MainWindow(WindowView):
    """Intents go down to the controller."""

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
        super().__init__(theme, parent)
        self._geometry: QSettings | None = None
        self._dialogs: Dialogs | None = None
        self._is_complete = False
        self._files = FileQueue(self.open_file)
        self.setMinimumSize(*_SMALLEST_SIZE)
        # Not larger than the screen with a frame and a title bar around the window.
        room = self.screen().availableSize().shrunkBy(_FRAME)
        self.resize(QSize(*_FIRST_SIZE).boundedTo(room))
        self.setAcceptDrops(True)
        self.controller = Controller(self, services, machine=machine, choices=choices)
        self._connect_parts()
        self._connect()
        self.controller.start()
        # Arrow keys choose a cell at once.
        self.grid_panel.view.setFocus()

    def keep_geometry_in(self, geometry: QSettings) -> None:
        """Take size and place from there, and put them back when the window closes."""
        # Late: what PySide needs to know of it takes time that the first paint has not.
        from PySide6.QtCore import QByteArray

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

            panel = self._detail_panel = DetailPanel(self.theme)
            panel.set_page(self.controller.choices.page)
            panel.page_chosen.connect(self._on_page)
            panel.advice_wanted.connect(self._on_advice)
            panel.export_wanted.connect(self._on_picture)
            panel.link_wanted.connect(self.open_link)
            panel.command_pasted.connect(self.controller.plan_command)
            panel.measurement_wanted.connect(self._on_measurement)
            panel.controls_changed.connect(self._order_tabs)
            if self._detail is not None:
                panel.show_detail(self._detail)
            self.parts.detail_room.setWidget(panel)
            self.controller.show_pages()
        return self._detail_panel

    def complete(self) -> None:
        """Make what the first painted verdicts need not wait for."""
        if not self._is_complete:
            self._is_complete = True
            self.menu.fill(scheme=self.theme.choice)
            self.menu.show_recent_files(self.controller.choices.recent_files)
            self.detail_panel.setVisible(self._detail is not None)
            self._order_tabs()

    def speak_anew(self) -> None:
        """Say all in the language and the unit that are chosen now; what was done stays.

        Widgets ask for their words when they are made, so they are made anew.
        """
        old, halves = self.parts, self.halves.saveState()
        if self._detail_panel is not None:
            self._detail_panel.stop()
        if self._dialogs is not None:
            self._dialogs.close_windows()
        choices = self.controller.choices
        speak(choices.language, choices.size_unit)
        # Chinese has typefaces of its own; a larger text chosen at the start stays large.
        QApplication.setFont(ui_font(QApplication.font().pixelSize()))
        # Else the parts would have the figures of the language in which the window was made.
        self.unsetLocale()
        self.menu.let_go()
        self._make_parts()
        self._connect_parts()
        self.halves.restoreState(halves)
        self.options_bar.take_over(old.options_bar)
        self.controller.show_all()
        self.grid_panel.take_over(old.grid_panel)
        self.message_line.take_over(old.message_line)
        self._is_complete = False
        self.complete()
        self.grid_panel.view.setFocus()

    # ------------------------------------------------------------------- files and folders

    def ask_model_path(self, *, is_folder: bool) -> None:
        """Ask what to open; tests replace this."""
        from planner.ui.panels.file_dialogs import open_model_dialog

        open_model_dialog(self, is_folder=is_folder).fileSelected.connect(self.open_file)

    def ask_card_path(self) -> None:
        """Ask for a machine card; tests replace this."""
        from planner.ui.panels.file_dialogs import open_card_dialog

        open_card_dialog(self).fileSelected.connect(self.open_file)

    def open_folder(self, path: Path) -> None:
        """Show a file's folder in the desktop's file manager; tests replace this."""
        _hand_to_desktop(path.parent.absolute().as_uri())

    @override
    def show_opened(self, answer: OpenedAnswer) -> None:
        # Late: whoever opened a log has loaded it.
        from planner.core.receipt import RuntimeLog

        super().show_opened(answer)
        if isinstance(answer.opened, RuntimeLog):
            self.dialogs.tools.show_log(answer.opened)
        else:
            self.dialogs.compare_with(answer.path)

    def open_written(self, path: Path) -> None:
        """Show a file with the program that the desktop has for it; tests replace this."""
        _hand_to_desktop(path.absolute().as_uri())

    @Slot(str)
    def open_link(self, address: str) -> None:
        """Hand a source's address to the browser; tests replace this."""
        if address.startswith("https://"):
            _hand_to_desktop(address)

    def open_files(self, paths: Sequence[str], *, once_known: bool = False) -> None:
        """Open files one after the other; with `once_known` when the hardware is known."""
        self._files.add(paths)
        if not once_known:
            self._files.begin()

    @Slot(str)
    def open_file(self, path: str) -> None:
        """Open a file or folder, whatever it is."""
        self.controller.open_path(Path(path))

    # ------------------------------------------------------------------- parts

    def _connect_parts(self) -> None:
        self.options_bar.options_changed.connect(self._on_options)
        self.options_bar.reserve_changed.connect(self._on_reserve)
        self.grid_panel.cell_chosen.connect(self._on_cell)
        self.grid_panel.mode_chosen.connect(self._on_grid_mode)
        self.grid_panel.all_formats_toggled.connect(self._on_all_formats)
        self.strip.target_chosen.connect(self._on_target)
        self.strip.what_if_wanted.connect(self._on_what_if_wanted)
        self.strip.remove_what_if_wanted.connect(self._on_remove_what_if)
        self.strip.cards_made.connect(self._order_tabs)
        self.export_button.clicked.connect(self._on_export)
        self.menu.wanted.connect(self.do)
        self.menu.scheme_chosen.connect(self.set_scheme)
        self.menu.file_chosen.connect(self.open_file)
        self.menu.forget_files_wanted.connect(self._on_forget_files)
        self.message_line.folder_wanted.connect(self.on_folder_wanted)
        self.message_line.open_wanted.connect(self.on_open_wanted)

    def _connect(self) -> None:
        # Queued: nobody shall do anything within a paint event.
        self.grid_panel.view.painted.connect(
            self._on_first_painted, Qt.ConnectionType.QueuedConnection
        )
        self._detection_task.succeeded.connect(self._on_detected)
        self._detection_task.failed.connect(self._on_detection_failed)
        self._opening_task.succeeded.connect(self._on_opened)
        self._opening_task.failed.connect(self._on_opening_failed)

    @Slot()
    def _order_tabs(self) -> None:
        """Let Tab go as the eye does: what was made later would come last."""
        order = (
            *self.strip.controls,
            self.menu_button,
            self.export_button,
            *self.options_bar.controls,
            *self.grid_panel.controls,
            *(() if self._detail_panel is None else self._detail_panel.controls),
            *self.message_line.controls,
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    # ------------------------------------------------------------------- what was asked for

    @property
    def dialogs(self) -> Dialogs:
        """What opens over the window; made when first needed."""
        if self._dialogs is None:
            # Late: most windows open none, and none before it is painted.
            from planner.ui.main_window.dialogs import Dialogs

            self._dialogs = Dialogs(self)
        return self._dialogs

    @Slot(object)
    def do(self, action_id: ActionId) -> None:
        """Do what an action of the table stands for."""
        self.dialogs.do(action_id)

    @Slot(object)
    def _on_options(self, options: PlanOptions) -> None:
        self.controller.set_options(options)

    @Slot(object)
    def _on_reserve(self, reserve_bytes: int) -> None:
        self.controller.set_reserve_bytes(reserve_bytes)

    @Slot(object)
    def _on_cell(self, cell: Cell) -> None:
        self.controller.choose_cell(cell)

    @Slot(object)
    def _on_page(self, page: Page) -> None:
        self.controller.choose_page(page)

    @Slot(object)
    def _on_advice(self, advice: Advice) -> None:
        changed = advice.changed
        self.controller.apply_plan(changed.options, changed.quant_format, changed.target_id)

    @Slot()
    def _on_measurement(self) -> None:
        self.dialogs.side_jobs.measure_bandwidth()

    @Slot(GridMode)
    def _on_grid_mode(self, mode: GridMode) -> None:
        self.controller.set_grid_mode(mode)

    @Slot(object)
    def _on_picture(self, picture: Picture) -> None:
        self.dialogs.ask_picture_path(picture)

    @Slot(bool)
    def _on_all_formats(self, shows_all: bool) -> None:
        self.controller.set_shows_all_formats(shows_all)

    @Slot(str)
    def _on_target(self, target_id: str) -> None:
        self.controller.choose_target(target_id)

    @Slot()
    def _on_what_if_wanted(self) -> None:
        self.dialogs.open_what_if()

    @Slot()
    def _on_remove_what_if(self) -> None:
        self.controller.remove_what_if()

    @Slot()
    def _on_export(self) -> None:
        self.dialogs.open_report()

    @Slot(object)
    def on_folder_wanted(self, path: Path) -> None:
        """Show where a written file is."""
        self.open_folder(path)

    @Slot(object)
    def on_open_wanted(self, path: Path) -> None:
        """Show a written file."""
        self.open_written(path)

    @Slot()
    def _on_forget_files(self) -> None:
        self.controller.forget_recent_files()
        self.menu.show_recent_files(())

    @Slot(object)
    def set_scheme(self, choice: SchemeChoice) -> None:
        """Change the colours at once, and remember them."""
        self.theme.set_choice(choice)
        self.menu.show_scheme(choice)
        self.controller.set_scheme(choice.value)

    # ------------------------------------------------------------------- answers

    @Slot()
    def _on_first_painted(self) -> None:
        self.first_painted.emit()
        QTimer.singleShot(0, self, self.complete)

    @Slot(object)
    def _on_detected(self, answer: DetectionAnswer) -> None:
        self.controller.machine_detected(answer)
        self._files.begin()

    @Slot(str)
    def _on_detection_failed(self, sentence: str) -> None:
        self.controller.detection_failed(sentence)
        self._files.begin()

    @Slot(object)
    def _on_opened(self, answer: OpenedAnswer) -> None:
        self.controller.path_opened(answer)
        self.menu.show_recent_files(self.controller.choices.recent_files)
        self._files.go_on()

    @Slot(str)
    def _on_opening_failed(self, sentence: str) -> None:
        self.controller.opening_failed(sentence)
        self._files.go_on()

    # ------------------------------------------------------------------- Qt's events

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.open_files(paths)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        self.stop_tasks()
        if self._dialogs is not None:
            self._dialogs.stop()
        self.controller.finish()
        if self._geometry is not None:
            self._geometry.setValue("window/geometry", self.saveGeometry())
            self._geometry.setValue("window/halves", self.halves.saveState())
        super().closeEvent(event)


def _hand_to_desktop(address: str) -> None:
    # Late, as most windows hand out nothing.
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl(address))
