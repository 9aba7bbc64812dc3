"""A picture that can be looked at closely: fit, zoom, pan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from planner.core.pictures.colours import COLOURS
from planner.core.pictures.picture import Ink
from planner.ui.diagram.zoom import STEP, Zoom
from planner.ui.fonts import BODY_PX
from planner.ui.overrides import override
from planner.ui.picture_painter import paint_picture

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from planner.core.pictures.picture import Picture
    from planner.ui.theme import Theme

_Key = Qt.Key
_NOTCH: Final = 120  # a step of a mouse wheel, in eighths of a degree
_PAN_STEP: Final = 48.0
_PANS: Final = {
    _Key.Key_Left: (_PAN_STEP, 0.0),
    _Key.Key_Right: (-_PAN_STEP, 0.0),
    _Key.Key_Up: (0.0, _PAN_STEP),
    _Key.Key_Down: (0.0, -_PAN_STEP),
}
_PAN_MODIFIERS: Final = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


class ZoomView(QWidget):
    """Shows a picture at any scale; the wheel, + and - zoom, 0 fits, Ctrl with arrows pans."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: Picture | None = None
        self._zoom = Zoom()
        self._follows_size = True  # until somebody zooms or pans
        self._painted: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.redraw)

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def scale(self) -> float:
        """How many pixels of the view a pixel of the picture takes."""
        return self._zoom.scale

    def take_picture(self, picture: Picture | None, *, keeps_place: bool) -> None:
        """Show another picture, from its start or where the one before was looked at."""
        self._picture = picture
        size = QSizeF() if picture is None else QSizeF(picture.width, picture.height)
        self._zoom.picture = size
        if not keeps_place:
            self._follows_size = True
        self._place()

    def fit(self) -> None:
        """Show the whole picture."""
        self._zoom.fit(self._text_scale())
        self._follows_size = False
        self.redraw()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Make the picture larger or smaller, around a point of the view or its middle."""
        self._zoom.zoom(factor, at)
        self._follows_size = False
        self.redraw()

    def zoom_in(self) -> None:
        """Make the picture larger by a step."""
        self.zoom(STEP)

    def zoom_out(self) -> None:
        """Make the picture smaller by a step."""
        self.zoom(1 / STEP)

    def pan(self, by_x: float, by_y: float) -> None:
        """Move the picture."""
        self._zoom.pan(by_x, by_y)
        self._follows_size = False
        self.redraw()

    def redraw(self) -> None:
        """Paint the picture anew."""
        self._painted = None
        self.update()

    def paint_over(self, painter: QPainter) -> None:
        """Draw what lies over the picture; a subclass has something."""

    def _place(self) -> None:
        if self._follows_size:
            self._zoom.show_start(self._text_scale())
        else:
            self._zoom.pan(0, 0)
        self.redraw()

    def _text_scale(self) -> float:
        size_px = self.font().pixelSize()
        return size_px / BODY_PX if size_px > 0 else 1.0

    @override
    def sizeHint(self) -> QSize:
        return QSize(560, 480)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, 120)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.drawPixmap(0, 0, self._pixmap())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.paint_over(painter)
        finally:
            painter.end()

    def _pixmap(self) -> QPixmap:
        """Return the painted picture, kept until it, its place or its colours change."""
        ratio = self.devicePixelRatioF()
        painted = self._painted
        if painted is not None and painted.devicePixelRatio() == ratio:
            return painted
        painted = QPixmap((self.size().toSizeF() * ratio).toSize())
        painted.setDevicePixelRatio(ratio)
        painted.fill(QColor(COLOURS[self._theme.scheme][Ink.PANEL]))
        if self._picture is not None and not painted.isNull():
            painter = QPainter(painted)
            try:
                painter.translate(self._zoom.left, self._zoom.top)
                painter.scale(self._zoom.scale, self._zoom.scale)
                paint_picture(painter, self._picture, COLOURS[self._theme.scheme])
            finally:
                painter.end()
        self._painted = painted
        return painted

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._zoom.resize(self.size().toSizeF())
        self._place()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._place()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        fine = event.pixelDelta()
        notches = event.angleDelta().y() / _NOTCH
        if not fine.isNull() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            # Two fingers on a touchpad move what lies under them, as everywhere else.
            self.pan(fine.x(), fine.y())
        elif notches:
            self.zoom(STEP**notches, event.position())
        event.accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held in _PAN_MODIFIERS and key in _PANS:
            self.pan(*_PANS[key])
        elif key in (_Key.Key_Plus, _Key.Key_Equal):
            self.zoom_in()
        elif key in (_Key.Key_Minus, _Key.Key_Underscore):
            self.zoom_out()
        elif key == _Key.Key_0:
            self.fit()
        else:
            super().keyPressEvent(event)
