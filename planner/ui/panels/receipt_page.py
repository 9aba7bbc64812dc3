"""A log of a runtime against the prediction: paste or open it, and see each error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.ui.models.receipt_words import (
    missed_cells,
    receipt_notes,
    receipt_table,
    receipt_title,
)
from planner.ui.widgets.figure_table import FigureTable
from planner.ui.widgets.paste_box import PasteBox
from planner.ui.widgets.words import heading_label, note_label, show_words, words_label

if TYPE_CHECKING:
    from planner.core.receipt import Receipt
    from planner.ui.theme import Theme


class ReceiptPage(QWidget):
    """Shows a `Receipt`; `log_wanted` asks for a file, `log_pasted` has a log's text."""

    log_wanted = Signal()
    log_pasted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._intro = words_label(self)
        self._intro.setText(
            self.tr(
                "llama.cpp, Ollama and vLLM print what they allocate while they load a model. "
                "Open or paste such a log to see each line beside the prediction."
            )
        )
        self.open_button = QPushButton(self.tr("Open a log…"))
        self.open_button.setAutoDefault(False)
        self.paste = PasteBox(
            self.tr("Paste a log…"),
            hint=self.tr("The lines that the runtime printed while it loaded the model"),
            action=self.tr("Compare"),
        )
        self._problem = words_label(self)
        self._title = heading_label(self)
        self.table = FigureTable(theme)
        self._notes = note_label(self)
        self._build()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.open_button, *self.paste.controls, self.table)

    @property
    def words(self) -> str:
        """All that is said beside the table."""
        labels = (self._problem, self._title, self._notes)
        return "\n".join(label.text() for label in labels if not label.isHidden())

    def show_receipt(self, found: Receipt, *, is_assumed: bool = False) -> None:
        """Show another receipt; `is_assumed` where the log left open what it is about."""
        self._problem.hide()
        self.paste.open_button.setChecked(False)
        show_words(self._title, receipt_title(found))
        self.table.show_marked(receipt_table(found), missed_cells(found))
        self.table.show()
        assumed = self.tr(
            "The log does not tell both its model and its format: the chosen cell's are taken."
        )
        notes = receipt_notes(found)
        if is_assumed:
            notes = f"{assumed}\n{notes}" if notes else assumed
        show_words(self._notes, notes)

    def show_problem(self, sentence: str) -> None:
        """Say why a log cannot be used; what was pasted stays to be mended."""
        show_words(self._problem, sentence)
        for widget in (self._title, self.table, self._notes):
            widget.hide()

    def _build(self) -> None:
        self.paste.put_before(self.open_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._intro)
        layout.addWidget(self.paste)
        for widget in (self._problem, self._title, self.table, self._notes):
            layout.addWidget(widget)
            widget.hide()
        layout.addStretch(1)
        self.open_button.clicked.connect(self._on_open)
        self.paste.pasted.connect(self.log_pasted)

    def _on_open(self) -> None:
        self.log_wanted.emit()
