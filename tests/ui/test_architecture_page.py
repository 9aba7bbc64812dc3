"""The page of the architecture: the diagram and its tables."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.catalogue import load_catalogue
from planner.core.diagram import plan_diagram
from planner.core.plan import PlanOptions, RuntimeName
from planner.ui.panels.architecture_page import ArchitecturePage

MODELS = {model.id: model for model in load_catalogue().models}


def diagram_of(model_id, quant_format="Q4_K_M", runtime=RuntimeName.LLAMA_CPP):
    model = MODELS[model_id]
    return plan_diagram(model, PlanOptions(runtime=runtime).plan(model, quant_format))


@pytest.fixture
def page(qtbot, theme):
    page = ArchitecturePage(theme)
    qtbot.addWidget(page)
    page.resize(640, 800)
    page.show()
    qtbot.waitExposed(page)
    page.show_diagram(diagram_of("phi-2"))
    return page


def table_of(page):
    model = page.table.model()
    heads = [
        model.headerData(column, Qt.Orientation.Horizontal)
        for column in range(model.columnCount())
    ]
    rows = [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]
    return heads, rows


def test_that_all_blocks_stand_in_the_table_while_none_is_chosen(page):
    heads, rows = table_of(page)
    assert heads == ["Block", "Parameters", "Size", "Share"]
    assert [row[0] for row in rows] == [
        "Token embedding",
        "LayerNorm × 32",
        "Self-attention × 32",
        "Feed-forward × 32",
        "Final LayerNorm",
        "Output head",
    ]
    assert rows[0] == ["Token embedding", "131.1 M", "70.3 MiB", "4 %"]


def test_that_a_pinned_block_shows_its_tensors_as_the_file_has_them(page):
    page.view.pin("layer.feed_forward")
    heads, rows = table_of(page)
    assert heads == ["Tensor", "Shape", "Type", "Number", "Size"]
    # Half of the "down" matrices are Q6_K in this mix.
    assert rows == [
        ["blk.*.ffn_up.weight", "10,240 × 2,560", "Q4_K", "32", "450 MiB"],
        ["blk.*.ffn_up.bias", "10,240", "F32", "32", "1.2 MiB"],
        ["blk.*.ffn_down.weight", "2,560 × 10,240", "Q6_K", "16", "328 MiB"],
        ["blk.*.ffn_down.weight", "2,560 × 10,240", "Q4_K", "16", "225 MiB"],
        ["blk.*.ffn_down.bias", "2,560", "F32", "32", "320 KiB"],
    ]
    assert page.head_text.startswith("Feed-forward: ")
    tip = page.table.model().index(2, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == ("blk.*.ffn_down.weight, layers 0–3, 6, 9, 12, 15, 18, 21, 24, 27–31")


def test_that_tensors_of_no_known_size_say_so(page):
    page.show_diagram(diagram_of("phi-3-small-8k"), "llama.cpp cannot run it.")
    assert page.reason_text == "llama.cpp cannot run it."
    page.view.pin("embedding")
    _, rows = table_of(page)
    assert rows == [
        ["model.embed_tokens.weight", "100,352 × 4,096", "not known", "1", "not known"]
    ]


def test_that_a_row_of_the_table_pins_its_block(page):
    model = page.table.model()
    page.table.activated.emit(model.index(2, 0))
    assert page.view.pinned_key == "layer.attention"
    # Now the rows are tensors, which name no block.
    page.table.activated.emit(model.index(1, 0))
    assert page.view.pinned_key == "layer.attention"
    page.view.pin("")
    assert table_of(page)[0][0] == "Block"


def test_that_another_format_keeps_what_is_pinned(page):
    page.view.pin("head")
    page.show_diagram(diagram_of("phi-2", "Q8_0"))
    assert page.view.pinned_key == "head"
    assert table_of(page)[1][0][2] == "Q8_0"
    page.show_diagram(diagram_of("phi-4", "Q8_0"))
    assert page.view.pinned_key == ""


def test_that_an_equal_diagram_changes_nothing(page):
    before = page.view.picture
    page.show_diagram(diagram_of("phi-2"))
    assert page.view.picture is before


def test_that_the_reason_stands_alone_where_there_is_no_diagram(page):
    page.show_diagram(None, "This file has no known architecture.")
    assert page.reason_text == "This file has no known architecture."
    assert not any(widget.isVisible() for widget in page.controls)
    page.show_diagram(diagram_of("phi-2"))
    assert page.reason_text == ""
    assert all(widget.isVisible() for widget in page.controls)


def test_that_a_closed_model_has_a_picture_and_no_table(page):
    page.show_diagram(diagram_of("phi-silica"))
    assert page.view.isVisible()
    assert not page.table.isVisible()


def test_that_the_buttons_zoom_fit_and_hand_over_the_picture(qtbot, page):
    page.fit_button.click()
    fitted = page.view.scale
    page.larger_button.click()
    assert page.view.scale > fitted
    page.smaller_button.click()
    assert page.view.scale == pytest.approx(fitted)
    with qtbot.waitSignal(page.export_wanted) as wanted:
        page.save_button.click()
    assert wanted.args == [page.view.picture]


def test_that_the_models_keep_qts_contract(page, qtmodeltester):
    qtmodeltester.check(page.table.model())
    page.view.pin("layer.attention")
    qtmodeltester.check(page.table.model())


def test_that_every_control_has_a_name(page):
    for widget in page.controls:
        assert widget.accessibleName() or widget.text()


def test_that_all_models_are_shown_without_a_word_cut_off_in_the_table(page):
    for model_id in MODELS:
        page.show_diagram(diagram_of(model_id))
        heads = page.table.horizontalHeader()
        for column in range(heads.count()):
            assert heads.sectionSize(column) >= page.table.sizeHintForColumn(column)


def test_that_another_model_is_shown_before_the_next_frames_are_due(page):
    took = []
    for model_id in MODELS:
        start = time.perf_counter()
        page.show_diagram(diagram_of(model_id))
        page.view.grab()
        took.append(time.perf_counter() - start)
    # The median: other programs may interrupt any one of them.
    assert sorted(took)[len(took) // 2] < 0.05


def test_that_the_keyboard_goes_from_the_diagram_to_the_table(qtbot, page):
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=2000)
    page.view.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(page.view, Qt.Key.Key_End)
    QTest.keyClick(page.view, Qt.Key.Key_Tab)
    assert page.table.hasFocus()
