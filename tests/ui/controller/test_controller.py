"""Intents and answers, with no window: the view is a list of what it was told."""

import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from planner.core.errors import PlannerError
from planner.core.fit import Reserve
from planner.core.machine import Machine
from planner.core.plan import PlanOptions
from planner.settings import Scheme
from planner.ui.controller import COMMON_FORMATS, Choices, Controller, DetectionAnswer, Services
from tests.ui.controller.fakes import FakeDetection, FakeModel, FakeSession
from tests.ui.machines import LONG_NAMES, NO_GPU, ONE_GPU, SMALL_GPU


def test_that_everything_known_is_shown_at_once(make, view):
    make()
    assert view.last("show_grid")[1] == (
        "grid",
        PlanOptions(),
        "ram",
        COMMON_FORMATS,
        Reserve(),
    )
    assert view.last("show_detail")[1][1:3] == ("phi-4", "Q4_K_M")
    assert view.last("show_machine")[1:] == (
        NO_GPU,
        ("target_id", "ram"),
        ("is_looking", False),
        ("what_if", None),
    )


def test_that_the_target_moves_to_the_gpu_that_was_found(make, view):
    controller = make()
    controller.detect()
    assert ("is_looking", True) in view.last("show_machine")
    controller.machine_detected(view.jobs[0][0]())
    view.run_updates()
    assert view.last("show_grid")[1][2] == "gpu0"
    assert ("is_looking", False) in view.last("show_machine")


def test_that_a_choice_of_target_outlives_a_detection(make, view):
    controller = make()
    controller.choose_target("ram")
    controller.detect()
    controller.machine_detected(view.jobs[0][0]())
    view.run_updates()
    assert view.last("show_grid")[1][2] == "ram"


def test_that_a_chosen_card_that_is_gone_gives_way_to_the_freest(make, view):
    controller = make(machine=LONG_NAMES, found=SMALL_GPU)
    controller.choose_target("gpu2")
    controller.detect()
    controller.machine_detected(view.jobs[0][0]())
    view.run_updates()
    assert view.last("show_grid")[1][2] == "gpu0"


def test_that_a_late_answer_does_not_overwrite_a_newer_one(make, view):
    controller = make()
    controller.detect(FakeDetection(SMALL_GPU))
    controller.detect(FakeDetection(ONE_GPU))
    old, new = (job() for job, _ in view.jobs)
    controller.machine_detected(new)
    controller.machine_detected(old)
    view.run_updates()
    assert view.last("show_machine")[1] is ONE_GPU


def test_that_a_late_answer_alone_still_counts_as_looking(make, view):
    controller = make()
    controller.detect(FakeDetection(SMALL_GPU))
    controller.detect(FakeDetection(ONE_GPU))
    controller.machine_detected(DetectionAnswer(1, SMALL_GPU))
    view.run_updates()
    assert view.last("show_machine")[1] is NO_GPU
    assert ("is_looking", True) in view.last("show_machine")


def test_that_a_failed_detection_leaves_what_is_known(make, view):
    controller = make()
    controller.detect()
    controller.detection_failed("The driver did not answer.")
    assert view.last("show_message")[1] == "The driver did not answer."
    assert view.last("show_machine")[1] is NO_GPU
    assert ("is_looking", False) in view.last("show_machine")


def test_that_detection_can_be_cancelled(make, view):
    detection = FakeDetection(ONE_GPU)
    make().detect(detection)
    view.jobs[0][1]()
    assert detection.was_cancelled


def test_that_no_memory_at_all_is_a_sentence(make, view):
    make(machine=Machine(pools=()))
    assert "No memory could be read" in view.last("show_problem")[1]
    assert view.last("show_choices")[1] == Choices()
    assert view.count("show_grid") == 0


def test_that_a_catalogue_without_the_first_model_still_shows_one(view):
    services = Services(
        open_session=cast("Any", partial(FakeSession, models=(FakeModel("phi-1"),))),
        start_detection=lambda: FakeDetection(ONE_GPU),
        save_choices=lambda _: None,
    )
    Controller(view, services, machine=NO_GPU, choices=Choices()).start()
    assert view.last("show_detail")[1][1] == "phi-1"


def test_that_choices_are_kept_once_when_the_window_goes(make, saved):
    controller = make()
    controller.set_options(PlanOptions(context_length=8192))
    controller.set_scheme(Scheme.DARK)
    assert saved == []
    controller.finish()
    controller.finish()
    wanted = replace(Choices(), options=PlanOptions(context_length=8192), scheme=Scheme.DARK)
    assert saved == [wanted]


def test_that_nothing_is_kept_when_nothing_was_chosen(make, saved):
    make().finish()
    assert saved == []


@pytest.mark.logs_warnings
def test_that_choices_that_cannot_be_kept_do_not_hold_up_the_end(make, caplog):
    def refuse(choices):
        raise PlannerError("The settings could not be saved.")

    controller = make(save=refuse)
    controller.set_scheme(Scheme.DARK)
    controller.finish()
    assert "could not be saved" in caplog.text


def test_that_the_controller_loads_no_qt():
    code = "import sys, planner.ui.controller; print(*{m.split('.')[0] for m in sys.modules})"
    root = Path(__file__).resolve().parents[3]
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert not {"PySide6", "shiboken6", "pydantic", "numpy"} & set(told.stdout.split())
