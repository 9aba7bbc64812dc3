"""Memory against context to explore: pan, zoom, and a crosshair with the values."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QObject, QPointF, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from planner.core.pictures.chart_words import ENGLISH
from planner.core.pictures.colours import COLOURS
from planner.core.pictures.curve_picture import limit_words, same_picture, sample_words
from planner.core.pictures.legend import PART_LOOKS
from planner.core.pictures.memory_curve import LimitKind
from planner.core.pictures.picture import Ink
from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QKeyEvent

    from planner.core.pictures.chart_words import ChartWords
    from planner.core.pictures.memory_curve import CurveSample, MemoryCurve
    from planner.ui.theme import Theme

_HEADROOM: Final = 1.08
_AREA_OPACITY: Final = 230  # of 255: the grid shows through
_GRID_OPACITY: Final = 50
_LEAST_ZOOM: Final = 0.5  # doublings seen at once
_PAN_STEP: Final = 0.1  # of what is seen
_ZOOM_STEP: Final = 0.8


class CurvePlot(QWidget):
    """Draws the curve it is given over the logarithm to base 2 of the context.

    The wheel and + and - zoom, a drag pans, a double click or 0 shows all again. Left and Right
    move the crosshair; with Shift they pan.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._curve: MemoryCurve | None = None
        self._words = ENGLISH
        self._index: int | None = None
        # A view of its own parts: pyqtgraph's plot brings menus that nobody translates.
        self._plot = pg.GraphicsLayoutWidget()
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._box = pg.ViewBox(enableMenu=False)
        self._bottom, self._left = pg.AxisItem("bottom"), pg.AxisItem("left")
        self._bottom.tickStrings = self._tick_words
        self._bottom.setTickSpacing(1, 1)
        self._left.setGrid(_GRID_OPACITY)
        for axis in (self._bottom, self._left):
            axis.linkToView(self._box)
        self._plot.addItem(self._left, row=0, col=0)
        self._plot.addItem(self._box, row=0, col=1)
        self._plot.addItem(self._bottom, row=1, col=1)
        self._crosshair = pg.InfiniteLine(angle=90)
        self._readout = QLabel()
        self._readout.setFont(sized(self.font(), SECONDARY_PX))
        self._readout.setTextFormat(Qt.TextFormat.PlainText)
        self._readout.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self._readout)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._plot.viewport().installEventFilter(self)
        theme.changed.connect(self._draw)

    @property
    def sample_index(self) -> int | None:
        """Which sample the crosshair is on."""
        return self._index

    @property
    def readout_text(self) -> str:
        """The values at the crosshair, or how to get them."""
        return self._readout.text()

    @property
    def seen_doublings(self) -> tuple[float, float]:
        """The ends of what is seen, as logarithms to base 2 of the context."""
        low, high = self._box.viewRange()[0]
        return float(low), float(high)

    def show_curve(self, curve: MemoryCurve, words: ChartWords = ENGLISH) -> None:
        """Show a curve; what is seen of it stays while its contexts stay."""
        before = self._curve
        self._curve, self._words = curve, words
        if before is not None and same_picture(before, curve):
            return
        self._index = None
        self._draw()
        if before is None or _ends(before) != _ends(curve):
            self.show_all()

    def show_all(self) -> None:
        """See all of the curve."""
        if self._curve is None:
            return
        low, high = _ends(self._curve)
        top = self._top(self._curve)
        self._box.setLimits(
            xMin=low, xMax=high, yMin=0, yMax=top, minXRange=min(_LEAST_ZOOM, high - low)
        )
        self._box.setRange(xRange=(low, high), yRange=(0, top), padding=0)

    def _top(self, curve: MemoryCurve) -> float:
        limits = (limit.size_bytes for limit in curve.limits)
        return max(curve.highest_bytes, *limits, 1) / self._words.size_unit_bytes * _HEADROOM

    def _draw(self) -> None:
        curve = self._curve
        if curve is None:
            return
        colours = COLOURS[self._theme.scheme]
        self._box.clear()
        self._plot.setBackground(colours[Ink.PANEL])
        for axis in (self._bottom, self._left):
            axis.setPen(colours[Ink.OUTLINE])
            axis.setTextPen(colours[Ink.MUTED])
        self._left.setLabel(self._words.size_unit)
        for run in curve.runs():
            self._draw_run(curve, run, colours)
        self._draw_lines(curve, colours)
        self._crosshair.setPen(pg.mkPen(colours[Ink.INK], width=1))
        self._box.addItem(self._crosshair, ignoreBounds=True)
        self._show_index(self._index)

    def _draw_run(
        self,
        curve: MemoryCurve,
        run: tuple[CurveSample, ...],
        colours: Mapping[Ink, str],
    ) -> None:
        x = np.log2([sample.context_length for sample in run])
        sizes = (
            np.array([sample.part_bytes for sample in run], dtype=float)
            / self._words.size_unit_bytes
        )
        tops = np.cumsum(sizes, axis=1)
        below = pg.PlotCurveItem(x, np.zeros(len(run)), pen=pg.mkPen(None))
        self._box.addItem(below)
        for number, part in enumerate(curve.parts):
            above = pg.PlotCurveItem(
                x, tops[:, number], pen=pg.mkPen(colours[Ink.PANEL], width=1)
            )
            fill = pg.mkColor(colours[PART_LOOKS[part].fill])
            fill.setAlpha(_AREA_OPACITY)
            self._box.addItem(above)
            self._box.addItem(pg.FillBetweenItem(below, above, brush=pg.mkBrush(fill)))
            below = above
        high = (
            np.array([sample.high_bytes or 0 for sample in run], dtype=float)
            / self._words.size_unit_bytes
        )
        dashed = pg.mkPen(colours[Ink.MUTED], width=1, style=Qt.PenStyle.DashLine)
        self._box.addItem(pg.PlotCurveItem(x, high, pen=dashed))

    def _draw_lines(self, curve: MemoryCurve, colours: Mapping[Ink, str]) -> None:
        for limit in curve.limits:
            is_total = limit.kind is LimitKind.TOTAL
            style = Qt.PenStyle.SolidLine if is_total else Qt.PenStyle.DashLine
            line = pg.InfiniteLine(
                limit.size_bytes / self._words.size_unit_bytes,
                angle=0,
                pen=pg.mkPen(colours[Ink.INK], width=1, style=style),
                label=limit_words(limit, self._words),
                labelOpts={
                    "position": 0.02 if is_total else 0.98,
                    "anchors": [(0, 1), (0, 1)] if is_total else [(1, 1), (1, 1)],
                    "color": colours[Ink.INK],
                    "fill": colours[Ink.PANEL],
                },
            )
            self._box.addItem(line)
        if curve.fits_context_length is not None:
            pen = pg.mkPen(colours[Ink.ACCENT], width=1.5)
            place = math.log2(curve.fits_context_length)
            self._box.addItem(pg.InfiniteLine(place, angle=90, pen=pen))

    def _tick_words(self, values: list[float], *_: float) -> list[str]:
        return [
            self._words.short_tokens(round(2**value)) if float(value).is_integer() else ""
            for value in values
        ]

    def _on_mouse_moved(self, at: QPointF) -> None:
        if self._curve is not None and self._box.sceneBoundingRect().contains(at):
            self._show_index(_nearest(self._curve, self._box.mapSceneToView(at).x()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See clicks that are meant for the view as a whole."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        elif event.type() == QEvent.Type.MouseButtonDblClick:
            self.show_all()
        return super().eventFilter(watched, event)

    def _show_index(self, index: int | None) -> None:
        self._index = index
        curve = self._curve
        self._crosshair.setVisible(index is not None)
        if curve is None or index is None:
            self._readout.setText(
                self.tr("Wheel: zoom. Drag: pan. Double click: all. Left and Right: values.")
            )
            return
        sample = curve.samples[index]
        self._crosshair.setPos(math.log2(sample.context_length))
        told = sample_words(curve, sample, self._words)
        self._readout.setText(told)
        self.setAccessibleDescription(told)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self._curve is None:
            super().keyPressEvent(event)
        elif side is not None and is_shifted:
            low, high = self.seen_doublings
            self._box.translateBy(x=side * _PAN_STEP * (high - low))
        elif side is not None:
            last = len(self._curve.samples) - 1
            index = _nearest(self._curve, sum(self.seen_doublings) / 2)
            if self._index is not None:
                index = min(max(self._index + side, 0), last)
            self._show_index(index)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._box.scaleBy(x=_ZOOM_STEP)
        elif key == Qt.Key.Key_Minus:
            self._box.scaleBy(x=1 / _ZOOM_STEP)
        elif key == Qt.Key.Key_0:
            self.show_all()
        else:
            super().keyPressEvent(event)


def _nearest(curve: MemoryCurve, doublings: float) -> int:
    places = np.log2([sample.context_length for sample in curve.samples])
    return int(np.abs(places - doublings).argmin())


def _ends(curve: MemoryCurve) -> tuple[float, float]:
    shortest, longest = curve.samples[0], curve.samples[-1]
    return math.log2(shortest.context_length), math.log2(longest.context_length)
