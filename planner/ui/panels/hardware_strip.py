"""The pools of memory as cards, of this computer and of a what-if; one is the target."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from planner.ui.core_texts import core_text
from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.models.what_if_key import what_if_key
from planner.ui.overrides import override
from planner.ui.widgets.pool_card import PoolCard
from planner.ui.widgets.viewport import set_known_viewport
from planner.ui.widgets.what_if_card import WhatIfCard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QResizeEvent

    from planner.core.machine import Machine, MemoryPool
    from planner.ui.theme import Theme

# What is there sooner than this needs no word that it is awaited.
_QUIET_WAIT_MS: Final = 150
_NOTES_WIDTH_PX: Final = 280
_NARROWEST_PX: Final = 240


class HardwareStrip(QScrollArea):
    """Cards side by side; where they do not fit, it scrolls to the one with the focus.

    `what_if_card` and `remove_button` are its own and stand beside it, where they are always
    seen.
    """

    target_chosen = Signal(str)
    what_if_wanted = Signal()
    remove_what_if_wanted = Signal()
    cards_made = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cards: dict[str, PoolCard] = {}
        self._target_id: str | None = None
        self._is_looking = False
        self.what_if_card = WhatIfCard(theme)
        self.what_if_card.clicked.connect(self.what_if_wanted)
        self.remove_button = QPushButton(self.tr("Remo&ve"))
        self.remove_button.setToolTip(self.tr("Let this computer stand alone again"))
        self.remove_button.clicked.connect(self.remove_what_if_wanted)
        self.remove_button.hide()
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
    def cards_by_key(self) -> Mapping[str, PoolCard]:
        """The cards by what `target_chosen` calls them."""
        return self._cards

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of reading."""
        return (*self._cards.values(), self.remove_button, self.what_if_card)

    @property
    def notes_text(self) -> str:
        """What stands beside the cards."""
        return self._notes.text()

    def show_machine(
        self,
        machine: Machine,
        *,
        target_id: str | None,
        is_looking: bool,
        what_if: Machine | None = None,
    ) -> None:
        """Show pools; those that were there before keep their cards.

        The pools of `what_if` follow, each under the key of `what_if_key`.
        """
        pools = {pool.id: pool for pool in machine.pools}
        if what_if is not None:
            pools |= {what_if_key(pool.id): pool for pool in what_if.pools}
        if tuple(pools) != tuple(self._cards):
            self._make_cards(pools)
        for key, pool in pools.items():
            card = self._cards[key]
            card.set_pool(pool)
            card.setChecked(key == target_id)
        if target_id != self._target_id:
            self._target_id = target_id
            # Later: a card that was made just now has no place yet.
            QTimer.singleShot(0, self, self._show_target)
        self.remove_button.setVisible(what_if is not None)
        self.what_if_card.set_has_what_if(what_if is not None)
        self._machine_notes = tuple(map(core_text, machine.notes))
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
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _make_cards(self, pools: Mapping[str, MemoryPool]) -> None:
        focused = next((key for key, card in self._cards.items() if card.hasFocus()), None)
        for card in self._cards.values():
            self._group.removeButton(card)
            self._row.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = {}
        for place, (key, pool) in enumerate(pools.items()):
            card = PoolCard(self._theme, pool, is_what_if=key != pool.id)
            card.remove_wanted.connect(self.remove_what_if_wanted)
            card.installEventFilter(self)
            self._group.addButton(card)
            self._row.insertWidget(place, card)
            self._cards[key] = card
        self.cards_made.emit()
        if focused is not None and self._cards:
            self._cards.get(focused, next(iter(self._cards.values()))).setFocus()

    @Slot()
    def _show_target(self) -> None:
        card = self._cards.get(self._target_id or "")
        if card is not None:
            self.ensureWidgetVisible(card, 12, 0)

    @Slot()
    def _write_notes(self) -> None:
        notes = (self.tr("Looking for GPUs…"),) if self._is_looking else self._machine_notes
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))
        self._fit_height()

    @Slot(QAbstractButton)
    def _on_clicked(self, card: QAbstractButton) -> None:
        for key, each in self._cards.items():
            if each is card:
                self.target_chosen.emit(key)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, PoolCard):
            self.ensureWidgetVisible(watched, 12, 0)
        if event.type() == QEvent.Type.LayoutRequest and watched is self._inside:
            self._fit_height()
        return super().eventFilter(watched, event)

    @override
    def sizeHint(self) -> QSize:
        """Return the size in which every card has its own."""
        return self._inside.sizeHint()

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST_PX, self._inside.minimumSizeHint().height())

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_height()
        QTimer.singleShot(0, self, self._show_target)

    def _fit_height(self) -> None:
        """Be as high as a card, and higher by a scroll bar where there is one."""
        inside = self._inside.sizeHint()
        needs_bar = self._inside.minimumSizeHint().width() > self.viewport().width()
        bar = self.horizontalScrollBar().sizeHint().height() if needs_bar else 0
        self.updateGeometry()
        self.setFixedHeight(max(inside.height(), self._inside.minimumSizeHint().height()) + bar)
        if self._row.geometry() != self._inside.rect():
            # The bar went while the layout waited to be worked out, and it kept the old height.
            self._row.setGeometry(self._inside.rect())
