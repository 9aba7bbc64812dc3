"""The ledger under the bar: what sits where, how much, and on opening a line why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QGuiApplication, QKeySequence, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from planner.ui.fonts import BODY_PX, REGULAR, SECONDARY_PX, SEMIBOLD, sized
from planner.ui.overrides import override
from planner.ui.theme import FOCUS_WIDTH, RHYTHM, SMALL_CORNER, Theme
from planner.ui.widgets.ledger_model import (
    EXPECTED_ROLE,
    KIND_ROLE,
    LINE_ROLE,
    RANGE_ROLE,
    LedgerColumn,
    LedgerModel,
    RowKind,
)

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent

    from planner.core.ledger import MemoryLedger

_Index = QModelIndex | QPersistentModelIndex
_EDGE: Final = RHYTHM  # keeps the ring of the focus off the words
_ARROW: Final = 12
_SWATCH: Final = 12
_GAP: Final = 2 * RHYTHM
_LINE_PADDING: Final = 10  # above and below the words of a line together
_PLACE_PADDING: Final = 18
_TEXT_INDENT: Final = _EDGE + _ARROW + _GAP + _SWATCH + _GAP
_LEAST_LETTERS: Final = 4  # of a formula: with fewer it says nothing
_WIDEST_FIGURE: Final = "000.00 GiB"
_WRAP: Final = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)
_MIDDLE: Final = Qt.AlignmentFlag.AlignVCenter
_RIGHT: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _LedgerDelegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: QTreeView) -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    @override
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        kind: RowKind = index.data(KIND_ROLE)
        font = self._view.font()
        if kind <= RowKind.LINE:
            padding = _LINE_PADDING if kind is RowKind.LINE else _PLACE_PADDING
            return QSize(0, QFontMetrics(font).height() + padding)
        metrics = QFontMetrics(sized(font, SECONDARY_PX))
        room = QRect(
            0, 0, max(1, self._view.viewport().width() - _TEXT_INDENT - _EDGE), 1 << 20
        )
        height = metrics.boundingRect(room, _WRAP, str(index.data())).height()
        return QSize(0, height + RHYTHM)

    @override
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        kind: RowKind = index.data(KIND_ROLE)
        rect = QRect(option.rect)
        painter.save()
        # A painter takes the application's direction, not its view's.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        if kind > RowKind.LINE:
            self._paint_detail(painter, rect, index)
        elif index.column() == LedgerColumn.WHAT:
            self._paint_name(painter, rect, index, kind)
        elif index.column() == LedgerColumn.FORMULA:
            self._paint_formula(painter, rect, index)
        else:
            self._font(painter, BODY_PX, SEMIBOLD)
            painter.setPen(QColor(self._theme.tokens.ink))
            painter.drawText(rect.adjusted(0, 0, -_EDGE, 0), int(_RIGHT), index.data())
        painter.restore()

    def _font(self, painter: QPainter, size_px: int, weight: int = REGULAR) -> QFontMetrics:
        painter.setFont(sized(self._view.font(), size_px, weight))
        return painter.fontMetrics()

    def _paint_name(self, painter: QPainter, rect: QRect, index: _Index, kind: RowKind) -> None:
        tokens = self._theme.tokens
        if kind is RowKind.PLACE:
            self._font(painter, SECONDARY_PX, SEMIBOLD)
            painter.setPen(QColor(tokens.muted))
            painter.drawText(rect.adjusted(_EDGE, 0, 0, 0), int(_MIDDLE), index.data())
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QRectF(rect).center().y()
        arrow = QPointF(rect.left() + _EDGE + _ARROW / 2, middle)
        self._paint_arrow(painter, arrow, is_open=self._view.isExpanded(index))
        left = rect.left() + _EDGE + _ARROW + _GAP
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.part_colour(index.data(LINE_ROLE).part)))
        painter.drawRoundedRect(QRectF(left, middle - _SWATCH / 2, _SWATCH, _SWATCH), 3, 3)
        metrics = self._font(painter, BODY_PX)
        painter.setPen(QColor(tokens.ink))
        words = rect.adjusted(_TEXT_INDENT, 0, 0, 0)
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(_MIDDLE), text)

    def _paint_arrow(self, painter: QPainter, middle: QPointF, *, is_open: bool) -> None:
        painter.setPen(QPen(QColor(self._theme.tokens.muted), 1.5))
        ends = (
            ((-3.5, -2), (0, 1.5), (3.5, -2)) if is_open else ((-2, -3.5), (1.5, 0), (-2, 3.5))
        )
        painter.drawPolyline([middle + QPointF(x, y) for x, y in ends])

    def _paint_formula(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        tokens = self._theme.tokens
        metrics = self._font(painter, SECONDARY_PX)
        room = rect.adjusted(_GAP, 0, -_GAP, 0)
        between = index.data(RANGE_ROLE)
        # Where there is no room for a range it is left to the tooltip, never cut.
        if between and metrics.horizontalAdvance(between) <= room.width():
            painter.setPen(QColor(tokens.ink))
            painter.drawText(room, int(_RIGHT), between)
            room.adjust(0, 0, -metrics.horizontalAdvance(between) - _GAP, 0)
        words = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, room.width())
        if len(words) > _LEAST_LETTERS:
            painter.setPen(QColor(tokens.muted))
            painter.drawText(room, int(_RIGHT), words)

    def _paint_detail(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        if index.column() != LedgerColumn.WHAT:
            return
        tokens = self._theme.tokens
        bar = QRectF(
            rect.left() + _EDGE + _ARROW + _GAP + _SWATCH / 2 - 1, rect.top(), 2, rect.height()
        )
        painter.fillRect(bar, QColor(tokens.line))
        self._font(painter, SECONDARY_PX)
        painter.setPen(QColor(tokens.muted))
        words = rect.adjusted(_TEXT_INDENT, RHYTHM // 2, -_EDGE, 0)
        painter.drawText(words, _WRAP, str(index.data()))


class LedgerView(QTreeView):
    """Shows a ledger; opened lines stay open when its figures change.

    It is as high as its content and never scrolls by itself: put it into a page that does.
    Enter, Space or a click opens a line; Ctrl+C copies it.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        # By what names them, so that a line that is away for a while comes back open.
        self._opened: set[object] = set()
        self._model = LedgerModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_LedgerDelegate(theme, self))
        self.setAccessibleName(self.tr("Memory ledger"))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setExpandsOnDoubleClick(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTreeView.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizeAdjustPolicy(QTreeView.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        header = self.header()
        header.setStretchLastSection(False)
        header.setMinimumSectionSize(0)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(LedgerColumn.FORMULA, QHeaderView.ResizeMode.Stretch)
        self._model.modelReset.connect(self._on_reset)
        self.clicked.connect(self._toggle)
        self.expanded.connect(self._on_expanded)
        self.collapsed.connect(self._on_collapsed)
        theme.changed.connect(self.viewport().update)
        # Its painter has no mirror image: names and figures run from left to right.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    def set_ledger(self, ledger: MemoryLedger | None) -> None:
        """Show another ledger, or nothing."""
        self._model.set_ledger(ledger)
        self._fit_columns()

    def _on_expanded(self, index: QModelIndex) -> None:
        if index.data(KIND_ROLE) is RowKind.LINE:
            self._opened.add(self._model.key(index))

    def _on_collapsed(self, index: QModelIndex) -> None:
        self._opened.discard(self._model.key(index))

    def _lines(self) -> list[QModelIndex]:
        model = self._model
        places = [model.index(row, 0) for row in range(model.rowCount())]
        return [
            model.index(row, 0, place)
            for place in places
            for row in range(model.rowCount(place))
        ]

    def _on_reset(self) -> None:
        for row in range(self._model.rowCount()):
            self.expand(self._model.index(row, 0))
        for line in self._lines():
            for row in range(self._model.rowCount(line)):
                self.setFirstColumnSpanned(row, line, True)
            if self._model.key(line) in self._opened:
                self.expand(line)

    def _fit_columns(self) -> None:
        name = QFontMetrics(sized(self.font(), BODY_PX))
        figure = QFontMetrics(sized(self.font(), BODY_PX, SEMIBOLD))
        names, figures = [0], [_WIDEST_FIGURE]
        for line in self._lines():
            names.append(name.horizontalAdvance(line.data()))
            figures.append(line.data(EXPECTED_ROLE))
        header = self.header()
        header.resizeSection(LedgerColumn.WHAT, _TEXT_INDENT + max(names) + 1)
        widest = max(map(figure.horizontalAdvance, figures))
        header.resizeSection(LedgerColumn.SIZE, widest + _EDGE + 1)

    def _toggle(self, index: _Index) -> None:
        if index.data(KIND_ROLE) is RowKind.LINE:
            first = index.sibling(index.row(), LedgerColumn.WHAT)
            self.setExpanded(first, not self.isExpanded(first))

    @override
    def minimumSizeHint(self) -> QSize:
        """Return the content's height, so that no layout cuts it."""
        narrow = self.header().sectionSize(LedgerColumn.WHAT)
        narrow += self.header().sectionSize(LedgerColumn.SIZE)
        return QSize(narrow, self.sizeHint().height())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy(index)
        elif index.isValid() and event.key() in (
            Qt.Key.Key_Return,
            Qt.Key.Key_Enter,
            Qt.Key.Key_Space,
        ):
            self._toggle(index)
        elif index.data(KIND_ROLE) is RowKind.PLACE and event.key() in (
            Qt.Key.Key_Left,
            Qt.Key.Key_Minus,
        ):
            # A place stays open: its lines are what the page is about.
            event.accept()
        else:
            super().keyPressEvent(event)

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if index.isValid():
            menu.addAction(self.tr("Copy line"), lambda: self._copy(index))
        menu.addAction(self.tr("Copy ledger"), self.copy_all)
        menu.popup(event.globalPos())

    def copy_all(self) -> None:
        """Put the whole ledger on the clipboard, a line a row, tabs between its columns."""
        rows = []
        for row in range(self._model.rowCount()):
            place = self._model.index(row, 0)
            rows.append(self._model.row_text(place))
            rows += [
                self._model.row_text(self._model.index(number, 0, place))
                for number in range(self._model.rowCount(place))
            ]
        QGuiApplication.clipboard().setText("\n".join(rows))

    def _copy(self, index: _Index) -> None:
        if index.isValid():
            QGuiApplication.clipboard().setText(self._model.row_text(index))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and self._opened:
            # What is opened wraps: its rows get other heights.
            self.scheduleDelayedItemsLayout()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._fit_columns()
            self.scheduleDelayedItemsLayout()

    @override
    def drawBranches(self, painter: QPainter, rect: QRect, index: _Index) -> None:
        """Draw nothing: lines carry their own arrow."""

    @override
    def drawRow(self, painter: QPainter, options: QStyleOptionViewItem, index: _Index) -> None:
        super().drawRow(painter, options, index)
        if not self.hasFocus() or index.row() != self.currentIndex().row():
            return
        if index.parent() != self.currentIndex().parent():
            return
        ring = QRectF(options.rect)
        ring.setLeft(0)
        ring.setRight(self.viewport().width())
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.focus), FOCUS_WIDTH))
        painter.drawRoundedRect(ring.adjusted(1, 1, -1, -1), SMALL_CORNER, SMALL_CORNER)
        painter.restore()
