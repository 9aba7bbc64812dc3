"""Intents and answers, with no window: the view is a list of what it was told."""

import subprocess
import sys
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest

from planner.core.errors import PlannerError
from planner.core.fit import Reserve
from planner.core.machine import Machine
from planner.core.plan import PlanOptions
from planner.core.target import choose_target
from planner.core.units import GIB
from planner.hardware import simulated
from planner.settings import Scheme
from planner.ui.controller import (
    ALL_FORMATS,
    COMMON_FORMATS,
    FIRST_CELL,
    Choices,
    Controller,
    DetectionAnswer,
    Services,
)
from planner.ui.models.cell import Cell
from planner.ui.models.what_if import WhatIfOrder
from tests.ui.machines import LONG_NAMES, NO_GPU, ONE_GPU, SMALL_GPU


@dataclass(frozen=True)
class FakeModel:
    id: str
    name: str = "a model"


@dataclass(frozen=True)
class FakeSession:
    """Answers with what it was asked, so that a test sees which session said it."""

    machine: Machine
    reserve: Reserve
    models: tuple = (FakeModel("phi-2"), FakeModel("phi-4"))

    def target(self, target_id=None):
        return choose_target(self.machine, target_id)

    def grid(self, options, *, target_id, quant_formats, files=(), counts_layers=True):
        return ("grid", options, target_id, tuple(quant_formats), self.reserve)

    def detail(self, model, quant_format, options, *, target_id):
        return ("detail", model.id, quant_format, options, target_id)


@dataclass
class FakeView:
    """Remembers every call; runs nothing by itself."""

    told: list = field(default_factory=list)
    jobs: list = field(default_factory=list)
    updates: list = field(default_factory=list)
    settled: Any = None
    shows_pages: bool = False
    live: Any = None

    def __getattr__(self, name):
        if not name.startswith("show_"):
            raise AttributeError(name)
        return lambda *values, **named: self.told.append((name, *values, *named.items()))

    def run_detection(self, job, cancel):
        self.jobs.append((job, cancel))

    def update_later(self, update):
        self.updates.append(update)

    def run_opening(self, job):
        self.jobs.append((job, None))

    def run_live(self, read, close, *, seconds):
        self.live = (read, close, seconds)

    def stop_live(self):
        self.live = None

    def update_when_settled(self, update):
        self.settled = update

    def run_updates(self):
        updates, self.updates = self.updates, []
        for update in updates:
            update()

    def last(self, name):
        return next(call for call in reversed(self.told) if call[0] == name)

    def count(self, name):
        return sum(call[0] == name for call in self.told)


@dataclass
class FakeDetection:
    machine: Machine
    was_cancelled: bool = False

    def result(self):
        return self.machine

    def cancel(self):
        self.was_cancelled = True


@pytest.fixture
def saved():
    return []


@pytest.fixture
def view():
    return FakeView()


@pytest.fixture
def make(view, saved):
    def make(machine=NO_GPU, found=ONE_GPU, choices=None, save=None):
        services = Services(
            open_session=cast("Any", FakeSession),
            start_detection=lambda: FakeDetection(found),
            save_choices=save or saved.append,
        )
        controller = Controller(view, services, machine=machine, choices=choices or Choices())
        controller.start()
        return controller

    return make


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


def test_that_no_memory_at_all_is_a_sentence(make, view):
    make(machine=Machine(pools=()))
    assert "No memory could be read" in view.last("show_problem")[1]
    assert view.last("show_choices")[1] == Choices()
    assert view.count("show_grid") == 0


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


def test_that_a_catalogue_without_the_first_model_still_shows_one(view):
    services = Services(
        open_session=cast("Any", partial(FakeSession, models=(FakeModel("phi-1"),))),
        start_detection=lambda: FakeDetection(ONE_GPU),
        save_choices=lambda _: None,
    )
    Controller(view, services, machine=NO_GPU, choices=Choices()).start()
    assert view.last("show_detail")[1][1] == "phi-1"


def test_that_the_controller_loads_no_qt():
    code = "import sys, planner.ui.controller; print(*{m.split('.')[0] for m in sys.modules})"
    root = Path(__file__).resolve().parents[2]
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert not {"PySide6", "shiboken6", "pydantic", "numpy"} & set(told.stdout.split())


# ------------------------------------------------------------- undo, advice, what if


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


# ------------------------------------------------------------- live figures


@dataclass
class FakeLive:
    machines: list
    closed: int = 0

    def read(self):
        return self.machines.pop(0)

    def close(self):
        self.closed += 1


def live_controller(make, view, *machines, choices=None):
    controller = make(machine=ONE_GPU, choices=choices)
    source = FakeLive(list(machines))
    controller._services = replace(controller._services, start_live=lambda _: source)
    controller.follow_figures()
    return controller, source


def with_free(machine, free_bytes):
    first, *others = machine.pools
    return replace(machine, pools=(replace(first, free_bytes=free_bytes), *others))


def test_that_cards_follow_each_reading_and_verdicts_only_large_ones(make, view):
    free = ONE_GPU.pools[0].free_bytes or 0
    little, much = with_free(ONE_GPU, free - GIB // 16), with_free(ONE_GPU, free - GIB)
    controller, _ = live_controller(make, view, little, much)
    read, _, seconds = view.live
    grids = view.count("show_grid")
    controller.figures_read(read())
    view.run_updates()
    assert view.last("show_machine")[1] is little
    assert view.count("show_grid") == grids
    controller.figures_read(read())
    view.run_updates()
    assert view.last("show_machine")[1] is much
    assert view.count("show_grid") == grids + 1
    assert seconds == 1


def test_that_a_reading_from_before_a_newer_look_is_stale(make, view):
    controller, _ = live_controller(make, view, NO_GPU)
    answer = view.live[0]()
    controller.detect(FakeDetection(SMALL_GPU))
    controller.figures_read(answer)
    view.run_updates()
    assert view.last("show_machine")[1] is ONE_GPU


def test_that_the_target_is_kept_by_its_card_and_not_by_its_number(make, view):
    first, second = (
        replace(pool, id=f"gpu{number}", uuid=f"GPU-{number}")
        for number, pool in enumerate((SMALL_GPU.pools[0], ONE_GPU.pools[0]))
    )
    both = replace(ONE_GPU, pools=(first, second, ONE_GPU.pools[1]))
    alone = replace(ONE_GPU, pools=(replace(second, id="gpu0"), ONE_GPU.pools[1]))
    controller = make(machine=both)
    controller.choose_target("gpu1")
    source = FakeLive([alone])
    controller._services = replace(controller._services, start_live=lambda _: source)
    controller.follow_figures()
    controller.figures_read(view.live[0]())
    view.run_updates()
    assert dict(view.last("show_machine")[2:])["target_id"] == "gpu0"
    assert view.last("show_choices")[2][1].uuid == "GPU-1"


def test_that_no_figures_are_read_where_somebody_wants_none(make, view):
    live_controller(make, view, choices=Choices(refresh_seconds=0))
    assert view.live is None


# ------------------------------------------------------------- files


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
