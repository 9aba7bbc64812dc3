"""The windows beside the planner: receipts, accuracy, plans side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot

from planner.core.errors import PlannerError
from planner.ui.controller.tools import Tools
from planner.ui.panels.page_dialog import PageDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.core.receipt import RuntimeLog
    from planner.ui.main_window.window import MainWindow
    from planner.ui.panels.compare_page import ComparePage
    from planner.ui.panels.receipt_page import ReceiptPage


class ToolWindows(QObject):
    """Belongs to one window; each of them is made when it is first wanted, and kept."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._tools = Tools(window.controller)
        self._receipt: PageDialog | None = None
        self._accuracy: PageDialog | None = None
        self._comparison: PageDialog | None = None

    @Slot()
    def open_receipt(self) -> PageDialog:
        """Show where a log can be set beside the prediction."""
        if self._receipt is None:
            from planner.ui.panels.receipt_page import ReceiptPage

            page = ReceiptPage(self._window.theme)
            page.log_wanted.connect(self._on_log_wanted)
            page.log_pasted.connect(self._on_log_pasted)
            self._receipt = self._made(page, self.tr("Receipt of a log"))
        return self._shown(self._receipt)

    def show_log(self, log: RuntimeLog) -> None:
        """Show the receipt of a log that was opened."""
        page: ReceiptPage = self.open_receipt().page  # type: ignore[assignment]
        try:
            found = self._tools.receipt_of_log(log)
        except PlannerError as reason:
            page.show_problem(str(reason))
        else:
            page.show_receipt(found.receipt, is_assumed=found.is_assumed)

    @Slot()
    def open_accuracy(self) -> PageDialog:
        """Show how far figures were from what was measured."""
        if self._accuracy is None:
            from planner.ui.panels.accuracy_page import AccuracyPage

            page = AccuracyPage(self._window.theme)
            try:
                page.show_accuracy(self._tools.accuracy())
            except PlannerError as reason:
                self._window.show_failure(str(reason))
            self._accuracy = self._made(page, self.tr("Accuracy"))
        return self._shown(self._accuracy)

    @Slot()
    def add_to_comparison(self) -> None:
        """Set the plan that is shown beside the others."""
        self._tools.add_to_comparison()
        self.open_comparison()

    @Slot()
    def open_comparison(self) -> PageDialog:
        """Show the plans that stand side by side."""
        if self._comparison is None:
            from planner.ui.panels.compare_page import ComparePage

            made = ComparePage(self._window.theme)
            made.clear_wanted.connect(self._on_clear)
            self._comparison = self._made(made, self.tr("Side by side"))
        page: ComparePage = self._comparison.page  # type: ignore[assignment]
        page.show_plans(self._tools.compared)
        return self._shown(self._comparison)

    def close_windows(self) -> None:
        """Let each be made anew when it is wanted again; the plans side by side stay."""
        for dialog in (self._receipt, self._accuracy, self._comparison):
            if dialog is not None:
                dialog.close()
                dialog.deleteLater()
        self._receipt = self._accuracy = self._comparison = None

    def _made(self, page: QWidget, title: str) -> PageDialog:
        return PageDialog(page, title, self._window)

    def _shown(self, dialog: PageDialog) -> PageDialog:
        dialog.setWindowModality(Qt.WindowModality.NonModal)
        dialog.show()
        dialog.activateWindow()
        return dialog

    @Slot()
    def _on_log_wanted(self) -> None:
        self._window.ask_model_path(is_folder=False)

    @Slot(str)
    def _on_log_pasted(self, words: str) -> None:
        page: ReceiptPage = self.open_receipt().page  # type: ignore[assignment]
        try:
            found = self._tools.receipt_of_text(words)
        except PlannerError as reason:
            page.show_problem(str(reason))
        else:
            page.show_receipt(found.receipt, is_assumed=found.is_assumed)

    @Slot()
    def _on_clear(self) -> None:
        self._tools.clear_comparison()
        self.open_comparison()
