"""What a monkey does with keys and pointer, wherever there is something to press."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLineEdit,
    QSlider,
    QSplitterHandle,
    QWidget,
)

from planner.ui.models.actions import ActionId

if TYPE_CHECKING:
    import random
    from pathlib import Path

    from planner.ui.main_window import MainWindow

# What would end the program, or hand the desktop something.
_LEFT_ALONE: Final = {ActionId.QUIT}
_KEYS: Final = (
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Tab", "Backtab", "Return", "Escape")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Space", "Delete", "Backspace", "F5")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Left", "Right", "Up", "Down")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Home", "End", "PageUp", "PageDown")),
    *(getattr(Qt.Key, f"Key_{name}") for name in "ABCDEFGIKLMOPSXYZ0123456789"),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Plus", "Minus", "Comma", "F1", "F10")),
)
_MODIFIERS: Final = (
    *[Qt.KeyboardModifier.NoModifier] * 6,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
)
_WORDS: Final = ("phi", "8k", "-5", "<8B moe", "9" * 20, "\u202e%1 {x}", "2x 4090", "")


@dataclass
class Hands:
    """Press, point and drop anything anywhere; `done` are the last things, for a report."""

    window: MainWindow
    files: tuple[Path, ...]
    dice: random.Random
    done: deque[str] = field(default_factory=lambda: deque(maxlen=25))

    def __post_init__(self) -> None:
        self._seen_top: QWidget = self.window

    # --------------------------------------------------------------- where

    def _top(self) -> QWidget:
        """Return what would have the pointer and the keys."""
        return (
            QApplication.activePopupWidget()
            or QApplication.activeModalWidget()
            or self._shown()
        )

    def _shown(self) -> QWidget:
        dialogs = [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QDialog) and widget.isVisible()
        ]
        return self.dice.choice([self.window, *dialogs])

    def _spot(self) -> tuple[QWidget, QPoint]:
        """Return the widget at a random place, which may be a small control, and the place."""
        # Kept: what PySide made of a list's popup goes with the last reference, with its parts.
        top = self._seen_top = self._top()
        if self.dice.random() < 0.6:
            children = [each for each in top.findChildren(QWidget) if each.isVisibleTo(top)]
            if children:
                child = self.dice.choice(children)
                self.done.append(f"  at {child!r}")
                return child, self._place(child)
        place = self._place(top)
        under: QWidget | None = top.childAt(place)
        if under is None:
            return top, place
        self.done.append(f"  at {under!r}")
        return under, under.mapFrom(top, place)

    def _place(self, widget: QWidget) -> QPoint:
        return QPoint(
            self.dice.randrange(max(1, widget.width())),
            self.dice.randrange(max(1, widget.height())),
        )

    # --------------------------------------------------------------- what is done

    def press_key(self) -> None:
        key, modifier = self.dice.choice(_KEYS), self.dice.choice(_MODIFIERS)
        self.done.append(f"  {modifier.name} {key.name}")
        top = self._top()
        focused: QWidget | None = top.focusWidget()
        QTest.keyClick(top if focused is None else focused, key, modifier)

    def type_words(self) -> None:
        top = self._top()
        fields = [each for each in top.findChildren(QLineEdit) if each.isVisible()]
        if not fields:
            return
        words = self.dice.choice(_WORDS)
        line = self.dice.choice(fields)
        line.setFocus()
        line.selectAll()
        # Not key by key: QTest knows the keys of Latin letters alone.
        QGuiApplication.clipboard().setText(words)
        line.paste()
        if self.dice.random() < 0.5:
            QTest.keyClick(line, Qt.Key.Key_Return)

    def click(self) -> None:
        widget, place = self._spot()
        click = self.dice.choice((QTest.mouseClick, QTest.mouseClick, QTest.mouseDClick))
        if widget.isEnabled():
            click(widget, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, place)

    def move_pointer(self) -> None:
        widget, place = self._spot()
        QTest.mouseMove(widget, place)

    def turn_wheel(self) -> None:
        widget, place = self._spot()
        turned = QPoint(0, self.dice.choice((-120, 120, 960, -960, 0)))
        modifiers = self.dice.choice(
            (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier)
        )
        event = QWheelEvent(
            QPointF(place),
            QPointF(widget.mapToGlobal(place)),
            QPoint(),
            turned,
            Qt.MouseButton.NoButton,
            modifiers,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)

    def drag(self) -> None:
        """Drag what can be dragged within the window; a drag to elsewhere has its own loop."""
        top = self._top()
        kinds = (QSlider, QSplitterHandle)
        movable = [
            each
            for each in top.findChildren(QWidget)
            if each.isVisible()
            and (isinstance(each, kinds) or "Diagram" in type(each).__name__)
        ]
        if not movable:
            return
        widget = self.dice.choice(movable)
        button, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QTest.mousePress(widget, button, none, self._place(widget))
        for _ in range(self.dice.randrange(4)):
            QTest.mouseMove(widget, self._place(widget))
        QTest.mouseRelease(widget, button, none, self._place(widget))

    def resize(self) -> None:
        self.window.resize(self.dice.randrange(500, 1700), self.dice.randrange(300, 1100))

    def do_action(self) -> None:
        if QApplication.activeModalWidget() is None:
            action_id = self.dice.choice([each for each in ActionId if each not in _LEFT_ALONE])
            self.done.append(f"  {action_id}")
            self.window.do(action_id)

    def ask_for_menu(self) -> None:
        view = self.window.grid_panel.view
        reason = self.dice.choice(list(QContextMenuEvent.Reason))
        place = self._place(view.viewport())
        spot = view.viewport().mapToGlobal(place)
        QApplication.sendEvent(view.viewport(), QContextMenuEvent(reason, place, spot))

    def drop(self) -> None:
        mime = QMimeData()
        paths = self.dice.sample(self.files, self.dice.randrange(1, 3))
        urls = [QUrl.fromLocalFile(str(path)) for path in paths]
        if self.dice.random() < 0.1:
            urls = [QUrl("https://example.org/a.gguf")]
        mime.setUrls(urls)
        self.done.append(f"  {[path.name for path in paths]}")
        event = QDropEvent(
            QPointF(9, 9),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.window, event)
