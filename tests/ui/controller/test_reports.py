"""What a report is ordered about."""

import pytest

from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.core.plan import PlanOptions
from planner.core.units import GIB
from planner.hardware import simulated
from planner.ui.controller import Choices
from planner.ui.models.cell import Cell
from tests.ui.machines import ONE_GPU


def test_that_a_report_is_about_what_was_shown_when_it_was_asked_for(make):
    controller = make(machine=ONE_GPU)
    order = controller.report_order()
    controller.set_options(PlanOptions(context_length=1024))
    controller.choose_cell(Cell("phi-2", "F16"))
    assert order.options == PlanOptions()
    assert order.cell == Cell("phi-4", "Q4_K_M")
    assert order.target_id == "gpu0"
    assert order.others == ()


def test_that_a_report_needs_some_memory(make):
    controller = make(machine=Machine(pools=()))
    with pytest.raises(PlannerError, match="No memory could be read"):
        controller.report_order()


@pytest.mark.parametrize(
    ("target_id", "beside"),
    [("gpu0", "GPU with 80.00 GiB (what if)"), ("what-if:gpu0", "this computer")],
)
def test_that_a_report_can_have_the_other_machine_beside_the_chosen_one(
    make, target_id, beside
):
    what_if = simulated.what_if_machine(vram_bytes=(80 * GIB,), ram_bytes=None)
    choices = Choices(what_if=what_if, target_id=target_id)
    (other,) = make(machine=ONE_GPU, choices=choices).report_order().others
    assert other.name == beside
    assert (other.session.machine is what_if) is (target_id == "gpu0")
