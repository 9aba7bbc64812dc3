"""The card that asks which other hardware shall stand beside this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from planner.ui.fonts import BODY_PX, SECONDARY_PX, SEMIBOLD, sized
from planner.ui.overrides import override
from planner.ui.theme import CORNER, FOCUS_WIDTH, RHYTHM, Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPaintEvent

# As those of a pool's card, beside which it stands.
_RING: Final = FOCUS_WIDTH + 1
_PADDING: Final = 3 * RHYTHM
_LINE_GAP: Final = 2
_BAR: Final = 2 * RHYTHM + 5


class WhatIfCard(QAbstractButton):
    """Two lines in a dashed frame."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hint = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(self.tr("What if…"))
        self.setToolTip(self.tr("Put other hardware beside this computer (Ctrl+I)"))
        self.setAccessibleDescription(self.toolTip())
        theme.changed.connect(self.update)
        self.set_has_what_if(False)
        # Its painter has no mirror image: names and figures run from left to right.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def set_has_what_if(self, has_what_if: bool) -> None:
        """Word the second line for a machine that is there already, or for none."""
        hint = self.tr("2× RTX 4090, M3 Max…")
        if has_what_if:
            hint = self.tr("another one instead")
        if hint != self._hint:
            self._hint = hint
            self.updateGeometry()
            self.update()

    @override
    def sizeHint(self) -> QSize:
        name, small = QFontMetrics(self._name_font()), QFontMetrics(self._small_font())
        words = max(name.horizontalAdvance(self.text()), small.horizontalAdvance(self._hint))
        frame = 2 * (_RING + _PADDING)
        lines = name.height() + _LINE_GAP + small.height() + _BAR
        return QSize(words + 1 + frame, lines + frame)

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        # A painter takes the application's direction, not its widget's.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            card = QRectF(self.rect()).adjusted(_RING, _RING, -_RING, -_RING)
            pen = QPen(QColor(tokens.muted if self.underMouse() else tokens.outline), 1)
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.setBrush(QColor(tokens.hover if self.isDown() else tokens.window))
            painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), CORNER, CORNER)
            if self.hasFocus():
                painter.setPen(QPen(QColor(tokens.focus), FOCUS_WIDTH))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(ring, CORNER + 2, CORNER + 2)
            name, small = QFontMetrics(self._name_font()), QFontMetrics(self._small_font())
            left = int(card.left()) + _PADDING
            top = int(card.top()) + _PADDING
            painter.setFont(self._name_font())
            painter.setPen(QColor(tokens.ink))
            painter.drawText(left, top + name.ascent(), self.text())
            painter.setFont(self._small_font())
            painter.setPen(QColor(tokens.muted))
            below = top + name.height() + _LINE_GAP + small.ascent()
            painter.drawText(left, below, self._hint)
        finally:
            painter.end()

    def _name_font(self) -> QFont:
        return sized(self.font(), BODY_PX, SEMIBOLD)

    def _small_font(self) -> QFont:
        return sized(self.font(), SECONDARY_PX)
