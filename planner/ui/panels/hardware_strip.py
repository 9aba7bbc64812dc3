"""The pools of memory of this computer as cards; the chosen one is the target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.overrides import override
from planner.ui.widgets.pool_card import PoolCard
from planner.ui.widgets.viewport import set_known_viewport

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

    from planner.core.machine import Machine, MemoryPool
    from planner.ui.theme import Theme

# What is there sooner than this needs no word that it is awaited.
_QUIET_WAIT_MS: Final = 150
_NOTES_WIDTH_PX: Final = 280


class HardwareStrip(QScrollArea):
    """Cards side by side; where they do not fit, it scrolls to the one with the focus."""

    target_chosen = Signal(str)
    cards_made = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: dict[str, PoolCard] = {}
        self._is_looking = False
        self._group = QButtonGroup(self)
        self._group.buttonClicked.connect(self._on_clicked)
        self._notes = QLabel()
        self._notes.setWordWrap(True)
        self._notes.setFont(sized(self.font(), SECONDARY_PX))
        self._notes.setProperty("muted", True)
        self._notes.setFixedWidth(_NOTES_WIDTH_PX)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_QUIET_WAIT_MS)
        self._wait.timeout.connect(self._write_notes)
        self._machine_notes: tuple[str, ...] = ()
        self._build()

    @property
    def cards(self) -> tuple[PoolCard, ...]:
        """The cards from left to right."""
        return tuple(self._cards.values())

    @property
    def notes_text(self) -> str:
        """What stands beside the cards."""
        return self._notes.text()

    def show_machine(
        self, machine: Machine, *, target_id: str | None, is_looking: bool
    ) -> None:
        """Show pools; those that were there before keep their cards."""
        if tuple(pool.id for pool in machine.pools) != tuple(self._cards):
            self._make_cards(machine.pools)
        for pool in machine.pools:
            card = self._cards[pool.id]
            card.set_pool(pool)
            card.setChecked(pool.id == target_id)
        self._machine_notes = machine.notes
        self._is_looking = is_looking
        if is_looking:
            self._wait.start()
        else:
            self._wait.stop()
            self._write_notes()
        self._fit_height()

    def _build(self) -> None:
        set_known_viewport(self, QPalette.ColorRole.Window)
        self.setObjectName("hardware_strip")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._row = QHBoxLayout(self._inside)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self._notes)
        self._row.addStretch(1)
        self.setWidget(self._inside)
        self._inside.installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def _make_cards(self, pools: tuple[MemoryPool, ...]) -> None:
        focused = next((key for key, card in self._cards.items() if card.hasFocus()), None)
        for card in self._cards.values():
            self._group.removeButton(card)
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {}
        for place, pool in enumerate(pools):
            card = PoolCard(self._theme, pool)
            card.installEventFilter(self)
            self._group.addButton(card)
            self._row.insertWidget(place, card)
            self._cards[pool.id] = card
        self.cards_made.emit()
        if focused is not None and self._cards:
            self._cards.get(focused, next(iter(self._cards.values()))).setFocus()

    @Slot()
    def _write_notes(self) -> None:
        notes = (self.tr("Looking for GPUs…"),) if self._is_looking else self._machine_notes
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        self._fit_height()

    @Slot(QAbstractButton)
    def _on_clicked(self, card: QAbstractButton) -> None:
        if isinstance(card, PoolCard):
            self.target_chosen.emit(card.pool.id)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, PoolCard):
            self.ensureWidgetVisible(watched, 12, 0)
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self._fit_height()
        return super().eventFilter(watched, event)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()

    def _fit_height(self) -> None:
        """Be as high as a card, and higher by a scroll bar where there is one."""
        inside = self._inside.sizeHint()
        needs_bar = self._inside.minimumSizeHint().width() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if needs_bar else 0
        self.setFixedHeight(max(inside.height(), self._inside.minimumSizeHint().height()) + bar)
