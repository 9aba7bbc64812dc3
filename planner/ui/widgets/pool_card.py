"""A pool of memory as a card: what it is, what is free, what others hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QLineF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from planner.ui.core_texts import core_text
from planner.ui.fonts import BODY_PX, SECONDARY_PX, SEMIBOLD, sized
from planner.ui.overrides import override
from planner.ui.text import (
    FACT_MARK,
    gib,
    holder_lines,
    pool_detail,
    pool_free_text,
    pool_is_what_if,
    pool_title,
    what_if_mark,
)
from planner.ui.theme import CORNER, FOCUS_WIDTH, RHYTHM, Theme, Tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QKeyEvent, QPaintEvent

    from planner.core.machine import MemoryPool

_RING: Final = FOCUS_WIDTH + 1  # room around the card for the ring of the focus
_PADDING: Final = 3 * RHYTHM
_LINE_GAP: Final = 2
_BAR_HEIGHT: Final = 5
_BAR_GAP: Final = 2 * RHYTHM
_WORD_GAP: Final = 6
_BAR_STEPS: Final = 250  # about as many as the bar is wide
_WIDEST_EM: Final = 42  # in widths of an average letter
_NARROWEST_EM: Final = 18


class PoolCard(QAbstractButton):
    """A checkable card; put cards into a QButtonGroup to have one chosen at a time."""

    remove_wanted = Signal()

    def __init__(
        self,
        theme: Theme,
        pool: MemoryPool,
        parent: QWidget | None = None,
        *,
        is_what_if: bool = False,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pool = pool
        # A card of another computer has figures that were read, but not here.
        self._is_of_another = is_what_if
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)
        self._say()
        # Its painter has no mirror image: names and figures run from left to right.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    @property
    def is_what_if(self) -> bool:
        """Whether the pool is not of this computer."""
        return self._is_of_another or pool_is_what_if(self._pool)

    @property
    def pool(self) -> MemoryPool:
        """The pool that is shown."""
        return self._pool

    def set_pool(self, pool: MemoryPool) -> None:
        """Show newer figures; equal ones change nothing."""
        if pool == self._pool:
            return
        before, face = self.sizeHint(), self._face()
        self._pool = pool
        if self._face() == face:
            # Live figures move all the time, and what stands there seldom.
            return
        self._say()
        if self.sizeHint() != before:
            self.updateGeometry()
        self.update()

    def _face(self) -> tuple[object, ...]:
        """Return all that is seen or said of the pool."""
        pool, held = self._pool, self._held_ratio()
        return (
            pool_title(pool),
            pool_detail(pool),
            self._second_line(pool),
            holder_lines(pool),
            pool.notes,
            None if held is None else round(_BAR_STEPS * held),
        )

    def _say(self) -> None:
        pool = self._pool
        mark = what_if_mark() if self.is_what_if else ""
        facts = [
            mark,
            pool_detail(pool),
            pool_free_text(pool),
            *holder_lines(pool),
            *map(core_text, pool.notes),
        ]
        facts = [fact for fact in facts if fact]
        self.setAccessibleName(pool_title(pool))
        self.setAccessibleDescription(", ".join(facts))
        self.setToolTip("\n".join((pool_title(pool), *facts)))

    def _side_words(self) -> str:
        return pool_detail(self._pool)

    def _second_line(self, pool: MemoryPool) -> str:
        if not self.is_what_if:
            return pool_free_text(pool)
        return FACT_MARK.join((gib(pool.total_bytes, 1), what_if_mark()))

    @override
    def sizeHint(self) -> QSize:
        """Return a size that live figures do not change."""
        name, small = QFontMetrics(self._name_font()), QFontMetrics(self._small_font())
        first = name.horizontalAdvance(pool_title(self._pool))
        if self._side_words():
            first += _WORD_GAP + small.horizontalAdvance(self._side_words())
        at_most = _WIDEST_EM * name.averageCharWidth()
        words = max(self._least_room(), min(first + 1, at_most))
        frame = 2 * (_RING + _PADDING)
        lines = name.height() + _LINE_GAP + small.height() + _BAR_GAP + _BAR_HEIGHT
        return QSize(words + frame, lines + frame)

    @override
    def minimumSizeHint(self) -> QSize:
        frame = 2 * (_RING + _PADDING)
        return QSize(self._least_room() + frame, self.sizeHint().height())

    def _least_room(self) -> int:
        """Return the width of the second line with the widest figures it may come to show."""
        widest = self._pool
        if widest.total_bytes is not None and widest.free_bytes is not None:
            widest = replace(widest, free_bytes=widest.total_bytes)
        small = QFontMetrics(self._small_font())
        words = small.horizontalAdvance(self._second_line(widest)) + 1
        return max(words, _NARROWEST_EM * small.averageCharWidth())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.is_what_if and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_wanted.emit()
            return
        super().keyPressEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self.updateGeometry()
        super().changeEvent(event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # A painter takes the application's direction, not its widget's.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            card = QRectF(self.rect()).adjusted(_RING, _RING, -_RING, -_RING)
            self._draw_frame(painter, card, self._theme.tokens)
            self._draw_words(painter, card, self._theme.tokens)
            self._draw_bar(painter, card, self._theme.tokens)
        finally:
            painter.end()

    def _draw_frame(self, painter: QPainter, card: QRectF, tokens: Tokens) -> None:
        what_if = self.is_what_if
        pen = QPen(QColor(tokens.line), 1)
        if what_if or self.underMouse():
            pen.setColor(QColor(tokens.outline))
        if self.isChecked():
            pen = QPen(QColor(tokens.accent), 2)
        if what_if:
            pen.setDashPattern([4, 3])
        inset = pen.widthF() / 2
        painter.setPen(pen)
        painter.setBrush(QColor(tokens.hover if self.isDown() else tokens.panel))
        painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), CORNER, CORNER)
        if self.hasFocus():
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.setPen(QPen(QColor(tokens.focus), FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(ring, CORNER + 2, CORNER + 2)

    def _draw_words(self, painter: QPainter, card: QRectF, tokens: Tokens) -> None:
        name_font, small_font = self._name_font(), self._small_font()
        name, small = QFontMetrics(name_font), QFontMetrics(small_font)
        left, top = int(card.left()) + _PADDING, int(card.top()) + _PADDING
        room = int(card.width()) - 2 * _PADDING
        # The name comes first: the facts beside it take what it leaves.
        title = name.elidedText(pool_title(self._pool), Qt.TextElideMode.ElideMiddle, room)
        baseline = top + name.ascent()
        painter.setFont(name_font)
        painter.setPen(QColor(tokens.ink))
        painter.drawText(left, baseline, title)
        painter.setFont(small_font)
        painter.setPen(QColor(tokens.muted))
        taken = name.horizontalAdvance(title) + _WORD_GAP
        side = self._fitting(self._side_words(), small, room - taken)
        painter.drawText(left + taken, baseline, side)
        line = self._second_line(self._pool)
        line = small.elidedText(line, Qt.TextElideMode.ElideRight, room)
        painter.drawText(left, top + name.height() + _LINE_GAP + small.ascent(), line)

    @staticmethod
    def _fitting(words: str, metrics: QFontMetrics, room: int) -> str:
        """Return as many of the facts as stand there whole."""
        while words and metrics.horizontalAdvance(words) > room:
            words, _, _ = words.rpartition(FACT_MARK)
        return words

    def _draw_bar(self, painter: QPainter, card: QRectF, tokens: Tokens) -> None:
        held = self._held_ratio()
        bottom = card.bottom() - _PADDING
        bar = QRectF(card.left() + _PADDING, bottom - _BAR_HEIGHT, card.width(), _BAR_HEIGHT)
        bar.setRight(card.right() - _PADDING)
        if held is None:
            # Nothing is filled in, not even as free.
            painter.setPen(QPen(QColor(tokens.outline), 1, Qt.PenStyle.DotLine))
            middle = bar.center().y()
            painter.drawLine(QLineF(bar.left(), middle, bar.right(), middle))
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.free))
        painter.drawRoundedRect(bar, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)
        if held > 0:
            bar.setWidth(max(float(_BAR_HEIGHT), bar.width() * held))
            painter.setBrush(QColor(tokens.runtime_overhead))
            painter.drawRoundedRect(bar, _BAR_HEIGHT / 2, _BAR_HEIGHT / 2)

    def _held_ratio(self) -> float | None:
        """Return the share of the pool that is not free, `None` where it is not known."""
        total, free = self._pool.total_bytes, self._pool.free_bytes
        if not total or free is None:
            return None
        return min(1.0, max(0.0, 1 - free / total))

    def _name_font(self) -> QFont:
        return sized(self.font(), BODY_PX, SEMIBOLD)

    def _small_font(self) -> QFont:
        return sized(self.font(), SECONDARY_PX)
