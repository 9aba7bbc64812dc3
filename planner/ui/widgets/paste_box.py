"""A button that opens a field to paste a text into, and hands the text over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from planner.ui.overrides import override
from planner.ui.widgets.words import note_label

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

_HEIGHT: Final = 96
_ENTER: Final = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


class PasteBox(QWidget):
    """`pasted` has the text; Ctrl+Enter hands it over, Esc closes the field."""

    pasted = Signal(str)

    def __init__(
        self, words: str, *, hint: str, action: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.open_button = QPushButton(words)
        self.open_button.setCheckable(True)
        self.open_button.setAutoDefault(False)
        self.field = QPlainTextEdit()
        self.field.setObjectName("paste")
        self.field.setTabChangesFocus(True)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(hint)
        self.field.setFixedHeight(_HEIGHT)
        self.field.installEventFilter(self)
        self.done_button = QPushButton(action)
        self.done_button.setAutoDefault(False)
        self.done_button.setEnabled(False)
        self._keys = note_label(self)
        self._keys.setText(self.tr("Ctrl+Enter does it too, Esc closes"))
        self._body = QWidget()
        row = QHBoxLayout()
        row.addWidget(self._keys, 1)
        row.addWidget(self.done_button)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addWidget(self.field)
        body.addLayout(row)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self.open_button)
        self._buttons.addStretch(1)
        layout.addLayout(self._buttons)
        layout.addWidget(self._body)
        self._body.hide()
        self.open_button.toggled.connect(self._on_toggled)
        self.field.textChanged.connect(self._on_text)
        self.done_button.clicked.connect(self._on_done)

    def put_before(self, button: QPushButton) -> None:
        """Put another button before the one that opens the field."""
        self._buttons.insertWidget(0, button)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.open_button, self.field, self.done_button)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.KeyPress:
            key, modifiers = event.key(), event.modifiers()  # type: ignore[attr-defined]
            if key in _ENTER and modifiers & Qt.KeyboardModifier.ControlModifier:
                self._on_done()
                return True
            if key == Qt.Key.Key_Escape:
                self.open_button.setChecked(False)
                self.open_button.setFocus()
                return True
        return super().eventFilter(watched, event)

    @Slot(bool)
    def _on_toggled(self, is_open: bool) -> None:
        self._body.setVisible(is_open)
        if is_open:
            self.field.setFocus()

    @Slot()
    def _on_text(self) -> None:
        self.done_button.setEnabled(bool(self.field.toPlainText().strip()))

    @Slot()
    def _on_done(self) -> None:
        words = self.field.toPlainText().strip()
        if words:
            self.pasted.emit(words)
