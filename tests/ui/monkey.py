"""Somebody who does anything at random: seeded, so that what went wrong can be done again."""

from __future__ import annotations

import random
import threading
import traceback
from collections import deque
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMimeData,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    QUrl,
)
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QLineEdit,
    QMenu,
    QMessageBox,
    QSlider,
    QSpinBox,
    QSplitterHandle,
    QWidget,
)
from shiboken6 import isValid

from planner.core.device_spec import choices_of
from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.core.plan import PlanOptions
from planner.core.units import GIB
from planner.files.machine_card import machine_card_text
from planner.ui.controller import FIRST_CELL, LiveAnswer
from planner.ui.fonts import BODY_PX, ui_font
from planner.ui.models.actions import ActionId
from planner.ui.models.page import Page
from planner.ui.models.what_if import WhatIfOrder
from planner.ui.theme import SchemeChoice
from tests.files.writers import catalogue_gguf, safetensors_bytes, tiny_phi3
from tests.ui import machines
from tests.ui.conftest import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.core.pictures.picture import Picture
    from planner.ui.controller import Detection
    from planner.ui.main_window import MainWindow

MACHINES: Final = (
    machines.NO_GPU,
    machines.ONE_GPU,
    machines.SMALL_GPU,
    machines.UNIFIED,
    machines.LONG_NAMES,
    machines.SILENT_GPU,
    Machine(pools=()),
)
LOGS: Final = Path(__file__).parents[1] / "data" / "runtime_logs"
# What would end the program, or hand the desktop something.
_LEFT_ALONE: Final = {ActionId.QUIT}
_LONG_STUCK: Final = 50  # turns of the watchdog
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
_COMMANDS: Final = (
    "llama-server -m phi-4-Q4_K_M.gguf -c 8192 -ngl 20",
    "llama-cli -hf bartowski/phi-4-GGUF:Q8_0 -c 0 -fa on",
    "vllm serve microsoft/phi-4 --max-model-len 4096",
    'rm -rf "',
    "\u202ellama-server -m x.gguf",
    "",
)


class LateDetection:
    """A look at the hardware that answers when it is let."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.gate = threading.Event()

    def result(self) -> Machine:
        self.gate.wait(30)
        return self._machine

    def cancel(self) -> None:
        self.gate.set()


class RandomFigures:
    """Reads other figures of a machine each time, and sometimes none."""

    def __init__(self, machine: Machine, dice: random.Random) -> None:
        self._machine = machine
        self._dice = random.Random(dice.random())

    def read(self) -> Machine:
        if self._dice.random() < 0.1:
            raise PlannerError("The driver does not answer.")
        return jittered(self._machine, self._dice)

    def close(self) -> None:
        self._machine = Machine(pools=())


def jittered(machine: Machine, dice: random.Random) -> Machine:
    """Return a machine with other figures of what is free."""
    pools = []
    for pool in machine.pools:
        total = pool.total_bytes
        free = None if total is None or dice.random() < 0.05 else round(total * dice.random())
        others = None if free is None or total is None else total - free
        pools.append(replace(pool, free_bytes=free, used_by_others_bytes=others))
    return replace(machine, pools=tuple(pools))


def write_files(folder: Path) -> tuple[Path, ...]:
    """Write a file of each kind that can be dropped, whole ones and broken ones."""
    phi = next(model for model in CATALOGUE.models if model.id == "phi-2")
    good = catalogue_gguf(phi, "Q8_0").write(folder / "phi-2-Q8_0.gguf")
    tiny = tiny_phi3().write(folder / "tiny.gguf")
    with good.open("rb") as stream:
        begin = stream.read(700)
    contents = {
        "cut.gguf": begin,
        "noise.gguf": random.Random(7).randbytes(5000),
        "empty.gguf": b"",
        "x" * 80 + "\u202e&amp;<b>.gguf": tiny.read_bytes(),
        "broken.safetensors": safetensors_bytes(b'{"a": {"dtype": "F99"}}'),
        "config.json": b'{"model_type": "phi3", "hidden_size": -3}',
        "card.json": machine_card_text(machines.ONE_GPU).encode(),
        "card-cut.json": machine_card_text(machines.ONE_GPU).encode()[:200],
        "notes.txt": b"nothing of a runtime",
        "nothing": b"\x00\x01",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "model").mkdir()
    logs = sorted(LOGS.iterdir())
    return (good, tiny, *(folder / name for name in contents), folder / "model", *logs,
            folder / "is-not-there.gguf")  # fmt: skip


@dataclass
class Monkey:
    """Does one thing after another to a window; `done` are the last, for a report."""

    window: MainWindow
    files: tuple[Path, ...]
    dice: random.Random
    done: deque[str] = field(default_factory=lambda: deque(maxlen=25))
    detections: list[LateDetection] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        window = self.window
        self._devices = tuple(
            choice for device in window.controller.devices() for choice in choices_of(device)
        )
        self._answer_for_the_desktop(window)
        acts: tuple[tuple[int, Callable[[], None]], ...] = (
            (60, self.press_key),
            (12, self.type_words),
            (40, self.click),
            (40, self.move_pointer),
            (16, self.turn_wheel),
            (5, self.drag),
            (4, self.resize),
            (5, self.do_action),
            (4, self.ask_for_menu),
            (4, self.drop),
            (1, self.change_scheme),
            (1, self.change_text),
            (1, self.change_settings),
            (4, self.read_figures),
            (2, self.detect),
            (3, self.answer_detection),
            (2, self.ask_what_if),
            (1, self.paste_command),
            (1, self.hide_and_show),
            (6, self.close_dialogs),
        )
        self._seen_at = -1
        self._turns_stuck = 0
        self._seen_top: QWidget = window
        self._watchdog = QTimer(window)
        self._watchdog.timeout.connect(self._on_watch)
        self._watchdog.start(40)
        self._acts = [act for _, act in acts]
        self._weights = [weight for weight, _ in acts]

    def _on_watch(self) -> None:
        """Go on in what has a loop of its own: a button's menu, a file dialog's question."""
        self._turns_stuck = self._turns_stuck + 1 if self._seen_at == self.count else 0
        self._seen_at = self.count
        if self._turns_stuck:
            # Not from here: a timer is silent while a loop runs in what it called.
            QTimer.singleShot(0, self.window, self._get_out)

    def _get_out(self) -> None:
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        escape = Qt.Key.Key_Escape
        if popup is not None:
            keys = (Qt.Key.Key_Down, Qt.Key.Key_Right, escape, escape)
            QTest.keyClick(popup, self.dice.choice(keys))
        elif isinstance(modal, QMessageBox):
            modal.reject()
        elif self._turns_stuck > _LONG_STUCK:
            # A file dialog's list can be dragged from, and that has a loop too.
            QTest.keyClick(self.window if modal is None else modal, escape)

    def _answer_for_the_desktop(self, window: MainWindow) -> None:
        """Open nothing outside of the program, choose files at random, and stay."""

        def saved_as(name: str, *endings: str) -> str:
            return str(self.files[0].with_name(f"{name}.{self.dice.choice(endings)}"))

        def open_any(**_options: object) -> None:
            window.open_file(str(self.dice.choice(self.files)))

        def save_picture(picture: Picture) -> None:
            window.dialogs.save_picture(picture, saved_as("picture", "svg", "png", "pdf", "x"))

        replaced = {
            "open_link": lambda _address: None,
            "open_folder": lambda _path: None,
            "ask_model_path": open_any,
            "ask_card_path": open_any,
            "open_written": lambda _path: None,
        }
        for name, stand_in in replaced.items():
            setattr(window, name, stand_in)
        window.dialogs.ask_picture_path = save_picture  # type: ignore[method-assign]
        # Whoever goes anywhere by typing may go to "Quit".
        window.dialogs._doings[ActionId.QUIT] = lambda: None

    # --------------------------------------------------------------- running

    def go_on(self, events: int) -> None:
        """Do so many things."""
        for _ in range(events):
            act = self.dice.choices(self._acts, self._weights)[0]
            self.done.append(f"{self.count} {act.__name__}")
            self.count += 1
            self._keep_files_together()
            act()
            if self.dice.random() < 0.5:
                QApplication.processEvents()
            if self.dice.random() < 0.005:
                QTest.qWait(200)  # what waits until nothing moves

    def rest(self) -> None:
        """Close what is open, let every answer come, and see all pages of the first sight."""
        window, controller = self.window, self.window.controller
        for detection in self.detections:
            detection.gate.set()
        self.detections.clear()
        while popup := QApplication.activePopupWidget():
            popup.close()
        for widget in QApplication.topLevelWidgets():
            if widget is not window and isinstance(widget, QDialog):
                widget.close()
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        QApplication.setFont(ui_font(BODY_PX))
        window.set_scheme(SchemeChoice.LIGHT)
        window.showNormal()
        window.resize(1440, 900)
        window.grid_panel.filter.clear()
        window.message_line.hide()
        if window.dialogs.comparison is not None:
            window.dialogs.comparison.page.show_comparison(None)
        found = LateDetection(machines.ONE_GPU)
        found.gate.set()
        controller.detect(found)
        controller.close_files()
        controller.remove_what_if()
        controller.apply_plan(PlanOptions(), "Q4_K_M", "gpu0")
        controller.set_shows_all_formats(False)
        controller.choose_cell(FIRST_CELL)
        for page in (*Page, Page.MEMORY):
            window.detail_panel.set_page(page)
            controller.choose_page(page)
            QTest.qWait(250)  # what waits until nothing moves
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def _keep_files_together(self) -> None:
        """Let no file dialog write, rename or make a folder anywhere but beside the files."""
        folder = self.files[0].parent
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QFileDialog) and Path(widget.directory().path()) != folder:
                widget.setDirectory(str(folder))

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

    def change_scheme(self) -> None:
        self.window.set_scheme(self.dice.choice(list(SchemeChoice)))

    def change_text(self) -> None:
        QApplication.setFont(ui_font(self.dice.choice((BODY_PX, BODY_PX, 20))))
        QApplication.setLayoutDirection(
            self.dice.choice((Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft))
        )

    def change_settings(self) -> None:
        if QApplication.activeModalWidget() is not None:
            return
        self.window.do(ActionId.SETTINGS)
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            return
        for box in dialog.findChildren(QComboBox):
            box.setCurrentIndex(self.dice.randrange(box.count()))
        for number in dialog.findChildren(QSpinBox):
            number.setValue(self.dice.choice((0, 1, 60)))
        for size in dialog.findChildren(QDoubleSpinBox):
            size.setValue(self.dice.choice((0.0, 0.5, 4.0, 1e9)))
        QTest.keyClick(dialog, Qt.Key.Key_Return)

    def read_figures(self) -> None:
        machine = jittered(self.window.controller._machines.live, self.dice)
        number = self.window.controller._detection_number - self.dice.choice((0, 0, 1))
        self.window.controller.figures_read(LiveAnswer(number, machine))

    def start_detection(self) -> Detection:
        self.detections.append(LateDetection(self.dice.choice(MACHINES)))
        return self.detections[-1]

    def detect(self) -> None:
        self.window.controller.detect()

    def answer_detection(self) -> None:
        if self.detections:
            place = self.dice.randrange(len(self.detections))
            self.detections.pop(place).gate.set()

    def ask_what_if(self) -> None:
        if self.dice.random() < 0.3:
            self.window.controller.remove_what_if()
            return
        devices = tuple(self.dice.choices(self._devices, k=self.dice.randrange(4)))
        sizes = tuple(self.dice.randrange(1, 90) * GIB for _ in range(self.dice.randrange(3)))
        ram = self.dice.choice((None, 0, 8 * GIB, 512 * GIB))
        order = WhatIfOrder(devices=devices, vram_bytes=sizes, ram_bytes=ram)
        self.window.controller.ask_what_if(order)

    def paste_command(self) -> None:
        QGuiApplication.clipboard().setText(self.dice.choice(_COMMANDS))
        self.window.controller.plan_command(self.dice.choice(_COMMANDS))

    def hide_and_show(self) -> None:
        window = self.window
        for act in self.dice.sample((window.hide, window.showMinimized, window.show), 2):
            act()
        window.showNormal()

    def close_dialogs(self) -> None:
        for widget in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if isinstance(widget, QMenu):
                widget.close()
            elif isinstance(widget, QDialog):
                widget.reject()
        if self.dice.random() < 0.2:
            for widget in QApplication.topLevelWidgets():
                if isinstance(widget, QDialog) and isValid(widget):
                    widget.close()


def told(error: BaseException) -> str:
    """Return an exception with the way to it."""
    return "".join(traceback.format_exception(error))
