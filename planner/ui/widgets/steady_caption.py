"""A line of small words that changes with every step of a slider and moves nothing.

A label asks for a new layout each time its text is set, and the whole window is measured anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from planner.ui.theme import Theme


class SteadyCaption(QWidget):
    """Muted words at the right; it grows for longer ones and never shrinks."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self._widest = ""
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def words(self) -> str:
        """What stands there."""
        return self._words

    def show_words(self, words: str) -> None:
        """Show other words."""
        if words == self._words:
            return
        self._words = words
        self.setAccessibleName(words)
        metrics = self._metrics()
        if metrics.horizontalAdvance(words) > metrics.horizontalAdvance(self._widest):
            self._widest = words
            self.updateGeometry()
        self.update()

    def forget_widest(self) -> None:
        """Take no more room than the words that stand there."""
        self._widest = self._words
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        metrics = self._metrics()
        return QSize(metrics.horizontalAdvance(self._widest) + 1, metrics.height() + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.setFont(sized(self.font(), SECONDARY_PX))
            painter.setPen(QColor(self._theme.tokens.muted))
            sides = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect(), sides, self._words)
        finally:
            painter.end()

    def _metrics(self) -> QFontMetrics:
        return QFontMetrics(sized(self.font(), SECONDARY_PX))
