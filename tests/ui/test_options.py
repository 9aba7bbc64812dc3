"""The options above the grid: what is typed, what is told, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.core.fit import FitVerdict
from planner.core.plan import CacheType, PlanOptions
from planner.core.units import GIB
from planner.ui.panels.options_bar import OptionsBar
from planner.ui.theme import Theme
from planner.ui.widgets.context_slider import (
    LONGEST,
    SHORTEST,
    ContextSlider,
    context_length_at,
    position_of,
    read_context_length,
)


@pytest.fixture
def slider(qtbot):
    made = ContextSlider()
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def bar(qtbot):
    theme = Theme()
    made = OptionsBar(theme)
    theme.setParent(made)
    qtbot.addWidget(made)
    return made


@pytest.mark.parametrize(
    ("typed", "tokens"),
    [
        ("8192", 8192),
        ("8,192", 8192),
        (" 8k ", 8192),
        ("128K", 131072),
        ("8192 tokens", 8192),
        ("4,096 Tokens", 4096),
        ("256", 256),
        ("256k", 262144),
        ("1 token", None),
        ("255", None),
        ("262145", None),
        ("0", None),
        ("-5", None),
        ("8.5k", None),
        ("81,92", None),
        ("lots", None),
        ("8 192", None),
        ("9" * 400, None),
        ("٣k", 3072),
    ],
)
def test_that_a_context_length_is_read_as_people_write_it(typed, tokens):
    assert read_context_length(typed) == tokens


@given(st.integers(0, position_of(LONGEST)))
def test_that_a_step_of_the_slider_comes_back_to_itself(position):
    assert position_of(context_length_at(position)) == position


def test_that_the_slider_goes_up_all_the_way_in_round_numbers():
    lengths = [context_length_at(step) for step in range(position_of(LONGEST) + 1)]
    assert lengths == sorted(set(lengths))
    assert (lengths[0], lengths[-1]) == (SHORTEST, LONGEST)
    assert all(length % 8 == 0 for length in lengths)
    doublings = [SHORTEST * 2**power for power in range(11)]
    assert set(doublings) <= set(lengths)


def test_that_the_default_is_no_length_until_it_is_moved(qtbot, slider):
    assert slider.field.text() == "4,096 tokens"
    with qtbot.waitSignal(slider.context_length_changed, timeout=1000) as told:
        QTest.keyClick(slider.slider, Qt.Key.Key_Right)
    assert told.args == [context_length_at(position_of(4096) + 1)]


def type_into(field, text):
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Qt.Key.Key_Return)


def test_that_a_typed_length_moves_the_slider(qtbot, slider):
    with qtbot.waitSignal(slider.context_length_changed, timeout=1000) as told:
        type_into(slider.field, "128k")
    assert told.args == [131072]
    assert slider.slider.value() == position_of(131072)
    assert slider.field.text() == "131,072 tokens"


def test_that_a_bad_length_gets_a_sentence_and_changes_nothing(qtbot, slider):
    slider.show_context_length(8192)
    with qtbot.assertNotEmitted(slider.context_length_changed):
        type_into(slider.field, "lots")
    assert "“lots” is no context length" in slider.problem
    assert "256 to 262,144" in slider.problem
    assert slider.field.text() == "8,192 tokens"
    type_into(slider.field, "16k")
    assert slider.problem == ""


def test_that_an_empty_field_is_the_default_again(qtbot, slider):
    slider.show_context_length(8192)
    slider.field.setFocus()
    slider.field.selectAll()
    with qtbot.waitSignal(slider.context_length_changed, timeout=1000) as told:
        QTest.keyClick(slider.field, Qt.Key.Key_Delete)
        QTest.keyClick(slider.field, Qt.Key.Key_Return)
    assert told.args == [None]
    assert slider.field.text() == "4,096 tokens"


def test_that_leaving_the_field_untouched_keeps_the_default(qtbot, slider):
    slider.field.setFocus()
    with qtbot.assertNotEmitted(slider.context_length_changed):
        QTest.keyClick(slider.field, Qt.Key.Key_Return)


def test_that_the_slider_says_its_tokens_to_a_screen_reader(slider):
    slider.show_context_length(16384)
    assert slider.slider.accessibleDescription() == "16,384 tokens"


def test_that_every_control_tells_the_whole_of_the_options(bar):
    told: list[PlanOptions] = []
    bar.options_changed.connect(told.append)
    bar.show_options(PlanOptions(context_length=8192))
    bar.cache_type.setCurrentText("q8_0")
    bar.parallel.setValue(4)
    bar.more.fields["flash_attention"].setChecked(False)
    bar.context.slider.setValue(0)
    assert told[-1] == PlanOptions(
        context_length=256,
        cache_type_k=CacheType.Q8_0,
        cache_type_v=CacheType.Q8_0,
        parallel_sequences=4,
        flash_attention=False,
    )
    assert len(told) == 4


def test_that_showing_options_tells_nothing(qtbot, bar):
    shown = PlanOptions(
        context_length=65536,
        cache_type_k=CacheType.Q4_0,
        cache_type_v=CacheType.Q4_0,
        parallel_sequences=8,
        flash_attention=False,
    )
    with qtbot.assertNotEmitted(bar.options_changed):
        bar.show_options(shown)
    assert bar.cache_type.currentText() == "q4_0"
    assert bar.parallel.value() == 8
    assert not bar.more.fields["flash_attention"].isChecked()


def test_that_all_cache_types_of_llama_cpp_are_offered(bar):
    offered = [bar.cache_type.itemText(row) for row in range(bar.cache_type.count())]
    assert offered == ["f32", "f16", "bf16", "q8_0", "q5_1", "q5_0", "q4_1", "q4_0"]


def test_that_the_reserve_is_told_in_bytes(qtbot, bar):
    bar.show_reserve(GIB // 2, pool_name="NVIDIA GeForce RTX 4090")
    assert "RTX 4090" in bar.reserve.toolTip()
    with qtbot.waitSignal(bar.reserve_changed, timeout=1000) as told:
        bar.reserve.setValue(6.0)
    assert told.args == [6 * GIB]


def test_that_a_reserve_in_odd_bytes_is_not_rounded_away(qtbot, bar):
    with qtbot.assertNotEmitted(bar.reserve_changed):
        bar.show_reserve(123_456_789, pool_name="RAM")


def test_that_the_sentence_about_a_bad_length_stands_under_the_options(window):
    bar = window.options_bar
    type_into(bar.context.field, "none")
    assert bar.problem.isVisible()
    assert "no context length" in bar.problem.text()
    bar.context.slider.setValue(50)
    assert not bar.problem.isVisible()


def test_that_a_quantised_cache_without_flash_attention_gets_the_engines_reason(qtbot, window):
    window.options_bar.cache_type.setCurrentText("q8_0")
    window.options_bar.more.fields["flash_attention"].setChecked(False)
    model = window.grid_panel.model
    qtbot.waitUntil(lambda: not model.grid.options.flash_attention, timeout=1000)
    assert {model.cell_face(row, 0)[0] for row in range(model.rowCount())} == {
        FitVerdict.UNSUPPORTED
    }
    assert "flash attention" in window.detail_panel.verdict_text.lower()


def test_that_a_context_beyond_a_models_limit_is_a_dash_with_the_reason(qtbot, window):
    type_into(window.options_bar.context.field, "32k")
    qtbot.waitUntil(lambda: "16,384" in window.detail_panel.verdict_text, timeout=1000)
    assert "32,768" in window.detail_panel.verdict_text


def test_that_the_reserve_makes_a_verdict_stricter(qtbot, window):
    before = window.grid_panel.model.grid
    window.options_bar.reserve.setValue(20.0)
    qtbot.waitUntil(lambda: window.grid_panel.model.grid is not before, timeout=1000)
    assert "tight" in window.detail_panel.verdict_text
    assert window.grid_panel.model.grid.reserve.gpu_bytes == 20 * GIB
    assert "20.0" in window.detail_panel.verdict_text
