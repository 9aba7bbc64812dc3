"""The program by keyboard: Tab goes round, controls answer, each action has a way."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from planner.ui.models.actions import ActionId, MenuId, action_specs
from planner.ui.models.page import Page
from planner.ui.widgets.link_label import LinkLabel
from tests.ui.settling import process_events
from tests.ui.sights import every_dialog, every_page

no_screen = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
MOST_STOPS = 200


def walk(root: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> list[QWidget]:
    """Press a key until the first control comes round again."""
    root.activateWindow()
    first: QWidget | None = root.focusWidget()
    if first is None:
        root.setFocus()
        QTest.keyClick(root, key)
        first = root.focusWidget()
    assert first is not None, f"{root} has nothing for the keyboard"
    first.setFocus(Qt.FocusReason.TabFocusReason)
    walked = [first]
    for _ in range(MOST_STOPS):
        QTest.keyClick(root.focusWidget(), key)
        if root.focusWidget() is first:
            return walked
        # The diagram takes Tab for itself: it goes from block to block first.
        if root.focusWidget() is not walked[-1]:
            walked.append(root.focusWidget())
    raise AssertionError(f"{key.name} does not come round; it ends at {walked[-3:]}")


def tab_stops(root: QWidget) -> set[QWidget]:
    """Return what can be seen and says that Tab goes there."""
    return {
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and widget.window() is root
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
    }


def test_that_tab_goes_round_through_every_page_both_ways(window):
    for sight, root in every_page(window):
        forth, back = walk(root), walk(root, Qt.Key.Key_Backtab)
        assert len(forth) == len(set(forth)), sight
        assert set(forth) == tab_stops(root), sight
        start = back.index(forth[0])
        assert [forth[0], *reversed(forth[1:])] == back[start:] + back[:start], sight


@no_screen
def test_that_tab_goes_round_through_every_dialog_and_esc_closes_it(window):
    seen = set()
    for sight, root in every_dialog(window):
        seen.add(sight)
        walked = walk(root)
        groups = {id(each.parent()) for each in tab_stops(root) - set(walked)}
        # Of radio buttons Tab goes to one: the arrows go on from there.
        beside = {id(each.parent()) for each in walked}
        assert groups <= beside, sight
        QTest.keyClick(root, Qt.Key.Key_Escape)
        process_events()
        assert not (isValid(root) and root.isVisible()), sight
    assert len(seen) >= 8


def test_that_tab_goes_down_and_along_as_the_eye_does(window):
    """Within the detail no stop lies above the one before it."""
    for sight, root in every_page(window):
        panel = window.detail_panel
        stops = [each for each in walk(root) if panel.isAncestorOf(each)]
        tops = [each.mapTo(panel, QPoint(0, each.height())).y() for each in stops]
        starts = [each.mapTo(panel, QPoint()).y() for each in stops]
        up = [
            (one, other)
            for (one, bottom), (other, top) in pairwise(zip(stops, tops, strict=True))
            if starts[stops.index(other)] + other.height() <= starts[stops.index(one)]
            and top <= bottom
        ]
        # The walk may begin in the middle, so it comes round once at the most.
        assert len(up) <= 1, (sight, up)


def test_that_every_control_of_every_page_shows_its_focus(window):
    QApplication.setCursorFlashTime(0)
    same = []
    for sight, root in every_page(window):
        for widget in [each for each in walk(root) if window.detail_panel.isAncestorOf(each)]:
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            focused = widget.grab().toImage()
            window.menu_button.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            if widget.grab().toImage() == focused:
                same.append((sight, type(widget).__name__, widget.accessibleName()))
    assert same == []


def test_that_every_action_has_a_way_by_keyboard(window):
    """By a key of its own, or by a mnemonic in a menu whose name has one."""
    keys = [key for spec in action_specs() for key in spec.keys]
    assert len(keys) == len({QKeySequence(key).toString() for key in keys})
    for menu in MenuId:
        words = [spec.words for spec in action_specs() if spec.menu is menu]
        letters = [each[each.index("&") + 1].casefold() for each in words if "&" in each]
        assert len(letters) == len(set(letters)), menu
        assert len(letters) == len(words), menu
    assert {spec.id for spec in action_specs()} == set(ActionId)


def test_that_every_key_of_the_table_reaches_its_action(window, monkeypatch):
    heard: list[ActionId] = []
    monkeypatch.setattr(window, "do", heard.append)
    window.menu.wanted.disconnect()
    window.menu.wanted.connect(heard.append)
    window.menu.show_history(can_undo=True, can_redo=True)
    wanted = []
    for spec in action_specs():
        for key in spec.keys:
            wanted.append(spec.id)
            QTest.keySequence(window, QKeySequence(key))
    assert heard == wanted


def test_that_slider_combo_and_tabs_answer_to_keys(qtbot, window):
    bar, panel = window.options_bar, window.detail_panel
    before = bar.context.slider.value()
    bar.context.slider.setFocus()
    QTest.keyClick(bar.context.slider, Qt.Key.Key_Right)
    assert bar.context.slider.value() == before + 1
    mode = window.grid_panel.mode
    mode.setFocus()
    QTest.keyClick(mode, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.grid_panel.model.mode == mode.currentData(), timeout=2000)
    assert mode.currentIndex() == 1
    assert panel.page.value == Page.MEMORY.value
    QTest.keySequence(window, QKeySequence("Ctrl+PgDown"))
    assert panel.page.value == Page.ARCHITECTURE.value
    QTest.keySequence(window, QKeySequence("Ctrl+PgUp"))
    assert panel.page.value == Page.MEMORY.value


@no_screen
def test_that_the_palette_goes_by_typing_and_enter(qtbot, window):
    QTest.keySequence(window, QKeySequence("Ctrl+K"))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog)
    QTest.keyClicks(dialog.focusWidget(), "phi-2")
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.controller.cell.model_id == "phi-2", timeout=2000)
    assert not dialog.isVisible()


def test_that_enter_follows_an_address(qtbot, theme):
    label = LinkLabel(theme)
    qtbot.addWidget(label)
    label.show_url("https://example.org/a?b=1&c=2")
    label.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        with qtbot.waitSignal(label.wanted, timeout=1000) as told:
            QTest.keyClick(label, key)
        assert told.args == ["https://example.org/a?b=1&c=2"]
