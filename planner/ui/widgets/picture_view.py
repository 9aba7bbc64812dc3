"""Shows a picture and tells which of its groups the pointer is on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from planner.core.pictures.colours import COLOURS
from planner.core.pictures.marks import group_at
from planner.core.pictures.safe_words import safe_words
from planner.ui.fonts import BODY_PX
from planner.ui.overrides import override
from planner.ui.picture_painter import paint_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QPointF
    from PySide6.QtGui import QMouseEvent, QPaintEvent, QResizeEvent

    from planner.core.pictures.picture import Group, Ink, Picture
    from planner.ui.theme import Theme


class PictureView(QWidget):
    """Shows a picture as sharp as the screen is.

    `set_picture` shows one of a fixed size, made smaller where there is no room, never larger.
    `set_layout` shows one that is laid out anew for each width. A larger text chosen for the
    application enlarges either. The tip of a group is its words; `key_hovered` has an empty key
    where the pointer is on none.
    """

    key_hovered = Signal(str)
    key_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: Picture | None = None
        self._make: Callable[[float], Picture] | None = None
        self._painted: QPixmap | None = None
        self._heights: dict[int, int] = {}  # asked for several times by every layout
        self._hovered_key = ""
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_look_changed)

    @property
    def picture(self) -> Picture | None:
        """What is shown, as it was laid out last."""
        return self._picture

    def set_picture(self, picture: Picture | None) -> None:
        """Show a picture, or nothing."""
        self._make = None
        self._take(picture)

    def set_layout(self, make: Callable[[float], Picture]) -> None:
        """Show the picture that `make` gives for a width in pixels."""
        self._make = make
        self._lay_out()

    @property
    def colours(self) -> Mapping[Ink, str]:
        """The colours in use."""
        return COLOURS[self._theme.scheme]

    def on_laid_out(self) -> None:
        """Hear of another picture; a subclass has something that depends on it."""

    @property
    def shown_scale(self) -> float:
        """How many pixels of the widget a pixel of the picture takes."""
        text_scale = self._text_scale()
        picture = self._picture
        if picture is None or self._make is not None or picture.width <= 0:
            return text_scale
        return min(text_scale, self.width() / picture.width)

    def group_at(self, at: QPointF) -> Group | None:
        """Return the group at a place of the widget."""
        if self._picture is None:
            return None
        scale = self.shown_scale
        return group_at(self._picture, at.x() / scale, at.y() / scale)

    def _take(self, picture: Picture | None) -> None:
        self._picture = picture
        self._painted = None
        self._heights.clear()
        self.on_laid_out()
        self.setAccessibleName("" if picture is None else safe_words(picture.title))
        self.setAccessibleDescription(
            "" if picture is None else safe_words(picture.description)
        )
        self.updateGeometry()
        self.update()

    def _lay_out(self) -> None:
        if self._make is None:
            return
        picture = self._make(self._width_for_layout(self.width()))
        self._take(picture)
        self._heights[self.width()] = math.ceil(picture.height * self._text_scale())

    def _text_scale(self) -> float:
        size_px = self.font().pixelSize()
        return size_px / BODY_PX if size_px > 0 else 1.0

    def _width_for_layout(self, width: int) -> float:
        return max(1.0, width / self._text_scale())

    @override
    def sizeHint(self) -> QSize:
        if self._make is not None:
            return QSize(self.width(), self.heightForWidth(self.width()))
        width = 0.0 if self._picture is None else self._picture.width * self._text_scale()
        return QSize(math.ceil(width), self.heightForWidth(math.ceil(width)))

    @override
    def minimumSizeHint(self) -> QSize:
        # Any width will do, but not less height than the picture then has.
        return QSize(0, self.heightForWidth(self.width()))

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        if self._make is not None:
            if width not in self._heights:
                picture = self._make(self._width_for_layout(width))
                self._heights[width] = math.ceil(picture.height * self._text_scale())
            return self._heights[width]
        if self._picture is None or self._picture.width <= 0:
            return 0
        scale = min(self._text_scale(), width / self._picture.width)
        return math.ceil(self._picture.height * scale)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            painter.drawPixmap(0, 0, self._pixmap())
            self.paint_over(painter)
        finally:
            painter.end()

    def paint_over(self, painter: QPainter) -> None:
        """Draw what lies over the picture; a subclass has something."""

    def _pixmap(self) -> QPixmap:
        """Return the painted picture, kept until it, its size or its colours change."""
        ratio = self.devicePixelRatioF()
        painted = self._painted
        if painted is not None and painted.devicePixelRatio() == ratio:
            return painted
        painted = QPixmap((self.size().toSizeF() * ratio).toSize())
        painted.setDevicePixelRatio(ratio)
        painted.fill(Qt.GlobalColor.transparent)
        if self._picture is not None and not painted.isNull():
            painter = QPainter(painted)
            try:
                painter.scale(self.shown_scale, self.shown_scale)
                paint_picture(painter, self._picture, self.colours)
            finally:
                painter.end()
        self._painted = painted
        return painted

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._painted = None
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._lay_out()
            self._painted = None
            self.updateGeometry()

    def _on_look_changed(self) -> None:
        self._painted = None
        self.update()

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        group = self.group_at(event.position())
        self._hover("" if group is None else group.key)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        group = self.group_at(event.position())
        is_click = event.button() is Qt.MouseButton.LeftButton
        if is_click and group is not None and QRectF(self.rect()).contains(event.position()):
            self.key_chosen.emit(group.key)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover("")

    def _hover(self, key: str) -> None:
        if key != self._hovered_key:
            self._hovered_key = key
            self.key_hovered.emit(key)

    @override
    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return super().event(event)
        help_event = cast("QHelpEvent", event)
        group = self.group_at(help_event.pos().toPointF())
        if group is None:
            QToolTip.hideText()
        else:
            QToolTip.showText(help_event.globalPos(), tip_text(group.words), self)
        return True


def tip_text(words: str) -> str:
    """Return words for a tip: plain, whatever a name holds, line by line."""
    from html import escape

    lines = "<br>".join(escape(safe_words(line)) for line in words.splitlines())
    return f"<p style='white-space:pre'>{lines}</p>"
