"""Verdicts do not flicker with what desktops take and give back."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.fit import FitVerdict, Reserve
from planner.core.grid import evaluate
from planner.core.machine import Machine, MemoryHolder
from planner.core.plan import PlanOptions
from planner.core.steady import DEAD_BAND_BYTES, is_same_for_verdicts, steady_machine
from planner.core.units import GIB, MIB
from tests.ui.conftest import CATALOGUE
from tests.ui.machines import ONE_GPU, gpu, ram


def machine(free_bytes, **more) -> Machine:
    return Machine(pools=(gpu(24564, 23028, free_bytes=free_bytes, **more), ram()))


@pytest.mark.parametrize("seed", range(5))
def test_that_a_wobble_around_an_edge_changes_a_verdict_once_at_the_most(seed):
    model = next(each for each in CATALOGUE if each.id == "phi-4")

    def verdict(seen: Machine) -> FitVerdict:
        return evaluate(
            model,
            "Q4_K_M",
            options=PlanOptions(),
            machine=seen,
            target=seen.pools[0],
            reserve=Reserve(),
        ).verdict

    needed = evaluate(
        model,
        "Q4_K_M",
        options=PlanOptions(),
        machine=ONE_GPU,
        target=ONE_GPU.pools[0],
        reserve=Reserve(),
    ).needed
    assert needed is not None
    edge = needed.high_bytes + Reserve().gpu_bytes
    wobble = random.Random(seed)
    seen = machine(edge + GIB)
    verdicts = [verdict(seen)]
    raw = []
    for _ in range(200):
        fresh = machine(edge + round(wobble.uniform(-50, 50) * MIB))
        seen = steady_machine(seen, fresh)
        verdicts.append(verdict(seen))
        raw.append(verdict(fresh))
    changes = sum(a is not b for a, b in pairwise(verdicts))
    assert changes <= 1
    # Without the policy it flickers.
    assert sum(a is not b for a, b in pairwise(raw)) > 20


@given(before=st.integers(0, 24 * GIB), after=st.integers(0, 24 * GIB))
def test_that_what_is_held_is_never_further_off_than_the_band(before, after):
    seen = steady_machine(machine(before), machine(after))
    free = seen.pools[0].free_bytes
    assert free is not None
    assert abs(free - after) <= DEAD_BAND_BYTES
    assert free in (before, after)


def test_that_a_figure_that_leaves_the_band_is_taken_as_it_is():
    before, after = machine(10 * GIB), machine(8 * GIB, used_by_others_bytes=15 * GIB)
    assert steady_machine(before, after) == after


def test_that_held_figures_go_together():
    before = machine(10 * GIB, used_by_others_bytes=13 * GIB)
    after = machine(10 * GIB + MIB, used_by_others_bytes=13 * GIB - MIB)
    assert steady_machine(before, after) == before


@pytest.mark.parametrize(("before", "after"), [(None, 8 * GIB), (8 * GIB, None)])
def test_that_a_figure_that_comes_or_goes_is_taken_at_once(before, after):
    assert steady_machine(machine(before), machine(after)).pools[0].free_bytes == after


def test_that_another_total_or_a_new_card_is_taken_at_once():
    before = machine(8 * GIB)
    larger = machine(8 * GIB + MIB, total_bytes=32 * GIB)
    assert steady_machine(before, larger) == larger
    two = replace(before, pools=(*before.pools, gpu(8188, 7400, id="gpu1")))
    assert steady_machine(before, two) == two


def test_that_programs_and_sleep_decide_no_verdict():
    before = machine(8 * GIB)
    holders = (MemoryHolder(name="firefox", used_bytes=GIB),)
    assert is_same_for_verdicts(before, machine(8 * GIB, holders=holders, is_asleep=True))
    assert is_same_for_verdicts(before, replace(before, disk_free_bytes=GIB))
    assert not is_same_for_verdicts(before, machine(7 * GIB))
