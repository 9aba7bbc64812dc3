"""Asks which hardware shall stand beside this computer: by name, by size, or as a file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableView,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from planner.core.units import GIB
from planner.ui.figures import size_unit
from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.models.device_model import NAME_COLUMN, DeviceTableModel
from planner.ui.models.what_if import WhatIfOrder
from planner.ui.overrides import override
from planner.ui.text import unit_suffix, without_mnemonic

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from planner.core.device_spec import DeviceChoice, DeviceSpec

MOST_DEVICES: Final = 8
_LARGEST_BYTES: Final = 16384 * GIB
_USUAL_VRAM_BYTES: Final = 24 * GIB
_USUAL_RAM_BYTES: Final = 32 * GIB
_COUNTED: Final = re.compile(r"\s*([1-8])\s*[x×*]\s*(.*)", re.IGNORECASE)
_MOVES: Final = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)


class WhatIfDialog(QDialog):
    """Tells a `WhatIfOrder`; the keys of the list hold while one types into the search."""

    ordered = Signal(object)
    card_wanted = Signal()
    remove_wanted = Signal()

    def __init__(
        self,
        devices: Sequence[DeviceSpec],
        *,
        ram_bytes: int | None,
        has_what_if: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("What if…"))
        self.model = DeviceTableModel(devices, self)
        self.search = QLineEdit()
        self.list = QTableView()
        self.tabs = QTabWidget()
        self.vram = QDoubleSpinBox()
        self.count = QSpinBox()
        self.ram = QDoubleSpinBox()
        self.show_button = QPushButton(self.tr("&Show beside this computer"))
        self.card_button = QPushButton(self.tr("&Open machine card…"))
        self.remove_button = QPushButton(self.tr("&Remove"))
        self.remove_button.setVisible(has_what_if)
        self._set_up_search(len(devices))
        self._set_up_numbers(ram_bytes)
        self._build()
        self._connect()
        self._select_first()
        self.resize(620, 560)
        self.search.setFocus()

    @property
    def order(self) -> WhatIfOrder | None:
        """What is asked for now; nothing where no device is chosen."""
        count = self.count.value()
        ram_bytes = round(self.ram.value() * size_unit().unit_bytes) or None
        if self.tabs.currentIndex() == 1:
            vram = (
                (round(self.vram.value() * size_unit().unit_bytes),) * count
                if self.vram.value()
                else ()
            )
            is_empty = not vram and ram_bytes is None
            return None if is_empty else WhatIfOrder(vram_bytes=vram, ram_bytes=ram_bytes)
        choice = self._choice()
        if choice is None:
            return None
        if choice.device.unified is not None:
            return WhatIfOrder(devices=(choice,))
        return WhatIfOrder(devices=(choice,) * count, ram_bytes=ram_bytes)

    # ------------------------------------------------------------------- parts

    def _set_up_search(self, device_count: int) -> None:
        words = self.tr("Search {count} devices, such as 2x 4090").format(count=device_count)
        self.search.setPlaceholderText(words)
        self.search.setAccessibleName(self.tr("Search devices"))
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.list.setModel(self.model)
        self.list.setAccessibleName(self.tr("Devices"))
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setTabKeyNavigation(False)
        self.list.setShowGrid(False)
        self.list.setWordWrap(False)
        self.list.verticalHeader().hide()
        header = self.list.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(NAME_COLUMN, QHeaderView.ResizeMode.Stretch)

    def _set_up_numbers(self, ram_bytes: int | None) -> None:
        self.count.setRange(1, MOST_DEVICES)
        self.count.setSuffix(self.tr(" ×"))
        unit_bytes = size_unit().unit_bytes
        for field in (self.vram, self.ram):
            field.setRange(0.0, _LARGEST_BYTES / unit_bytes)
            field.setDecimals(1)
            field.setSuffix(unit_suffix())
        self.vram.setValue(_USUAL_VRAM_BYTES / unit_bytes)
        self.vram.setSpecialValueText(self.tr("no GPU"))
        self.ram.setSpecialValueText(self.tr("not counted"))
        self.ram.setValue((_USUAL_RAM_BYTES if ram_bytes is None else ram_bytes) / unit_bytes)
        self.ram.setToolTip(self.tr("The RAM beside the GPUs, by default as in this computer"))

    def _build(self) -> None:
        catalogue = QWidget()
        rows = QVBoxLayout(catalogue)
        rows.setContentsMargins(0, 12, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self.search)
        rows.addWidget(self.list, 1)
        by_size = QWidget()
        form = QFormLayout(by_size)
        form.setContentsMargins(0, 16, 0, 0)
        form.addRow(self.tr("&Memory of a GPU"), self.vram)
        self.tabs.addTab(catalogue, self.tr("By name"))
        self.tabs.addTab(by_size, self.tr("By size"))
        self.tabs.setDocumentMode(True)
        numbers = QHBoxLayout()
        numbers.setSpacing(8)
        for words, field in ((self.tr("&How many"), self.count), (self.tr("R&AM"), self.ram)):
            label = QLabel(words)
            label.setBuddy(field)
            field.setAccessibleName(without_mnemonic(words))
            numbers.addWidget(label)
            numbers.addWidget(field)
            numbers.addSpacing(12)
        numbers.addStretch(1)
        note = QLabel(self.tr("All of its memory counts as free: nobody has measured it."))
        note.setWordWrap(True)
        note.setProperty("muted", True)
        note.setFont(sized(self.font(), SECONDARY_PX))
        self.show_button.setProperty("primary", True)
        self.show_button.setDefault(True)
        cancel = QPushButton(self.tr("&Cancel"))
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.card_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self.show_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(numbers)
        layout.addWidget(note)
        layout.addLayout(buttons)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._on_search)
        self.list.doubleClicked.connect(self._on_show)
        self.list.selectionModel().selectionChanged.connect(self._on_changed)
        self.tabs.currentChanged.connect(self._on_changed)
        for field in (self.vram, self.ram):
            field.valueChanged.connect(self._on_changed)
        self.show_button.clicked.connect(self._on_show)
        self.card_button.clicked.connect(self._on_card)
        self.remove_button.clicked.connect(self._on_remove)

    # ------------------------------------------------------------------- doings

    def _choice(self) -> DeviceChoice | None:
        return self.model.choice_at(self.list.currentIndex().row())

    def _select_first(self) -> None:
        first = self.model.index(0, NAME_COLUMN)
        flags = QItemSelectionModel.SelectionFlag
        self.list.selectionModel().setCurrentIndex(first, flags.ClearAndSelect | flags.Rows)
        self._on_changed()

    @Slot(str)
    def _on_search(self, words: str) -> None:
        counted = _COUNTED.fullmatch(words)
        if counted is not None:
            self.count.setValue(int(counted[1]))
            words = counted[2]
        self.model.set_words(words)
        self._select_first()

    @Slot()
    def _on_changed(self) -> None:
        by_name = self.tabs.currentIndex() == 0
        choice = self._choice() if by_name else None
        is_whole = choice is not None and choice.device.unified is not None
        # A device with unified memory is a computer by itself.
        self.count.setEnabled(not is_whole)
        self.ram.setEnabled(not is_whole)
        self.show_button.setEnabled(self.order is not None)

    @Slot(QModelIndex)
    @Slot()
    def _on_show(self) -> None:
        order = self.order
        if order is not None:
            self.accept()
            self.ordered.emit(order)

    @Slot()
    def _on_card(self) -> None:
        self.reject()
        self.card_wanted.emit()

    @Slot()
    def _on_remove(self) -> None:
        self.reject()
        self.remove_wanted.emit()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent):
            is_press = event.type() == QEvent.Type.KeyPress
            if is_press and event.key() in _MOVES:
                self.list.event(event)
                return True
        return super().eventFilter(watched, event)
