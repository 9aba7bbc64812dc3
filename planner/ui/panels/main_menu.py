"""The menu: everything the window can do that is not a control of its own, with its keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from planner.ui.theme import SchemeChoice

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


class MainMenu(QMenu):
    """Empty at first, since a menu is not seen until it is opened; `fill` makes its entries."""

    refresh_wanted = Signal()
    filter_wanted = Signal()
    export_wanted = Signal()
    quit_wanted = Signal()
    scheme_chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self.schemes: tuple[QAction, ...] = ()

    def fill(self, *, scheme: SchemeChoice) -> None:
        """Make the entries; their keys hold in the whole window."""
        self._add(self.tr("&Read the hardware again"), "F5", self.refresh_wanted)
        self._add(self.tr("&Filter models"), "Ctrl+F", self.filter_wanted)
        self._add(self.tr("&Export fit report…"), "Ctrl+E", self.export_wanted)
        self.addSeparator()
        self.addMenu(self._scheme_menu(scheme))
        self.addSeparator()
        self._add(self.tr("&Quit"), "Ctrl+Q", self.quit_wanted)

    def _add(self, words: str, keys: str, wanted: SignalInstance) -> None:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(wanted)
        self.addAction(action)
        self._home.window().addAction(action)

    def _scheme_menu(self, chosen: SchemeChoice) -> QMenu:
        menu = QMenu(self.tr("&Colours"), self)
        group = QActionGroup(self)
        for choice, words in (
            (SchemeChoice.SYSTEM, self.tr("As the &desktop")),
            (SchemeChoice.LIGHT, self.tr("&Light")),
            (SchemeChoice.DARK, self.tr("D&ark")),
        ):
            action = QAction(words, group)
            action.setCheckable(True)
            action.setChecked(choice is chosen)
            action.setData(choice.value)
            menu.addAction(action)
        group.triggered.connect(self._on_scheme)
        self.schemes = tuple(group.actions())
        return menu

    @Slot(QAction)
    def _on_scheme(self, action: QAction) -> None:
        self.scheme_chosen.emit(SchemeChoice(action.data()))
