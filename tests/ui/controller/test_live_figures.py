"""Live figures: cards follow each, verdicts the large ones."""

from dataclasses import dataclass, replace

from planner.core.units import GIB
from planner.ui.controller import Choices
from tests.ui.controller.fakes import FakeDetection
from tests.ui.machines import NO_GPU, ONE_GPU, SMALL_GPU


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
