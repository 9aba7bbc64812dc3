"""One entry of the legend: the verdict's sign on its colour, and what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.overrides import override
from planner.ui.widgets.verdict_glyph import paint_verdict_glyph

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from planner.core.fit import FitVerdict
    from planner.ui.theme import Theme

_GAP_PX: Final = 6


class VerdictKey(QWidget):
    """Shows what a sign of the grid stands for."""

    def __init__(
        self, theme: Theme, verdict: FitVerdict, words: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._verdict = verdict
        self._words = words
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)
        # Its painter has no mirror image: names and figures run from left to right.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    @override
    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(sized(self.font(), SECONDARY_PX))
        side = metrics.height()
        return QSize(side + _GAP_PX + metrics.horizontalAdvance(self._words) + 1, side + 2)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        fill, ink = self._theme.tokens.verdict_colours(self._verdict)
        painter = QPainter(self)
        # A painter takes the application's direction, not its widget's.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(sized(self.font(), SECONDARY_PX))
            side = painter.fontMetrics().height()
            box = QRectF(0, (self.height() - side) / 2, side, side)
            if fill is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(fill))
                painter.drawRoundedRect(box, 4, 4)
            inset = side * 0.22
            paint_verdict_glyph(
                painter,
                box.adjusted(inset, inset, -inset, -inset),
                self._verdict,
                QColor(ink),
            )
            painter.setPen(QColor(self._theme.tokens.muted))
            words = QRectF(side + _GAP_PX, 0, self.width(), self.height())
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._words)
        finally:
            painter.end()
