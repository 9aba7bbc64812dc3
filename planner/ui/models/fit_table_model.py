"""The grid of verdicts as a table: a row a model, a column a quant format."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from planner.ui.models import cell_words
from planner.ui.models.cell import Cell

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from planner.core.fit import FitResult, FitVerdict
    from planner.core.grid import FitGrid
    from planner.core.model_spec import ModelSpec

_Role = Qt.ItemDataRole
SORT_ROLE: Final = _Role.UserRole
# Below every figure, so that what cannot run stands last when the smallest comes first.
_NO_FIGURE: Final = 1 << 62
# The heads ask for a colour and a font for every section; the style knows them all.
_HEAD_TEXT_ROLES: Final = (_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole)
MODEL_COLUMN: Final = -1
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class FitTableModel(QAbstractTableModel):
    """Shows a `FitGrid`; it computes nothing, it only orders rows or leaves them out."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid: FitGrid | None = None
        # The grid's row numbers in the order in which they are shown.
        self._rows: tuple[int, ...] = ()
        self._filter_text = ""
        self._sort_format: str | None = None
        self._sorts_by_name = False
        self._descending = False

    # ------------------------------------------------------------------- what is shown

    @property
    def grid(self) -> FitGrid | None:
        """The grid that is shown, with all its rows."""
        return self._grid

    def set_grid(self, grid: FitGrid) -> None:
        """Show other figures; views keep their place where rows and columns stay the same."""
        before = self._grid
        is_same_shape = (
            before is not None
            and before.models == grid.models
            and before.quant_formats == grid.quant_formats
        )
        if self._sort_format not in grid.quant_formats:
            self._sort_format = None
        rows = self._ordered_rows(grid)
        if is_same_shape and rows == self._rows:
            self._grid = grid
            if rows and grid.quant_formats:
                last = self.index(len(rows) - 1, len(grid.quant_formats) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._grid, self._rows = grid, rows
        self.endResetModel()

    def set_filter_text(self, filter_text: str) -> None:
        """Show only the models whose name or size has all of the words in it."""
        self._filter_text = filter_text
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by the memory needed in one column, or by name (`MODEL_COLUMN`)."""
        self._sorts_by_name = column == MODEL_COLUMN
        formats = () if self._grid is None else self._grid.quant_formats
        self._sort_format = formats[column] if 0 <= column < len(formats) else None
        self._descending = order is Qt.SortOrder.DescendingOrder
        self._arrange()

    def clear_sort(self) -> None:
        """Return to the catalogue's order."""
        self._sort_format, self._sorts_by_name = None, False
        self._arrange()

    @property
    def sort_column(self) -> int | None:
        """The column that gives the order, `MODEL_COLUMN` for the names, else `None`."""
        if self._sorts_by_name:
            return MODEL_COLUMN
        if self._grid is None or self._sort_format is None:
            return None
        return self._grid.quant_formats.index(self._sort_format)

    @property
    def is_descending(self) -> bool:
        """Whether the order goes from large to small, or from Z to A."""
        return self._descending

    # ------------------------------------------------------------------- cells and keys

    def model_at(self, row: int) -> ModelSpec:
        """Return the model of a shown row."""
        assert self._grid is not None
        return self._grid.models[self._rows[row]]

    def result_at(self, row: int, column: int) -> FitResult:
        """Return the verdict of a shown cell."""
        assert self._grid is not None
        return self._grid.results[self._rows[row] * len(self._grid.quant_formats) + column]

    def cell_at(self, index: _Index) -> Cell | None:
        """Return which plan an index stands for."""
        if self._grid is None or not index.isValid():
            return None
        return Cell(self.model_at(index.row()).id, self._grid.quant_formats[index.column()])

    def index_of(self, cell: Cell) -> QModelIndex:
        """Return where a plan is shown; an invalid index where it is not."""
        if self._grid is None or cell.quant_format not in self._grid.quant_formats:
            return QModelIndex()
        column = self._grid.quant_formats.index(cell.quant_format)
        for row, number in enumerate(self._rows):
            if self._grid.models[number].id == cell.model_id:
                return self.index(row, column)
        return QModelIndex()

    def cell_face(self, row: int, column: int) -> tuple[FitVerdict, str]:
        """Return what is painted in a cell: its verdict and figure."""
        result = self.result_at(row, column)
        return result.verdict, cell_words.cell_text(result)

    def row_face(self, row: int) -> tuple[str, str]:
        """Return what is painted beside a row: the model's name and its size as marketed.

        No model has a base of the same name beside it, so `-instruct` tells nothing here.
        """
        model = self.model_at(row)
        return model.name.removesuffix("-instruct"), model.label

    # ------------------------------------------------------------------- Qt's questions

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many models are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return how many quant formats are shown."""
        if parent.isValid() or self._grid is None:
            return 0
        return len(self._grid.quant_formats)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        """Return a cell's figure, its words for a screen reader, or its sort key."""
        if self._grid is None or not index.isValid():
            return None
        row, column = index.row(), index.column()
        answer: object = None
        match role:
            case _Role.DisplayRole:
                answer = cell_words.cell_text(self.result_at(row, column))
            case _Role.AccessibleTextRole:
                answer = self._spoken(row, column)
            case _Role.ToolTipRole:
                answer = self._explained(row, column)
            case _Role.UserRole:  # SORT_ROLE
                answer = _needed_bytes(self.result_at(row, column))
            case _Role.TextAlignmentRole:
                answer = Qt.AlignmentFlag.AlignCenter
        return answer

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        """Return a quant format, or a model's name; its size is in the tooltip."""
        if self._grid is None or role not in _HEAD_TEXT_ROLES or section < 0:
            return None
        if orientation is Qt.Orientation.Horizontal:
            formats = self._grid.quant_formats
            return formats[section] if section < len(formats) else None
        if section >= len(self._rows):
            return None
        model = self.model_at(section)
        if role == _Role.ToolTipRole:
            return f"{model.name}\n{cell_words.model_summary(model)}"
        return model.name

    # ------------------------------------------------------------------- inside

    def _spoken(self, row: int, column: int) -> str:
        assert self._grid is not None
        result = self.result_at(row, column)
        return cell_words.spoken_cell(self.model_at(row), result, self._grid.target)

    def _explained(self, row: int, column: int) -> str:
        assert self._grid is not None
        result = self.result_at(row, column)
        return cell_words.explained_cell(self.model_at(row), result, self._grid.target)

    def _arrange(self) -> None:
        if self._grid is None:
            return
        rows = self._ordered_rows(self._grid)
        if rows == self._rows:
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _ordered_rows(self, grid: FitGrid) -> tuple[int, ...]:
        words = self._filter_text.casefold().split()
        rows = [
            number
            for number, model in enumerate(grid.models)
            if all(word in f"{model.name} {model.label}".casefold() for word in words)
        ]
        if self._sorts_by_name:
            rows.sort(key=lambda number: grid.models[number].name.casefold())
            if self._descending:
                rows.reverse()
        elif self._sort_format is not None:
            column = grid.quant_formats.index(self._sort_format)
            rows = self._sorted_by_need(grid, rows, column)
        return tuple(rows)

    def _sorted_by_need(self, grid: FitGrid, rows: list[int], column: int) -> list[int]:
        """Order by the expected figure; what has none stands last either way."""
        width = len(grid.quant_formats)
        needs = {
            number: _needed_bytes(grid.results[number * width + column]) for number in rows
        }
        known = [number for number in rows if needs[number] < _NO_FIGURE]
        known.sort(key=lambda number: needs[number], reverse=self._descending)
        return known + [number for number in rows if needs[number] == _NO_FIGURE]


def _needed_bytes(result: FitResult) -> int:
    return _NO_FIGURE if result.needed is None else result.needed.expected_bytes
