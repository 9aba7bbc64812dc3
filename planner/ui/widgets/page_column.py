"""Where pages stand below one another, at any zoom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from PySide6.QtCore import QRect, QSize

LEAST: Final = 0.25
MOST: Final = 4.0
_GAP: Final = 16
_FITTED_MOST: Final = 1.5  # wider than this a page that is fitted does not become


@dataclass(slots=True)
class PageColumn:
    """Sizes of pages, and the rectangles that they take; `zoom_wish` of `None` fits them."""

    sizes: tuple[tuple[float, float], ...] = ()
    zoom_wish: float | None = None
    zoom: float = 1.0
    extent: QSize = field(default_factory=QSize)
    _rects: list[QRect] = field(default_factory=list)

    def lay_out(self, fit_width: int, room_width: int) -> QSize:
        """Place the pages, and return how much room all of them take.

        Args:
            fit_width: As wide as the widest page becomes where pages are fitted.
            room_width: As wide as what is seen; pages stand in its middle.
        """
        widest = max((width for width, _ in self.sizes), default=1.0)
        wish = self.zoom_wish
        if wish is None:
            wish = min(_FITTED_MOST, (fit_width - 2 * _GAP) / widest)
        self.zoom = min(MOST, max(LEAST, wish))
        across = max(room_width, round(widest * self.zoom) + 2 * _GAP)
        top = _GAP
        self._rects = []
        for page_width, page_height in self.sizes:
            width, height = round(page_width * self.zoom), round(page_height * self.zoom)
            self._rects.append(QRect((across - width) // 2, top, width, height))
            top += height + _GAP
        self.extent = QSize(across, top)
        return self.extent

    def rect(self, number: int) -> QRect:
        """Return the place of a page."""
        return QRect(self._rects[number])

    def between(self, top: int, bottom: int) -> range:
        """Return the pages of which something stands between two heights."""
        found = [
            number
            for number, rect in enumerate(self._rects)
            if rect.bottom() >= top and rect.top() <= bottom
        ]
        return range(found[0], found[-1] + 1) if found else range(0)

    def at(self, height: int) -> int:
        """Return the page at a height, or the last one above it; 0 where there is none."""
        above = [number for number, rect in enumerate(self._rects) if rect.top() <= height]
        return above[-1] if above else 0
