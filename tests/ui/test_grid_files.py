"""Own files in the grid: on top, with one cell."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.core.fit import FitVerdict
from planner.core.grid_values import GridMode
from planner.ui.models.cell import Cell
from tests.ui.grids import chosen, filled_model, make_grid, with_files, worked_out


@pytest.fixture
def model(qapp):
    return filled_model()


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
