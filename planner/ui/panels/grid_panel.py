"""The grid with what belongs to it: filter, all formats, sorting, legend."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner.core.fit import FitVerdict
from planner.core.plan import DEFAULT_CONTEXT_LENGTH
from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.models.fit_table_model import FitTableModel
from planner.ui.text import token_text
from planner.ui.widgets.fit_grid import FitGridView
from planner.ui.widgets.flow_layout import FlowLayout, flowing_size_policy
from planner.ui.widgets.rule import Rule
from planner.ui.widgets.verdict_key import VerdictKey

if TYPE_CHECKING:
    from planner.core.grid import FitGrid
    from planner.core.plan import PlanOptions
    from planner.ui.models.cell import Cell
    from planner.ui.theme import Theme

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
    all_formats_toggled = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cell: Cell | None = None
        self.model = FitTableModel(self)
        self.filter = QLineEdit()
        self.all_formats = QCheckBox()
        self.view = FitGridView(theme, self.model)
        self._units = QLabel()
        # One runtime is known so far, so there is nothing to choose.
        self._runtime = QLabel(self.tr("llama.cpp (GGUF)"))
        self._set_up_controls()
        self._build()
        self._connect()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of reading."""
        return (self.filter, self.all_formats, self.view.name_head, self.view)

    @property
    def units_text(self) -> str:
        """What the figures in the cells are."""
        return self._units.text()

    def show_grid(self, grid: FitGrid) -> None:
        """Show other verdicts."""
        self.model.set_grid(grid)
        self._write_units(grid.options)
        self._show_place()

    def show_all_formats(self, shows_all: bool, *, format_count: int) -> None:
        """Show whether all formats are columns, without telling anyone."""
        words = self.tr("&All {count} formats").format(count=format_count)
        if words != self.all_formats.text():
            self.all_formats.setText(words)
        with QSignalBlocker(self.all_formats):
            self.all_formats.setChecked(shows_all)
        self.view.set_fills_width(not shows_all)

    def show_cell(self, cell: Cell) -> None:
        """Show which cell the detail is about."""
        self._cell = cell
        self._show_place()

    def show_problem(self, sentence: str) -> None:
        """Say why there is no grid."""
        self.view.set_empty_text(sentence)

    def focus_filter(self) -> None:
        """Let the person type a name."""
        self.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filter.selectAll()

    # ------------------------------------------------------------------- parts

    def _set_up_controls(self) -> None:
        self.filter.setPlaceholderText(self.tr("Filter models"))
        self.filter.setAccessibleName(self.tr("Filter models"))
        self.filter.setToolTip(self.tr("Show only models with these words (Ctrl+F)"))
        self.filter.setClearButtonEnabled(True)
        words = self.filter.fontMetrics().horizontalAdvance(self.filter.placeholderText())
        self.filter.setMinimumWidth(words + 64)
        self.filter.setMaximumWidth(max(260, words + 64))
        self.all_formats.setToolTip(
            self.tr("Show every quant format of llama.cpp, or only those that most people load")
        )
        self.view.setAccessibleName(self.tr("Memory needed, models by quant format"))
        self.view.setAccessibleDescription(
            self.tr("Arrow keys choose a cell. S sorts by its column.")
        )
        self.view.setModel(self.model)

    def _build(self) -> None:
        tools = QHBoxLayout()
        tools.setContentsMargins(16, 10, 16, 2)
        tools.setSpacing(12)
        tools.addWidget(self.filter, 1)
        tools.addStretch()
        tools.addWidget(self._runtime)
        tools.addWidget(self.all_formats)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(tools)
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
        for label in (self._units, self._runtime):
            label.setFont(sized(self.font(), SECONDARY_PX))
            label.setProperty("muted", True)
        self._units.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._units.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)
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

    def _write_units(self, options: PlanOptions) -> None:
        if options.context_length is None:
            # A model with a shorter limit is taken at its limit.
            words = self.tr("GiB needed at up to {tokens}")
            tokens = token_text(DEFAULT_CONTEXT_LENGTH)
        else:
            words = self.tr("GiB needed at {tokens}")
            tokens = token_text(options.context_length)
        self._units.setText(words.format(tokens=tokens))

    # ------------------------------------------------------------------- doings

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._on_filter)
        self.filter.returnPressed.connect(self.view.setFocus)
        self.all_formats.toggled.connect(self.all_formats_toggled)
        self.view.cell_changed.connect(self._on_cell_changed)
        self.view.sort_requested.connect(self._on_sort_requested)

    def _show_place(self) -> None:
        """Put the chosen cell where sorting and filtering have moved it."""
        if self._cell is None:
            return
        index = self.model.index_of(self._cell)
        if index != self.view.currentIndex():
            self.view.choose(index)

    @Slot(str)
    def _on_filter(self, filter_text: str) -> None:
        words = self.tr("No model has “{words}” in its name.").format(words=filter_text.strip())
        self.view.set_empty_text(words)
        self.model.set_filter_text(filter_text)
        self._show_place()

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
        self.view.set_sort_mark(self.model.sort_column, descending=self.model.is_descending)
        self._show_place()
        self.view.scrollTo(self.view.currentIndex())
