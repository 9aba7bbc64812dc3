import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton, QWidget

from planner.core.fit import FitVerdict
from planner.ui.models.cell import Cell
from planner.ui.widgets.flow_layout import FlowLayout


@pytest.fixture
def mirrored(qapp):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_that_a_mirrored_window_still_paints_every_cell(mirrored, make_window):
    window = make_window()
    view = window.grid_panel.view
    index = window.grid_panel.model.index_of(Cell("phi-2", "Q4_K_M"))
    tile = view.visualRect(index)

    painted = view.viewport().grab().toImage()

    fill, _ = window.theme.tokens.verdict_colours(FitVerdict.FITS)
    # Within the rounded corners, left of the sign and the figure.
    assert painted.pixelColor(tile.left() + 10, tile.center().y()) == QColor(fill)


def test_that_names_stand_before_their_figures_in_a_mirrored_window(mirrored, make_window):
    window = make_window()
    view, ledger = window.grid_panel.view, window.detail_panel.memory.ledger

    assert view.verticalHeader().geometry().right() < view.viewport().geometry().left() + 1
    assert ledger.header().sectionViewportPosition(0) == 0


def test_that_a_mirrored_line_begins_at_the_right(qtbot):
    row = QWidget()
    qtbot.addWidget(row)
    row.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    flow = FlowLayout(row)
    first, second = QPushButton("first"), QPushButton("second")
    flow.addWidget(first)
    flow.addWidget(second)
    row.resize(400, 40)
    row.show()
    qtbot.waitExposed(row)

    assert first.geometry().right() == row.rect().right()
    assert second.geometry().right() < first.geometry().left()
