"""Pages of a document below one another: scroll, zoom, and only what is seen is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeySequence, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from planner.core.pictures.safe_words import safe_words
from planner.ui.overrides import override
from planner.ui.theme import FOCUS_WIDTH
from planner.ui.widgets.page_column import PageColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from planner.core.pictures.page_image import PageImage
    from planner.ui.theme import Theme

_STEP: Final = 1.25
_LINE: Final = 48
_NOTCH: Final = 120  # a step of a mouse wheel, in eighths of a degree
_NEAR: Final = 2  # pages that are kept before and after those that are seen
_LONGEST_WORDS: Final = 4000
_SCROLLS: Final = {
    Qt.Key.Key_Home: -1,
    Qt.Key.Key_End: 1,
}


class PageView(QAbstractScrollArea):
    """Shows pages that somebody else draws.

    `pages_wanted` has the numbers of the pages and the pixels to draw for one of theirs;
    `take_images` takes what was drawn. `page_changed` has the number of the page that is read,
    counted from 0. + and - zoom, 0 fits the width, as does Ctrl with the wheel.
    """

    pages_wanted = Signal(object, float)
    page_changed = Signal(int)
    zoom_changed = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = PageColumn()
        self._images: dict[int, tuple[float, QPixmap]] = {}
        self._words: dict[int, str] = {}
        self._page = 0
        self._asked: tuple[tuple[int, ...], float] | None = None
        self._asking = QTimer(self)
        self._asking.setSingleShot(True)
        self._asking.timeout.connect(self._ask)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(_LINE)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.changed.connect(self.viewport().update)

    # ------------------------------------------------------------------- what is shown

    @property
    def zoom(self) -> float:
        """How large a page is shown; 1 is its own size."""
        return self._column.zoom

    @property
    def page(self) -> int:
        """The page that is read, counted from 0."""
        return self._page

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return len(self._column.sizes)

    def is_drawn(self, number: int) -> bool:
        """Tell whether a page is there as sharp as it can be shown."""
        return number in self._images and self._images[number][0] == self._scale

    def show_pages(self, sizes: Sequence[tuple[float, float]]) -> None:
        """Show another document; as many pages of the same sizes stay where they were."""
        is_same = tuple(sizes) == self._column.sizes
        self._images.clear()
        self._words.clear()
        self._asked = None
        self._column.sizes = tuple(sizes)
        if not is_same:
            self._page = 0
            self._column.zoom_wish = None
            self.verticalScrollBar().setValue(0)
        self._settle()
        self._tell_words()

    def take_images(self, images: Iterable[PageImage], scale: float) -> None:
        """Show pages that were drawn."""
        for image in images:
            drawn = QImage(
                image.pixels,
                image.width,
                image.height,
                image.row_bytes,
                QImage.Format.Format_BGR888,
            )
            pixmap = QPixmap.fromImage(drawn)
            self._images[image.number] = (scale, pixmap)
            self._words[image.number] = image.words
        self._asked = None
        self._forget_far()
        self._tell_words()
        self.viewport().update()
        self._asking.start(0)

    def zoom_in(self) -> None:
        """Show the pages larger by a step."""
        self._zoom_to(self.zoom * _STEP)

    def zoom_out(self) -> None:
        """Show the pages smaller by a step."""
        self._zoom_to(self.zoom / _STEP)

    def fit_width(self) -> None:
        """Show pages as wide as there is room, from now on."""
        self._zoom_to(None)

    # ------------------------------------------------------------------- Qt's events

    @override
    def sizeHint(self) -> QSize:
        return QSize(640, 560)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        tokens = self._theme.tokens
        try:
            painter.fillRect(self.viewport().rect(), QColor(tokens.window))
            for number in self._seen():
                self._paint_page(painter, number, QRectF(self._shown_rect(number)))
            if self.hasFocus():
                inset = FOCUS_WIDTH / 2
                ring = QRectF(self.viewport().rect()).adjusted(inset, inset, -inset, -inset)
                painter.setPen(QPen(QColor(tokens.focus), FOCUS_WIDTH))
                painter.drawRoundedRect(ring, 6, 6)
        finally:
            painter.end()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.viewport().update()
        return super().viewportEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self.viewport().update()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_to(self.zoom * _STEP ** (event.angleDelta().y() / _NOTCH))
            event.accept()
        else:
            super().wheelEvent(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bar = self.verticalScrollBar()
        if key in _SCROLLS:
            bar.setValue(bar.minimum() if _SCROLLS[key] < 0 else bar.maximum())
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal) or event.matches(
            QKeySequence.StandardKey.ZoomIn
        ):
            self.zoom_in()
        elif key == Qt.Key.Key_Minus:
            self.zoom_out()
        elif key == Qt.Key.Key_0:
            self.fit_width()
        else:
            super().keyPressEvent(event)

    # ------------------------------------------------------------------- places

    @property
    def _scale(self) -> float:
        """Pixels of the screen to one of a page."""
        return self.zoom * self.devicePixelRatioF()

    def _shown_rect(self, number: int) -> QRect:
        offset = (-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        return self._column.rect(number).translated(*offset)

    def _seen(self) -> range:
        top = self.verticalScrollBar().value()
        return self._column.between(top, top + self.viewport().height())

    def _zoom_to(self, zoom: float | None) -> None:
        bar = self.verticalScrollBar()
        middle = bar.value() + self.viewport().height() / 2
        share = middle / max(1, self._column.extent.height())
        self._column.zoom_wish = zoom
        self._settle()
        bar.setValue(round(share * self._column.extent.height() - self.viewport().height() / 2))
        self.zoom_changed.emit(self.zoom)

    def _settle(self) -> None:
        """Lay the pages out in the room there is."""
        before, room = self.zoom, self.viewport().size()
        # With the bar on the side even where it is not needed yet: else it could flicker.
        width = self.width() - self.verticalScrollBar().sizeHint().width()
        extent = self._column.lay_out(width, room.width())
        for bar, all_of_it, seen in (
            (self.verticalScrollBar(), extent.height(), room.height()),
            (self.horizontalScrollBar(), extent.width(), room.width()),
        ):
            bar.setPageStep(seen)
            bar.setRange(0, max(0, all_of_it - seen))
        if self.zoom != before:
            self.zoom_changed.emit(self.zoom)
        self._on_scrolled()
        self.viewport().update()

    @Slot()
    def _on_scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 2
        page = self._column.at(middle)
        if page != self._page:
            self._page = page
            self._tell_words()
        self.page_changed.emit(page)
        self._asking.start(0)

    # ------------------------------------------------------------------- pages

    @Slot()
    def _ask(self) -> None:
        """Ask for what is seen and is not there, or not as sharp."""
        missing = tuple(number for number in self._seen() if not self.is_drawn(number))
        asked = (missing, self._scale)
        if missing and asked != self._asked:
            self._asked = asked
            self.pages_wanted.emit(missing, self._scale)

    def _forget_far(self) -> None:
        """Keep no more than what is near: a page in its pixels takes megabytes."""
        seen = self._seen()
        near = range(seen.start - _NEAR, seen.stop + _NEAR)
        self._images = {at: image for at, image in self._images.items() if at in near}

    def _paint_page(self, painter: QPainter, number: int, rect: QRectF) -> None:
        _, pixmap = self._images.get(number, (0.0, None))
        if pixmap is None:
            painter.fillRect(rect, QColor("#ffffff"))
        elif self.is_drawn(number):
            # To the pixel: the picture has the size of the page, up to rounding.
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            painter.drawPixmap(QPointF(rect.topLeft()), pixmap)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(rect, pixmap, QRectF(pixmap.rect()))
        painter.setPen(QPen(QColor(self._theme.tokens.outline), 1))
        painter.drawRect(rect.adjusted(-0.5, -0.5, 0.5, 0.5))

    def _tell_words(self) -> None:
        """Let a screen reader read the page."""
        words = safe_words(self._words.get(self._page, "")[:_LONGEST_WORDS])
        said = self.tr("Page {number} of {count}. {words}")
        self.setAccessibleDescription(
            said.format(number=self._page + 1, count=self.page_count, words=words)
        )
