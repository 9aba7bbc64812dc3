"""A table that is the whole of a page: all rows are seen, and some of its cells stand out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QStyledItemDelegate, QStyleOptionViewItem

from planner.ui.fonts import BODY_PX, REGULAR, SEMIBOLD, sized
from planner.ui.overrides import override
from planner.ui.widgets.chart_table_view import ChartTableView

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtGui import QPainter, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from planner.core.pictures.chart_table import ChartTable
    from planner.ui.theme import Theme


_SIDE: Final = 8
_ABOVE: Final = 3


class _AiryDelegate(QStyledItemDelegate):
    """Keeps words off the edges of their cells, also where it reckons how they wrap."""

    @override
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        inner = QStyleOptionViewItem(option)
        inner.rect = QRect(option.rect).adjusted(_SIDE, 0, -_SIDE, 0)
        super().paint(painter, inner, index)

    @override
    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        inner = QStyleOptionViewItem(option)
        inner.rect = QRect(option.rect).adjusted(_SIDE, 0, -_SIDE, 0)
        return super().sizeHint(inner, index) + QSize(2 * _SIDE, 2 * _ABOVE)


class FigureTable(ChartTableView):
    """As high as its rows are; marked cells are bold, and in colour where they warn.

    With `wraps` long names in the first column go on in the next line; without, the table
    scrolls sideways where there is no room.
    """

    def __init__(
        self, theme: Theme, *, wraps: bool = True, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._wraps = wraps
        self._warns = True
        self._marked: frozenset[tuple[int, int]] = frozenset()
        self.setWordWrap(wraps)
        self.setItemDelegate(_AiryDelegate(self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        theme.changed.connect(self._mark)

    @property
    def marked(self) -> frozenset[tuple[int, int]]:
        """The cells that stand out, by row and column."""
        return self._marked

    def show_marked(
        self,
        table: ChartTable,
        marked: frozenset[tuple[int, int]] = frozenset(),
        *,
        warns: bool = True,
    ) -> None:
        """Show another table; where marks do not warn, what is not marked steps back."""
        self.show_table(table)
        self._marked, self._warns = marked, warns
        self._mark()
        self._share_width()

    @override
    def sizeHint(self) -> QSize:
        height = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        if self.horizontalScrollBar().maximum() > 0:
            height += self.horizontalScrollBar().sizeHint().height()
        return QSize(super().sizeHint().width(), height + 4)

    @override
    def updateGeometries(self) -> None:
        super().updateGeometries()
        # Lines that wrap make other heights.
        if self.height() != self.sizeHint().height():
            self.updateGeometry()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._share_width()

    def _share_width(self) -> None:
        """Give the names what the figures leave, but never less than they need."""
        if not self.columnCount():
            return
        columns = range(self.columnCount())
        needed = sum(max(self.sizeHintForColumn(at), self._head_width(at)) for at in columns)
        has_room = needed <= self.viewport().width()
        modes = QHeaderView.ResizeMode
        mode = modes.Stretch if self._wraps or has_room else modes.ResizeToContents
        self.horizontalHeader().setSectionResizeMode(0, mode)

    def _head_width(self, column: int) -> int:
        return self.horizontalHeader().sectionSizeHint(column)

    def _mark(self) -> None:
        tokens = self._theme.tokens
        bold, plain = (sized(self.font(), BODY_PX, weight) for weight in (SEMIBOLD, REGULAR))
        marked_ink = tokens.tight_ink if self._warns else tokens.ink
        other_ink = tokens.ink if self._warns else tokens.muted
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                item = self.item(row, column)
                if item is not None:
                    is_marked = (row, column) in self._marked
                    item.setFont(bold if is_marked else plain)
                    item.setForeground(QBrush(QColor(marked_ink if is_marked else other_ink)))
