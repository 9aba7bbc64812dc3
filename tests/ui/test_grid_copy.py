"""What of the grid goes to the clipboard."""

import csv
import io

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.core.grid_values import GridMode
from planner.core.units import GIB
from planner.ui.controller import COMMON_FORMATS
from planner.ui.models.fit_table_model import MODEL_COLUMN
from planner.ui.widgets.grid_keys import CopyWish
from tests.ui.grids import names, with_files


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
