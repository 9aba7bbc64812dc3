"""The verdict in words on its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.core.fit import FitVerdict
from planner.ui.fonts import BODY_PX, SEMIBOLD, sized
from planner.ui.overrides import override
from planner.ui.theme import RHYTHM, Theme
from planner.ui.widgets.verdict_glyph import paint_verdict_glyph

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent

_SIDE_PADDING: Final = 3 * RHYTHM
_PADDING: Final = 2 * RHYTHM
_GAP: Final = 2 * RHYTHM
_CORNER: Final = 8
_GLYPH: Final = 0.62  # of the height of a line
_UNBOUNDED: Final = 1 << 20
_FLAGS: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


class VerdictBadge(QWidget):
    """A rounded field with the verdict's sign and its sentence; it wraps where it must.

    Where a verdict has no colour of its own the field is outlined.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._verdict = FitVerdict.UNKNOWN
        self._sentence = ""
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.update)
        # Its painter has no mirror image: names and figures run from left to right.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def set_verdict(self, verdict: FitVerdict, sentence: str) -> None:
        """Show a verdict in the words of `text.verdict_sentence`."""
        if (verdict, sentence) == (self._verdict, self._sentence):
            return
        self._verdict, self._sentence = verdict, sentence
        self.setAccessibleName(sentence)
        self.updateGeometry()
        self.update()

    @override
    def sizeHint(self) -> QSize:
        return self._size_for(_UNBOUNDED)

    @override
    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self._font())
        return QSize(12 * metrics.averageCharWidth(), metrics.height() + 2 * _PADDING)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        return self._size_for(width).height()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        fill, ink = self._theme.tokens.verdict_colours(self._verdict)
        font = self._font()
        metrics = QFontMetrics(font)
        # In a row that is too wide the field is as long as its words.
        width = min(self.width(), self.sizeHint().width())
        field = QRect(0, 0, width, self.heightForWidth(width))
        painter = QPainter(self)
        # A painter takes the application's direction, not its widget's.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            if fill is None:
                painter.setPen(QPen(QColor(self._theme.tokens.outline), 1))
                painter.drawRoundedRect(
                    QRectF(field).adjusted(0.5, 0.5, -0.5, -0.5), _CORNER, _CORNER
                )
            else:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(fill))
                painter.drawRoundedRect(field, _CORNER, _CORNER)
            side = metrics.height() * _GLYPH
            glyph = QRectF(_SIDE_PADDING, _PADDING + (metrics.height() - side) / 2, side, side)
            paint_verdict_glyph(painter, glyph, self._verdict, QColor(ink))
            painter.setPen(QColor(ink))
            left = self._text_left(metrics)
            words = field.adjusted(left, _PADDING, -_SIDE_PADDING, -_PADDING)
            painter.drawText(words, _FLAGS, self._sentence)
        finally:
            painter.end()

    def _font(self) -> QFont:
        return sized(self.font(), BODY_PX, SEMIBOLD)

    def _text_left(self, metrics: QFontMetrics) -> int:
        return _SIDE_PADDING + round(metrics.height() * _GLYPH) + _GAP

    def _size_for(self, width: int) -> QSize:
        metrics = QFontMetrics(self._font())
        frame = self._text_left(metrics) + _SIDE_PADDING
        room = QRect(0, 0, max(1, width - frame), _UNBOUNDED)
        words = metrics.boundingRect(room, _FLAGS, self._sentence)
        height = max(words.height(), metrics.height())
        return QSize(words.width() + 1 + frame, height + 2 * _PADDING)
