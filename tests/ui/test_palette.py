"""Going anywhere by typing a few letters of it; and the other dialogs of the shell."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from planner.core.units import GIB
from planner.settings import Language
from planner.ui.models.actions import ActionId, action_specs
from planner.ui.models.fuzzy import best_matches, fuzzy_score
from planner.ui.panels.help_dialogs import AboutDialog
from planner.ui.theme import SchemeChoice
from planner.version import __version__
from tests.ui.machines import ONE_GPU

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("p4m", "Phi-4-mini", "Phi-3.5-mini-4k-more"),
        ("4090", "GeForce RTX 4090", "GeForce RTX 4080 90"),
        ("undo", "Undo", "Show under other"),
        ("q4", "Q4_K_M", "Q2_K 4"),
    ],
)
def test_that_a_nearer_name_comes_first(query, better, worse):
    assert best_matches(query, [worse, better], text_of=str, most=2)[0] == better


@pytest.mark.parametrize(("query", "text"), [("xyz", "Phi-4"), ("44", "Phi-4"), ("ihp", "Phi")])
def test_that_letters_must_all_be_there_in_their_order(query, text):
    assert fuzzy_score(query, text) is None


def test_that_without_letters_everything_stands_as_it_was():
    assert best_matches("  ", ["b", "a", "c"], text_of=str, most=2) == ["b", "a"]


@pytest.fixture
def palette(make_window, below):
    window = make_window(ONE_GPU)
    QTest.keyClick(window, Qt.Key.Key_K, CONTROL)
    dialog = window.dialogs.opened
    assert dialog is not None
    yield window, dialog
    if window.dialogs.opened is not None:
        window.dialogs.opened.reject()


def go(qtbot, palette, words):
    window, dialog = palette
    QTest.keyClicks(dialog.search, words)
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    QApplication.processEvents()
    qtbot.waitUntil(lambda: not window.updates_are_due, timeout=1000)


def test_that_a_model_is_gone_to(qtbot, palette):
    go(qtbot, palette, "phi-4-mini")
    window, _ = palette
    assert window.controller.cell.model_id == "phi-4-mini"
    assert window.dialogs.opened is None


def test_that_a_format_that_is_no_column_becomes_one(qtbot, palette):
    go(qtbot, palette, "iq4_xs")
    window = palette[0]
    assert window.controller.cell.quant_format == "IQ4_XS"
    assert "IQ4_XS" in window.grid_panel.model.grid.quant_formats


def test_that_a_target_is_gone_to(qtbot, palette):
    go(qtbot, palette, "ryzen 7 7700")
    assert palette[0].grid_panel.model.grid.target.id == "ram"


def test_that_an_action_is_done(qtbot, palette):
    window, _ = palette
    go(qtbot, palette, "about phi")
    assert isinstance(window.dialogs.opened, AboutDialog)
    window.dialogs.opened.reject()


def test_that_every_action_has_words_a_tip_and_keys_of_its_own(window):
    specs = action_specs()
    assert {spec.id for spec in specs} == set(ActionId)
    keys = [key for spec in specs for key in spec.keys]
    assert len(keys) == len(set(keys))
    assert all(spec.plain_words and spec.tip for spec in specs)
    assert set(window.dialogs._doings) == set(ActionId)


def test_that_what_cannot_be_undone_is_not_offered(qtbot, window):
    assert not window.menu.is_enabled(ActionId.UNDO)
    window.options_bar.context.slider.setValue(80)
    qtbot.waitUntil(lambda: window.menu.is_enabled(ActionId.UNDO), timeout=1000)
    assert not window.menu.is_enabled(ActionId.REDO)


def test_that_f1_shows_all_keys(window):
    QTest.keyClick(window, Qt.Key.Key_F1)
    dialog = window.dialogs.opened
    assert dialog is not None
    words = {label.text() for label in dialog.findChildren(QLabel)}
    assert {"Undo", "Ctrl+Z", "Read the hardware again", "F5"} <= words
    dialog.reject()


def test_that_about_has_versions_to_copy(window):
    window.do(ActionId.ABOUT)
    dialog = window.dialogs.opened
    assert isinstance(dialog, AboutDialog)
    dialog._on_copy()
    assert __version__ in QGuiApplication.clipboard().text()
    dialog.reject()


def test_that_settings_hold_at_once_and_are_kept(qtbot, window, below):
    window.do(ActionId.SETTINGS)
    dialog = window.dialogs.opened
    dialog.scheme.setCurrentIndex(dialog.scheme.findData("dark"))
    dialog.language.setCurrentIndex(dialog.language.findData("de"))
    dialog.gpu_reserve.setValue(1.5)
    dialog.refresh.setValue(5)
    dialog._on_accepted()
    qtbot.waitUntil(lambda: not window.updates_are_due, timeout=1000)
    assert window.theme.choice is SchemeChoice.DARK
    assert [each.data() for each in window.menu.schemes if each.isChecked()] == ["dark"]
    assert window.grid_panel.model.grid.reserve.gpu_bytes == 3 * GIB // 2
    window.close()
    kept = below.saved[-1]
    assert (kept.language, kept.refresh_seconds) == (Language.GERMAN, 5)


def test_that_settings_that_are_cancelled_change_nothing(window, below):
    window.do(ActionId.SETTINGS)
    dialog = window.dialogs.opened
    dialog.refresh.setValue(9)
    dialog.reject()
    window.close()
    assert below.saved == []
