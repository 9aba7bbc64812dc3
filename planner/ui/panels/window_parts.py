"""How the window's parts stand: hardware on top, the grid left, the detail right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from planner.ui.panels.grid_panel import GridPanel
from planner.ui.panels.hardware_strip import HardwareStrip
from planner.ui.panels.message_line import MessageLine
from planner.ui.panels.options_bar import OptionsBar
from planner.ui.widgets.rule import Rule

if TYPE_CHECKING:
    from planner.ui.theme import Theme

# Grid and detail share the width like this until somebody moves the border between them.
_SHARES: Final = (815, 530)


class WindowParts(QWidget):
    """The middle of the window; it only arranges."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.strip = HardwareStrip(theme)
        self.options_bar = OptionsBar(theme)
        self.grid_panel = GridPanel(theme)
        self.message_line = MessageLine()
        self.export_button = QPushButton(self.tr("&Fit report…"))
        self.menu_button = QPushButton(self.tr("&Menu"))
        self.export_button.setProperty("primary", True)
        self.export_button.setToolTip(
            self.tr("See the fit report and write it to a file (Ctrl+E)")
        )
        self.halves = QSplitter(Qt.Orientation.Horizontal)
        self.detail_room = QScrollArea()
        self._build()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        # A card keeps room for its focus ring; its border stands over that of the grid.
        top.setContentsMargins(-2, 0, 0, 0)
        top.addWidget(self.strip)
        top.addWidget(self.strip.remove_button)
        top.addWidget(self.strip.what_if_card, 0, Qt.AlignmentFlag.AlignTop)
        top.addStretch(1)
        top.addSpacing(4)
        top.addWidget(self.menu_button)
        top.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(top)
        self._build_halves()
        layout.addWidget(self.halves, 1)
        layout.addWidget(self.message_line)

    def _build_halves(self) -> None:
        left = _card()
        left_layout = QVBoxLayout(left)
        left_layout.setContentsMargins(1, 1, 1, 1)
        left_layout.setSpacing(0)
        left_layout.addWidget(self.options_bar)
        left_layout.addWidget(Rule(self._theme))
        left_layout.addWidget(self.grid_panel, 1)
        right = _card()
        right_layout = QVBoxLayout(right)
        right_layout.setContentsMargins(1, 1, 1, 1)
        room = self.detail_room
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        right_layout.addWidget(room)
        self.halves.setHandleWidth(12)
        self.halves.setChildrenCollapsible(False)
        for place, half in enumerate((left, right)):
            self.halves.addWidget(half)
            self.halves.setStretchFactor(place, _SHARES[place])
        self.halves.setSizes(list(_SHARES))


def _card() -> QFrame:
    card = QFrame()
    card.setProperty("card", True)
    return card
