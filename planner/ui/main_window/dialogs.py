"""What the actions do, and what opens over the window."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from planner.core.errors import PlannerError
from planner.ui.main_window.side_jobs import SideJobs
from planner.ui.main_window.tool_windows import ToolWindows
from planner.ui.models.actions import ActionId
from planner.ui.models.comparison_values import Side
from planner.ui.panels.what_if_dialog import WhatIfDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QDialog

    from planner.core.pictures.picture import Picture
    from planner.ui.controller.comparisons import Comparisons
    from planner.ui.main_window.comparison_window import ComparisonWindow
    from planner.ui.main_window.report_window import ReportWindow
    from planner.ui.main_window.window import MainWindow
    from planner.ui.models.what_if import WhatIfOrder
    from planner.ui.panels.settings_dialog import Preferences


class Dialogs(QObject):
    """Belongs to one window; dialogs open beside its loop and go when they are closed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._opened: QDialog | None = None
        self.report: ReportWindow | None = None
        self.comparison: ComparisonWindow | None = None
        self._taken: Comparisons | None = None
        self.tools = ToolWindows(window)
        self.side_jobs = SideJobs(window)
        controller = window.controller
        self._doings: dict[ActionId, Callable[[], None]] = {
            ActionId.OPEN_FILE: partial(window.ask_model_path, is_folder=False),
            ActionId.OPEN_FOLDER: partial(window.ask_model_path, is_folder=True),
            ActionId.CLOSE_FILES: controller.close_files,
            ActionId.EXPORT: self.open_report,
            ActionId.SAVE_CARD: self.side_jobs.ask_card_path,
            ActionId.QUIT: self._quit,
            ActionId.UNDO: controller.undo,
            ActionId.REDO: controller.redo,
            ActionId.SETTINGS: self.open_settings,
            ActionId.FILTER: self._focus_filter,
            ActionId.ALL_FORMATS: self._toggle_all_formats,
            ActionId.NEXT_PAGE: partial(self._step_page, 1),
            ActionId.EARLIER_PAGE: partial(self._step_page, -1),
            ActionId.PALETTE: self.open_palette,
            ActionId.REFRESH: controller.detect,
            ActionId.WHAT_IF: self.open_what_if,
            ActionId.REMOVE_WHAT_IF: controller.remove_what_if,
            ActionId.BANDWIDTH: self.side_jobs.measure_bandwidth,
            ActionId.RECEIPT: self._open_receipt,
            ActionId.ADD_TO_COMPARISON: self.tools.add_to_comparison,
            ActionId.COMPARE: self._open_comparison,
            ActionId.COMPARE_SAVED: self.open_saved_comparison,
            ActionId.ACCURACY: self._open_accuracy,
            ActionId.DIAGNOSTICS: self.side_jobs.ask_diagnostics_path,
            ActionId.SHORTCUTS: self.open_shortcuts,
            ActionId.ABOUT: self.open_about,
        }

    @property
    def opened(self) -> QDialog | None:
        """What stands over the window now."""
        return self._opened

    def do(self, action_id: ActionId) -> None:
        """Do what an action stands for."""
        self._doings[action_id]()

    def stop(self) -> None:
        """Let no thread outlive the window."""
        self.side_jobs.stop()
        for part in (self.report, self.comparison):
            if part is not None:
                part.stop()

    def close_windows(self) -> None:
        """Close what stands beside the window, to be made anew with other words."""
        self.tools.close_windows()
        if self.comparison is not None:
            self._taken = self.comparison.comparisons
            self.comparison.close()
            self.comparison = None

    def open_what_if(self) -> None:
        """Ask which hardware shall stand beside this computer."""
        controller = self._window.controller
        dialog = WhatIfDialog(
            controller.devices(),
            ram_bytes=controller.ram_bytes,
            has_what_if=controller.choices.what_if is not None,
            parent=self._window,
        )
        dialog.ordered.connect(self._on_what_if)
        dialog.card_wanted.connect(self._on_card_wanted)
        dialog.remove_wanted.connect(controller.remove_what_if)
        self._open(dialog)

    def open_palette(self) -> None:
        """Let somebody go anywhere by typing."""
        from planner.ui.main_window.destinations import destinations
        from planner.ui.panels.palette_dialog import PaletteDialog

        dialog = PaletteDialog(destinations(self._window), parent=self._window)
        self._open(dialog)

    def open_settings(self) -> None:
        """Show what can be set for good."""
        from planner.ui.panels.settings_dialog import Preferences, SettingsDialog

        choices = self._window.controller.choices
        preferences = Preferences(
            scheme=self._window.theme.choice,
            language=choices.language.value,
            size_unit=choices.size_unit,
            refresh_seconds=choices.refresh_seconds,
            gpu_reserve_bytes=choices.reserve.gpu_bytes,
            ram_reserve_bytes=choices.reserve.ram_bytes,
        )
        dialog = SettingsDialog(preferences, parent=self._window)
        dialog.chosen.connect(self._on_preferences)
        self._open(dialog)

    def ask_picture_path(self, picture: Picture) -> None:
        """Ask where a picture shall go; tests replace this."""
        from planner.ui.panels.file_dialogs import open_picture_dialog

        dialog = open_picture_dialog(self._window, picture.title)
        dialog.fileSelected.connect(partial(self.save_picture, picture))

    def save_picture(self, picture: Picture, path: str) -> None:
        """Save a picture in the colours that are in use."""
        from planner.ui.picture_export import save_picture

        try:
            save_picture(picture, path, self._window.theme.scheme.value)
        except PlannerError as reason:
            self._window.show_failure(str(reason))
        else:
            words = self.tr("The picture is in {path}").format(path=path)
            self._window.message_line.show_saved(words, Path(path))

    def open_report(self) -> None:
        """Show the fit report as it would be written."""
        # Late: most windows write no report.
        from planner.ui.controller.reports import ReportMaker
        from planner.ui.main_window.report_window import ReportWindow

        try:
            maker = ReportMaker(self._window.controller.report_order())
        except PlannerError as reason:
            self._window.show_failure(str(reason))
            return
        self.report = ReportWindow(self._window, maker)
        self._open(self.report.preview)

    def open_saved_comparison(self) -> None:
        """Show what changed between two saved answers; it stays as it was left."""
        if self.comparison is None:
            from planner.ui.main_window.comparison_window import ComparisonWindow

            self.comparison = ComparisonWindow(self._window, self._taken)
        self.comparison.show()

    def compare_with(self, path: Path) -> None:
        """Compare a saved answer with what is shown now."""
        self.open_saved_comparison()
        assert self.comparison is not None
        self.comparison.take_file(Side.BEFORE, str(path))

    def open_shortcuts(self) -> None:
        """Show all keys."""
        from planner.ui.panels.help_dialogs import ShortcutsDialog

        self._open(ShortcutsDialog(parent=self._window))

    def open_about(self) -> None:
        """Show versions and licences."""
        from planner.ui.panels.help_dialogs import AboutDialog

        self._open(AboutDialog(parent=self._window))

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.finished.connect(self._on_finished)
        self._opened = dialog
        dialog.open()

    def _quit(self) -> None:
        self._window.close()

    def _focus_filter(self) -> None:
        self._window.grid_panel.focus_filter()

    def _toggle_all_formats(self) -> None:
        self._window.grid_panel.all_formats.toggle()

    def _step_page(self, steps: int) -> None:
        self._window.detail_panel.step_page(steps)

    def _open_receipt(self) -> None:
        self.tools.open_receipt()

    def _open_comparison(self) -> None:
        self.tools.open_comparison()

    def _open_accuracy(self) -> None:
        self.tools.open_accuracy()

    @Slot()
    def _on_finished(self) -> None:
        self._opened = self.report = None

    @Slot(object)
    def _on_what_if(self, order: WhatIfOrder) -> None:
        self._window.controller.ask_what_if(order)

    @Slot()
    def _on_card_wanted(self) -> None:
        self._window.ask_card_path()

    @Slot(object)
    def _on_preferences(self, preferences: Preferences) -> None:
        controller = self._window.controller
        before = controller.choices
        self._window.set_scheme(preferences.scheme)
        controller.set_preferences(
            language=preferences.language,
            size_unit=preferences.size_unit,
            refresh_seconds=preferences.refresh_seconds,
            gpu_reserve_bytes=preferences.gpu_reserve_bytes,
            ram_reserve_bytes=preferences.ram_reserve_bytes,
        )
        chosen = controller.choices
        if (chosen.language, chosen.size_unit) != (before.language, before.size_unit):
            self._window.speak_anew()
