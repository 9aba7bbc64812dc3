"""The verdict's sign alone, in its colours, to stand before a line of words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.core.fit import FitVerdict
from planner.ui.fonts import BODY_PX
from planner.ui.overrides import override
from planner.ui.widgets.verdict_glyph import paint_verdict_glyph

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from planner.ui.theme import Theme

_FIELD: Final = 20  # at the usual size of text
_GLYPH: Final = 0.5  # of the field
_CORNER: Final = 0.3


class VerdictMark(QWidget):
    """A small field with a verdict's sign; the words beside it say what it means."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._verdict = FitVerdict.UNKNOWN
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def verdict(self) -> FitVerdict:
        """What is shown."""
        return self._verdict

    def set_verdict(self, verdict: FitVerdict) -> None:
        """Show another verdict."""
        self._verdict = verdict
        self.update()

    @override
    def sizeHint(self) -> QSize:
        size_px = self.font().pixelSize()
        side = round(_FIELD * (size_px if size_px > 0 else BODY_PX) / BODY_PX)
        return QSize(side, side)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        fill, ink = self._theme.tokens.verdict_colours(self._verdict)
        field = QRectF(self.rect())
        painter = QPainter(self)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if fill is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(fill))
                corner = field.width() * _CORNER
                painter.drawRoundedRect(field, corner, corner)
            inset = field.width() * (1 - _GLYPH) / 2
            glyph = field.adjusted(inset, inset, -inset, -inset)
            paint_verdict_glyph(painter, glyph, self._verdict, QColor(ink))
        finally:
            painter.end()
