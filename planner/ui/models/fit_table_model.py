"""The grid of verdicts as a table: a row a model, a column a quant format, own files on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from planner.core.grid_values import GridMode
from planner.ui.core_texts import core_text
from planner.ui.models import cell_words, figure_words
from planner.ui.models.cell import Cell
from planner.ui.models.row_filter import RowFilter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject

    from planner.core.file_fit import FileFit
    from planner.core.fit import FitResult, FitVerdict
    from planner.core.grid import FitGrid
    from planner.core.grid_values import CellFigure, FigureRow
    from planner.core.model_spec import ModelSpec

_Role = Qt.ItemDataRole
SORT_ROLE: Final = _Role.UserRole
# The heads ask for a colour and a font for every section; the style knows them all.
_HEAD_TEXT_ROLES: Final = (_Role.DisplayRole, _Role.AccessibleTextRole, _Role.ToolTipRole)
MODEL_COLUMN: Final = -1
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()


class FitTableModel(QAbstractTableModel):
    """Shows a `FitGrid`; it computes nothing, it only orders rows or leaves them out.

    A row of a user's own file has one cell, the same in every column: the format that it has
    may be none of the columns'.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._grid: FitGrid | None = None
        # What is shown, in order: the files, then the grid's row numbers.
        self._files: tuple[FileFit, ...] = ()
        self._rows: tuple[int, ...] = ()
        self._mode = GridMode.NEEDED
        self._figures: tuple[FigureRow | None, ...] = ()
        self._filter = RowFilter()
        self._sort_format: str | None = None
        self._sorts_by_name = False
        self._descending = False

    # ------------------------------------------------------------------- what is shown

    @property
    def grid(self) -> FitGrid | None:
        """The grid that is shown, with all its rows."""
        return self._grid

    @property
    def mode(self) -> GridMode:
        """What the figures in the cells are."""
        return self._mode

    def set_grid(self, grid: FitGrid) -> None:
        """Show other figures; views keep their place where rows and columns stay the same."""
        before = self._grid
        is_same_shape = (
            before is not None
            and before.models == grid.models
            and before.quant_formats == grid.quant_formats
        )
        if not is_same_shape:
            self._figures = ()
        if self._sort_format not in grid.quant_formats:
            self._sort_format = None
        files, rows = self._left_files(grid), self._ordered_rows(grid)
        if is_same_shape and rows == self._rows and _ids(files) == _ids(self._files):
            self._grid, self._files = grid, files
            self._tell_changed()
            return
        self.beginResetModel()
        self._grid, self._files, self._rows = grid, files, rows
        self.endResetModel()

    def set_figures(
        self, mode: GridMode, rows: tuple[FigureRow | None, ...], *, is_complete: bool = True
    ) -> None:
        """Show other figures: of the grid itself, or `rows`, one for each of its models.

        Until they are complete, the rows keep their order: none shall jump about.
        """
        is_new = mode is not self._mode or rows != self._figures
        self._mode, self._figures = mode, rows
        if is_complete:
            self._arrange()
        if is_new:
            self._tell_changed()

    def set_filter_text(self, filter_text: str) -> None:
        """Show only the rows for which all of the words hold."""
        self._filter = RowFilter.of(filter_text)
        self._arrange()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Order the rows by the figures of one column, or by name (`MODEL_COLUMN`)."""
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

    def row_is_file(self, row: int) -> bool:
        """Whether a shown row is a user's own file, with one cell."""
        return row < len(self._files)

    def model_at(self, row: int) -> ModelSpec:
        """Return the model of a shown row; a file has a record like one."""
        assert self._grid is not None
        if row < len(self._files):
            return self._files[row].file.spec
        return self._grid.models[self._rows[row - len(self._files)]]

    def result_at(self, row: int, column: int) -> FitResult:
        """Return the verdict of a shown cell."""
        assert self._grid is not None
        file_count = len(self._files)
        if row < file_count:
            return self._files[row].result
        number = self._rows[row - file_count]
        return self._grid.results[number * len(self._grid.quant_formats) + column]

    def figure_at(self, row: int, column: int) -> CellFigure | None:
        """Return a figure that was worked out beside the grid, `None` while it is due."""
        if row < len(self._files):
            return figure_words.no_figure_of_file()
        number = self._rows[row - len(self._files)]
        figures = self._figures[number] if number < len(self._figures) else None
        return None if figures is None else figures[column]

    def exact_figure(self, row: int, column: int) -> str:
        """Return a figure in plain digits, for a spreadsheet; empty where there is none."""
        assert self._grid is not None
        return figure_words.exact_figure(
            self._mode,
            self.result_at(row, column),
            self._grid.target,
            self.figure_at(row, column),
        )

    def cell_at(self, index: _Index) -> Cell | None:
        """Return which plan an index stands for."""
        if self._grid is None or not index.isValid():
            return None
        result = self.result_at(index.row(), index.column())
        return Cell(result.model_id, result.quant_format)

    def index_of(self, cell: Cell) -> QModelIndex:
        """Return where a plan is shown; an invalid index where it is not."""
        if self._grid is None or not self.columnCount():
            return QModelIndex()
        for row, fit in enumerate(self._files):
            if fit.file.id == cell.model_id:
                return self.index(row, 0)
        if cell.quant_format not in self._grid.quant_formats:
            return QModelIndex()
        column = self._grid.quant_formats.index(cell.quant_format)
        for row, number in enumerate(self._rows, start=len(self._files)):
            if self._grid.models[number].id == cell.model_id:
                return self.index(row, column)
        return QModelIndex()

    def cell_face(self, row: int, column: int) -> tuple[FitVerdict, str]:
        """Return what is painted in a cell: its verdict and figure."""
        result = self.result_at(row, column)
        if self._mode is GridMode.NEEDED and row >= len(self._files):
            # Asked for some hundred cells at every step of the slider.
            return result.verdict, figure_words.needed_text(result)
        if row < len(self._files):
            return result.verdict, cell_words.file_cell(result, self._figure_text(row, column))
        return result.verdict, self._figure_text(row, column)

    def row_face(self, row: int) -> tuple[str, str]:
        """Return what is painted beside a row: the name and the size as marketed.

        No model has a base of the same name beside it, so `-instruct` tells nothing here.
        """
        if row < len(self._files):
            file = self._files[row].file
            return file.name, core_text(file.inspection.spec.label)
        model = self.model_at(row)
        return model.name.removesuffix("-instruct"), core_text(model.label)

    # ------------------------------------------------------------------- Qt's questions

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return how many files and models are shown."""
        return 0 if parent.isValid() else len(self._files) + len(self._rows)

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
                answer = self.cell_face(row, column)[1]
            case _Role.AccessibleTextRole:
                answer = self._spoken(row, column)
            case _Role.ToolTipRole:
                answer = self._explained(row, column)
            case _Role.UserRole:  # SORT_ROLE
                answer = self._amount(self.result_at(row, column), self.figure_at(row, column))
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
        if section >= self.rowCount():
            return None
        model, name = self.model_at(section), self.model_at(section).name
        if self.row_is_file(section):
            name = self._files[section].file.name
        if role == _Role.ToolTipRole:
            return f"{name}\n{cell_words.model_summary(model)}"
        return name

    # ------------------------------------------------------------------- inside

    def _figure_text(self, row: int, column: int) -> str:
        assert self._grid is not None
        result, figure = self.result_at(row, column), None
        if not self._mode.is_in_the_grid:
            figure = self.figure_at(row, column)
        return figure_words.figure_text(self._mode, result, self._grid.target, figure)

    def _spoken(self, row: int, column: int) -> str:
        assert self._grid is not None
        result, figure = self.result_at(row, column), self.figure_at(row, column)
        words = cell_words.spoken_cell(self.model_at(row), result, self._grid.target)
        more = figure_words.figure_sentence(self._mode, figure)
        return f"{words}. {more}" if more else words

    def _explained(self, row: int, column: int) -> str:
        assert self._grid is not None
        result, figure = self.result_at(row, column), self.figure_at(row, column)
        words = cell_words.explained_cell(self.model_at(row), result, self._grid.target)
        more = figure_words.figure_sentence(self._mode, figure)
        return f"{words}\n{more}" if more and more not in words else words

    def _tell_changed(self) -> None:
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def _arrange(self) -> None:
        if self._grid is None:
            return
        files, rows = self._left_files(self._grid), self._ordered_rows(self._grid)
        if rows == self._rows and _ids(files) == _ids(self._files):
            return
        self.beginResetModel()
        self._files, self._rows = files, rows
        self.endResetModel()

    def _left_files(self, grid: FitGrid) -> tuple[FileFit, ...]:
        return tuple(
            fit
            for fit in grid.files
            if self._filter.leaves(fit.file.spec, (fit.result,), file_name=fit.file.name)
        )

    def _ordered_rows(self, grid: FitGrid) -> tuple[int, ...]:
        rows: Iterable[int] = range(len(grid.models))
        if self._filter.words:
            rows = [row for row in rows if self._filter.leaves(grid.models[row], grid.row(row))]
        if self._sorts_by_name:
            rows = sorted(
                rows,
                key=lambda number: grid.models[number].name.casefold(),
                reverse=self._descending,
            )
        elif self._sort_format is not None:
            rows = self._by_figure(grid, rows, grid.quant_formats.index(self._sort_format))
        return tuple(rows)

    def _by_figure(self, grid: FitGrid, rows: Iterable[int], column: int) -> list[int]:
        """Order by the figures of a column; what has none stands last either way."""
        width = len(grid.quant_formats)
        known: list[tuple[float, int]] = []
        unknown: list[int] = []
        for number in rows:
            figures = self._figures[number] if number < len(self._figures) else None
            figure = None if figures is None else figures[column]
            amount = self._amount(grid.results[number * width + column], figure)
            if amount is None:
                unknown.append(number)
            else:
                known.append((amount, number))
        known.sort(key=lambda pair: pair[0], reverse=self._descending)
        return [number for _, number in known] + unknown

    def _amount(self, result: FitResult, figure: CellFigure | None) -> float | None:
        """Return the figure of the mode as a number; the share goes as the bytes do."""
        if self._mode.is_in_the_grid:
            return None if result.needed is None else result.needed.expected_bytes
        return None if figure is None else figure.amount


def _ids(files: tuple[FileFit, ...]) -> list[str]:
    return [fit.file.id for fit in files]
