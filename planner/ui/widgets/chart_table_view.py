"""The table twin of a chart: what a screen reader reads and a spreadsheet takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableWidget
from PySide6.QtWidgets import QTableWidgetItem as Item

from planner.core.pictures.safe_words import safe_words
from planner.ui.overrides import override
from planner.ui.theme import RHYTHM

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from planner.core.pictures.chart_table import ChartTable

_MOST_ROWS = 12  # seen at once; the others are a scroll away


class ChartTableView(QTableWidget):
    """Shows a `ChartTable`; Ctrl+C copies the chosen cells, tabs between them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(6 * RHYTHM)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setHighlightSections(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_table(self, table: ChartTable) -> None:
        """Show other figures; the place that is scrolled to stays."""
        self.setAccessibleName(safe_words(table.title))
        self.setColumnCount(len(table.heads))
        self.setRowCount(len(table.rows))
        for column, head in enumerate(table.heads):
            item = Item(safe_words(head))
            item.setTextAlignment(_side(column))
            self.setHorizontalHeaderItem(column, item)
        for row, cells in enumerate(table.rows):
            for column, words in enumerate(cells):
                item = Item(safe_words(words))
                item.setTextAlignment(_side(column))
                self.setItem(row, column, item)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        rows = min(self.rowCount(), _MOST_ROWS)
        height = self.horizontalHeader().sizeHint().height()
        height += rows * self.verticalHeader().defaultSectionSize() + 2
        # Room for the bar that scrolls sideways: it must not cover the last row.
        return QSize(super().sizeHint().width(), height + 4 * RHYTHM)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_chosen()
        else:
            super().keyPressEvent(event)

    def copy_chosen(self) -> None:
        """Put the chosen cells on the clipboard, or all with the heads where none is chosen."""
        chosen = sorted({(each.row(), each.column()) for each in self.selectedIndexes()})
        if chosen:
            rows = [
                [self._words(row, column) for at, column in chosen if at == row]
                for row in sorted({row for row, _ in chosen})
            ]
        else:
            columns = range(self.columnCount())
            model, across = self.model(), Qt.Orientation.Horizontal
            heads = [str(model.headerData(column, across)) for column in columns]
            cells = [
                [self._words(row, column) for column in columns]
                for row in range(self.rowCount())
            ]
            rows = [heads, *cells]
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in rows))

    def _words(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return "" if item is None else item.text()


def _side(column: int) -> Qt.AlignmentFlag:
    across = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
    return across | Qt.AlignmentFlag.AlignVCenter
