"""The diagram as one widget: pointing at blocks, pinning them, a walk from one to the next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPen
from PySide6.QtWidgets import QApplication, QWidget

from planner.core.pictures.marks import group_at
from planner.core.pictures.picture import Box
from planner.core.pictures.safe_words import safe_words
from planner.ui.diagram.zoom_view import ZoomView
from planner.ui.overrides import override
from planner.ui.theme import CORNER, FOCUS_WIDTH, Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter

    from planner.core.pictures.picture import Group, Picture

_Key = Qt.Key
_NEXT: Final = (_Key.Key_Down, _Key.Key_Right)
_BEFORE: Final = (_Key.Key_Up, _Key.Key_Left)


class DiagramView(ZoomView):
    """Shows a picture whose groups are blocks.

    `block_shown` tells which block is to be told about: the one under the pointer, else the one
    with the focus of the keyboard, else the pinned one; its key is empty where there is none.
    """

    block_shown = Signal(str)
    block_pinned = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._blocks: dict[str, Group] = {}
        self._hovered_key = self._focused_key = self._pinned_key = self._told_key = ""
        self._pressed_at: QPointF | None = None
        self._is_dragged = False
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._say()

    @property
    def pinned_key(self) -> str:
        """The block that stays chosen."""
        return self._pinned_key

    @property
    def shown_key(self) -> str:
        """The block that is to be told about."""
        return self._told_key

    @property
    def focused_key(self) -> str:
        """The block that the keyboard is at."""
        return self._focused_key

    def block_rect(self, key: str) -> QRectF:
        """Return where a block lies in the view."""
        return self._zoom.to_view(_rect_of(self._blocks[key]))

    def set_picture(self, picture: Picture | None, *, keeps_place: bool = False) -> None:
        """Show another picture; with `keeps_place` what was chosen and the zoom stay."""
        self._blocks = {} if picture is None else {each.key: each for each in picture.groups()}
        self._hovered_key = ""
        kept = self._blocks if keeps_place else {}
        self._focused_key = self._focused_key if self._focused_key in kept else ""
        self._pinned_key = self._pinned_key if self._pinned_key in kept else ""
        self.take_picture(picture, keeps_place=keeps_place)
        self._tell()

    def pin(self, key: str) -> None:
        """Keep a block chosen; the same one again, or an empty key, lets it go."""
        self._pinned_key = "" if key == self._pinned_key else key
        self.block_pinned.emit(self._pinned_key)
        self._tell()
        self.update()

    def _tell(self) -> None:
        key = self._hovered_key or self._focused_key or self._pinned_key
        if key != self._told_key:
            self._told_key = key
            self.block_shown.emit(key)
        self._say()

    def _say(self) -> None:
        """Give a screen reader the block with the focus, or the whole picture."""
        group = self._blocks.get(self._focused_key)
        if group is None:
            name, words = self.tr("Architecture diagram"), ""
            if self.picture is not None:
                words = self.picture.description
        else:
            number = list(self._blocks).index(group.key) + 1
            name = group.words
            words = self.tr("Block {number} of {count}").format(
                number=number, count=len(self._blocks)
            )
            if group.key == self._pinned_key:
                words = self.tr("{words}, pinned").format(words=words)
        self.setAccessibleName(safe_words(name))
        self.setAccessibleDescription(safe_words(words))

    @override
    def paint_over(self, painter: QPainter) -> None:
        """Draw which block is pointed at, pinned or has the focus, each in its own way."""
        tokens = self._theme.tokens
        if self._hovered_key:
            self._draw_ring(painter, self._hovered_key, QPen(QColor(tokens.muted), 1.5), 0)
        if self._pinned_key:
            self._draw_ring(painter, self._pinned_key, QPen(QColor(tokens.ink), 2), 0)
        if self._focused_key and self.hasFocus():
            pen = QPen(QColor(tokens.focus), FOCUS_WIDTH)
            self._draw_ring(painter, self._focused_key, pen, 3)

    def _draw_ring(self, painter: QPainter, key: str, pen: QPen, out: float) -> None:
        corner = CORNER * self._zoom.scale + out
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            self.block_rect(key).adjusted(-out, -out, out, out), corner, corner
        )

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
            self._is_dragged = False

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position()
        if self._pressed_at is None:
            self._hover(self._key_at(at))
            return
        by = at - self._pressed_at
        if not self._is_dragged and by.manhattanLength() < QApplication.startDragDistance():
            return
        self._is_dragged = True
        self._pressed_at = at
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        self.pan(by.x(), by.y())

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        self._pressed_at = None
        self.unsetCursor()
        if self._is_dragged:
            return
        key = self._key_at(event.position())
        self._focused_key = key
        if key or self._pinned_key:
            self.pin(key or self._pinned_key)

    @override
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover("")

    def _key_at(self, at: QPointF) -> str:
        if self._picture is None:
            return ""
        place = self._zoom.to_picture(at)
        group = group_at(self._picture, place.x(), place.y())
        return "" if group is None else group.key

    def _hover(self, key: str) -> None:
        if key != self._hovered_key:
            self._hovered_key = key
            self._tell()
            self.update()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        is_plain = held == Qt.KeyboardModifier.NoModifier
        if not (is_plain and (self._walk(key) or self._choose(key))):
            super().keyPressEvent(event)

    def _walk(self, key: Qt.Key) -> bool:
        keys = list(self._blocks)
        if not keys:
            return False
        if key in _NEXT:
            return self._step(1)
        if key in _BEFORE:
            return self._step(-1)
        if key in (_Key.Key_Home, _Key.Key_End):
            self._focus_block(keys[0 if key == _Key.Key_Home else -1])
            return True
        return False

    def _choose(self, key: Qt.Key) -> bool:
        if key in (_Key.Key_Return, _Key.Key_Enter, _Key.Key_Space) and self._focused_key:
            self.pin(self._focused_key)
            return True
        if key == _Key.Key_Escape and self._pinned_key:
            self.pin("")
            return True
        return False

    def _step(self, by: int) -> bool:
        """Go on by a block; false at either end."""
        keys = list(self._blocks)
        if self._focused_key not in keys:
            self._focus_block(keys[0 if by > 0 else -1])
            return True
        at = keys.index(self._focused_key) + by
        if not 0 <= at < len(keys):
            return False
        self._focus_block(keys[at])
        return True

    def _focus_block(self, key: str) -> None:
        self._focused_key = key
        self._zoom.reveal(_rect_of(self._blocks[key]))
        self._tell()
        self.redraw()

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab walks through the blocks too, and leaves the diagram behind the last one.
        if self.hasFocus() and self._blocks and self._step(1 if next else -1):
            return True
        return super().focusNextPrevChild(next)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._blocks and event.reason() in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            is_forward = event.reason() == Qt.FocusReason.TabFocusReason
            self._focus_block(list(self._blocks)[0 if is_forward else -1])
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (
            Qt.FocusReason.ActiveWindowFocusReason,
            Qt.FocusReason.PopupFocusReason,
        ):
            self._focused_key = ""
            self._tell()
        self.update()


def _rect_of(group: Group) -> QRectF:
    """Return a block's box: the first mark of its group."""
    box = group.marks[0]
    assert isinstance(box, Box), "a block begins with its box"
    return QRectF(box.x, box.y, box.width, box.height)
