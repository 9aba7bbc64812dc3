"""The grid of verdicts: a table whose cells and heads are painted in one go.

A delegate in Python costs several times what this does (a call and a style lookup for each of
some hundred cells), and the grid is painted anew with every step of the context slider.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.overrides import override
from planner.ui.theme import SMALL_CORNER, Theme
from planner.ui.widgets.cell_tiles import CellTiles, body_of
from planner.ui.widgets.fit_grid_heads import NAME_SECTION, ColumnHead, NameHead, RowHead
from planner.ui.widgets.grid_keys import CopyWish, copy_wish, edge_cell
from planner.ui.widgets.viewport import set_known_viewport

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel
    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )

    from planner.core.fit import FitVerdict

_Index = QModelIndex | QPersistentModelIndex
_CELL_PADDING_PX: Final = 6
_USUAL_FIGURE: Final = "88.8"
# How many columns stay in sight beside the names where all of them do not.
_COLUMNS_BESIDE_NAMES: Final = 5
# Rows share the height there is, within these limits around the height of the text.
_LOWEST_ROW_PX: Final = 7
_HIGHEST_ROW_PX: Final = 15


class GridFaces(Protocol):
    """What is painted, by the row and column in which the model shows it."""

    def cell_face(self, row: int, column: int) -> tuple[FitVerdict, str]:
        """Return a cell's verdict and figure."""

    def row_face(self, row: int) -> tuple[str, str]:
        """Return a model's name and its size as marketed."""

    def row_is_file(self, row: int) -> bool:
        """Whether a row is a user's own file: one cell as wide as all columns."""


class FitGridView(QTableView):
    """Shows verdicts; one cell is always chosen, and both heads stay in view."""

    cell_changed = Signal(QModelIndex)
    sort_requested = Signal(int)
    copy_requested = Signal(CopyWish)
    menu_requested = Signal(QPoint)
    painted = Signal()

    def __init__(self, theme: Theme, faces: GridFaces, parent: QWidget | None = None) -> None:
        self._is_fitting = False  # asked for while Qt makes the view
        super().__init__(parent)
        self._theme = theme
        self._faces = faces
        self._tiles = CellTiles(theme)
        self._widest_figure = _USUAL_FIGURE
        self._hovered: tuple[int, int] = (-1, -1)
        self._empty_text = ""
        self._fills_width = True
        self._was_painted = False
        set_known_viewport(self)
        self.name_head = NameHead(theme, self)
        self._column_head = ColumnHead(theme, self)
        self._row_head = RowHead(theme, faces, self)
        self.setHorizontalHeader(self._column_head)
        self.setVerticalHeader(self._row_head)
        self._set_up()
        self._column_head.sectionClicked.connect(self.sort_requested)
        self.name_head.clicked.connect(self._on_name_head_clicked)
        theme.changed.connect(self._drop_tiles)
        # Its painter has no mirror image: names and figures run from left to right.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def _set_up(self) -> None:
        self.setObjectName("fit_grid")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        # Else the style draws an edge where the two scroll bars meet.
        self.setCornerWidget(QWidget())
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    # ------------------------------------------------------------------- what is shown

    @override
    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._on_reset)

    def set_widest_figure(self, figure: str) -> None:
        """Make columns wide enough for figures of another kind."""
        if figure != self._widest_figure:
            self._widest_figure = figure
            self._fit_sections()

    def set_fills_width(self, fills_width: bool) -> None:
        """Share the width among the columns, or give each its own and scroll."""
        if fills_width != self._fills_width:
            self._fills_width = fills_width
            self._fit_sections()

    @property
    def empty_text(self) -> str:
        """What stands there while there is no row."""
        return self._empty_text

    def set_empty_text(self, empty_text: str) -> None:
        """Say why there is no row, where there is none."""
        self._empty_text = empty_text
        self.viewport().update()

    def set_sort_mark(self, column: int | None, *, descending: bool) -> None:
        """Mark the column that gives the order, or the names (`NAME_SECTION`)."""
        self._column_head.set_sort_mark(column, descending=descending)
        self.name_head.set_sort_mark(column == NAME_SECTION, descending=descending)

    def choose(self, index: QModelIndex) -> None:
        """Make a cell the chosen one, without a word to `cell_changed`."""
        was_blocked = self.blockSignals(True)
        self.setCurrentIndex(index)
        self.blockSignals(was_blocked)
        self._show_current()

    # ------------------------------------------------------------------- Qt's events

    @override
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self._show_current()
        if current.isValid() and not self.signalsBlocked():
            self.cell_changed.emit(self.currentIndex())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        wish, edge = copy_wish(event), edge_cell(event, self.currentIndex())
        if wish is not None:
            self.copy_requested.emit(wish)
        elif edge is not None:
            self.setCurrentIndex(edge)
        elif event.key() == Qt.Key.Key_S and not event.modifiers():
            if self.currentIndex().isValid():
                self.sort_requested.emit(self.currentIndex().column())
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        place = event.globalPos()
        if event.reason() is event.Reason.Keyboard:
            cell = self.visualRect(self.currentIndex())
            place = self.viewport().mapToGlobal(cell.bottomLeft())
        self.menu_requested.emit(place)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Do nothing: a letter would jump to a figure; models are found by the filter."""

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self._hover(index.row(), index.column())

    @override
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._hover(-1, -1)
        return super().viewportEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @override
    def updateGeometries(self) -> None:
        if self._is_fitting:
            return
        super().updateGeometries()
        # Over the corner between the heads, which Qt fills with a button of its own.
        corner = QRect(self._row_head.x(), self._column_head.y(), 0, 0)
        corner.setSize(QSize(self._row_head.width(), self._column_head.height()))
        self.name_head.setGeometry(corner)
        self.name_head.raise_()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sections()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._drop_tiles()
            self._fit_sections()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        try:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._tiles.set_pixel_ratio(self.devicePixelRatioF())
            self._paint_cells(painter, event.rect())
            self._paint_marks(painter)
        finally:
            painter.end()
        if not self._was_painted:
            self._was_painted = True
            self.painted.emit()

    # ------------------------------------------------------------------- painting

    def _paint_cells(self, painter: QPainter, exposed: QRect) -> None:
        rows, columns = self._exposed(exposed)
        if not rows or not columns:
            painter.setPen(QColor(self._theme.tokens.muted))
            painter.drawText(
                self.viewport().rect().adjusted(16, 16, -16, -16),
                Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop,
                self._empty_text,
            )
            return
        spans = [
            (column, self.columnViewportPosition(column), self.columnWidth(column))
            for column in columns
        ]
        font, faces, tiles = self.font(), self._faces, self._tiles
        for row in rows:
            top, height = self.rowViewportPosition(row), self.rowHeight(row)
            if faces.row_is_file(row):
                verdict, figure = faces.cell_face(row, 0)
                wide = self._wide_rect(row)
                tile = tiles.tile(verdict, figure, wide.width(), height, font)
                painter.drawPixmap(wide.left(), top, tile)
                continue
            for column, left, width in spans:
                verdict, figure = faces.cell_face(row, column)
                painter.drawPixmap(left, top, tiles.tile(verdict, figure, width, height, font))

    def _exposed(self, exposed: QRect) -> tuple[range, range]:
        row_count, column_count = self._row_head.count(), self._column_head.count()
        if not row_count or not column_count:
            return range(0), range(0)
        last_row, last_column = self.rowAt(exposed.bottom()), self.columnAt(exposed.right())
        first_row, first_column = self.rowAt(exposed.top()), self.columnAt(exposed.left())
        return (
            range(max(first_row, 0), (last_row if last_row >= 0 else row_count - 1) + 1),
            range(
                max(first_column, 0),
                (last_column if last_column >= 0 else column_count - 1) + 1,
            ),
        )

    def _paint_marks(self, painter: QPainter) -> None:
        tokens = self._theme.tokens
        painter.setBrush(Qt.BrushStyle.NoBrush)
        hovered = self.model().index(*self._hovered) if self._row_head.count() else None
        if hovered is not None and hovered.isValid():
            painter.setPen(QPen(QColor(tokens.outline), 1))
            painter.drawRoundedRect(self._body_of(hovered), SMALL_CORNER, SMALL_CORNER)
        current = self.currentIndex()
        if not current.isValid():
            return
        body = self._body_of(current)
        painter.setPen(QPen(QColor(tokens.accent), 2))
        painter.drawRoundedRect(body, SMALL_CORNER, SMALL_CORNER)
        if self.hasFocus():
            # The ring of the keyboard's focus, around the border of the chosen cell.
            ring = QColor(tokens.focus)
            ring.setAlphaF(0.35)
            painter.setPen(QPen(ring, 3))
            painter.drawRoundedRect(
                body.adjusted(-2, -2, 2, 2), SMALL_CORNER + 2, SMALL_CORNER + 2
            )

    # ------------------------------------------------------------------- inside

    @Slot()
    def _on_name_head_clicked(self) -> None:
        self.sort_requested.emit(NAME_SECTION)

    @Slot()
    def _on_reset(self) -> None:
        """Give the rows of a user's own files one cell, and everything its size."""
        self.clearSpans()
        rows, columns = self.model().rowCount(), self.model().columnCount()
        for row in range(rows if columns > 1 else 0):
            if not self._faces.row_is_file(row):
                break
            self.setSpan(row, 0, 1, columns)
        self._fit_sections()

    def _wide_rect(self, row: int) -> QRect:
        """Return what is seen of a cell as wide as all columns, so that its words are."""
        whole = self.visualRect(self.model().index(row, 0))
        return whole.intersected(QRect(0, whole.top(), self.viewport().width(), whole.height()))

    def _body_of(self, index: QModelIndex) -> QRectF:
        is_wide = self._faces.row_is_file(index.row())
        return body_of(
            QRectF(self._wide_rect(index.row()) if is_wide else self.visualRect(index))
        )

    def _show_current(self) -> None:
        index = self.currentIndex()
        self._row_head.set_current(index.row())
        self._column_head.set_current(index.column())
        self.viewport().update()

    def _hover(self, row: int, column: int) -> None:
        if (row, column) != self._hovered:
            self._hovered = (row, column)
            self.viewport().update()

    def _drop_tiles(self) -> None:
        self._tiles.drop()
        self.viewport().update()
        self._row_head.viewport().update()
        self._column_head.viewport().update()

    def _fit_sections(self) -> None:
        """Give rows and columns their sizes for the room and the text there are."""
        # Qt would lay all out anew for each of them.
        self._is_fitting = True
        self._size_sections()
        self._is_fitting = False
        self.updateGeometries()

    def _size_sections(self) -> None:
        metrics = QFontMetrics(sized(self.font(), SECONDARY_PX))
        self._row_head.forget_widths()
        figure = metrics.horizontalAdvance(self._widest_figure) + round(metrics.height() * 0.92)
        narrowest = max(figure, self._column_head.widest_name()) + _CELL_PADDING_PX
        column_count = self._column_head.count() if self._fills_width else _COLUMNS_BESIDE_NAMES
        bar = self.verticalScrollBar().sizeHint().width()
        self._row_head.set_most_width(self.width() - bar - column_count * narrowest)
        self._column_head.setMinimumSectionSize(narrowest)
        mode = QHeaderView.ResizeMode
        self._column_head.setSectionResizeMode(
            mode.Stretch if self._fills_width else mode.Fixed
        )
        if not self._fills_width:
            # Also those that have shared the width before.
            for column in range(self._column_head.count()):
                self._column_head.resizeSection(column, narrowest + _CELL_PADDING_PX)
        self._fit_rows(self._row_head.count())

    def _fit_rows(self, row_count: int) -> None:
        text_height = QFontMetrics(self.font()).height()
        lowest, highest = text_height + _LOWEST_ROW_PX, text_height + _HIGHEST_ROW_PX
        wanted = self.viewport().height() // max(row_count, 1)
        self._row_head.setMinimumSectionSize(lowest)
        self._row_head.setDefaultSectionSize(max(lowest, min(highest, wanted)))
