"""The device catalogue as a table that is searched by typing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from planner.core.device_spec import choices_of
from planner.ui.figures import number
from planner.ui.overrides import override
from planner.ui.text import not_known

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject

    from planner.core.device_spec import DeviceChoice, DeviceSpec

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
NAME_COLUMN: Final = 0


class DeviceTableModel(QAbstractTableModel):
    """One row for each device and size; `set_words` shows those that have all the words."""

    def __init__(self, devices: Iterable[DeviceSpec], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all = tuple(choice for device in devices for choice in choices_of(device))
        self._texts = tuple(_search_text(each) for each in self._all)
        self._shown = self._all

    def set_words(self, words: str) -> None:
        """Show the devices that have each of the words in their names."""
        wanted = words.casefold().split()
        self.beginResetModel()
        self._shown = tuple(
            choice
            for choice, text in zip(self._all, self._texts, strict=True)
            if all(word in text for word in wanted)
        )
        self.endResetModel()

    def choice_at(self, row: int) -> DeviceChoice | None:
        """Return what stands in a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @override
    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    @override
    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 3

    @override
    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return (self.tr("Device"), self.tr("Memory"), self.tr("Bandwidth"))[section]
        return None

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self.choice_at(index.row()) if index.isValid() else None
        if choice is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(choice)[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return choice.device.note
        return None

    def _words(self, choice: DeviceChoice) -> tuple[str, str, str]:
        # As data sheets state them: the size it is sold with, and decimal GB a second.
        memory = self.tr("{size} GB").format(size=choice.memory_gb)
        if choice.device.unified is not None:
            memory = self.tr("{size} GB unified").format(size=choice.memory_gb)
        rate = choice.device.bandwidth_gb_per_s
        speed = not_known()
        if rate is not None:
            speed = self.tr("{speed} GB/s").format(speed=number(rate))
        return choice.device.name, memory, speed


def _search_text(choice: DeviceChoice) -> str:
    device = choice.device
    names = (device.name, device.id, device.vendor.value, *device.reported_names)
    return f"{' '.join(names)} {choice.memory_gb}gb {choice.memory_gb} gb".casefold()


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignLeft if column == NAME_COLUMN else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
