"""One of a few values, each a row with its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


class RadioRows(QWidget):
    """Arrow keys go from row to row; `chosen` has the value that a person chose."""

    chosen = Signal(object)

    def __init__(
        self, entries: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._values = tuple(value for value, _ in entries)
        self.rows = tuple(QRadioButton(words) for _, words in entries)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for number, row in enumerate(self.rows):
            self._group.addButton(row, number)
            layout.addWidget(row)
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def value(self) -> object:
        """The chosen value."""
        return self._values[self._group.checkedId()]

    def row_of(self, value: object) -> QRadioButton:
        """Return the row of a value."""
        return self.rows[self._values.index(value)]

    def show_value(self, value: object) -> None:
        """Show a value without telling anyone."""
        with QSignalBlocker(self):
            self.row_of(value).setChecked(True)

    @Slot(QAbstractButton, bool)
    def _on_toggled(self, button: QAbstractButton, is_on: bool) -> None:
        if is_on:
            self.chosen.emit(self._values[self._group.id(button)])
