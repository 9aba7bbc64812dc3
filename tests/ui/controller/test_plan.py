"""The plan: each change asks for what it needs, and can be taken back."""

import pytest

from planner.core.fit import Reserve
from planner.core.plan import PlanOptions
from planner.core.units import GIB
from planner.ui.controller import ALL_FORMATS, FIRST_CELL, Choices
from planner.ui.models.cell import Cell
from tests.ui.machines import ONE_GPU


def test_that_a_dragged_slider_makes_one_update(make, view):
    controller = make()
    before = view.count("show_grid")
    for context_length in (4352, 4608, 4864):
        controller.set_options(PlanOptions(context_length=context_length))
    view.run_updates()
    assert view.count("show_grid") == before + 1
    assert view.last("show_grid")[1][1].context_length == 4864


def test_that_equal_options_ask_for_nothing(make, view):
    controller = make()
    controller.set_options(PlanOptions())
    assert view.updates == []


def test_that_another_cell_asks_for_a_detail_and_no_grid(make, view):
    controller = make()
    grids = view.count("show_grid")
    controller.choose_cell(Cell("phi-2", "Q8_0"))
    view.run_updates()
    assert view.last("show_detail")[1][1:3] == ("phi-2", "Q8_0")
    assert view.count("show_grid") == grids


def test_that_the_reserve_of_ram_and_of_a_gpu_are_apart(make, view):
    controller = make(machine=ONE_GPU)
    controller.set_reserve_bytes(GIB)
    controller.choose_target("ram")
    controller.set_reserve_bytes(3 * GIB)
    view.run_updates()
    assert view.last("show_grid")[1][4] == Reserve(gpu_bytes=GIB, ram_bytes=3 * GIB)


def test_that_all_formats_are_columns_when_asked_for(make, view):
    controller = make()
    controller.set_shows_all_formats(True)
    view.run_updates()
    assert view.last("show_grid")[1][3] == ALL_FORMATS
    assert len(ALL_FORMATS) == 30


@pytest.mark.parametrize(
    ("before", "after"), [("IQ4_XS", "Q3_K_M"), ("Q4_K_S", "Q4_K_M"), ("IQ1_S", "Q2_K")]
)
def test_that_the_nearest_common_format_takes_the_place_of_one_that_goes(
    make, view, before, after
):
    controller = make(choices=Choices(shows_all_formats=True))
    controller.choose_cell(Cell("phi-4", before))
    controller.set_shows_all_formats(False)
    view.run_updates()
    assert view.last("show_detail")[1][1:3] == ("phi-4", after)


def test_that_a_format_that_the_runtime_does_not_know_gives_way(make, view):
    controller = make()
    controller.choose_cell(Cell("phi-2", "mixed"))
    view.run_updates()
    assert view.last("show_detail")[1][1:3] == ("phi-2", "Q4_K_M")
    for shows_all in (True, False):
        controller.set_shows_all_formats(shows_all)
    assert controller.cell == Cell("phi-2", "Q4_K_M")


def test_that_a_file_of_the_last_time_gives_way_to_the_first_cell(make):
    controller = make(choices=Choices(cell=Cell("own-file-00000001", "mixed")))
    assert controller.cell == FIRST_CELL


def test_that_a_change_of_the_plan_can_be_taken_back_and_made_again(make, view):
    controller = make(machine=ONE_GPU)
    controller.set_options(PlanOptions(context_length=8192))
    view.run_updates()
    assert view.last("show_history")[1:] == (("can_undo", True), ("can_redo", False))
    controller.undo()
    view.run_updates()
    assert view.last("show_grid")[1][1] == PlanOptions()
    controller.redo()
    view.run_updates()
    assert view.last("show_grid")[1][1].context_length == 8192


def test_that_drags_are_apart_once_the_window_has_settled(make, view):
    controller = make(machine=ONE_GPU)
    controller.set_options(PlanOptions(context_length=8192))
    view.settled()
    controller.set_options(PlanOptions(context_length=2048))
    controller.undo()
    assert controller.choices.options.context_length == 8192


def test_that_advice_is_applied_as_one_step(make, view):
    controller = make(machine=ONE_GPU)
    options = PlanOptions(context_length=2048)
    controller.apply_plan(options, "IQ4_XS", "ram")
    view.run_updates()
    _, shown, target_id, formats, _ = view.last("show_grid")[1]
    assert (shown, target_id) == (options, "ram")
    assert "IQ4_XS" in formats
    assert view.last("show_detail")[1][2] == "IQ4_XS"
    controller.undo()
    view.run_updates()
    assert view.last("show_detail")[1][1:] == ("phi-4", "Q4_K_M", PlanOptions(), "gpu0")
