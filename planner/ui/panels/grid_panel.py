"""The grid with what belongs to it: filter, mode, all formats, sorting, copying, legend."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPoint, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner.core.fit import FitVerdict
from planner.core.grid_values import GridMode
from planner.core.plan import RuntimeName
from planner.ui.models import figure_words
from planner.ui.models.fit_table_model import FitTableModel
from planner.ui.widgets.fit_grid import FitGridView
from planner.ui.widgets.flow_layout import FlowLayout, flowing_size_policy
from planner.ui.widgets.grid_keys import CopyWish
from planner.ui.widgets.rule import Rule
from planner.ui.widgets.steady_caption import SteadyCaption
from planner.ui.widgets.verdict_key import VerdictKey

if TYPE_CHECKING:
    from planner.core.grid import FitGrid
    from planner.core.grid_values import FigureRow
    from planner.ui.models.cell import Cell
    from planner.ui.theme import Theme

_FILTER_PX: Final = 240
_KEYS: Final = (
    FitVerdict.FITS,
    FitVerdict.TIGHT,
    FitVerdict.PARTIAL,
    FitVerdict.NO,
    FitVerdict.UNSUPPORTED,
)


class GridPanel(QWidget):
    """Keeps the chosen cell through sorting, filtering and other options."""

    cell_chosen = Signal(object)
    mode_chosen = Signal(GridMode)
    all_formats_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cell: Cell | None = None
        self.model = FitTableModel(self)
        self.filter = QLineEdit()
        self.mode = QComboBox()
        self.all_formats = QCheckBox()
        self.view = FitGridView(theme, self.model)
        self._units = SteadyCaption(theme)
        self._set_up_controls()
        self._build()
        self._connect()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of reading."""
        return (self.filter, self.all_formats, self.mode, self.view.name_head, self.view)

    @property
    def units_text(self) -> str:
        """What the figures in the cells are."""
        return self._units.words

    def show_grid(self, grid: FitGrid) -> None:
        """Show other verdicts."""
        self.model.set_grid(grid)
        # The other runtimes have a handful of formats, and all of them are shown.
        self.all_formats.setVisible(grid.options.runtime is RuntimeName.LLAMA_CPP)
        self._share_width()
        self._show_sort_mark()
        self._write_units()
        self._show_place()

    def show_figures(
        self,
        mode: GridMode,
        rows: tuple[FigureRow | None, ...] = (),
        *,
        is_complete: bool = True,
    ) -> None:
        """Show what the figures in the cells are, and those that the grid does not have."""
        is_other = mode is not self.model.mode
        self.model.set_figures(mode, rows, is_complete=is_complete)
        if is_other:
            with QSignalBlocker(self.mode):
                self.mode.setCurrentIndex(self.mode.findData(mode))
            self.mode.setToolTip(figure_words.mode_explained(mode))
            self.view.set_widest_figure(figure_words.widest_figure(mode))
            self._write_units()
            self._units.forget_widest()
        self._show_place()

    def show_all_formats(self, shows_all: bool, *, format_count: int) -> None:
        """Show whether all formats are columns, without telling anyone."""
        words = self.tr("&All {count} formats").format(count=format_count)
        if words != self.all_formats.text():
            self.all_formats.setText(words)
        with QSignalBlocker(self.all_formats):
            self.all_formats.setChecked(shows_all)
        self._share_width()

    def show_cell(self, cell: Cell) -> None:
        """Show which cell the detail is about."""
        self._cell = cell
        self._show_place()

    def show_problem(self, sentence: str) -> None:
        """Say why there is no grid."""
        self.view.set_empty_text(sentence)

    def take_over(self, earlier: GridPanel) -> None:
        """Filter and sort as the panel did whose place this one takes."""
        self.filter.setText(earlier.filter.text())
        column = earlier.model.sort_column
        if column is not None:
            down = earlier.model.is_descending
            order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
            self.model.sort(column, order)
            self._show_sort_mark()
            self._show_place()

    def focus_filter(self) -> None:
        """Let the person type a name."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    # ------------------------------------------------------------------- parts

    def _set_up_controls(self) -> None:
        self.filter.setPlaceholderText(self.tr("Filter models"))
        self.filter.setAccessibleName(self.tr("Filter models"))
        self.filter.setToolTip(
            self.tr(
                "Show only models with these words in their names (Ctrl+F).\n"
                "Also: fits, tight, partial · moe, vision, speech · <8B, >=3B"
            )
        )
        self.filter.setClearButtonEnabled(True)
        words = self.filter.fontMetrics().horizontalAdvance(self.filter.placeholderText())
        self.filter.setFixedWidth(max(_FILTER_PX, words + 64))
        for mode in GridMode:
            self.mode.addItem(figure_words.mode_name(mode), mode)
            what = figure_words.mode_explained(mode)
            self.mode.setItemData(self.mode.count() - 1, what, Qt.ItemDataRole.ToolTipRole)
        self.mode.setAccessibleName(self.tr("Figures in the cells"))
        self.mode.setToolTip(figure_words.mode_explained(GridMode.NEEDED))
        self.all_formats.setToolTip(
            self.tr("Show every quant format of llama.cpp, or only those that most people load")
        )
        self.view.setAccessibleName(self.tr("Memory needed, models by quant format"))
        self.view.setAccessibleDescription(
            self.tr(
                "Arrow keys choose a cell, with Ctrl the last one. S sorts by its column. "
                "Ctrl+C copies the row, Ctrl+Shift+C the grid."
            )
        )
        self.view.setModel(self.model)

    def _build(self) -> None:
        # What stands at the right keeps together where the filter leaves it no room.
        shown = QWidget()
        shown_row = QHBoxLayout(shown)
        shown_row.setContentsMargins(0, 0, 0, 0)
        shown_row.setSpacing(12)
        shown_row.addStretch()
        shown_row.addWidget(self.all_formats)
        shown_row.addWidget(self.mode)
        shown.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        tools_room = QWidget()
        tools_room.setSizePolicy(flowing_size_policy())
        tools = FlowLayout(tools_room, across_px=12, down_px=4)
        tools.setContentsMargins(16, 10, 16, 2)
        tools.addWidget(self.filter)
        tools.addWidget(shown)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(tools_room)
        grid_room = QVBoxLayout()
        grid_room.setContentsMargins(4, 0, 8, 4)
        grid_room.addWidget(self.view)
        layout.addLayout(grid_room, 1)
        layout.addWidget(Rule(self._theme))
        layout.addWidget(self._legend())

    def _legend(self) -> QWidget:
        legend = QWidget()
        flow = FlowLayout(legend, across_px=16, down_px=6)
        flow.setContentsMargins(16, 9, 16, 9)
        for verdict in _KEYS:
            flow.addWidget(VerdictKey(self._theme, verdict, self._key_words(verdict)))
        flow.addWidget(self._units)
        legend.setSizePolicy(flowing_size_policy())
        return legend

    def _key_words(self, verdict: FitVerdict) -> str:
        return {
            FitVerdict.FITS: self.tr("fits"),
            FitVerdict.TIGHT: self.tr("fits, but tight"),
            FitVerdict.PARTIAL: self.tr("part of it in RAM"),
            FitVerdict.NO: self.tr("does not fit"),
        }.get(verdict, self.tr("cannot run, or not known"))

    def _write_units(self) -> None:
        if self.model.grid is not None:
            self._units.show_words(figure_words.unit_words(self.model.mode, self.model.grid))

    def _share_width(self) -> None:
        """Share the width among the columns, but for the thirty of llama.cpp."""
        grid = self.model.grid
        has_many = grid is None or grid.options.runtime is RuntimeName.LLAMA_CPP
        self.view.set_fills_width(not (has_many and self.all_formats.isChecked()))

    def _show_sort_mark(self) -> None:
        self.view.set_sort_mark(self.model.sort_column, descending=self.model.is_descending)

    # ------------------------------------------------------------------- doings

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.filter.returnPressed.connect(self.view.setFocus)
        self.mode.currentIndexChanged.connect(self._on_mode)
        self.all_formats.toggled.connect(self.all_formats_toggled)
        self.view.cell_changed.connect(self._on_cell_changed)
        self.view.sort_requested.connect(self._on_sort_requested)
        self.view.copy_requested.connect(self.copy)
        self.view.menu_requested.connect(self._on_menu_requested)

    @Slot(CopyWish)
    def copy(self, wish: CopyWish) -> None:
        """Put the row of the chosen cell, or all that is shown, into the clipboard."""
        current = self.view.currentIndex()
        rows = range(self.model.rowCount())
        if wish in (CopyWish.ROW_AS_TEXT, CopyWish.ROW_AS_CSV):
            rows = range(current.row(), current.row() + 1) if current.isValid() else range(0)
        if not rows:
            return
        # Late: most windows copy nothing.
        from planner.ui.models.grid_copy import grid_as_csv, grid_as_text

        is_csv = wish in (CopyWish.ROW_AS_CSV, CopyWish.GRID_AS_CSV)
        words = (grid_as_csv if is_csv else grid_as_text)(self.model, rows)
        QGuiApplication.clipboard().setText(words)

    def _show_place(self) -> None:
        """Put the chosen cell where sorting and filtering have moved it."""
        if self._cell is None:
            return
        # A file's row is one cell in every column; the arrow keys shall keep theirs.
        if self.model.cell_at(self.view.currentIndex()) != self._cell:
            self.view.choose(self.model.index_of(self._cell))

    @Slot(str)
    def _on_filter(self, filter_text: str) -> None:
        words = self.tr("No model matches “{words}”.").format(words=filter_text.strip())
        self.view.set_empty_text(words)
        self.model.set_filter_text(filter_text)
        self._show_place()

    @Slot(int)
    def _on_mode(self, place: int) -> None:
        # Qt hands the text of it back.
        self.mode_chosen.emit(GridMode(self.mode.itemData(place)))

    @Slot(QPoint)
    def _on_menu_requested(self, place: QPoint) -> None:
        """Offer what can be copied; the keys stand beside it."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for words, wish in (
            (self.tr("&Copy row") + "\tCtrl+C", CopyWish.ROW_AS_TEXT),
            (self.tr("Copy row as CS&V"), CopyWish.ROW_AS_CSV),
            (self.tr("Copy &grid") + "\tCtrl+Shift+C", CopyWish.GRID_AS_TEXT),
            (self.tr("Copy grid as C&SV"), CopyWish.GRID_AS_CSV),
        ):
            menu.addAction(words, partial(self.copy, wish))
        menu.popup(place)

    @Slot(QModelIndex)
    def _on_cell_changed(self, index: QModelIndex) -> None:
        cell = self.model.cell_at(index)
        if cell is not None and cell != self._cell:
            self._cell = cell
            self.cell_chosen.emit(cell)

    @Slot(int)
    def _on_sort_requested(self, column: int) -> None:
        """Sort up, then down, then as the catalogue has them."""
        if self.model.sort_column != column:
            self.model.sort(column, Qt.SortOrder.AscendingOrder)
        elif not self.model.is_descending:
            self.model.sort(column, Qt.SortOrder.DescendingOrder)
        else:
            self.model.clear_sort()
        self._show_sort_mark()
        self._show_place()
        self.view.scrollTo(self.view.currentIndex())
