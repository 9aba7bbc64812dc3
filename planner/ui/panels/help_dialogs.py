"""All keys of the window, and what it is made of."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QCoreApplication, Qt, Slot, qVersion
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner.ui.fonts import SECONDARY_PX, SEMIBOLD, TITLE_PX, sized
from planner.ui.models.actions import MenuId, action_specs, menu_words
from planner.ui.text import without_mnemonic
from planner.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable


class ShortcutsDialog(QDialog):
    """A list of keys and what they do."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 12, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        specs = action_specs()
        for menu in MenuId:
            rows = [
                (_native(spec.keys), spec.plain_words)
                for spec in specs
                if spec.menu is menu and spec.keys
            ]
            self._add(without_mnemonic(menu_words(menu)), rows)
        self._add(
            self.tr("Grid"),
            (
                (self.tr("Arrow keys"), self.tr("Go from cell to cell")),
                ("S", self.tr("Sort by the column of the cell")),
            ),
        )
        self._add(
            self.tr("Hardware"),
            (
                (self.tr("Left, Right"), self.tr("Choose the memory to fit into")),
                (self.tr("Delete"), self.tr("Remove the hardware that is not this computer's")),
            ),
        )
        room = QScrollArea()
        room.setWidgetResizable(True)
        room.setWidget(inside)
        room.setAccessibleName(self.tr("Keys"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 4, 16)
        layout.setSpacing(12)
        layout.addWidget(room, 1)
        layout.addLayout(_closing_row(self))
        self.resize(460, 560)

    def _add(self, head: str, rows: Iterable[tuple[str, str]]) -> None:
        rows = list(rows)
        if not rows:
            return
        place = self._grid.rowCount()
        title = QLabel(head)
        title.setFont(sized(self.font(), SECONDARY_PX, SEMIBOLD))
        title.setProperty("muted", True)
        title.setContentsMargins(0, 8 if place > 1 else 0, 0, 0)
        self._grid.addWidget(title, place, 0, 1, 2)
        for number, (keys, words) in enumerate(rows, place + 1):
            self._grid.addWidget(QLabel(keys), number, 0)
            said = QLabel(words)
            said.setWordWrap(True)
            self._grid.addWidget(said, number, 1)


class AboutDialog(QDialog):
    """Name, versions, licence; the versions can be copied for a question."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("About Phi Planner"))
        title = QLabel("Phi Planner")
        title.setFont(sized(self.font(), TITLE_PX, SEMIBOLD))
        purpose = QLabel(self.tr("Will this Microsoft Phi model run on this computer?"))
        purpose.setWordWrap(True)
        self.versions = QLabel(versions_text())
        self.versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.versions.setProperty("muted", True)
        licence = QLabel(
            self.tr(
                "MIT licence. The typeface is a subset of Inter under the SIL Open Font "
                "License. Qt is used under the LGPL 3."
            )
        )
        licence.setWordWrap(True)
        licence.setProperty("muted", True)
        licence.setFont(sized(self.font(), SECONDARY_PX))
        copy = QPushButton(self.tr("&Copy versions"))
        copy.clicked.connect(self._on_copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        for label in (title, purpose, self.versions, licence):
            layout.addWidget(label)
        layout.addStretch(1)
        row = _closing_row(self)
        row.insertWidget(0, copy)
        layout.addLayout(row)
        # As high as its words are in this size of text.
        width = max(420, layout.sizeHint().width())
        self.resize(width, max(260, layout.totalHeightForWidth(width)))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.versions.text())


def versions_text() -> str:
    """Return what a question about the program should tell; no name of a person or computer."""
    return "\n".join(
        (
            f"Phi Planner {__version__}",
            f"Qt {qVersion()}, PySide6 {PySide6.__version__}",
            f"Python {platform.python_version()}, {platform.system()} {platform.machine()}",
        )
    )


def _native(keys: tuple[str, ...]) -> str:
    """Return the keys as this system writes them."""
    native = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(each).toString(native) for each in keys)


def _closing_row(dialog: QDialog) -> QHBoxLayout:
    close = QPushButton(QCoreApplication.translate("help", "C&lose"))
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 12, 0)
    row.addStretch(1)
    row.addWidget(close)
    return row
