"""Somebody who does anything at random: seeded, so that what went wrong can be done again."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QFileDialog,
    QMenu,
    QMessageBox,
    QSpinBox,
)
from shiboken6 import isValid

from planner.core.device_spec import choices_of
from planner.core.plan import PlanOptions
from planner.core.units import GIB, SizeUnit
from planner.settings import Language
from planner.ui.controller import FIRST_CELL, LiveAnswer
from planner.ui.fonts import BODY_PX, ui_font
from planner.ui.models.actions import ActionId
from planner.ui.models.cell import Cell
from planner.ui.models.page import Page
from planner.ui.models.what_if import WhatIfOrder
from planner.ui.panels.settings_dialog import SettingsDialog
from planner.ui.theme import SchemeChoice
from tests.ui import machines
from tests.ui.monkey_hands import Hands
from tests.ui.monkey_props import COMMANDS, MACHINES, LateDetection, jittered
from tests.ui.settling import finish_jobs, process_events, settle

if TYPE_CHECKING:
    from collections.abc import Callable

    from planner.core.pictures.picture import Picture
    from planner.ui.controller import Detection
    from planner.ui.main_window import MainWindow

_LONG_STUCK: Final = 50  # turns of the watchdog
# What is made when it is first wanted, and kept.
# It brings the advice with it.
_TOO_LARGE: Final = Cell("phi-3.5-moe", "F16")
_KEPT: Final = (
    ActionId.RECEIPT,
    ActionId.COMPARE,
    ActionId.COMPARE_SAVED,
    ActionId.ACCURACY,
)


@dataclass
class Monkey(Hands):
    """Does one thing after another to a window, by hand and otherwise."""

    detections: list[LateDetection] = field(default_factory=list)
    count: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
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
                process_events()
            if self.dice.random() < 0.005:
                settle(self.window)

    def rest(self) -> None:
        """Close what is open, let every answer come, and see all pages of the first sight."""
        window, controller = self.window, self.window.controller
        self.answer_detections()
        self._close_all()
        self._choose_first_words()
        for action_id in _KEPT:
            window.do(action_id)
        self._close_all()
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
        finish_jobs(window)
        controller.close_files()
        controller.remove_what_if()
        controller.apply_plan(PlanOptions(), "Q4_K_M", "gpu0")
        controller.set_shows_all_formats(False)
        # What is made when it is first needed, and then kept until the words change.
        window.options_bar.open_more()
        window.options_bar.more.close()
        controller.choose_cell(FIRST_CELL)
        for page in (*Page, Page.MEMORY):
            window.detail_panel.set_page(page)
            controller.choose_page(page)
            settle(window)
        for cell in (_TOO_LARGE, FIRST_CELL):
            controller.choose_cell(cell)
            settle(window)

    def answer_detections(self) -> None:
        """Let all that are under way find what they look for."""
        for detection in self.detections:
            detection.gate.set()
        self.detections.clear()

    def _close_all(self) -> None:
        while popup := QApplication.activePopupWidget():
            popup.close()
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and isinstance(widget, QDialog):
                widget.close()
        process_events()

    def _choose_first_words(self) -> None:
        """Speak as at the first sight: other words are other widgets, in other typefaces."""
        self.window.do(ActionId.SETTINGS)
        dialog = self.window.dialogs.opened
        assert isinstance(dialog, SettingsDialog)
        for box, first in (
            (dialog.language, Language.ENGLISH),
            (dialog.size_unit, SizeUnit.GIB),
        ):
            box.setCurrentIndex(box.findData(first.value))
        QTest.keyClick(dialog, Qt.Key.Key_Return)
        process_events()

    def _keep_files_together(self) -> None:
        """Let no file dialog write, rename or make a folder anywhere but beside the files."""
        folder = self.files[0].parent
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QFileDialog) and Path(widget.directory().path()) != folder:
                widget.setDirectory(str(folder))

    # --------------------------------------------------------------- what else is done

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
        QGuiApplication.clipboard().setText(self.dice.choice(COMMANDS))
        self.window.controller.plan_command(self.dice.choice(COMMANDS))

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
