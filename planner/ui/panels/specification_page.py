"""What the model is: every field with its source, what contradicts it, and what was checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from planner.core.sheet_text import found_blocks
from planner.ui.models.sheet_words import sheet_blocks
from planner.ui.widgets.sheet_view import SheetView
from planner.ui.widgets.words import note_label, show_words

if TYPE_CHECKING:
    from planner.core.sheet_text import SheetBlock
    from planner.core.spec_sheet import Specification
    from planner.ui.theme import Theme

_FIELD_WIDTH: Final = 280


class SpecificationPage(QWidget):
    """Shows `Specification`; `link_wanted` has the address of a source."""

    link_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Specification | None = None
        self._blocks: tuple[SheetBlock, ...] = ()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a field"))
        self.filter.setAccessibleName(self.tr("Find a field"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMaximumWidth(_FIELD_WIDTH)
        self._nothing = note_label(self)
        self._nothing.hide()
        self.view = SheetView(theme)
        self.view.setAccessibleName(self.tr("Specification"))
        head = QVBoxLayout()
        # The sheet has the ring of the focus around its words.
        head.setContentsMargins(2, 0, 2, 0)
        head.addWidget(self.filter)
        head.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 12, 14, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.view)
        layout.addStretch(1)
        self.filter.textChanged.connect(self._on_filter)
        self.view.link_wanted.connect(self.link_wanted)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.filter, self.view)

    @property
    def words(self) -> str:
        """All that is read here."""
        return self.view.toPlainText()

    def show_values(self, values: Specification) -> None:
        """Show another model; what is looked for stays."""
        if values == self._shown:
            return
        self._shown = values
        self._blocks = sheet_blocks(values)
        self._show_found()

    @Slot()
    def _on_filter(self) -> None:
        self._show_found()

    def _show_found(self) -> None:
        words = self.filter.text()
        found = found_blocks(self._blocks, words)
        nothing = self.tr("No field has “{words}”.").format(words=words.strip())
        show_words(self._nothing, "" if found else nothing)
        self.view.show_blocks(found)
