"""The grid: its model, its keyboard, and that the chosen cell is never lost."""

import csv
import io
from dataclasses import replace

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPoint, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from planner.core.file_fit import evaluate_file, own_file
from planner.core.fit import FitVerdict, Reserve
from planner.core.grid_values import CellFigure, GridFigures, GridMode
from planner.core.inspection import inspect_model_file
from planner.core.plan import PlanOptions, RuntimeName
from planner.core.units import GIB
from planner.ui.controller import COMMON_FORMATS
from planner.ui.models.cell import Cell
from planner.ui.models.fit_table_model import MODEL_COLUMN, SORT_ROLE, FitTableModel
from planner.ui.widgets.grid_keys import CopyWish
from tests.core.model_files import gguf_file
from tests.ui.conftest import CATALOGUE, open_session
from tests.ui.machines import ONE_GPU, SILENT_GPU, SMALL_GPU


def make_grid(machine=SMALL_GPU, formats=COMMON_FORMATS, **options):
    session = open_session(machine, Reserve())
    return session.grid(PlanOptions(**options), quant_formats=formats)


def with_files(grid, *names):
    """The grid with files of Phi-4 in Q4_K_M on top."""
    phi_4 = next(each for each in CATALOGUE.models if each.id == "phi-4")
    plain = gguf_file(phi_4, "Q4_K_M")
    fits = []
    for number, name in enumerate(names):
        seen = inspect_model_file(replace(plain, name=name), CATALOGUE.models, PlanOptions())
        file = own_file(f"own-file-{number}", seen)
        fits.append(
            evaluate_file(
                file,
                options=grid.options,
                machine=grid.machine,
                target=grid.target,
                reserve=grid.reserve,
            )
        )
    return replace(grid, files=tuple(fits))


def worked_out(mode, grid):
    figures = GridFigures(mode)
    figures.show(grid)
    assert figures.work(lambda: False)
    return figures.rows


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


# ------------------------------------------------------------------- other figures


def test_that_a_share_stands_in_per_cent_of_what_is_free(model):
    grid = make_grid()
    model.set_figures(GridMode.SHARE, ())
    index = model.index_of(Cell("phi-4", "Q4_K_M"))
    needed = model.result_at(index.row(), index.column()).needed.expected_bytes
    assert index.data() == f"{round(100 * needed / grid.target.free_bytes)} %"


def test_that_the_longest_contexts_are_told_in_k_and_in_full(model):
    grid = make_grid()
    model.set_figures(GridMode.CONTEXT, worked_out(GridMode.CONTEXT, grid))
    assert model.index_of(Cell("phi-2", "Q4_K_M")).data() == "2k"
    index = model.index_of(Cell("phi-3.5-mini", "Q4_K_M"))
    figure = model.figure_at(index.row(), index.column())
    assert index.data() == f"{int(figure.amount) // 1024}k"
    assert f"{int(figure.amount):,} tokens" in index.data(Qt.ItemDataRole.ToolTipRole)
    assert f"{int(figure.amount):,} tokens" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    whole = model.index_of(Cell("phi-3.5-moe", "F16"))
    assert whole.data() == "–"
    assert "Even one token" in whole.data(Qt.ItemDataRole.ToolTipRole)


@pytest.mark.parametrize(
    ("amount", "is_promised", "shown"),
    [
        (500, True, "500"),
        (1024, True, "1k"),
        (8704, True, "8.5k"),
        (10_239, True, "9.9k"),
        (131_071, True, "127k"),
        (131_072, True, "128k"),
        (6000, False, "~5.8k"),
    ],
)
def test_that_a_context_is_never_rounded_up(model, amount, is_promised, shown):
    figure = CellFigure(amount=amount, is_promised=is_promised)
    model.set_figures(GridMode.CONTEXT, ((figure,) * 7,) * 24)
    assert model.index(0, 0).data() == shown


@pytest.mark.parametrize(
    ("rate", "shown"), [(7.24, "7.2"), (9.96, "10"), (143.4, "143"), (1234.0, "1,234")]
)
def test_that_a_speed_has_the_figures_that_tell(model, rate, shown):
    model.set_figures(GridMode.SPEED, ((CellFigure(amount=rate),) * 7,) * 24)
    assert model.index(0, 0).data() == shown
    assert "modelled" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_that_a_figure_that_is_due_is_dots_and_its_verdict_is_there(model):
    verdict = model.cell_face(0, 0)[0]
    model.set_figures(GridMode.SPEED, (None,) * 24, is_complete=False)
    assert model.cell_face(0, 0) == (verdict, "…")


def test_that_rows_keep_their_places_until_all_figures_are_there(model):
    model.sort(0, Qt.SortOrder.AscendingOrder)
    before = names(model)
    rows = tuple((CellFigure(amount=100 - row),) * 7 for row in range(24))
    model.set_figures(GridMode.SPEED, rows, is_complete=False)
    assert names(model) == before
    model.set_figures(GridMode.SPEED, rows, is_complete=True)
    assert names(model) == [each.name for each in reversed(CATALOGUE.models)]


# ------------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("moe", {"phi-3.5-moe", "phi-mini-moe", "phi-tiny-moe"}),
        ("speech", {"phi-4-multimodal"}),
        ("<2.7b", {"phi-1", "phi-1.5"}),
        ("< 2.7B", {"phi-1", "phi-1.5"}),
        ("<1500M", {"phi-1", "phi-1.5"}),
        ("=2.7", {"phi-2"}),
        (">15", {"phi-3.5-moe"}),
        (">=15", {"phi-3.5-moe", "phi-4-reasoning-vision-15b"}),
        ("<=1.3B phi-1.5", {"phi-1.5"}),
        ("zebra", set()),
    ],
)
def test_that_a_filter_knows_kinds_and_sizes(model, typed, expected):
    model.set_filter_text(typed)
    assert {model.model_at(row).id for row in range(model.rowCount())} == expected


def test_that_vision_finds_what_sees_whatever_its_name(model):
    model.set_filter_text("vision")
    found = {model.model_at(row).id for row in range(model.rowCount())}
    assert {"phi-3.5-vision", "phi-4-multimodal"} <= found


@pytest.mark.parametrize(
    ("word", "verdict"),
    [
        ("fits", FitVerdict.FITS),
        ("TIGHT", FitVerdict.TIGHT),
        ("partial", FitVerdict.PARTIAL),
    ],
)
def test_that_a_filter_knows_verdicts(model, word, verdict):
    def has(row):
        return any(model.cell_face(row, column)[0] is verdict for column in range(7))

    expected = {model.model_at(row).id for row in range(model.rowCount()) if has(row)}
    assert 0 < len(expected) < 24
    model.set_filter_text(word)
    assert {model.model_at(row).id for row in range(model.rowCount())} == expected


# ------------------------------------------------------------------- own files


def test_that_own_files_stand_on_top_with_one_cell(qtmodeltester, model):
    model.set_grid(with_files(make_grid(), "mine.gguf", "yours.gguf"))
    qtmodeltester.check(model)
    assert model.rowCount() == 26
    assert [model.row_is_file(row) for row in range(3)] == [True, True, False]
    assert model.row_face(0) == ("mine.gguf", "14.7B")
    assert model.headerData(1, Qt.Orientation.Vertical) == "yours.gguf"
    faces = {model.cell_face(0, column) for column in range(model.columnCount())}
    assert faces == {(FitVerdict.FITS, "Q4_K_M · 9.6")}
    assert {model.cell_at(model.index(1, column)) for column in range(7)} == {
        Cell("own-file-1", "Q4_K_M")
    }
    assert model.index_of(Cell("own-file-1", "Q4_K_M")) == model.index(1, 0)
    assert model.cell_at(model.index(2, 0)).model_id == "phi-1"


def test_that_own_files_stay_on_top_of_any_order_and_obey_the_filter(model):
    model.set_grid(with_files(make_grid(), "mine.gguf"))
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert model.row_face(0)[0] == "mine.gguf"
    model.set_filter_text("mine")
    assert model.rowCount() == 1
    model.set_filter_text("phi-2")
    assert [model.row_is_file(row) for row in range(model.rowCount())] == [False]


def test_that_a_file_says_why_it_has_no_longest_context(model):
    model.set_grid(with_files(make_grid(), "mine.gguf"))
    model.set_figures(GridMode.CONTEXT, worked_out(GridMode.CONTEXT, make_grid()))
    assert model.index(0, 0).data() == "Q4_K_M · –"
    assert "not for files" in model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)


def test_that_the_cell_of_a_file_is_as_wide_as_all_columns(window):
    panel, view = window.grid_panel, window.grid_panel.view
    panel.show_grid(with_files(panel.model.grid, "mine.gguf"))
    assert view.columnSpan(0, 0) == 7
    assert view.columnSpan(1, 0) == 1
    tokens = window.theme.tokens
    picture = view.viewport().grab().toImage()
    rect = view.visualRect(panel.model.index(0, 0))
    fill = tokens.verdict_colours(panel.model.cell_face(0, 0)[0])[0]
    for spot in (rect.left() + 7, rect.right() - 7):
        assert picture.pixelColor(spot, rect.center().y()).name() == fill
    panel.show_grid(replace(panel.model.grid, files=()))
    assert view.columnSpan(0, 0) == 1


def test_that_the_arrow_keys_walk_over_a_file_in_their_column(window):
    panel, view = window.grid_panel, window.grid_panel.view
    panel.show_grid(with_files(panel.model.grid, "mine.gguf"))
    view.setFocus()
    view.setCurrentIndex(panel.model.index(1, 4))
    QTest.keyClick(view, Qt.Key.Key_Up)
    assert chosen(window) == Cell("own-file-0", "Q4_K_M")
    QTest.keyClick(view, Qt.Key.Key_Down)
    assert chosen(window) == Cell("phi-1", "Q4_K_M")


# ------------------------------------------------------------------- the clipboard


def rows_of(text, delimiter):
    return list(csv.reader(io.StringIO(text), delimiter=delimiter))


def test_that_a_row_is_copied_as_it_is_shown(window):
    view, model = window.grid_panel.view, window.grid_panel.model
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    head, row = rows_of(QApplication.clipboard().text(), "\t")
    assert head == ["Model", "Size", *COMMON_FORMATS]
    place = view.currentIndex().row()
    assert row[:2] == ["Phi-4", "14B"]
    assert row[6] == f"{model.cell_face(place, 4)[1]} fits"


def test_that_the_grid_is_copied_in_its_order_and_without_what_is_filtered_out(window):
    panel = window.grid_panel
    panel.filter.setText("phi-4-mini")
    panel.view.sort_requested.emit(MODEL_COLUMN)
    panel.view.setFocus()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(panel.view, Qt.Key.Key_C, both)
    lines = rows_of(QApplication.clipboard().text(), "\t")
    assert [line[0] for line in lines[1:]] == [
        name.removesuffix("-instruct") for name in names(panel.model)
    ]
    assert len(lines) == 1 + panel.model.rowCount()


def test_that_csv_has_plain_numbers_with_the_verdict_beside_them(window):
    panel = window.grid_panel
    panel.copy(CopyWish.GRID_AS_CSV)
    lines = rows_of(QApplication.clipboard().text(), ",")
    assert lines[0][:4] == ["Model", "Size", "F16 (GiB)", "F16 verdict"]
    phi_4 = next(line for line in lines if line[0] == "Phi-4")
    result = panel.model.grid.row([m.id for m in panel.model.grid.models].index("phi-4"))[4]
    assert float(phi_4[10]) == pytest.approx(result.needed.expected_bytes / GIB, abs=0.0005)
    assert phi_4[11] == "fits"
    closed = next(line for line in lines if line[0] == "Phi Silica")
    assert closed[2:4] == ["", "not supported"]


@pytest.mark.parametrize(
    ("mode", "unit"),
    [
        (GridMode.CONTEXT, "tokens"),
        (GridMode.SPEED, "tokens per second"),
        (GridMode.SHARE, "%"),
    ],
)
def test_that_csv_names_the_unit_of_the_mode(qtbot, window, mode, unit):
    panel = window.grid_panel
    panel.mode.setCurrentIndex(panel.mode.findData(mode))
    qtbot.waitUntil(lambda: panel.model.mode is mode, timeout=2000)
    qtbot.waitUntil(lambda: panel.model.cell_face(23, 0)[1] != "…", timeout=5000)
    panel.copy(CopyWish.ROW_AS_CSV)
    head, row = rows_of(QApplication.clipboard().text(), ",")
    assert head[10] == f"Q4_K_M ({unit})"
    assert float(row[10]) > 1


@pytest.mark.parametrize("name", ["=1+1.gguf", "+x.gguf", "-x.gguf", "@sum.gguf", "\tx.gguf"])
def test_that_no_name_of_a_file_becomes_a_formula(window, name):
    panel = window.grid_panel
    panel.show_grid(with_files(panel.model.grid, name))
    panel.copy(CopyWish.GRID_AS_CSV)
    lines = rows_of(QApplication.clipboard().text(), ",")
    assert lines[1][0] == f"'{name}"
    assert lines[0][2:4] == ["Own file (GiB)", "Own file verdict"]
    needed = panel.model.result_at(0, 0).needed.expected_bytes / GIB
    assert lines[1][2:6] == [f"{needed:.3f}", "fits", "", ""]
    assert lines[2][2:4] == ["", ""]


def test_that_nothing_is_copied_where_no_cell_is_chosen(window):
    QApplication.clipboard().setText("before")
    window.grid_panel.filter.setText("zebra")
    window.grid_panel.copy(CopyWish.ROW_AS_TEXT)
    window.grid_panel.copy(CopyWish.GRID_AS_CSV)
    assert QApplication.clipboard().text() == "before"


# Of the platform without a screen: it says so of every popup.
@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_the_menu_of_the_grid_offers_what_can_be_copied(qtbot, window):
    panel = window.grid_panel
    panel.view.menu_requested.emit(panel.mapToGlobal(QPoint(200, 200)))
    menu = QApplication.activePopupWidget()
    assert menu is not None
    words = [action.text().replace("&", "").partition("\t")[0] for action in menu.actions()]
    assert words == ["Copy row", "Copy row as CSV", "Copy grid", "Copy grid as CSV"]
    menu.actions()[3].trigger()
    menu.close()
    assert QApplication.clipboard().text().startswith("Model,Size,F16 (GiB)")


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
