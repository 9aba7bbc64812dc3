"""Other hardware beside this computer: found by typing, marked, removable."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.catalogue.devices import load_devices
from planner.core.units import GIB
from planner.hardware.simulated import device_machine
from planner.ui.models.what_if import WhatIfOrder
from planner.ui.panels.what_if_dialog import WhatIfDialog
from tests.ui.machines import ONE_GPU

DEVICES = tuple(load_devices())


@pytest.fixture
def dialog(qtbot):
    made = WhatIfDialog(DEVICES, ram_bytes=32 * GIB, has_what_if=False)
    qtbot.addWidget(made)
    made.show()
    return made


def names(dialog):
    rows = range(dialog.model.rowCount())
    return [dialog.model.index(row, 0).data() for row in rows]


def test_that_typing_narrows_the_list_and_counts(dialog):
    QTest.keyClicks(dialog.search, "2x rtx 4090")
    assert names(dialog)[0] == "GeForce RTX 4090"
    assert all("4090" in name for name in names(dialog))
    assert [choice.device.name for choice in dialog.order.devices] == ["GeForce RTX 4090"] * 2
    assert dialog.order.ram_bytes == 32 * GIB


def test_that_enter_orders_what_is_marked(qtbot, dialog):
    QTest.keyClicks(dialog.search, "rtx 4070 super")
    QTest.keyClick(dialog.search, Qt.Key.Key_Down)
    wanted = dialog.model.index(1, 0).data()
    with qtbot.waitSignal(dialog.ordered, timeout=1000) as heard:
        QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert heard.args[0].devices[0].device.name == wanted
    assert not dialog.isVisible()


def test_that_a_size_of_memory_is_found_too(dialog):
    QTest.keyClicks(dialog.search, "m3 max 64gb")
    assert dialog.model.rowCount() >= 1
    assert dialog.model.index(0, 1).data() == "64 GB unified"


def test_that_unified_memory_has_no_ram_and_no_second(dialog):
    QTest.keyClicks(dialog.search, "m3 max 64gb")
    assert not dialog.ram.isEnabled()
    assert not dialog.count.isEnabled()
    assert dialog.order.ram_bytes is None
    assert len(dialog.order.devices) == 1


def test_that_what_nobody_makes_cannot_be_shown(dialog):
    QTest.keyClicks(dialog.search, "no such card")
    assert dialog.order is None
    assert not dialog.show_button.isEnabled()


def test_that_sizes_can_be_typed(dialog):
    dialog.tabs.setCurrentIndex(1)
    dialog.vram.setValue(48.0)
    dialog.count.setValue(3)
    dialog.ram.setValue(0.0)
    assert dialog.order == WhatIfOrder(vram_bytes=(48 * GIB,) * 3, ram_bytes=None)


def test_that_a_machine_with_no_memory_cannot_be_shown(dialog):
    dialog.tabs.setCurrentIndex(1)
    dialog.vram.setValue(0.0)
    dialog.ram.setValue(0.0)
    assert dialog.order is None
    assert not dialog.show_button.isEnabled()


def test_that_data_sheets_figures_stand_in_the_list(dialog):
    QTest.keyClicks(dialog.search, "geforce rtx 4090")
    row = [dialog.model.index(0, column).data() for column in range(3)]
    assert row == ["GeForce RTX 4090", "24 GB", "1,008 GB/s"]


def test_that_a_card_or_the_removal_is_asked_for(qtbot):
    made = WhatIfDialog(DEVICES, ram_bytes=None, has_what_if=True)
    qtbot.addWidget(made)
    made.show()
    with qtbot.waitSignals([made.card_wanted, made.remove_wanted], timeout=1000):
        made.card_button.click()
        made.remove_button.click()


# ------------------------------------------------------------- in the window


@pytest.fixture
def window(make_window, below):
    below.make_what_if = lambda order: device_machine(
        order.devices, vram_bytes=order.vram_bytes, ram_bytes=order.ram_bytes
    )
    return make_window(ONE_GPU)


def ask(window, qtbot, text="2x rtx-4090"):
    devices = load_devices().choose(text)
    window.controller.ask_what_if(WhatIfOrder(devices=devices, ram_bytes=64 * GIB))
    qtbot.waitUntil(lambda: not window.updates_are_due, timeout=1000)


def test_that_the_card_opens_the_dialog(window):
    QTest.mouseClick(window.strip.what_if_card, Qt.MouseButton.LeftButton)
    opened = window.dialogs.opened
    assert isinstance(opened, WhatIfDialog)
    opened.reject()
    QApplication.processEvents()
    assert window.dialogs.opened is None


def test_that_other_hardware_is_marked_and_beside_what_is_real(window, qtbot):
    ask(window, qtbot)
    cards = window.strip.cards_by_key
    assert list(cards) == ["gpu0", "ram", "what-if:gpu0", "what-if:gpu1", "what-if:ram"]
    assert [card.is_what_if for card in cards.values()] == [False, False, True, True, True]
    assert "not this computer" in cards["what-if:gpu0"].accessibleDescription()
    assert "not this computer" not in cards["gpu0"].accessibleDescription()
    assert cards["what-if:gpu0"].isChecked()
    assert window.grid_panel.model.grid.machine.is_what_if
    assert window.strip.remove_button.isVisible()


def test_that_delete_on_its_card_removes_it(window, qtbot):
    ask(window, qtbot)
    card = window.strip.cards_by_key["what-if:gpu0"]
    card.setFocus()
    QTest.keyClick(card, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: list(window.strip.cards_by_key) == ["gpu0", "ram"], timeout=1000)
    assert not window.strip.remove_button.isVisible()
    assert not window.grid_panel.model.grid.machine.is_what_if


def test_that_delete_on_a_real_card_removes_nothing(window, qtbot):
    ask(window, qtbot)
    QTest.keyClick(window.strip.cards_by_key["gpu0"], Qt.Key.Key_Delete)
    QApplication.processEvents()
    assert len(window.strip.cards) == 5


def test_that_ctrl_z_takes_a_what_if_back(window, qtbot):
    ask(window, qtbot)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(window.strip.cards) == 2, timeout=1000)
