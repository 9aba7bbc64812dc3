"""The architecture of the chosen cell: the diagram, and under it a block tensor by tensor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from planner.core.diagram.layout.contents import Contents
from planner.core.diagram.picture import diagram_picture
from planner.ui.diagram.block_table import BlockTable
from planner.ui.diagram.block_table_model import BlockTableModel
from planner.ui.diagram.diagram_view import DiagramView
from planner.ui.diagram.diagram_words import diagram_words
from planner.ui.fonts import SECONDARY_PX, SEMIBOLD, sized
from planner.ui.theme import RHYTHM, Theme

if TYPE_CHECKING:
    from planner.core.diagram.model import Diagram

_TABLE_ROWS: Final = 4  # that stand there at first


class ArchitecturePage(QWidget):
    """Shows one `Diagram`; where there is none, the reason.

    `export_wanted` hands over the picture that somebody wants to save.
    """

    export_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._diagram: Diagram | None = None
        self.view = DiagramView(theme)
        self._reason = QLabel()
        self._reason.setWordWrap(True)
        self._reason.setFont(sized(self.font(), SECONDARY_PX))
        self._reason.setProperty("muted", True)
        self._head = QLabel()
        self._head.setFont(sized(self.font(), SECONDARY_PX, SEMIBOLD))
        self._head.setWordWrap(True)
        self._model = BlockTableModel(diagram_words, self)
        self.table = BlockTable(theme, self._model)
        self.table.setAccessibleName(self.tr("Blocks and tensors"))
        self.fit_button = QPushButton(self.tr("Fit"))
        self.smaller_button = QToolButton()
        self.larger_button = QToolButton()
        self.save_button = QPushButton(self.tr("Save picture…"))
        self._body = QSplitter(Qt.Orientation.Vertical)
        self._below = QWidget()
        self._build()
        self._connect()
        self.show_diagram(None, "")

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in this order."""
        return (
            self.fit_button,
            self.smaller_button,
            self.larger_button,
            self.save_button,
            self.view,
            self.table,
        )

    @property
    def reason_text(self) -> str:
        """Why there is no diagram, or what it lacks."""
        return "" if self._reason.isHidden() else self._reason.text()

    @property
    def head_text(self) -> str:
        """What the table is about."""
        return self._head.text()

    def show_diagram(self, diagram: Diagram | None, reason: str = "") -> None:
        """Show a model's blocks; `reason` says why there are none, or what they lack."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        for widget in (*self.controls, self._body):
            widget.setVisible(diagram is not None)
        before, self._diagram = self._diagram, diagram
        if diagram is None:
            self.view.set_picture(None)
            return
        for widget in (self.fit_button, self.smaller_button, self.larger_button, self._below):
            widget.setVisible(diagram.text is not None)
        if diagram == before:
            return
        same_model = before is not None and before.model_id == diagram.model_id
        picture = diagram_picture(diagram, words=diagram_words())
        self.view.set_picture(picture, keeps_place=same_model)
        self._tell()

    def _build(self) -> None:
        for button, sign, name in (
            (self.smaller_button, "−", self.tr("Zoom out")),
            (self.larger_button, "+", self.tr("Zoom in")),
        ):
            button.setText(sign)
            button.setAccessibleName(name)
            button.setToolTip(name)
        self.fit_button.setToolTip(self.tr("Show the whole diagram (0)"))
        row = QHBoxLayout()
        row.setSpacing(RHYTHM)
        for widget in (self.fit_button, self.smaller_button, self.larger_button):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.save_button)
        lower = QVBoxLayout(self._below)
        lower.setContentsMargins(0, 2 * RHYTHM, 0, 0)
        lower.setSpacing(RHYTHM)
        lower.addWidget(self._head)
        lower.addWidget(self.table, 1)
        self._body.addWidget(self.view)
        self._body.addWidget(self._below)
        self._body.setChildrenCollapsible(False)
        self._body.setStretchFactor(0, 1)
        table_height = self.table.height_of_rows(_TABLE_ROWS)
        self._body.setSizes([3 * table_height, table_height])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(4 * RHYTHM, 2 * RHYTHM, 4 * RHYTHM, 3 * RHYTHM)
        layout.setSpacing(2 * RHYTHM)
        layout.addLayout(row)
        layout.addWidget(self._reason)
        layout.addWidget(self._body, 1)
        # Takes the room where there is no diagram.
        layout.addStretch(0)

    def _connect(self) -> None:
        self.view.block_shown.connect(self._on_block_shown)
        self.view.block_pinned.connect(self._on_block_shown)
        self.table.activated.connect(self._on_row_chosen)
        self.fit_button.clicked.connect(self.view.fit)
        self.smaller_button.clicked.connect(self.view.zoom_out)
        self.larger_button.clicked.connect(self.view.zoom_in)
        self.save_button.clicked.connect(self._on_save)

    def _tell(self) -> None:
        """Fill the table for the block that the view tells about."""
        diagram = self._diagram
        if diagram is None:
            return
        block = diagram.block(self.view.shown_key)
        with QSignalBlocker(self.table):
            if block is None:
                self._head.setText(self.tr("All blocks; a click or Enter keeps one here"))
                self._model.show_blocks(diagram)
            else:
                self._head.setText(Contents(diagram, diagram_words()).spoken(block))
                self._model.show_tensors(block)

    @Slot(str)
    def _on_block_shown(self, _key: str) -> None:
        self._tell()

    @Slot(QModelIndex)
    def _on_row_chosen(self, index: QModelIndex) -> None:
        key = self._model.key_at(index.row())
        if key:
            self.view.pin(key)

    @Slot()
    def _on_save(self) -> None:
        if self.view.picture is not None:
            self.export_wanted.emit(self.view.picture)
