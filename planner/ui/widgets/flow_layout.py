"""A layout that puts things side by side and goes on in the next line where room ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QSizePolicy

from planner.ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLayoutItem, QWidget


def flowing_size_policy() -> QSizePolicy:
    """Return the policy of a widget whose height follows from the width it is given."""
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


class FlowLayout(QLayout):
    """Lines of items in their preferred size; in each line, wide items take what is left.

    An item is wide where its horizontal size policy expands.
    """

    def __init__(
        self, parent: QWidget | None = None, *, across_px: int = 12, down_px: int = 8
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        # What the items want; Qt asks for the height some ten times for each change.
        self._hints: list[tuple[QLayoutItem, QSize]] | None = None
        self._across_px = across_px
        self._down_px = down_px
        self.setContentsMargins(0, 0, 0, 0)

    @override
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._hints = None

    def insert_widget(self, index: int, widget: QWidget) -> None:
        """Put a widget before the item that stands at a place."""
        self.addWidget(widget)
        self._items.insert(index, self._items.pop())
        self._hints = None

    @override
    def count(self) -> int:
        return len(self._items)

    @override
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @override
    def takeAt(self, index: int) -> QLayoutItem | None:
        self._hints = None
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @override
    def invalidate(self) -> None:
        self._hints = None
        super().invalidate()

    @override
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @override
    def hasHeightForWidth(self) -> bool:
        return True

    @override
    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        inner = QRect(0, 0, width - margins.left() - margins.right(), 0)
        return self._arrange(inner, place=False) + margins.top() + margins.bottom()

    @override
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect.marginsRemoved(self.contentsMargins()), place=True)

    @override
    def sizeHint(self) -> QSize:
        """Return the size of a single line."""
        shown = [size for _, size in self._shown()]
        width = sum(size.width() for size in shown) + self._across_px * (len(shown) - 1)
        height = max((size.height() for size in shown), default=0)
        return QSize(max(width, 0), height).grownBy(self.contentsMargins())

    @override
    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item, _ in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size.grownBy(self.contentsMargins())

    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return Qt.LayoutDirection.LeftToRight if parent is None else parent.layoutDirection()

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        """Return the items that are seen, each with the size that it wants."""
        if self._hints is None:
            self._hints = [
                (item, item.sizeHint()) for item in self._items if not item.isEmpty()
            ]
        return self._hints

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """Return the height that is taken; move the items there if asked to."""
        top = rect.top()
        lines = self._lines(rect.width())
        for line in lines:
            height = max(size.height() for _, size in line)
            if place:
                self._place(line, QRect(rect.left(), top, rect.width(), height))
            top += height + self._down_px
        return top - rect.top() - (self._down_px if lines else 0)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        taken = 0
        for item, size in self._shown():
            wanted = size.width()
            if lines and taken + self._across_px + wanted <= width:
                lines[-1].append((item, size))
                taken += self._across_px + wanted
            else:
                lines.append([(item, size)])
                taken = wanted
        return lines

    def _place(self, line: list[tuple[QLayoutItem, QSize]], rect: QRect) -> None:
        taken = sum(size.width() for _, size in line)
        taken += self._across_px * (len(line) - 1)
        wide = [
            item for item, _ in line if item.expandingDirections() & Qt.Orientation.Horizontal
        ]
        more = max(0, rect.width() - taken) // len(wide) if wide else 0
        left = rect.left()
        mirrors = self._direction() is Qt.LayoutDirection.RightToLeft
        for item, size in line:
            # As high as the line, so that captions stand in one row and controls in another.
            width = min(size.width(), rect.width()) + (more if item in wide else 0)
            place = QRect(left, rect.top(), width, rect.height())
            if mirrors:
                # `QStyle.visualRect` does this, but to load that class takes 5 ms.
                place.moveLeft(rect.left() + rect.right() - place.right())
            item.setGeometry(place)
            left += width + self._across_px
