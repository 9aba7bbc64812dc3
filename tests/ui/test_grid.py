"""The grid: its model, its keyboard, and that the chosen cell is never lost."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.core.fit import FitVerdict, Reserve
from planner.core.plan import PlanOptions
from planner.core.units import GIB
from planner.ui.controller import COMMON_FORMATS
from planner.ui.models.cell import Cell
from planner.ui.models.fit_table_model import MODEL_COLUMN, SORT_ROLE, FitTableModel
from tests.ui.conftest import open_session
from tests.ui.machines import ONE_GPU, SILENT_GPU, SMALL_GPU


def make_grid(machine=SMALL_GPU, formats=COMMON_FORMATS, **options):
    session = open_session(machine, Reserve())
    return session.grid(PlanOptions(**options), quant_formats=formats)


@pytest.fixture
def model(qapp):
    made = FitTableModel()
    made.set_grid(make_grid())
    return made


def names(model):
    return [model.model_at(row).name for row in range(model.rowCount())]


def needs(model, column):
    return [
        model.index(row, column).data(SORT_ROLE)
        for row in range(model.rowCount())
        if model.result_at(row, column).needed is not None
    ]


# ----------------------------------------------------------------------- the model


def test_that_the_model_keeps_qts_contract(qtmodeltester, model):
    qtmodeltester.check(model)
    model.sort(2, Qt.SortOrder.DescendingOrder)
    model.set_filter_text("mini")
    qtmodeltester.check(model)
    model.set_grid(make_grid(context_length=8192))
    qtmodeltester.check(model)


def test_that_a_cell_shows_what_the_engine_says(model):
    grid = make_grid()
    for row in range(model.rowCount()):
        for column, result in enumerate(grid.row(row)):
            shown = model.index(row, column).data()
            if result.needed is None:
                assert shown == "–"
            else:
                assert float(shown) == pytest.approx(
                    result.needed.expected_bytes / GIB, abs=0.0501
                )


def test_that_a_screen_reader_hears_the_verdict_with_its_figures(model):
    index = model.index_of(Cell("phi-4", "Q4_K_M"))
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Phi-4 Q4_K_M: fits")
    assert "needs 9.6 GiB of 10.6 GiB free" in spoken


def test_that_a_screen_reader_hears_why_there_is_no_figure(model):
    index = model.index_of(Cell("phi-3-small-8k", "Q4_K_M"))
    result = model.result_at(index.row(), index.column())
    assert result.verdict is FitVerdict.UNSUPPORTED
    assert result.reason in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert result.reason in index.data(Qt.ItemDataRole.ToolTipRole)


def test_that_a_pool_that_does_not_say_what_is_free_is_not_known(qapp):
    model = FitTableModel()
    model.set_grid(make_grid(SILENT_GPU))
    index = model.index_of(Cell("phi-4", "Q4_K_M"))
    assert model.cell_face(index.row(), index.column())[0] is FitVerdict.UNKNOWN
    assert "not known" in index.data(Qt.ItemDataRole.AccessibleTextRole)


def test_that_rows_go_up_and_down_by_the_memory_of_a_column(model):
    model.sort(3, Qt.SortOrder.AscendingOrder)
    upwards = needs(model, 3)
    assert upwards == sorted(upwards)
    model.sort(3, Qt.SortOrder.DescendingOrder)
    assert needs(model, 3) == sorted(upwards, reverse=True)


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_that_what_has_no_figure_stands_last(model, order):
    model.sort(0, order)
    dashes = [model.index(row, 0).data() == "–" for row in range(model.rowCount())]
    assert any(dashes)
    assert dashes == sorted(dashes)


def test_that_rows_go_by_name_and_back_to_the_catalogues_order(model):
    before = names(model)
    model.sort(MODEL_COLUMN)
    assert names(model) == sorted(before, key=str.casefold)
    model.sort(MODEL_COLUMN, Qt.SortOrder.DescendingOrder)
    assert names(model) == sorted(before, key=str.casefold, reverse=True)
    model.clear_sort()
    assert names(model) == before


def test_that_an_order_holds_when_the_figures_change(model):
    model.sort(0, Qt.SortOrder.AscendingOrder)
    model.set_grid(make_grid(context_length=16384))
    assert needs(model, 0) == sorted(needs(model, 0))


@pytest.mark.parametrize("typed", ["MINI", "mini 3.8B", "4 mini"])
def test_that_the_filter_wants_all_words_in_any_case(model, typed):
    model.set_filter_text(typed)
    assert names(model)
    assert all("mini" in name.casefold() for name in names(model))


def test_that_new_figures_in_the_same_rows_reset_nothing(model, qtbot):
    resets = []
    model.modelReset.connect(lambda: resets.append(1))
    with qtbot.waitSignal(model.dataChanged, timeout=1000):
        model.set_grid(make_grid(context_length=2048))
    assert resets == []


def test_that_heads_name_models_and_formats(model):
    assert isinstance(model, QAbstractItemModel)
    assert model.headerData(4, Qt.Orientation.Horizontal) == "Q4_K_M"
    assert model.headerData(0, Qt.Orientation.Vertical) == "Phi-1"
    tooltip = model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert "2,048 tokens" in tooltip


def test_that_an_empty_model_answers(qapp):
    model = FitTableModel()
    assert (model.rowCount(), model.columnCount()) == (0, 0)
    assert model.headerData(0, Qt.Orientation.Horizontal) is None
    assert model.cell_at(QModelIndex()) is None
    assert not model.index_of(Cell("phi-4", "Q4_K_M")).isValid()


# ----------------------------------------------------------------------- the view


def chosen(window):
    return window.grid_panel.model.cell_at(window.grid_panel.view.currentIndex())


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


def test_that_the_grid_is_that_of_the_command_line_too(window):
    assert window.grid_panel.model.grid == open_session(ONE_GPU, Reserve()).grid(
        PlanOptions(), quant_formats=COMMON_FORMATS
    )
