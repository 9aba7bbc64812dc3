"""Paints a picture: on a widget, into an image or onto a page."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPainter,
    QPen,
    QPolygonF,
)

from planner.core.pictures.marks import DASH_PX, HATCH_OPACITY, HATCH_TILES, arrow_head
from planner.core.pictures.picture import Anchor, Box, Group, Hatch, Ink, Path, Text
from planner.core.pictures.safe_words import safe_words
from planner.ui.fonts import REGULAR, SEMIBOLD, families, ui_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from planner.core.pictures.marks import HatchTile
    from planner.core.pictures.picture import Mark, Picture

_INCH_M: Final = 0.0254
_CSS_DPI: Final = 96
_NO_BRUSH: Final = Qt.BrushStyle.NoBrush
_NO_PEN: Final = Qt.PenStyle.NoPen
# A brush's picture of a tile is drawn larger, so that its lines stay fine on a sharp screen.
_TILE_SCALE: Final = 4


def paint_picture(painter: QPainter, picture: Picture, colours: Mapping[Ink, str]) -> None:
    """Paint at the painter's origin, a pixel of the picture a unit of the painter."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # Places were worked out for words that run from left to right.
    painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    paint_marks(painter, picture.marks, colours)
    painter.restore()


def paint_marks(painter: QPainter, marks: Iterable[Mark], colours: Mapping[Ink, str]) -> None:
    """Paint some marks; the painter's pen, brush and font are not put back."""
    for mark in marks:
        match mark:
            case Box():
                _paint_box(painter, mark, colours)
            case Path():
                _paint_path(painter, mark, colours)
            case Text():
                _paint_text(painter, mark, colours)
            case Group():
                paint_marks(painter, mark.marks, colours)
            case _:
                assert_never(mark)


def picture_image(picture: Picture, colours: Mapping[Ink, str], scale: float = 1.0) -> QImage:
    """Return the picture on the panel's colour; `scale` 2 is for sharp screens and print.

    It is a null image where the picture is larger than Qt can hold.
    """
    image = QImage(
        math.ceil(picture.width * scale),
        math.ceil(picture.height * scale),
        QImage.Format.Format_RGB32,
    )
    if image.isNull():
        return image
    image.fill(QColor(colours[Ink.PANEL]))
    dots_per_m = round(_CSS_DPI * scale / _INCH_M)
    image.setDotsPerMeterX(dots_per_m)
    image.setDotsPerMeterY(dots_per_m)
    painter = QPainter(image)
    try:
        painter.scale(scale, scale)
        paint_picture(painter, picture, colours)
    finally:
        painter.end()
    return image


def _paint_box(painter: QPainter, box: Box, colours: Mapping[Ink, str]) -> None:
    rect = QRectF(box.x, box.y, box.width, box.height)

    def draw() -> None:
        if box.radius:
            painter.drawRoundedRect(rect, box.radius, box.radius)
        else:
            painter.drawRect(rect)

    pen = _pen(box, colours)
    if box.hatch is not Hatch.NONE:
        if box.fill is not None:
            painter.setPen(_NO_PEN)
            painter.setBrush(QColor(colours[box.fill]))
            draw()
        painter.setBrush(_hatch_brush(box.hatch, colours[box.hatch_ink]))
    else:
        painter.setBrush(_NO_BRUSH if box.fill is None else QColor(colours[box.fill]))
    painter.setPen(pen)
    draw()


def _paint_path(painter: QPainter, path: Path, colours: Mapping[Ink, str]) -> None:
    points = _polygon(path.points)
    pen = _pen(path, colours)
    painter.setPen(pen)
    if path.fill is None:
        painter.setBrush(_NO_BRUSH)
        painter.drawPolyline(points)
    else:
        if path.hatch is not Hatch.NONE:
            painter.setPen(_NO_PEN)
        painter.setBrush(QColor(colours[path.fill]))
        painter.drawPolygon(points)
    if path.hatch is not Hatch.NONE:
        painter.setPen(pen)
        painter.setBrush(_hatch_brush(path.hatch, colours[path.hatch_ink]))
        painter.drawPolygon(points)
    head = arrow_head(path) if path.has_arrow and path.line is not None else None
    if head is not None and path.line is not None:
        painter.setPen(_NO_PEN)
        painter.setBrush(QColor(colours[path.line]))
        painter.drawPolygon(_polygon(head))


def _paint_text(painter: QPainter, text: Text, colours: Mapping[Ink, str]) -> None:
    size_px = round(text.size_px)
    font, metrics = _font(size_px, text.is_bold, text.is_mono, tuple(families()))
    words = safe_words(text.words)
    left = text.x
    if text.anchor is not Anchor.START:
        width = metrics.horizontalAdvance(words)
        left -= width if text.anchor is Anchor.END else width / 2
    painter.setFont(font)
    painter.setPen(QColor(colours[text.ink]))
    painter.drawText(QPointF(left, text.y), words)


def _polygon(points: Iterable[tuple[float, float]]) -> QPolygonF:
    return QPolygonF([QPointF(x, y) for x, y in points])


def _pen(mark: Box | Path, colours: Mapping[Ink, str]) -> QPen:
    if mark.line is None:
        return QPen(_NO_PEN)
    pen = QPen(QColor(colours[mark.line]), mark.line_width)
    if isinstance(mark, Path):
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if mark.is_dashed:
        # A pen counts its dashes in widths of the line.
        pen.setDashPattern([length / mark.line_width for length in DASH_PX])
    return pen


@lru_cache(maxsize=64)
def _font(
    size_px: int, is_bold: bool, is_mono: bool, _families: tuple[str, ...]
) -> tuple[QFont, QFontMetricsF]:
    """Return a font; its typefaces are told so that those of another language are not kept."""
    if is_mono:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPixelSize(size_px)
        font.setWeight(QFont.Weight(SEMIBOLD if is_bold else REGULAR))
    else:
        font = ui_font(size_px, SEMIBOLD if is_bold else REGULAR)
    return font, QFontMetricsF(font)


@lru_cache(maxsize=32)
def _hatch_brush(hatch: Hatch, colour: str) -> QBrush:
    tile = HATCH_TILES[hatch]
    side = round(tile.size * _TILE_SCALE)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    try:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(HATCH_OPACITY)
        painter.scale(_TILE_SCALE, _TILE_SCALE)
        _paint_tile(painter, tile, QColor(colour))
    finally:
        painter.end()
    brush = QBrush(image)
    transform = brush.transform()
    brush.setTransform(transform.scale(1 / _TILE_SCALE, 1 / _TILE_SCALE))
    return brush


def _paint_tile(painter: QPainter, tile: HatchTile, colour: QColor) -> None:
    painter.setPen(QPen(colour, tile.line_width))
    for start, end in tile.lines:
        painter.drawLine(QPointF(*start), QPointF(*end))
    painter.setPen(_NO_PEN)
    painter.setBrush(colour)
    for x, y in tile.dots:
        painter.drawEllipse(QPointF(x, y), tile.dot_radius, tile.dot_radius)
