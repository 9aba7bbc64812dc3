"""A table of what changed: sentences wrap in every column, figures stand to the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView

from planner.ui.overrides import override
from planner.ui.widgets.figure_table import FigureTable

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.core.pictures.chart_table import ChartTable
    from planner.ui.theme import Theme

_FIGURE_COLUMN: Final = 3
_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop


class ChangeTable(FigureTable):
    """What, before, after, by how much, why; the last two where the table has them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self.horizontalHeader().setDefaultAlignment(_LEFT)

    @override
    def show_table(self, table: ChartTable) -> None:
        super().show_table(table)
        for column in range(self.columnCount()):
            side = _RIGHT if column == _FIGURE_COLUMN else _LEFT
            items = [self.item(row, column) for row in range(self.rowCount())]
            for item in (*items, self.horizontalHeaderItem(column)):
                if item is not None:
                    item.setTextAlignment(side)

    @override
    def _share_width(self) -> None:
        modes = QHeaderView.ResizeMode
        for column in range(self.columnCount()):
            is_figure = column == _FIGURE_COLUMN
            mode = modes.ResizeToContents if is_figure else modes.Stretch
            self.horizontalHeader().setSectionResizeMode(column, mode)
