"""How far the figures were from what was measured, the naive rule beside, the misses below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.ui.models.accuracy_words import (
    accuracy_note,
    accuracy_sentence,
    error_table,
    far_cells,
    miss_table,
)
from planner.ui.widgets.figure_table import FigureTable
from planner.ui.widgets.words import heading_label, note_label, words_label

if TYPE_CHECKING:
    from planner.core.accuracy import AccuracyTable
    from planner.ui.theme import Theme


class AccuracyPage(QWidget):
    """Shows an `AccuracyTable`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sentence = words_label(self)
        self._note = note_label(self)
        self.table = FigureTable(theme)
        self._misses_head = heading_label(self)
        self._misses_note = note_label(self)
        self.misses = FigureTable(theme)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        for widget in (
            self._sentence,
            self._note,
            self.table,
            self._misses_head,
            self._misses_note,
            self.misses,
        ):
            layout.addWidget(widget)
        layout.addStretch(1)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.table, self.misses)

    @property
    def words(self) -> str:
        """All that is said beside the tables."""
        return f"{self._sentence.text()}\n{self._note.text()}\n{self._misses_head.text()}"

    def show_accuracy(self, table: AccuracyTable) -> None:
        """Show the errors."""
        self._sentence.setText(accuracy_sentence(table))
        self._note.setText(accuracy_note())
        self.table.show_marked(error_table(table), far_cells(table))
        misses = miss_table(table)
        self._misses_head.setText(misses.title)
        self._misses_note.setText(
            self.tr("The worst of each kind. Above zero more is planned for than is needed.")
        )
        self.misses.show_marked(misses)
