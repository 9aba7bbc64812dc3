"""One line at the foot of the window: what became of what was asked for."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from planner.ui.fonts import SECONDARY_PX, sized
from planner.version import __version__

if TYPE_CHECKING:
    from pathlib import Path


class MessageLine(QWidget):
    """Takes no room while there is nothing to say; a message stays until it is put away."""

    folder_wanted = Signal(object)
    open_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, indent: int = 16) -> None:
        super().__init__(parent)
        self._path: Path | None = None
        self._details = ""
        self.words = QLabel()
        self.words.setObjectName("message")
        self.words.setFont(sized(self.font(), SECONDARY_PX))
        self.words.setWordWrap(True)
        # The sentence may quote a file's name, whatever it is made of.
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.open_file = QPushButton(self.tr("&Open"))
        self.show_folder = QPushButton(self.tr("Show in &folder"))
        self.copy_details = QPushButton(self.tr("&Copy details"))
        self.put_away = QPushButton(self.tr("&Dismiss"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(indent, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.open_file)
        layout.addWidget(self.show_folder)
        layout.addWidget(self.copy_details)
        layout.addWidget(self.put_away)
        for button in self.controls:
            # In a dialog, Enter is for what the dialog is about.
            button.setAutoDefault(False)
        self.open_file.clicked.connect(self._on_open_file)
        self.show_folder.clicked.connect(self._on_show_folder)
        self.copy_details.clicked.connect(self._on_copy_details)
        self.put_away.clicked.connect(self.hide)
        self.hide()

    @property
    def controls(self) -> tuple[QPushButton, ...]:
        """What takes the keyboard."""
        return (self.open_file, self.show_folder, self.copy_details, self.put_away)

    def show_message(self, sentence: str) -> None:
        """Say something."""
        self._show(sentence)

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong, and offer what one needs to ask for help."""
        # Not translated: it is for those who mend the program.
        versions = f"Phi Planner {__version__}, Qt {qVersion()}, {sys.platform}"
        self._show(sentence, details=f"{sentence}\n{versions}")

    def show_saved(self, sentence: str, path: Path) -> None:
        """Say where a file went, and offer it and its folder."""
        self._show(sentence, path=path)

    def take_over(self, earlier: MessageLine) -> None:
        """Say what the line said whose place this one takes, as it said it."""
        if not earlier.isHidden():
            self._show(earlier.words.text(), path=earlier._path, details=earlier._details)

    def _show(self, sentence: str, *, path: Path | None = None, details: str = "") -> None:
        self._path, self._details = path, details
        self.words.setText(sentence)
        self.open_file.setVisible(path is not None)
        self.show_folder.setVisible(path is not None)
        self.copy_details.setVisible(bool(details))
        self.show()

    @Slot()
    def _on_show_folder(self) -> None:
        if self._path is not None:
            self.folder_wanted.emit(self._path)

    @Slot()
    def _on_open_file(self) -> None:
        if self._path is not None:
            self.open_wanted.emit(self._path)

    @Slot()
    def _on_copy_details(self) -> None:
        QGuiApplication.clipboard().setText(self._details)
