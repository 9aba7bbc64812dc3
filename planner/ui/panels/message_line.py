"""One line at the foot of the window: what became of what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from planner.ui.fonts import SECONDARY_PX, sized

if TYPE_CHECKING:
    from pathlib import Path


class MessageLine(QWidget):
    """Takes no room while there is nothing to say; a message stays until it is put away."""

    folder_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self.words = QLabel()
        self.words.setObjectName("message")
        self.words.setFont(sized(self.font(), SECONDARY_PX))
        self.words.setWordWrap(True)
        self.show_folder = QPushButton(self.tr("Show in &folder"))
        self.put_away = QPushButton(self.tr("&Dismiss"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.show_folder)
        layout.addWidget(self.put_away)
        self.show_folder.clicked.connect(self._on_show_folder)
        self.put_away.clicked.connect(self.hide)
        self.hide()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard."""
        return (self.show_folder, self.put_away)

    def show_message(self, sentence: str) -> None:
        """Say something."""
        self._path = None
        self._show(sentence)

    def show_exported(self, path: Path) -> None:
        """Say where a file went, and offer its folder."""
        self._path = path
        self._show(self.tr("The fit report is in {path}").format(path=path))

    def _show(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.show_folder.setVisible(self._path is not None)
        self.show()

    def _on_show_folder(self) -> None:
        if self._path is not None:
            self.folder_wanted.emit(self._path)
