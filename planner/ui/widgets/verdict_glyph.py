"""The verdict's sign as a drawn shape, so that no font has to have it."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from planner.core.fit import FitVerdict

_OUTLINE: Final = 0.13  # of the diameter
# The filled slice of the disc: where it starts, against the clock from three o'clock, and how
# far it goes, in degrees. The less of the model fits, the emptier; U+25CF, 25D0, 25D4 and 25CB
# look so too.
_SLICES: Final = {
    FitVerdict.FITS: (0, 360),
    FitVerdict.TIGHT: (90, 180),
    FitVerdict.PARTIAL: (0, 90),
    FitVerdict.NO: (0, 0),
}
_SIXTEENTHS: Final = 16  # Qt counts angles in sixteenths of a degree


def paint_verdict_glyph(
    painter: QPainter, rect: QRectF, verdict: FitVerdict, colour: QColor
) -> None:
    """Draw the sign into the middle of `rect`: a disc, filled in part, an empty one, or a dash.

    Its diameter is the shorter side. It stays readable without colour and without a font.
    """
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    slice_degrees = _SLICES.get(verdict)
    stroke = max(1.0, side * _OUTLINE)
    pen = QPen(colour, stroke)
    if slice_degrees is None:
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        reach = QPointF(side * 0.32, 0)
        painter.drawLine(rect.center() - reach, rect.center() + reach)
    else:
        inset = (side - stroke) / 2
        disc = QRectF(0, 0, 2 * inset, 2 * inset)
        disc.moveCenter(rect.center())
        start, span = slice_degrees
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(disc, start * _SIXTEENTHS, span * _SIXTEENTHS)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        painter.drawEllipse(disc)
    painter.restore()
