"""The table under the diagram, in the look of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.overrides import override

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from planner.ui.diagram.block_table_model import BlockTableModel
    from planner.ui.theme import Theme

_ROW_PADDING: Final = 8
_LEAST_ROWS: Final = 3


class BlockTable(QTableView):
    """Shows a `BlockTableModel`; its first column takes the room that the figures leave."""

    def __init__(
        self, theme: Theme, model: BlockTableModel, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setModel(model)
        self.setFont(sized(self.font(), SECONDARY_PX))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        rows, heads = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + _ROW_PADDING)
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setMinimumHeight(_LEAST_ROWS * rows.defaultSectionSize())
        model.modelReset.connect(self._spread_columns)
        theme.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def height_of_rows(self, count: int) -> int:
        """Return the height that shows the heads and so many rows."""
        return (count + 1) * self.verticalHeader().defaultSectionSize()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._spread_columns()

    @Slot()
    def _spread_columns(self) -> None:
        self.resizeColumnsToContents()
        heads = self.horizontalHeader()
        rest = self.viewport().width() - heads.length()
        if rest > 0 and heads.count():
            heads.resizeSection(0, heads.sectionSize(0) + rest)

    @Slot()
    def _on_look_changed(self) -> None:
        tokens = self._theme.tokens
        self.setStyleSheet(
            f"QTableView {{ background: {tokens.panel}; }}"
            "QTableView::item { padding: 0 6px; }"
            f"QTableView::item:selected {{ background: {tokens.hover}; color: {tokens.ink}; }}"
            f"QTableView:focus {{ border: 1px solid {tokens.focus}; border-radius: 4px; }}"
            f"QHeaderView {{ background: {tokens.panel}; }}"
            f"QHeaderView::section {{ background: {tokens.panel}; color: {tokens.muted};"
            f" border: none; border-bottom: 1px solid {tokens.line}; padding: 3px 9px;"
            " font-weight: 400; }"
        )
