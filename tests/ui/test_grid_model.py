"""The grid's model: faces, orders, other figures, filters."""

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt

from planner.core.fit import FitVerdict
from planner.core.grid_values import CellFigure, GridMode
from planner.core.units import GIB
from planner.ui.models.cell import Cell
from planner.ui.models.fit_table_model import MODEL_COLUMN, SORT_ROLE, FitTableModel
from tests.ui.conftest import CATALOGUE
from tests.ui.grids import filled_model, make_grid, names, worked_out
from tests.ui.machines import SILENT_GPU


@pytest.fixture
def model(qapp):
    return filled_model()


def needs(model, column):
    return [
        model.index(row, column).data(SORT_ROLE)
        for row in range(model.rowCount())
        if model.result_at(row, column).needed is not None
    ]


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
