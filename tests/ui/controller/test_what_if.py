"""Other hardware beside this computer."""

from dataclasses import replace

from planner.core.plan import PlanOptions
from planner.core.units import GIB
from planner.hardware import simulated
from planner.ui.models.what_if import WhatIfOrder
from tests.ui.machines import ONE_GPU


def what_if_controller(make, view):
    controller = make(machine=ONE_GPU)
    controller._services = replace(controller._services, make_what_if=what_if_machine)
    controller.ask_what_if(WhatIfOrder(vram_bytes=(80 * GIB,), ram_bytes=64 * GIB))
    view.run_updates()
    return controller


def what_if_machine(order):
    return simulated.what_if_machine(vram_bytes=order.vram_bytes, ram_bytes=order.ram_bytes)


def test_that_a_what_if_stands_beside_this_computer_and_is_the_target(make, view):
    what_if_controller(make, view)
    shown = dict(view.last("show_machine")[2:])
    assert view.last("show_machine")[1] is ONE_GPU
    assert shown["target_id"] == "what-if:gpu0"
    assert shown["what_if"].pools[0].total_bytes == 80 * GIB
    assert view.last("show_choices")[2][1].total_bytes == 80 * GIB


def test_that_one_goes_to_and_fro_between_both_machines(make, view):
    controller = what_if_controller(make, view)
    controller.choose_target("gpu0")
    view.run_updates()
    assert view.last("show_choices")[2][1].name == "NVIDIA GeForce RTX 4090"
    controller.choose_target("what-if:ram")
    view.run_updates()
    assert view.last("show_choices")[2][1].total_bytes == 64 * GIB


def test_that_a_what_if_goes_and_this_computer_is_the_target_again(make, view):
    controller = what_if_controller(make, view)
    controller.remove_what_if()
    view.run_updates()
    shown = dict(view.last("show_machine")[2:])
    assert (shown["target_id"], shown["what_if"]) == ("gpu0", None)
    controller.undo()
    view.run_updates()
    assert dict(view.last("show_machine")[2:])["target_id"] == "what-if:gpu0"


def test_that_a_what_if_that_is_refused_says_why(make, view):
    controller = make(machine=ONE_GPU)
    controller.ask_what_if(WhatIfOrder(vram_bytes=(GIB,)))
    assert "No other hardware" in view.last("show_message")[1]
    assert controller.choices.what_if is None


def test_that_advice_on_a_what_if_stays_on_it(make, view):
    controller = what_if_controller(make, view)
    controller.apply_plan(PlanOptions(), "Q8_0", "ram")
    assert controller.choices.target_id == "what-if:ram"
