"""Tabs that go on in the next line where room ends, so that none is ever out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QPushButton, QWidget

from planner.ui.widgets.flow_layout import FlowLayout, flowing_size_policy

if TYPE_CHECKING:
    from collections.abc import Iterable


class TabRow(QWidget):
    """One of its tabs is chosen; arrow keys go from tab to tab, as among radio buttons."""

    current_changed = Signal(int)

    def __init__(self, words: Iterable[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        flow = FlowLayout(self, across_px=0, down_px=0)
        for number, each in enumerate(words):
            tab = QPushButton(each)
            tab.setProperty("tab", True)
            tab.setCheckable(True)
            tab.setAutoDefault(False)
            tab.setChecked(number == 0)
            self._group.addButton(tab, number)
            flow.addWidget(tab)
        self.setSizePolicy(flowing_size_policy())
        self._group.buttonToggled.connect(self._on_toggled)

    @property
    def tabs(self) -> tuple[QAbstractButton, ...]:
        """The tabs from left to right."""
        return tuple(self._group.buttons())

    @property
    def current_index(self) -> int:
        """Which tab is chosen."""
        return self._group.checkedId()

    def set_current_index(self, index: int) -> None:
        """Choose a tab; `current_changed` tells of it where it is another one."""
        self._group.button(index).setChecked(True)

    @Slot(QAbstractButton, bool)
    def _on_toggled(self, tab: QAbstractButton, is_chosen: bool) -> None:
        if is_chosen:
            self.current_changed.emit(self._group.id(tab))
