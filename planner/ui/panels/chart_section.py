"""One chart with its name, its table twin and what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from planner.ui.fonts import SECONDARY_PX, SEMIBOLD, sized
from planner.ui.widgets.chart_table_view import ChartTableView
from planner.ui.widgets.flow_layout import FlowLayout, flowing_size_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.core.pictures.chart_table import ChartTable
    from planner.core.pictures.picture import Picture


class ChartSection(QWidget):
    """Holds any view of a chart; the table is made when somebody wants to see it."""

    export_wanted = Signal(object)

    def __init__(self, view: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        self._make_table: Callable[[], ChartTable] | None = None
        self._make_picture: Callable[[], Picture] | None = None
        self._table: ChartTableView | None = None
        self.heading = QLabel()
        self.heading.setTextFormat(Qt.TextFormat.PlainText)
        self.heading.setFont(sized(self.font(), SECONDARY_PX, SEMIBOLD))
        self.heading.setProperty("muted", True)
        # Beside its buttons there may be room for a few letters only.
        self.heading.setWordWrap(True)
        self.table_button = _button(self.tr("Table"))
        self.table_button.setCheckable(True)
        self.save_button = _button(self.tr("Save picture…"))
        self.heading.setSizePolicy(
            QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Preferred
        )
        head = QWidget()
        head.setSizePolicy(flowing_size_policy())
        # Buttons go to a line of their own where large letters leave no room.
        self._row = FlowLayout(head, across_px=4, down_px=4)
        self._row.addWidget(self.heading)
        self._row.addWidget(self.table_button)
        self._row.addWidget(self.save_button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addWidget(head)
        self._layout.addWidget(view)
        self.table_button.toggled.connect(self._on_table_toggled)
        self.save_button.clicked.connect(self._on_save)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        table = () if self._table is None else (self._table,)
        return (self.table_button, self.save_button, *table)

    @property
    def table(self) -> ChartTableView | None:
        """The table, where somebody has asked for it."""
        return self._table

    def add_button(self, words: str) -> QToolButton:
        """Put one more button before the others."""
        button = _button(words)
        self._row.insert_widget(1, button)
        return button

    def add_view(self, view: QWidget) -> None:
        """Put one more view of the chart under the first."""
        self._layout.insertWidget(2, view)

    def set_chart(
        self,
        title: str,
        *,
        table: Callable[[], ChartTable],
        picture: Callable[[], Picture],
    ) -> None:
        """Name the chart, and say how its table and its picture for a file are made."""
        self.heading.setText(title)
        self.table_button.setAccessibleName(self.tr("Table: {chart}").format(chart=title))
        self.save_button.setAccessibleName(self.tr("Save picture: {chart}").format(chart=title))
        self._make_table, self._make_picture = table, picture
        if self.table_button.isChecked():
            self._fill_table()

    @Slot(bool)
    def _on_table_toggled(self, is_wanted: bool) -> None:
        if self._table is None:
            self._table = ChartTableView()
            self._layout.addWidget(self._table)
            QWidget.setTabOrder(self.save_button, self._table)
        if is_wanted:
            self._fill_table()
        self._table.setVisible(is_wanted)

    def _fill_table(self) -> None:
        if self._table is not None and self._make_table is not None:
            self._table.show_table(self._make_table())

    @Slot()
    def _on_save(self) -> None:
        if self._make_picture is not None:
            self.export_wanted.emit(self._make_picture())


def _button(words: str) -> QToolButton:
    # One that stays down while it is checked looks it.
    button = QToolButton()
    button.setText(words)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
