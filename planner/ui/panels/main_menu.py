"""The menu: everything in the table of actions, the colours, and the files opened last."""

from __future__ import annotations

from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from planner.ui.theme import SchemeChoice

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from planner.ui.models.actions import ActionId, ActionSpec


class MainMenu(QMenu):
    """Empty at first, since a menu is not seen until it is opened; `fill` makes its entries."""

    wanted = Signal(object)
    scheme_chosen = Signal(object)
    file_chosen = Signal(str)
    forget_files_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._home = parent
        self._actions: dict[ActionId, QAction] = {}
        self._recent: QMenu | None = None
        self._history = (False, False)
        self.schemes: tuple[QAction, ...] = ()

    def fill(self, *, scheme: SchemeChoice) -> None:
        """Make the entries; their keys hold in the whole window."""
        # Late: the table is needed once the window is painted.
        from planner.ui.models.actions import (
            BEGINS_GROUP,
            ActionId,
            MenuId,
            action_specs,
            menu_words,
        )

        menus = {each: QMenu(menu_words(each), self) for each in MenuId}
        for menu in menus.values():
            menu.setToolTipsVisible(True)
            self.addMenu(menu)
        for spec in action_specs():
            if spec.id in BEGINS_GROUP:
                menus[spec.menu].addSeparator()
            menus[spec.menu].addAction(self._action(spec))
        self._recent = QMenu(self.tr("Open &again"), self)
        menus[MenuId.FILE].insertMenu(self._actions[ActionId.CLOSE_FILES], self._recent)
        menus[MenuId.VIEW].addSeparator()
        menus[MenuId.VIEW].addMenu(self._scheme_menu(scheme))
        self.show_recent_files(())
        self.show_history(can_undo=self._history[0], can_redo=self._history[1])

    def let_go(self) -> None:
        """Hear no more keys: another menu is about to take this one's place."""
        for action in self._actions.values():
            self._home.window().removeAction(action)

    def show_recent_files(self, files: tuple[str, ...]) -> None:
        """Offer the files that were opened last."""
        if self._recent is None:
            return
        self._recent.clear()
        self._recent.setEnabled(bool(files))
        for path in files:
            name = PurePath(path).name.replace("&", "&&")
            action = self._recent.addAction(name, partial(self.file_chosen.emit, path))
            action.setToolTip(path)
            action.setStatusTip(path)
        if files:
            self._recent.addSeparator()
            self._recent.addAction(self.tr("&Forget these"), self.forget_files_wanted.emit)
        self._recent.setToolTipsVisible(True)

    def show_history(self, *, can_undo: bool, can_redo: bool) -> None:
        """Offer to take back what can be taken back."""
        self._history = (can_undo, can_redo)
        if self._actions:
            from planner.ui.models.actions import ActionId

            self._actions[ActionId.UNDO].setEnabled(can_undo)
            self._actions[ActionId.REDO].setEnabled(can_redo)

    def is_enabled(self, action_id: ActionId) -> bool:
        """Tell whether an action can be asked for now."""
        action = self._actions.get(action_id)
        return action is not None and action.isEnabled()

    def _action(self, spec: ActionSpec) -> QAction:
        # Late, as the table is.
        from PySide6.QtGui import QAction, QKeySequence

        action = QAction(spec.words, self)
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        action.setToolTip(spec.tip)
        action.triggered.connect(partial(self._tell, spec.id))
        self._home.window().addAction(action)
        self._actions[spec.id] = action
        return action

    def _tell(self, action_id: ActionId, _is_checked: object = None) -> None:
        self.wanted.emit(action_id)

    def _scheme_menu(self, chosen: SchemeChoice) -> QMenu:
        from PySide6.QtGui import QAction, QActionGroup

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

    def show_scheme(self, chosen: SchemeChoice) -> None:
        """Tick the colours that are in use."""
        for action in self.schemes:
            action.setChecked(action.data() == chosen.value)

    @Slot("QAction*")
    def _on_scheme(self, action: QAction) -> None:
        self.scheme_chosen.emit(SchemeChoice(action.data()))
