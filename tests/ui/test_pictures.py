"""Reference pictures of what is painted by hand and stands in the window alone."""

import pytest
from PySide6.QtCore import QSize

from planner.core.grid_values import GridMode
from planner.settings import Scheme
from planner.ui.diagram.diagram_view import DiagramView
from planner.ui.models.page import Page
from planner.ui.widgets.picture_view import PictureView
from tests.ui.diagram.test_diagram_view import picture_of

GRID = QSize(760, 620)
SPEED_WIDTH = 480
# One of each kind that test_diagram_view has not: sequential, experts, vision and speech.
KINDS = ("phi-3-mini-4k", "phi-3.5-moe", "phi-4-multimodal")


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK], ids=str)
@pytest.mark.parametrize("mode", list(GridMode), ids=str)
def test_that_the_grid_looks_as_it_was_drawn(
    qtbot, look, make_window, snapshots, *, mode, scheme
):
    window = make_window(context_length=8192, scheme=scheme)
    view, model = window.grid_panel.view, window.grid_panel.model
    window.controller.set_grid_mode(mode)
    qtbot.waitUntil(lambda: model.mode is mode and not window.updates_are_due, timeout=5000)
    snapshots.check(view, f"grid-{mode.value}-{scheme.value}", size=GRID)


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK], ids=str)
def test_that_the_speed_chart_looks_as_it_was_drawn(
    qtbot, look, make_window, snapshots, scheme
):
    window = make_window(scheme=scheme)
    window.detail_panel.set_page(Page.SPEED)
    window.controller.choose_page(Page.SPEED)

    def charts() -> list[PictureView]:
        return [
            each
            for each in window.detail_panel.findChildren(PictureView)
            if each.isVisible() and each.picture is not None
        ]

    qtbot.waitUntil(lambda: bool(charts()), timeout=3000)
    chart = charts()[0]
    size = QSize(SPEED_WIDTH, chart.heightForWidth(SPEED_WIDTH))
    snapshots.check(chart, f"speed-{scheme.value}", size=size)


@pytest.mark.parametrize("model_id", KINDS)
def test_that_each_kind_of_diagram_looks_as_it_was_drawn(
    qtbot, each_theme, snapshots, model_id
):
    view = DiagramView(each_theme)
    qtbot.addWidget(view)
    picture = picture_of(model_id)
    view.set_picture(picture)
    size = QSize(round(picture.width), round(picture.height))
    snapshots.check(view, f"diagram-{model_id}-{each_theme.scheme}", size=size)
