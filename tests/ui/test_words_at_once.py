"""Another language, another unit: at once, with all that was done."""

import gc
import threading
import weakref
from dataclasses import replace

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from planner.catalogue.devices import load_devices
from planner.core.grid_values import GridMode
from planner.core.machine import Machine
from planner.core.pictures.colours import COLOURS
from planner.core.pictures.picture import Text
from planner.core.plan import CacheType, PlanOptions, RuntimeName
from planner.core.units import GIB, SizeUnit
from planner.hardware.simulated import device_machine
from planner.ui import picture_painter
from planner.ui.fonts import FAMILY, families
from planner.ui.models.actions import ActionId
from planner.ui.models.cell import Cell
from planner.ui.models.comparison_values import Side
from planner.ui.models.page import Page
from planner.ui.models.what_if import WhatIfOrder
from planner.ui.theme import Scheme, SchemeChoice
from planner.ui.translations import speak
from tests.ui import machines
from tests.ui.conftest import FoundAtOnce
from tests.ui.settling import finish_jobs, process_events, settle
from tests.ui.spoken import apply_settings

pytestmark = pytest.mark.usefixtures("english_again")

LONG_MS = 20_000


@pytest.fixture
def window(make_window, below):
    below.make_what_if = lambda order: device_machine(
        order.devices, vram_bytes=order.vram_bytes, ram_bytes=order.ram_bytes
    )
    return make_window()


def test_that_the_plan_and_the_way_back_stay(window):
    controller = window.controller
    controller.set_options(PlanOptions(context_length=16_384))
    settle(window)
    devices = load_devices().choose("2x rtx-4090")
    controller.ask_what_if(WhatIfOrder(devices=devices, ram_bytes=64 * GIB))
    controller.choose_cell(Cell("phi-3-mini-4k", "Q8_0"))
    controller.set_grid_mode(GridMode.SHARE)
    window.detail_panel.step_page(-1)
    settle(window)
    before = controller.choices

    apply_settings(window, "de", SizeUnit.GB)
    settle(window)

    after = controller.choices
    assert replace(after, language=before.language, size_unit=before.size_unit) == before
    assert window.detail_panel.title_text == "Phi-3-mini-4k-instruct · Q8_0"
    assert window.detail_panel.page is Page.RUN_IT
    assert len(window.strip.cards) == 5
    assert window.grid_panel.mode.currentData() == GridMode.SHARE
    assert window.options_bar.context.field.text() == "16.384 Tokens"

    window.do(ActionId.UNDO)
    settle(window)

    assert controller.choices.what_if is None
    assert len(window.strip.cards) == 2

    window.do(ActionId.UNDO)
    settle(window)

    assert window.options_bar.context.field.text() == "4.096 Tokens"


def test_that_the_grid_stays_filtered_and_sorted_with_the_same_cell(window):
    panel = window.grid_panel
    panel.filter.setText("mini")
    panel.view.sort_requested.emit(4)
    panel.view.sort_requested.emit(4)
    rows = [panel.model.model_at(row).id for row in range(panel.model.rowCount())]
    cell = window.controller.cell

    apply_settings(window, "zh")

    panel = window.grid_panel
    assert panel.filter.text() == "mini"
    assert [panel.model.model_at(row).id for row in range(panel.model.rowCount())] == rows
    assert (panel.model.sort_column, panel.model.is_descending) == (4, True)
    assert window.controller.cell == cell
    assert panel.mode.toolTip() != ""


def test_that_each_runtime_keeps_the_options_it_had(window):
    bar = window.options_bar
    window.controller.set_options(PlanOptions(cache_type_k=CacheType.Q8_0))
    settle(window)
    bar.runtime.setCurrentIndex(bar.runtime.findData(RuntimeName.TRANSFORMERS))
    settle(window)

    apply_settings(window, "de")
    bar = window.options_bar
    bar.runtime.setCurrentIndex(bar.runtime.findData(RuntimeName.LLAMA_CPP))
    settle(window)

    assert window.controller.choices.options.cache_type_k is CacheType.Q8_0


def test_that_place_borders_and_what_was_said_stay(window, tmp_path):
    window.setGeometry(40, 30, 1200, 700)
    window.halves.setSizes([500, 650])
    process_events()
    sizes = window.halves.sizes()
    window.show_failure("The file is torn.")

    apply_settings(window, "de")

    assert window.geometry().getRect() == (40, 30, 1200, 700)
    assert window.halves.sizes() == sizes
    line = window.message_line
    assert line.isVisible()
    assert line.words.text() == "The file is torn."
    line.copy_details.click()
    assert QApplication.clipboard().text().startswith("The file is torn.\nPhi Planner")
    line.put_away.click()

    apply_settings(window, "en")

    assert not window.message_line.isVisible()


def test_that_the_keyboard_goes_on_in_the_grid(qtbot, window):
    apply_settings(window, "de")
    window.activateWindow()

    qtbot.waitUntil(window.grid_panel.view.hasFocus)
    before = window.controller.cell
    QTest.keyClick(window.grid_panel.view, Qt.Key.Key_Left)
    assert window.controller.cell != before
    # A key that two entries had would do nothing.
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.grid_panel.filter.hasFocus()


def test_that_a_look_at_the_hardware_that_is_under_way_goes_on(qtbot, make_window):
    window, gate = make_window(machines.NO_GPU), threading.Event()

    class Slow(FoundAtOnce):
        def result(self):
            gate.wait(20)
            return super().result()

    slow = Slow(machines.ONE_GPU)
    window.controller.detect(slow)
    apply_settings(window, "de")
    qtbot.waitUntil(lambda: "GPUs" in window.strip.notes_text)
    gate.set()
    qtbot.waitUntil(lambda: len(window.strip.cards) == 2, timeout=LONG_MS)

    assert not slow.was_cancelled
    assert window.controller.choices.language == "de"


def test_that_fresh_figures_are_shown_in_what_was_made_anew(qtbot, make_window):
    class Growing:
        used_mib = 0

        def read(self):
            self.used_mib += 256
            return replace(machines.ONE_GPU, pools=(machines.gpu(24_564, self.used_mib),))

        def close(self):
            pass

    window = make_window(replace(machines.ONE_GPU, pools=machines.ONE_GPU.pools[:1]))
    controller = window.controller
    controller._services = replace(controller._services, start_live=lambda _: Growing())
    controller._choices = replace(controller._choices, refresh_seconds=1)
    controller.follow_figures()
    apply_settings(window, "de")
    (card,) = window.strip.cards
    before = card.pool

    qtbot.waitUntil(lambda: card.pool != before, timeout=LONG_MS)

    assert window.strip.cards == (card,)


def test_that_plans_and_answers_set_side_by_side_are_found_again(window, qtbot):
    window.do(ActionId.ADD_TO_COMPARISON)
    first = window.dialogs.tools.open_comparison()
    window.dialogs.open_saved_comparison()
    finish_jobs(window)

    apply_settings(window, "de")

    assert not isValid(first)
    assert [top for top in QApplication.topLevelWidgets() if top.isVisible()] == [window]
    page = window.dialogs.tools.open_comparison().page
    assert page.table.columnCount() == 2
    window.dialogs.open_saved_comparison()
    finish_jobs(window)
    found = window.dialogs.comparison
    assert found.comparisons.has(Side.AFTER)
    assert found.page.names[Side.AFTER].text() != ""


def test_that_without_memory_the_reason_is_said_in_the_language(make_window):
    window = make_window(Machine(pools=()))
    apply_settings(window, "de")

    assert "Speicher" in window.grid_panel.view.empty_text
    assert not window.detail_panel.isVisible()


# ------------------------------------------------------------------- what goes, what stays


def test_that_nothing_is_made_anew_where_words_stay_the_same(window):
    parts = window.parts
    window.do(ActionId.SETTINGS)
    dialog = window.dialogs.opened
    dialog.ram_reserve.setValue(5.0)
    dialog._on_accepted()
    process_events()
    settle(window)

    assert window.parts is parts
    assert window.controller.choices.reserve.ram_bytes == 5 * GIB


def test_that_a_charts_words_get_the_typefaces_of_each_language(qapp):
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    for language in ("en", "zh", "en"):
        speak(language)
        painter = QPainter(image)
        picture_painter._paint_text(painter, Text(x=0, y=16, words="8"), COLOURS[Scheme.LIGHT])
        used = painter.font().families()
        painter.end()
        assert used == families()


def test_that_what_was_chosen_is_kept_for_the_next_start(window, below):
    apply_settings(window, "zh", SizeUnit.GB)
    window.close()

    assert [(each.language, each.size_unit) for each in below.saved] == [("zh", SizeUnit.GB)]


def test_that_text_of_another_size_keeps_it_and_gets_typefaces_of_the_language(make_window):
    window = make_window(text_scale=1.5)
    size = window.font().pixelSize()
    apply_settings(window, "zh")

    font = window.grid_panel.filter.font()
    assert (font.pixelSize(), font.families()) == (size, families())
    assert families() != [FAMILY]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_what_was_before_goes_and_the_program_does_not(window, qtbot):
    first_paints = []
    window.first_painted.connect(lambda: first_paints.append(1))

    def change_twice() -> tuple[int, int, int]:
        # All that can be beside the parts: a chart that is explored, windows, a list of keys.
        charts = window.detail_panel.memory.charts
        charts.explore_button.click()
        qtbot.waitUntil(lambda: charts.plot is not None, timeout=LONG_MS)
        window.options_bar.open_more()
        window.options_bar.more.close()
        window.dialogs.tools.open_accuracy()
        window.dialogs.open_saved_comparison()
        finish_jobs(window)
        gone = [window.parts, window.menu, window.detail_panel, window.dialogs.comparison]
        refs = [weakref.ref(each) for each in gone]
        apply_settings(window, "de")
        assert not any(map(isValid, gone))
        gone.clear()
        charts = None
        apply_settings(window, "en")
        settle(window)
        gc.collect()
        assert [each() for each in refs] == [None] * len(refs)
        return (
            len(QApplication.allWidgets()),
            len(window.findChildren(QObject)),
            threading.active_count(),
        )

    change_twice()
    before = change_twice()

    assert [change_twice(), change_twice()] == [before, before]
    assert window.isVisible()
    assert not first_paints
    # Nobody hears of colours who is gone.
    window.set_scheme(SchemeChoice.DARK)
    process_events()


def test_that_no_key_is_heard_by_two_menus(window):
    window.speak_anew()

    keys = [keys.toString() for action in window.actions() for keys in action.shortcuts()]
    assert keys
    assert len(keys) == len(set(keys))
