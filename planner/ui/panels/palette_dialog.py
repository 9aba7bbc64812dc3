"""Goes anywhere by typing: actions, models, formats, memory, devices."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from planner.ui.models.fuzzy import best_matches
from planner.ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QObject

MOST_SHOWN: Final = 60
_MOVES: Final = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)


@dataclass(frozen=True, slots=True)
class Destination:
    """Where one can go: its words, what kind of thing it is (or its keys), and going there."""

    words: str
    hint: str
    go: Callable[[], None] = field(repr=False)


class PaletteDialog(QDialog):
    """Typing narrows the list, Enter goes; the keys of the list hold while one types."""

    went = Signal(object)

    def __init__(
        self, destinations: Sequence[Destination], *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._destinations = tuple(destinations)
        self._shown: list[Destination] = []
        self.setWindowTitle(self.tr("Go to anything"))
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            self.tr("An action, a model, a format, a device: a few letters of it")
        )
        self.search.setAccessibleName(self.tr("Search"))
        self.search.installEventFilter(self)
        self.rows = QStandardItemModel(self)
        self.list = QTableView()
        self._set_up_list()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.search)
        layout.addWidget(self.list, 1)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._go)
        self.list.activated.connect(self._on_activated)
        self.list.clicked.connect(self._on_activated)
        self._on_search("")
        self.resize(560, 420)
        self.search.setFocus()

    @property
    def shown(self) -> tuple[Destination, ...]:
        """What matches, the best first."""
        return tuple(self._shown)

    def _set_up_list(self) -> None:
        self.list.setModel(self.rows)
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setShowGrid(False)
        self.list.setTabKeyNavigation(False)
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.verticalHeader().hide()
        header = self.list.horizontalHeader()
        header.hide()
        self.rows.setColumnCount(2)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)

    @Slot(str)
    def _on_search(self, query: str) -> None:
        self._shown = best_matches(
            query, self._destinations, text_of=lambda each: each.words, most=MOST_SHOWN
        )
        self.rows.removeRows(0, self.rows.rowCount())
        for each in self._shown:
            hint = QStandardItem(each.hint)
            hint.setForeground(self.palette().placeholderText())
            hint.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.rows.appendRow([QStandardItem(each.words), hint])
        self.list.selectRow(0)

    @Slot()
    def _go(self) -> None:
        row = self.list.currentIndex().row()
        if 0 <= row < len(self._shown):
            chosen = self._shown[row]
            # First away: what is opened next shall stand over the window, not over this.
            self.accept()
            self.went.emit(chosen)
            chosen.go()

    @Slot(QModelIndex)
    def _on_activated(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self._go()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            if is_press and event.key() in _MOVES:
                self.list.event(event)
                return True
        return super().eventFilter(watched, event)
