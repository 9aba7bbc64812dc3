"""Two or more plans side by side: what differs stands out, and what is the same can go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.ui.models.compare_words import compare_table, different_cells, only_different
from planner.ui.widgets.figure_table import FigureTable
from planner.ui.widgets.words import show_words, words_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.pictures.chart_table import ChartTable
    from planner.ui.models.page_values import ComparedPlan
    from planner.ui.theme import Theme


class ComparePage(QWidget):
    """Shows `ComparedPlan`s; `clear_wanted` asks to begin again."""

    clear_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table: ChartTable | None = None
        self._hint = words_label(self)
        self.only_different = QCheckBox(self.tr("Only what differs"))
        self.clear_button = QPushButton(self.tr("Begin again"))
        self.clear_button.setAutoDefault(False)
        self.table = FigureTable(theme, wraps=False)
        row = QHBoxLayout()
        row.addWidget(self.only_different)
        row.addStretch(1)
        row.addWidget(self.clear_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._hint)
        layout.addLayout(row)
        layout.addWidget(self.table)
        layout.addStretch(1)
        self.only_different.toggled.connect(self._show)
        self.clear_button.clicked.connect(self._on_clear)
        self.show_plans(())

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.only_different, self.clear_button, self.table)

    @property
    def words(self) -> str:
        """What is said where there is nothing to compare yet."""
        return "" if self._hint.isHidden() else self._hint.text()

    def show_plans(self, plans: Sequence[ComparedPlan]) -> None:
        """Show other plans; one alone is no comparison yet."""
        hint = ""
        if not plans:
            hint = self.tr("Nothing is set side by side yet: choose a cell and add it.")
        elif len(plans) == 1:
            hint = self.tr("One plan so far: choose another cell and add it too.")
        show_words(self._hint, hint)
        self._table = compare_table(plans) if plans else None
        for widget in self.controls:
            widget.setVisible(bool(plans))
        self.only_different.setVisible(len(plans) > 1)
        self._show()

    @Slot()
    def _show(self) -> None:
        if self._table is None:
            return
        table = self._table
        if self.only_different.isChecked() and not self.only_different.isHidden():
            table = only_different(table)
        self.table.show_marked(table, different_cells(table), warns=False)

    @Slot()
    def _on_clear(self) -> None:
        self.clear_wanted.emit()
