"""How a picture lies in a view: its scale and where its corner is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSizeF

LEAST: Final = 0.2
MOST: Final = 4.0
STEP: Final = 1.25
_READABLE: Final = 0.75  # of the picture's own size: its small words are 9 px then
_EDGE: Final = 16.0  # what stays around a rectangle that is brought into view


@dataclass(slots=True)
class Zoom:
    """A scale and an offset that never lose the picture."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0
    picture: QSizeF = field(default_factory=QSizeF)
    view: QSizeF = field(default_factory=QSizeF)

    def fit(self, most: float = 1.0) -> None:
        """Show all of it, no larger than `most`."""
        if self.picture.isEmpty() or self.view.isEmpty():
            return
        across = self.view.width() / self.picture.width()
        down = self.view.height() / self.picture.height()
        self.scale = _held(min(across, down, most))
        self._settle()

    def show_start(self, most: float = 1.0) -> None:
        """Show all of it where it is readable then, else its top over the whole width."""
        self.fit(most)
        if self.picture.isEmpty() or self.view.isEmpty() or self.scale >= _READABLE:
            return
        across = self.view.width() / self.picture.width()
        self.scale = _held(max(self.scale, min(across, most)))
        self.left, self.top = (self.view.width() - self.picture.width() * self.scale) / 2, 0.0
        self._settle()

    def zoom(self, factor: float, at: QPointF | None = None) -> None:
        """Make it larger or smaller around a point of the view, or around the middle."""
        if at is None:
            at = QPointF(self.view.width() / 2, self.view.height() / 2)
        held = self.to_picture(at)
        self.scale = _held(self.scale * factor)
        self.left = at.x() - held.x() * self.scale
        self.top = at.y() - held.y() * self.scale
        self._settle()

    def pan(self, by_x: float, by_y: float) -> None:
        """Move it."""
        self.left += by_x
        self.top += by_y
        self._settle()

    def resize(self, view: QSizeF) -> None:
        """Take another size of the view; what is in the middle stays there."""
        self.left += (view.width() - self.view.width()) / 2
        self.view = view
        self._settle()

    def reveal(self, rect: QRectF) -> None:
        """Bring a rectangle of the picture into the view."""
        shown = self.to_view(rect).adjusted(-_EDGE, -_EDGE, _EDGE, _EDGE)
        self.pan(
            _shift(shown.left(), shown.right(), self.view.width()),
            _shift(shown.top(), shown.bottom(), self.view.height()),
        )

    def to_picture(self, at: QPointF) -> QPointF:
        """Return the point of the picture that lies at a point of the view."""
        return QPointF((at.x() - self.left) / self.scale, (at.y() - self.top) / self.scale)

    def to_view(self, rect: QRectF) -> QRectF:
        """Return where a rectangle of the picture lies in the view."""
        return QRectF(
            self.left + rect.x() * self.scale,
            self.top + rect.y() * self.scale,
            rect.width() * self.scale,
            rect.height() * self.scale,
        )

    def _settle(self) -> None:
        """Keep it in the middle where it is smaller than the view, else without a gap."""
        self.left = _settled(self.left, self.picture.width() * self.scale, self.view.width())
        self.top = _settled(self.top, self.picture.height() * self.scale, self.view.height())


def _held(scale: float) -> float:
    return min(MOST, max(LEAST, scale))


def _settled(start: float, length: float, room: float) -> float:
    if length <= room:
        return (room - length) / 2
    return min(0.0, max(room - length, start))


def _shift(start: float, end: float, room: float) -> float:
    """Return how far to move a stretch into the room; its start counts where it is longer."""
    if start < 0 or end - start > room:
        return -start
    return min(0.0, room - end)
