"""Memory against context, with the values of one context at the pointer or by the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPen

from planner.core.pictures.chart_words import ENGLISH
from planner.core.pictures.curve_picture import (
    crosshair_marks,
    curve_area,
    curve_picture,
    nearest_sample,
    planned_marks,
    same_picture,
    sample_words,
)
from planner.core.pictures.picture import Ink
from planner.ui.overrides import override
from planner.ui.picture_painter import paint_marks
from planner.ui.theme import FOCUS_WIDTH
from planner.ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
    from PySide6.QtWidgets import QWidget

    from planner.core.pictures.axes import PlotArea
    from planner.core.pictures.chart_words import ChartWords
    from planner.core.pictures.memory_curve import MemoryCurve
    from planner.ui.theme import Theme


class CurveView(PictureView):
    """The chart is painted once; the planned context and the crosshair are drawn over it.

    Left and Right move the crosshair from sample to sample, Home and End to the ends, Escape
    takes it away.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._curve: MemoryCurve | None = None
        self._words = ENGLISH
        self._area: PlotArea | None = None
        self._index: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def curve(self) -> MemoryCurve | None:
        """What is shown."""
        return self._curve

    @property
    def sample_index(self) -> int | None:
        """Which sample the crosshair is on."""
        return self._index

    def show_curve(self, curve: MemoryCurve, words: ChartWords = ENGLISH) -> None:
        """Show a curve; one that differs in its planned context alone costs no new picture."""
        before, self._curve = self._curve, curve
        if before is not None and words is self._words and same_picture(before, curve):
            if curve.context_length != before.context_length:
                self.update()
            return
        self._words = words
        self._set_index(None)
        self.set_layout(
            lambda width: curve_picture(curve, width=width, words=words, shows_planned=False)
        )

    @override
    def on_laid_out(self) -> None:
        if self._curve is not None and self.picture is not None:
            self._area = curve_area(self._curve, width=self.picture.width, words=self._words)

    @override
    def paint_over(self, painter: QPainter) -> None:
        if self._curve is None or self._area is None:
            return
        colours = self.colours
        painter.setRenderHint(painter.RenderHint.Antialiasing)
        painter.save()
        painter.scale(self.shown_scale, self.shown_scale)
        paint_marks(painter, planned_marks(self._curve, self._area, self._words), colours)
        if self._index is not None:
            marks = crosshair_marks(self._curve, self._index, self._area, self._words)
            paint_marks(painter, marks, colours)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(colours[Ink.ACCENT]), FOCUS_WIDTH))
            area = self._area
            painter.drawRect(QRectF(area.left, area.top, area.width, area.height))
        painter.restore()

    def _set_index(self, index: int | None) -> None:
        if index == self._index:
            return
        self._index = index
        if self._curve is not None and index is not None:
            # A screen reader reads a changed description.
            sample = self._curve.samples[index]
            self.setAccessibleDescription(sample_words(self._curve, sample, self._words))
        elif self.picture is not None:
            self.setAccessibleDescription(self.picture.description)
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._curve is None or self._area is None:
            return
        x, y = (each / self.shown_scale for each in event.position().toTuple())
        area = self._area
        is_within = area.left - 4 <= x <= area.right + 4 and area.top <= y <= area.bottom
        self._set_index(nearest_sample(self._curve, area, x) if is_within else None)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_index(None)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self._moved_to(Qt.Key(event.key()))
        if index is not None:
            self._set_index(index)
        elif event.key() == Qt.Key.Key_Escape and self._index is not None:
            self._set_index(None)
        else:
            super().keyPressEvent(event)

    def _moved_to(self, key: Qt.Key) -> int | None:
        if self._curve is None or self._area is None:
            return None
        last = len(self._curve.samples) - 1
        if key == Qt.Key.Key_Home:
            return 0
        if key == Qt.Key.Key_End:
            return last
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(key)
        if step is None:
            return None
        if self._index is None:
            # From the planned context on.
            planned = self._curve.context_length or self._area.shortest
            return nearest_sample(self._curve, self._area, self._area.x_at(planned))
        return min(max(self._index + step, 0), last)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._set_index(None)
        self.update()
