"""A line of one pixel between two areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from planner.ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from planner.ui.theme import Theme


class Rule(QWidget):
    """Runs across the whole width."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFixedHeight(1)
        theme.changed.connect(self.update)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            # `fillRect` looks at gradients first, which nothing else loads: 2 ms.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self._theme.tokens.line))
            painter.drawRect(self.rect())
        finally:
            painter.end()
