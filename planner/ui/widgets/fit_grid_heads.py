"""The two heads of the grid: quant formats above, models with their sizes on the left."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QHeaderView

from planner.ui.fonts import BODY_PX, REGULAR, SECONDARY_PX, SEMIBOLD, sized
from planner.ui.overrides import override
from planner.ui.theme import FOCUS_WIDTH, SMALL_CORNER
from planner.ui.widgets.viewport import set_known_viewport

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from planner.ui.theme import Theme

# What `sort_requested` says for the names; quant formats have numbers from 0.
NAME_SECTION: Final = -1
_PADDING_PX: Final = 12
_GAP_PX: Final = 6
# Names are not cut shorter than this, however narrow the grid is.
_NARROWEST_NAMES_PX: Final = 150
# The names of people's own files are long; beyond this their end gives way.
_WIDEST_FILE_NAME_PX: Final = 220
# The sign of a file, as part of the height of the name's text, and its sides' ratio.
_SIGN_HEIGHT_RATIO: Final = 0.72
_SIGN_WIDTH_RATIO: Final = 0.78


class RowFaces(Protocol):
    """What stands at the left of each row."""

    def row_face(self, row: int) -> tuple[str, str]:
        """Return a model's name and its size as marketed."""

    def row_is_file(self, row: int) -> bool:
        """Whether the row is a user's own file, which has a sign before its name."""


class _Head(QHeaderView):
    def __init__(self, orientation: Qt.Orientation, theme: Theme, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self._current = -1
        set_known_viewport(self)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)

    def set_current(self, section: int) -> None:
        """Set off the head of the chosen cell."""
        if section != self._current:
            self._current = section
            self.viewport().update()

    def _ink(self, section: int) -> QColor:
        tokens = self._theme.tokens
        return QColor(tokens.ink if section == self._current else tokens.muted)


class ColumnHead(_Head):
    """Names of quant formats; a small arrow marks the one that gives the order."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, theme, parent)
        self._sorted: int | None = None
        self._descending = False
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignCenter)

    def set_sort_mark(self, column: int | None, *, descending: bool) -> None:
        """Mark a column, or none."""
        self._sorted, self._descending = column, descending
        self.viewport().update()

    @override
    def sizeHint(self) -> QSize:
        # Qt would ask for every section's own; the view has no use for the width.
        return QSize(0, QFontMetrics(self.font()).height() + 14)

    def widest_name(self) -> int:
        """Return the width of the longest name, as it is when its cell is the chosen one."""
        metrics = QFontMetrics(sized(self.font(), SECONDARY_PX, SEMIBOLD))
        return max(
            (
                metrics.horizontalAdvance(
                    str(self.model().headerData(section, Qt.Orientation.Horizontal))
                )
                for section in range(self.count())
            ),
            default=0,
        )

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        name = self.model().headerData(logicalIndex, Qt.Orientation.Horizontal)
        is_current = logicalIndex == self._current
        painter.save()
        try:
            painter.setFont(
                sized(self.font(), SECONDARY_PX, SEMIBOLD if is_current else REGULAR)
            )
            painter.setPen(self._ink(logicalIndex))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(name))
            if logicalIndex == self._sorted:
                width = painter.fontMetrics().horizontalAdvance(str(name))
                centre = rect.center()
                _paint_arrow(
                    painter,
                    QPointF(centre.x() + width / 2 + 7, centre.y() + 0.5),
                    QColor(self._theme.tokens.accent),
                    descending=self._descending,
                )
        finally:
            painter.restore()


class NameHead(QAbstractButton):
    """The head above the models' names; pressing it sorts by them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_sorted = False
        self._descending = False
        self.setText(self.tr("Model"))
        self.setAccessibleName(self.tr("Sort by model name"))
        self.setToolTip(self.tr("Sort by name; once more turns the order round"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.update)

    def set_sort_mark(self, is_sorted: bool, *, descending: bool) -> None:
        """Show whether the names give the order."""
        self._is_sorted, self._descending = is_sorted, descending
        self.update()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = QPainter(self)
        # A painter takes the application's direction, not its widget's.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        try:
            # Not `fillRect`, see `Rule`.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.panel))
            painter.drawRect(self.rect())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            is_lit = self._is_sorted or self.underMouse()
            painter.setPen(QColor(tokens.ink if is_lit else tokens.muted))
            painter.setFont(sized(self.font(), SECONDARY_PX))
            room = self.rect().adjusted(_PADDING_PX, 0, -_PADDING_PX, 0)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.text())
            width = painter.fontMetrics().horizontalAdvance(self.text())
            if self._is_sorted:
                mark = QPointF(room.left() + width + 9, self.height() / 2)
                _paint_arrow(painter, mark, QColor(tokens.accent), descending=self._descending)
            if self.hasFocus():
                painter.setPen(QPen(QColor(tokens.focus), FOCUS_WIDTH))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = QRectF(self.rect()).adjusted(4, 3, -4, -3)
                painter.drawRoundedRect(ring, SMALL_CORNER, SMALL_CORNER)
        finally:
            painter.end()


def _paint_arrow(
    painter: QPainter, centre: QPointF, colour: QColor, *, descending: bool
) -> None:
    """Draw a small triangle that points up where the smallest comes first."""
    up = 1 if descending else -1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    corners = (QPointF(0, 2.5 * up), QPointF(-3.5, -2 * up), QPointF(3.5, -2 * up))
    painter.drawPolygon(QPolygonF([centre + corner for corner in corners]))


class RowHead(_Head):
    """Models with their sizes; as wide as the longest one needs where there is room."""

    def __init__(self, theme: Theme, faces: RowFaces, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, theme, parent)
        self._faces = faces
        self._most_px = _NARROWEST_NAMES_PX
        self._widest_px: int | None = None
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def set_most_width(self, most_px: int) -> None:
        """Say what the columns leave for the names."""
        self._most_px = max(most_px, _NARROWEST_NAMES_PX)

    def forget_widths(self) -> None:
        """Measure the names anew when the width is next asked for."""
        self._widest_px = None

    @override
    def sizeHint(self) -> QSize:
        if self._widest_px is None:
            self._widest_px = self._measured()
        # As above, of the height.
        return QSize(min(self._widest_px, self._most_px), 0)

    def _measured(self) -> int:
        """Return what the longest row wants; Qt asks often, so the answer is kept."""
        name_metrics = QFontMetrics(sized(self.font(), BODY_PX, SEMIBOLD))
        size_metrics = QFontMetrics(sized(self.font(), SECONDARY_PX))
        # Room for the head above the names where there are none.
        widest = _NARROWEST_NAMES_PX // 2
        for row in range(self.count()):
            name, size = self._faces.row_face(row)
            width = name_metrics.horizontalAdvance(name) + size_metrics.horizontalAdvance(size)
            if self._faces.row_is_file(row):
                width = min(width + name_metrics.height(), _WIDEST_FILE_NAME_PX)
            widest = max(widest, width)
        return widest + _GAP_PX + 2 * _PADDING_PX

    @override
    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        name, size = self._faces.row_face(logicalIndex)
        weight = SEMIBOLD if logicalIndex == self._current else REGULAR
        room = rect.adjusted(_PADDING_PX, 0, -_PADDING_PX, 0)
        painter.save()
        try:
            painter.setFont(sized(self.font(), BODY_PX, weight))
            metrics = painter.fontMetrics()
            cut = Qt.TextElideMode.ElideRight
            if self._faces.row_is_file(logicalIndex):
                room.setLeft(self._paint_file_sign(painter, room))
                # What tells files apart stands at both ends.
                cut = Qt.TextElideMode.ElideMiddle
            shown = metrics.elidedText(name, cut, room.width())
            painter.setPen(QColor(self._theme.tokens.ink))
            base = rect.top() + (rect.height() + metrics.ascent() - metrics.descent()) // 2
            painter.drawText(room.left(), base, shown)
            # On the same base line, in what the name leaves; the tooltip has it in any case.
            left = room.left() + metrics.horizontalAdvance(shown) + _GAP_PX
            painter.setFont(sized(self.font(), SECONDARY_PX))
            painter.setPen(QColor(self._theme.tokens.muted))
            size_metrics = painter.fontMetrics()
            for words in (size, size.partition(",")[0]):
                if left + size_metrics.horizontalAdvance(words) <= rect.right() - 4:
                    painter.drawText(left, base, words)
                    break
        finally:
            painter.restore()

    def _paint_file_sign(self, painter: QPainter, room: QRect) -> int:
        """Draw a sheet with a folded corner, and return where the name begins."""
        height = painter.fontMetrics().height() * _SIGN_HEIGHT_RATIO
        width = height * _SIGN_WIDTH_RATIO
        left, top = room.left() + 0.5, room.top() + (room.height() - height) / 2
        fold = width * 0.4
        edge = (
            QPointF(left + width - fold, top),
            QPointF(left, top),
            QPointF(left, top + height),
            QPointF(left + width, top + height),
            QPointF(left + width, top + fold),
            QPointF(left + width - fold, top),
            QPointF(left + width - fold, top + fold),
            QPointF(left + width, top + fold),
        )
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.tokens.muted), 1.2))
        painter.drawPolyline(QPolygonF(edge))
        painter.restore()
        return room.left() + round(width) + _GAP_PX
