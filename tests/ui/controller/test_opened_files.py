"""What becomes of a file that is opened."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.core.errors import PlannerError
from tests.ui.machines import ONE_GPU, SMALL_GPU


def open_controller(make, view, opened):
    controller = make(machine=ONE_GPU)
    controller._services = replace(controller._services, open_path=lambda _: opened)
    controller.open_path(Path("/models/a.json"))
    controller.path_opened(view.jobs[-1][0]())
    view.run_updates()
    return controller


def test_that_a_machine_card_becomes_the_what_if(make, view):
    controller = open_controller(make, view, SMALL_GPU)
    assert controller.choices.what_if is SMALL_GPU
    assert controller.choices.recent_files == (str(Path("/models/a.json")),)
    assert dict(view.last("show_machine")[2:])["target_id"] == "what-if:gpu0"


def test_that_what_has_no_place_of_its_own_is_handed_on(make, view):
    open_controller(make, view, "a log")
    assert view.last("show_opened")[1].opened == "a log"


def test_that_a_file_that_cannot_be_used_says_why(make, view):
    controller = make()
    controller.open_path(Path("nothing.gguf"))
    with pytest.raises(PlannerError) as refusal:
        view.jobs[-1][0]()
    controller.opening_failed(str(refusal.value))
    assert "cannot be opened" in view.last("show_failure")[1]
