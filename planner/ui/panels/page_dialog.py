"""A page that stands in a window of its own beside the planner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_SIZE: Final = QSize(1000, 660)
_FRAME: Final = 48  # of a screen that is smaller


class PageDialog(QDialog):
    """Holds one page, which scrolls; Esc closes it."""

    def __init__(self, page: QWidget, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        # As light as the panels of the main window: tables stand on it.
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setWindowTitle(title)
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setAccessibleName(title)
        room.setWidget(page)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 0)
        row.addStretch(1)
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 12)
        layout.setSpacing(12)
        layout.addWidget(room, 1)
        layout.addLayout(row)
        self.close_button.clicked.connect(self.accept)
        screen = self.screen().availableSize()
        self.resize(_SIZE.boundedTo(screen - QSize(_FRAME, _FRAME)))
