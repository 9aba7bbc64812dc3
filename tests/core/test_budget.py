"""Two budgets: what is free now, and what would be with other programs closed."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.budget import (
    ASSUMED_DRIVER_RESERVE_BYTES,
    Budget,
    StillHeld,
    fit_both,
    fit_under,
    free_if_closed_bytes,
    machine_under,
    total_free_bytes,
)
from planner.core.errors import PlannerError
from planner.core.fit import FitVerdict, Reserve
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.plan import PlanOptions
from planner.core.units import GIB, MIB


def pool(pool_id: str, kind: PoolKind, **figures: int | str | None) -> MemoryPool:
    return MemoryPool(id=pool_id, kind=kind, name=pool_id, source="test", **figures)  # type: ignore[arg-type]


# An RTX 4080 SUPER's reading: nvidia_gpu_exporter, internal/captures (MiB: 16376 total, 434
# reserved, 596 used, 15348 free), with a program that holds 8 GiB more.
BUSY_CARD = pool(
    "gpu0",
    PoolKind.DEDICATED,
    total_bytes=16376 * MIB,
    reserved_bytes=434 * MIB,
    used_by_others_bytes=(596 + 8192) * MIB,
    free_bytes=(15348 - 8192) * MIB,
)
RAM = pool(
    "ram",
    PoolKind.SYSTEM,
    total_bytes=64 * GIB,
    used_by_others_bytes=20 * GIB,
    free_bytes=44 * GIB,
)
MACHINE = Machine(pools=(BUSY_CARD, RAM))


def test_that_closing_programs_leaves_the_drivers_part_and_the_systems():
    closed = machine_under(MACHINE, Budget.PROGRAMS_CLOSED)
    card, ram = closed.pools
    assert card.free_bytes == (16376 - 434) * MIB
    assert card.used_by_others_bytes == 0
    assert ram.free_bytes == 62 * GIB
    assert machine_under(MACHINE, Budget.FREE_NOW) is MACHINE


def test_that_a_stated_reserve_is_taken_off():
    held = StillHeld(gpu_bytes=GIB, system_bytes=4 * GIB)
    card, ram = machine_under(MACHINE, Budget.PROGRAMS_CLOSED, still_held=held).pools
    assert card.free_bytes == (16376 - 434 - 1024) * MIB
    assert ram.free_bytes == 60 * GIB


def test_that_an_old_drivers_part_is_assumed_unless_all_of_the_card_is_free():
    old = replace(BUSY_CARD, reserved_bytes=None)
    assert free_if_closed_bytes(old, MACHINE) == 16376 * MIB - ASSUMED_DRIVER_RESERVE_BYTES
    what_if = replace(old, free_bytes=old.total_bytes, used_by_others_bytes=None)
    assert free_if_closed_bytes(what_if, MACHINE) == what_if.total_bytes
    closed = machine_under(Machine(pools=(what_if,)), Budget.PROGRAMS_CLOSED)
    assert closed.pools[0].used_by_others_bytes is None


def test_that_a_total_that_is_not_known_stays_so():
    unknown = replace(BUSY_CARD, total_bytes=None, free_bytes=None)
    assert free_if_closed_bytes(unknown, MACHINE) is None


def test_that_unified_memory_has_what_the_system_has_and_is_counted_once():
    # A DGX Spark: the driver gives no memory, the figures are the system's.
    ram = replace(RAM, total_bytes=122 * GIB, free_bytes=50 * GIB)
    gpu = replace(ram, id="gpu0", kind=PoolKind.UNIFIED, same_memory_as="ram")
    machine = Machine(pools=(gpu, ram))
    closed = machine_under(machine, Budget.PROGRAMS_CLOSED)
    assert [each.free_bytes for each in closed.pools] == [120 * GIB, 120 * GIB]
    assert total_free_bytes(machine, Budget.PROGRAMS_CLOSED) == 120 * GIB
    assert total_free_bytes(machine, Budget.FREE_NOW) == 50 * GIB


def test_that_a_limit_of_the_gpus_own_holds_on_unified_memory():
    # A Mac of 64 GB whose GPU may map 48 GiB.
    gpu = pool(
        "gpu0",
        PoolKind.UNIFIED,
        total_bytes=48 * GIB,
        free_bytes=30 * GIB,
        same_memory_as="ram",
    )
    ram = replace(RAM, free_bytes=30 * GIB)
    assert free_if_closed_bytes(gpu, Machine(pools=(gpu, ram))) == 48 * GIB
    unread = replace(RAM, total_bytes=None, free_bytes=None)
    assert free_if_closed_bytes(gpu, Machine(pools=(gpu, unread))) == 46 * GIB


def test_that_memory_of_ones_own_is_added_up():
    assert total_free_bytes(MACHINE, Budget.FREE_NOW) == 44 * GIB + 7156 * MIB


@given(
    total=st.integers(1, 128 * GIB),
    used=st.integers(0, 128 * GIB),
    reserved=st.none() | st.integers(0, GIB),
    kind=st.sampled_from(PoolKind),
)
def test_that_closing_programs_never_leaves_less(total, used, reserved, kind):
    one = pool(
        "gpu0",
        kind,
        total_bytes=total,
        reserved_bytes=reserved,
        free_bytes=max(0, total - used),
    )
    free = free_if_closed_bytes(one, Machine(pools=(one,)))
    assert free is not None
    assert (one.free_bytes or 0) <= free <= total


def test_that_each_verdict_says_which_budget_it_counts_on(phi_4):
    both = fit_both(phi_4, "Q4_K_M", options=PlanOptions(), machine=MACHINE, reserve=Reserve())
    assert both.now.budget is Budget.FREE_NOW
    assert both.now.result.verdict is FitVerdict.PARTIAL
    assert both.closed.budget is Budget.PROGRAMS_CLOSED
    assert both.closed.result.verdict is FitVerdict.FITS


def test_that_both_budgets_are_about_the_pool_that_is_free_now(phi_4):
    # Closed, the busy card would be the larger one.
    small = pool("gpu1", PoolKind.DEDICATED, total_bytes=8 * GIB, free_bytes=8 * GIB)
    machine = Machine(pools=(BUSY_CARD, small, RAM))
    both = fit_both(phi_4, "Q4_K_M", options=PlanOptions(), machine=machine, reserve=Reserve())
    assert both.closed.result.verdict is FitVerdict.PARTIAL


def test_that_a_target_can_be_named(phi_4):
    about: dict[str, Any] = {"options": PlanOptions(), "machine": MACHINE, "reserve": Reserve()}
    on_ram = fit_under(phi_4, "Q4_K_M", budget=Budget.FREE_NOW, target_id="ram", **about)
    assert on_ram.result.plan is not None
    assert on_ram.result.plan.gpu_layer_count == 0
    with pytest.raises(PlannerError, match="gpu0, ram"):
        fit_under(phi_4, "Q4_K_M", budget=Budget.FREE_NOW, target_id="gpu7", **about)
