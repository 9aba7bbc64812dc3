"""Painted cells of the grid, kept: each verdict with each figure is painted once a size.

A drag of the slider comes back to most of some thousand different cells, and copying a picture
costs a fraction of shaping its text anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.theme import SMALL_CORNER, Theme
from planner.ui.widgets.verdict_glyph import paint_verdict_glyph

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from planner.core.fit import FitVerdict

_GAP_PX: Final = 3
_MOST_TILES: Final = 2048


def body_of(rect: QRectF) -> QRectF:
    """Return the coloured part of a cell: what is left within the gaps between the cells."""
    half = _GAP_PX / 2
    return rect.adjusted(half, half, -half, -half)


class CellTiles:
    """Pictures of cells in one font and one set of colours; `drop` when either changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._tiles: dict[tuple[FitVerdict, str, int, int], QPixmap] = {}
        self._ratio = 1.0

    def drop(self) -> None:
        """Paint everything anew from now on."""
        self._tiles.clear()

    def set_pixel_ratio(self, ratio: float) -> None:
        """Paint for a screen with so many pixels to one of ours."""
        if ratio != self._ratio:
            self._ratio = ratio
            self.drop()

    def tile(
        self, verdict: FitVerdict, figure: str, width: int, height: int, font: QFont
    ) -> QPixmap:
        """Return the picture of a cell; `font` is the view's own."""
        key = (verdict, figure, width, height)
        known = self._tiles.get(key)
        if known is not None:
            return known
        if len(self._tiles) >= _MOST_TILES:
            self._tiles.clear()
        tile = QPixmap(round(width * self._ratio), round(height * self._ratio))
        tile.setDevicePixelRatio(self._ratio)
        tile.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tile)
        # A painter takes the application's direction, not its widget's.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        try:
            painter.setFont(sized(font, SECONDARY_PX))
            self._paint(painter, verdict, figure, QRectF(0, 0, width, height))
        finally:
            painter.end()
        self._tiles[key] = tile
        return tile

    def _paint(self, painter: QPainter, verdict: FitVerdict, figure: str, rect: QRectF) -> None:
        fill, ink = self._theme.tokens.verdict_colours(verdict)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if fill is None:
            painter.setPen(QColor(ink))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, figure)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(body_of(rect), SMALL_CORNER, SMALL_CORNER)
        metrics = painter.fontMetrics()
        sign, gap = round(metrics.height() * 0.62), round(metrics.height() * 0.3)
        width = metrics.horizontalAdvance(figure)
        left = rect.left() + (rect.width() - sign - gap - width) / 2
        sign_rect = QRectF(left, rect.top() + (rect.height() - sign) / 2, sign, sign)
        paint_verdict_glyph(painter, sign_rect, verdict, QColor(ink))
        painter.setPen(QColor(ink))
        text_rect = QRectF(left + sign + gap, rect.top(), width + 1, rect.height())
        painter.drawText(
            text_rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, figure
        )
