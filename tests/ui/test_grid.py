"""The grid as it is seen: its keyboard, and that the chosen cell is never lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from planner.core.fit import FitVerdict, Reserve
from planner.core.grid_values import GridMode
from planner.core.plan import PlanOptions, RuntimeName
from planner.ui.controller import COMMON_FORMATS
from planner.ui.models.cell import Cell
from tests.ui.conftest import open_session
from tests.ui.grids import chosen, names
from tests.ui.machines import ONE_GPU, SMALL_GPU


def test_that_arrow_keys_move_the_cell_and_the_detail_follows(qtbot, window):
    view = window.grid_panel.view
    view.setFocus()
    assert chosen(window) == Cell("phi-4", "Q4_K_M")
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.controller.cell.quant_format == "Q3_K_M", timeout=1000)
    assert chosen(window) == window.controller.cell
    qtbot.waitUntil(
        lambda: window.detail_panel.title_text == "Phi-4-mini-instruct · Q3_K_M", timeout=1000
    )


@pytest.mark.parametrize(
    ("key", "modifier", "row", "column"),
    [
        (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, None, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, None, 6),
        (Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier, 0, 0),
        (Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier, 23, 6),
    ],
)
def test_that_home_and_end_go_to_the_ends(window, key, modifier, row, column):
    view = window.grid_panel.view
    view.setFocus()
    row = view.currentIndex().row() if row is None else row
    QTest.keyClick(view, key, modifier)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (row, column)


@pytest.mark.parametrize(
    ("key", "row", "column"),
    [
        (Qt.Key.Key_Up, 0, 4),
        (Qt.Key.Key_Down, 23, 4),
        (Qt.Key.Key_Left, 14, 0),
        (Qt.Key.Key_Right, 14, 6),
    ],
)
def test_that_an_arrow_with_ctrl_goes_to_the_last_cell_that_way(window, key, row, column):
    view = window.grid_panel.view
    view.setFocus()
    assert (view.currentIndex().row(), view.currentIndex().column()) == (14, 4)
    QTest.keyClick(view, key, Qt.KeyboardModifier.ControlModifier)
    assert (view.currentIndex().row(), view.currentIndex().column()) == (row, column)


def test_that_page_keys_move_by_more_than_a_row(make_window):
    window = make_window(size=(1024, 640))
    view = window.grid_panel.view
    view.setFocus()
    before = view.currentIndex().row()
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view.currentIndex().row() < before - 2


def test_that_tab_leaves_the_table(window):
    view = window.grid_panel.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not view


def test_that_the_chosen_cell_survives_sorting_filtering_and_options(qtbot, window):
    panel = window.grid_panel
    cell = chosen(window)
    panel.view.setFocus()
    QTest.keyClick(panel.view, Qt.Key.Key_S)
    assert panel.model.sort_column == COMMON_FORMATS.index("Q4_K_M")
    assert chosen(window) == cell
    panel.filter.setText("phi-4")
    assert chosen(window) == cell
    panel.filter.setText("phi-3")
    assert chosen(window) is None
    assert window.controller.cell == cell
    panel.filter.clear()
    assert chosen(window) == cell
    window.options_bar.context.slider.setValue(100)
    window.options_bar.parallel.setValue(4)
    qtbot.waitUntil(lambda: panel.model.grid.options.parallel_sequences == 4, timeout=1000)
    assert chosen(window) == cell
    panel.all_formats.setChecked(True)
    qtbot.waitUntil(lambda: panel.model.columnCount() == 30, timeout=1000)
    assert chosen(window) == cell


def test_that_a_head_sorts_up_then_down_then_as_before(qtbot, window):
    panel = window.grid_panel
    head = panel.view.horizontalHeader()
    spot = QPoint(head.sectionViewportPosition(2) + 8, head.height() // 2)
    before = names(panel.model)
    orders = []
    for _ in range(3):
        qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=spot)
        orders.append((panel.model.sort_column, panel.model.is_descending))
    assert orders[:2] == [(2, False), (2, True)]
    assert panel.model.sort_column is None
    assert names(panel.model) == before


def test_that_the_head_of_the_names_sorts_from_the_keyboard(window):
    head = window.grid_panel.view.name_head
    head.setFocus()
    QTest.keyClick(head, Qt.Key.Key_Space)
    shown = names(window.grid_panel.model)
    assert shown == sorted(shown, key=str.casefold)


def test_that_a_click_chooses_a_cell(qtbot, window):
    view = window.grid_panel.view
    index = view.model().index(1, 1)
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(index).center()
    )
    qtbot.waitUntil(lambda: window.controller.cell == Cell("phi-1.5", "Q8_0"), timeout=1000)


def test_that_cells_are_painted_in_the_colours_of_their_verdicts(make_window):
    window = make_window(SMALL_GPU)
    view, model = window.grid_panel.view, window.grid_panel.model
    picture = view.viewport().grab().toImage()
    tokens = window.theme.tokens
    seen = set()
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            verdict = model.cell_face(row, column)[0]
            rect = view.visualRect(model.index(row, column))
            if not view.viewport().rect().contains(rect):
                continue
            fill = tokens.verdict_colours(verdict)[0] or tokens.panel
            spot = picture.pixelColor(rect.left() + 7, rect.center().y())
            assert spot.name() == fill, (row, column, verdict)
            seen.add(verdict)
    assert {
        FitVerdict.FITS,
        FitVerdict.TIGHT,
        FitVerdict.PARTIAL,
        FitVerdict.NO,
        FitVerdict.UNSUPPORTED,
    } <= seen


def test_that_ctrl_f_goes_to_the_filter_and_return_to_the_grid(window):
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert window.grid_panel.filter.hasFocus()
    QTest.keyClick(window.grid_panel.filter, Qt.Key.Key_Return)
    assert window.grid_panel.view.hasFocus()


def test_that_the_unit_names_the_context_it_is_for(qtbot, window):
    assert window.grid_panel.units_text == "GiB needed at up to 4,096 tokens"
    window.options_bar.context.slider.setValue(80)
    qtbot.waitUntil(
        lambda: window.grid_panel.units_text == "GiB needed at 8,192 tokens", timeout=1000
    )


def test_that_the_switch_shows_other_figures_and_says_their_unit(qtbot, window):
    panel = window.grid_panel
    verdicts = [panel.model.cell_face(row, 4)[0] for row in range(24)]
    for mode, words in (
        (GridMode.CONTEXT, "Largest context, k = 1,024 tokens"),
        (GridMode.SPEED, "Tokens/s at 4,096 tokens, modelled"),
        (GridMode.SHARE, "Share of what is free, at 4,096 tokens"),
        (GridMode.NEEDED, "GiB needed at up to 4,096 tokens"),
    ):
        panel.mode.setCurrentIndex(panel.mode.findData(mode))
        qtbot.waitUntil(lambda words=words: words in panel.units_text, timeout=2000)
        assert [panel.model.cell_face(row, 4)[0] for row in range(24)] == verdicts
    assert panel.model.index(14, 4).data() == "9.6"


def test_that_a_step_of_the_slider_keeps_the_longest_contexts(qtbot, window):
    panel = window.grid_panel
    panel.mode.setCurrentIndex(panel.mode.findData(GridMode.CONTEXT))
    qtbot.waitUntil(lambda: panel.model.mode is GridMode.CONTEXT, timeout=2000)
    qtbot.waitUntil(lambda: panel.model.index(23, 6).data() != "…", timeout=5000)
    before = [panel.model.index(row, 4).data() for row in range(24)]
    window.options_bar.context.slider.setValue(90)
    qtbot.waitUntil(lambda: panel.model.grid.options.context_length is not None, timeout=2000)
    assert [panel.model.index(row, 4).data() for row in range(24)] == before


def test_that_another_runtime_brings_its_own_columns(qtbot, window):
    panel, bar = window.grid_panel, window.options_bar
    bar.runtime.setCurrentIndex(bar.runtime.findData(RuntimeName.VLLM))
    qtbot.waitUntil(lambda: panel.model.columnCount() == 7, timeout=2000)
    qtbot.waitUntil(lambda: panel.model.grid.options.runtime is RuntimeName.VLLM, timeout=2000)
    assert panel.model.headerData(2, Qt.Orientation.Horizontal) == "fp8"
    assert not panel.all_formats.isVisible()
    assert chosen(window) == Cell("phi-4", "bnb-nf4")
    bar.runtime.setCurrentIndex(bar.runtime.findData(RuntimeName.LLAMA_CPP))
    qtbot.waitUntil(lambda: chosen(window) == Cell("phi-4", "Q4_K_M"), timeout=2000)
    assert panel.all_formats.isVisible()


def test_that_what_a_runtime_cannot_run_says_why(qtbot, window):
    bar = window.options_bar
    bar.runtime.setCurrentIndex(bar.runtime.findData(RuntimeName.MLX))
    model = window.grid_panel.model
    qtbot.waitUntil(lambda: model.grid.options.runtime is RuntimeName.MLX, timeout=2000)
    assert model.index(0, 0).data() == "–"
    tip = model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert model.result_at(0, 0).reason in tip


def test_that_the_grid_is_that_of_the_command_line_too(window):
    command = open_session(ONE_GPU, Reserve()).grid(PlanOptions(), quant_formats=COMMON_FORMATS)
    shown = window.grid_panel.model.grid
    assert len(shown.results) == len(command.results)
    for ours, theirs in zip(shown.results, command.results, strict=True):
        # The window counts a split's layers in the detail alone.
        rough = {"plan": ours.plan, "is_rough": ours.is_rough} if ours.is_rough else {}
        assert ours == replace(theirs, **rough)


# Without a screen there is nothing to raise.
@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_that_a_name_that_is_cut_off_is_whole_in_its_tooltip_and_for_a_screen_reader(
    make_window,
):
    window = make_window(size=(1024, 640), text_scale=1.5)
    model, head = window.grid_panel.model, window.grid_panel.view.verticalHeader()
    names = [model.row_face(row)[0] for row in range(model.rowCount())]
    row = max(range(len(names)), key=lambda number: len(names[number]))
    assert QFontMetrics(head.font()).horizontalAdvance(names[row]) > head.width()
    window.grid_panel.view.scrollTo(model.index(row, 0))
    place = QPoint(20, head.sectionViewportPosition(row) + head.sectionSize(row) // 2)
    asked = QHelpEvent(QEvent.Type.ToolTip, place, head.viewport().mapToGlobal(place))
    QApplication.sendEvent(head.viewport(), asked)
    assert QToolTip.text().startswith(f"{model.model_at(row).name}\n")
    spoken = model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == model.model_at(row).name
    QToolTip.hideText()
