"""What the keys of the grid mean beside those that every table has."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QModelIndex, Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_CONTROL: Final = Qt.KeyboardModifier.ControlModifier
_SHIFT: Final = Qt.KeyboardModifier.ShiftModifier


class CopyWish(Enum):
    """What somebody wants in the clipboard."""

    ROW_AS_TEXT = auto()
    ROW_AS_CSV = auto()
    GRID_AS_TEXT = auto()
    GRID_AS_CSV = auto()


def copy_wish(event: QKeyEvent) -> CopyWish | None:
    """Return the row for Ctrl+C, the grid for Ctrl+Shift+C."""
    # Late: no key is pressed before the first paint.
    from PySide6.QtGui import QKeySequence

    if event.matches(QKeySequence.StandardKey.Copy):
        return CopyWish.ROW_AS_TEXT
    if event.key() == Qt.Key.Key_C and event.modifiers() == _CONTROL | _SHIFT:
        return CopyWish.GRID_AS_TEXT
    return None


def edge_cell(event: QKeyEvent, current: QModelIndex) -> QModelIndex | None:
    """Return the last cell in the direction of an arrow with Ctrl; `None` for other keys."""
    if not event.modifiers() & _CONTROL or not current.isValid():
        return None
    model = current.model()
    match event.key():
        case Qt.Key.Key_Up:
            return current.siblingAtRow(0)
        case Qt.Key.Key_Down:
            return current.siblingAtRow(model.rowCount() - 1)
        case Qt.Key.Key_Left:
            return current.siblingAtColumn(0)
        case Qt.Key.Key_Right:
            return current.siblingAtColumn(model.columnCount() - 1)
    return None
