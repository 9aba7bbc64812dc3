"""The window as a whole: keyboard, accessibility, room, export, threads, colours."""

import gc
import threading
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSettings, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QPushButton,
    QWidget,
)

from planner.core.machine import Machine
from planner.settings import Scheme
from planner.ui.app import build_window
from planner.ui.theme import DARK, LIGHT
from planner.ui.widgets.pool_card import PoolCard
from tests.ui.conftest import FoundAtOnce
from tests.ui.machines import LONG_NAMES, NO_GPU, ONE_GPU, UNIFIED

# ------------------------------------------------------------- keyboard, accessibility


def focused_widget() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def walk_by_tab(window) -> list[QWidget]:
    """Press Tab until the first one comes round again."""
    first = window.export_button
    first.setFocus(Qt.FocusReason.TabFocusReason)
    walked = [first]
    for _ in range(100):
        QTest.keyClick(focused_widget(), Qt.Key.Key_Tab)
        if focused_widget() is first:
            return walked
        walked.append(focused_widget())
    raise AssertionError(f"Tab does not come round: {walked}")


def test_that_tab_goes_once_round_through_every_control(window):
    walked = walk_by_tab(window)
    wanted = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
    ]
    assert set(walked) == set(wanted)
    assert len(walked) == len(set(walked))


def test_that_tab_goes_from_left_to_right_and_top_to_bottom(window):
    walked = walk_by_tab(window)
    bar, grid = window.options_bar, window.grid_panel
    wanted = [
        # Of the cards only the target's: arrow keys go to the others, as among radio buttons.
        window.strip.cards[0],
        window.strip.what_if_card,
        window.menu_button,
        window.export_button,
        bar.runtime,
        bar.context.slider,
        bar.context.field,
        bar.cache_type,
        bar.parallel,
        bar.reserve,
        bar.more_button,
        grid.filter,
        grid.all_formats,
        grid.mode,
        grid.view.name_head,
        grid.view,
    ]
    start = walked.index(window.strip.cards[0])
    walked = walked[start:] + walked[:start]
    assert walked[: len(wanted)] == wanted


def test_that_the_keyboard_begins_in_the_grid(window):
    assert window.grid_panel.view.hasFocus()


def test_that_cards_made_later_come_first_for_tab_too(qtbot, make_window):
    window = make_window(NO_GPU)
    window.controller.detect(FoundAtOnce(ONE_GPU))
    qtbot.waitUntil(lambda: len(window.strip.cards) == 2, timeout=2000)
    window.strip.cards[0].setFocus()
    for wanted in (window.strip.what_if_card, window.menu_button):
        QTest.keyClick(focused_widget(), Qt.Key.Key_Tab)
        assert focused_widget() is wanted


def test_that_every_control_shows_that_it_has_the_focus(window):
    QApplication.setCursorFlashTime(0)
    for widget in walk_by_tab(window):
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        focused = widget.grab().toImage()
        window.menu_button.setFocus(Qt.FocusReason.TabFocusReason)
        if widget is window.menu_button:
            window.export_button.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        assert widget.grab().toImage() != focused, widget


def accessible_tree(interface):
    yield interface
    for number in range(interface.childCount()):
        child = interface.child(number)
        if child is not None and child.isValid():
            yield from accessible_tree(child)


CONTROLS = {
    QAccessible.Role.Button,
    QAccessible.Role.PushButton,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ComboBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.Slider,
    QAccessible.Role.SpinBox,
    QAccessible.Role.Table,
    QAccessible.Role.Tree,
}


def test_that_every_control_has_an_accessible_name(window):
    nameless = []
    for interface in accessible_tree(QAccessible.queryAccessibleInterface(window)):
        widget = interface.object()
        is_inner = isinstance(widget, QWidget) and (
            widget.objectName().startswith("qt_") or not widget.isVisible()
        )
        if interface.role() in CONTROLS and not is_inner:
            name = interface.text(QAccessible.Text.Name)
            if not name:
                nameless.append((interface.role(), widget))
    assert nameless == []


def test_that_a_screen_reader_finds_every_cell_in_words(window):
    table = QAccessible.queryAccessibleInterface(window.grid_panel.view)
    cells = [
        each.text(QAccessible.Text.Name)
        for each in accessible_tree(table)
        if each.role() == QAccessible.Role.Cell
    ]
    assert len(cells) == 24 * 7
    assert any(cell.startswith("Phi-4 Q4_K_M: fits, needs") for cell in cells)


def test_that_no_two_mnemonics_are_the_same(window):
    words = [
        widget.text()
        for kind in (QLabel, QAbstractButton)
        for widget in window.findChildren(kind)
        if widget.isVisible() and "&" in widget.text()
    ]
    letters = [word[word.index("&") + 1].casefold() for word in words]
    assert len(words) >= 7
    assert sorted(letters) == sorted(set(letters))


# ----------------------------------------------------------------------- room


@pytest.mark.parametrize("machine", [ONE_GPU, NO_GPU, UNIFIED, LONG_NAMES])
@pytest.mark.parametrize(
    ("size", "text_scale"), [((1024, 640), 1.0), ((1024, 640), 1.5), ((1440, 900), 1.5)]
)
def test_that_no_word_is_cut_off(make_window, machine, size, text_scale):
    window = make_window(machine, size=size, text_scale=text_scale, context_length=8192)
    assert (window.width(), window.height()) == size
    cut = []
    for kind in (QLabel, QPushButton, QComboBox, QAbstractButton):
        for widget in window.findChildren(kind):
            if widget.isVisible() and not isinstance(widget, PoolCard):
                cut += [(widget, why) for why in [what_is_cut(widget)] if why]
    assert cut == []


def what_is_cut(widget) -> str:
    """Return why a person cannot read all of a widget; empty where they can."""
    if widget.width() < widget.minimumSizeHint().width():
        return "too narrow"
    needed = widget.minimumSizeHint().height()
    if isinstance(widget, QLabel):
        metrics = QFontMetrics(widget.font())
        text = widget.text().replace("&", "")
        if widget.wordWrap():
            needed = widget.heightForWidth(widget.width())
        elif metrics.horizontalAdvance(text) > widget.width():
            return "words too long"
    if widget.height() < needed:
        return "too low"
    parent = widget.parentWidget()
    is_inside = parent.rect().contains(widget.geometry())
    return "" if is_inside else "reaches out of its parent"


def test_that_the_window_is_no_larger_than_the_smallest_it_must_work_at(make_window):
    window = make_window(LONG_NAMES, text_scale=1.5)
    smallest = window.minimumSizeHint().expandedTo(window.minimumSize())
    assert smallest.width() <= 1024
    assert smallest.height() <= 640


# ----------------------------------------------------------------------- hardware


def test_that_the_gpu_that_is_found_becomes_the_target(qtbot, make_window, below):
    window = make_window(NO_GPU)
    assert window.grid_panel.model.grid.target.id == "ram"
    window.controller.detect(FoundAtOnce(ONE_GPU))
    qtbot.waitUntil(lambda: window.grid_panel.model.grid.target.id == "gpu0", timeout=2000)
    cards = {card.pool.id: card.isChecked() for card in window.findChildren(PoolCard)}
    assert cards == {"gpu0": True, "ram": False}


def test_that_arrow_keys_go_from_card_to_card(qtbot, window):
    gpu, ram = window.strip.cards
    gpu.setFocus()
    QTest.keyClick(gpu, Qt.Key.Key_Right)
    assert ram.hasFocus()
    assert ram.isChecked()
    qtbot.waitUntil(lambda: window.grid_panel.model.grid.target.id == "ram", timeout=1000)


def test_that_a_card_chosen_with_the_keyboard_becomes_the_target(qtbot, window):
    card = next(each for each in window.findChildren(PoolCard) if each.pool.id == "ram")
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.grid_panel.model.grid.target.id == "ram", timeout=1000)


def test_that_f5_reads_the_hardware_again(qtbot, window, below):
    below.found = NO_GPU
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.grid_panel.model.grid.target.id == "ram", timeout=2000)
    assert len(below.detections) == 1


class Hanging:
    """A driver that never answers."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.began = threading.Event()

    def result(self):
        self.began.set()
        self.gate.wait(30)
        return ONE_GPU

    def cancel(self):
        self.gate.set()


def test_that_a_driver_that_hangs_holds_up_nothing(qtbot, make_window):
    window = make_window(NO_GPU)
    hanging = Hanging()
    window.controller.detect(hanging)
    assert hanging.began.wait(2)
    qtbot.waitUntil(lambda: "Looking for GPUs" in window.strip.notes_text, timeout=2000)
    window.options_bar.context.slider.setValue(80)
    qtbot.waitUntil(
        lambda: window.grid_panel.model.grid.options.context_length == 8192, timeout=2000
    )
    window.close()
    assert hanging.gate.is_set()
    assert not [t for t in threading.enumerate() if t.name.startswith("planner-task")]


def test_that_no_memory_at_all_is_a_sentence_and_no_empty_detail(make_window):
    window = make_window(Machine(pools=()))
    assert "No memory could be read" in window.grid_panel.view.empty_text
    assert not window.detail_panel.isVisible()
    assert window.options_bar.more.fields["flash_attention"].isChecked()


# ----------------------------------------------------------------------- colours, settings


def test_that_the_colours_change_at_once_and_are_kept(qtbot, window, below):
    before = window.grid_panel.view.viewport().grab().toImage()
    dark = next(each for each in window.menu.schemes if each.data() == "dark")
    dark.trigger()
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    after = window.grid_panel.view.viewport().grab().toImage()
    assert after.pixelColor(2, 2).name() == DARK.panel
    assert before.pixelColor(2, 2).name() == LIGHT.panel
    window.close()
    assert below.saved[-1].scheme is Scheme.DARK


def test_that_ctrl_q_closes_the_window(window):
    QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    assert not window.isVisible()


def test_that_size_and_borders_are_found_again(qtbot, below, tmp_path):
    def open_window():
        window = build_window(machine=NO_GPU, services=below.services(), keeps_geometry=False)
        window.keep_geometry_in(
            QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)
        )
        qtbot.addWidget(window)
        window.show()
        return window

    first = open_window()
    # No larger than the screen that there is in tests.
    first.resize(800, 560)
    first.halves.setSizes([440, 320])
    sizes = first.halves.sizes()
    first.close()
    second = open_window()
    assert (second.width(), second.height()) == (800, 560)
    assert second.halves.sizes() == sizes


# ----------------------------------------------------------------------- leaks


def test_that_windows_leave_nothing_behind(qapp, below):
    def open_and_close():
        window = build_window(machine=ONE_GPU, services=below.services(), keeps_geometry=False)
        window.show()
        window.controller.detect()
        qapp.processEvents()
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return weakref.ref(window)

    open_and_close()
    gc.collect()
    before = len(qapp.allWidgets())
    gone = [open_and_close() for _ in range(5)]
    gc.collect()
    assert len(qapp.allWidgets()) == before
    assert [each() for each in gone] == [None] * 5
    assert not [t for t in threading.enumerate() if t.name.startswith("planner-task")]
