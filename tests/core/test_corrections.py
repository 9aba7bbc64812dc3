"""What the user knows better: for one pool of one name, and marked as the user's."""

from dataclasses import asdict

import pytest

from planner.core.corrections import (
    MOST_CORRECTIONS,
    Correction,
    corrected,
    corrections_of,
    with_correction,
)
from planner.core.errors import PlannerError
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.units import GIB

CARD = MemoryPool(
    id="gpu0",
    kind=PoolKind.DEDICATED,
    name="A card",
    source="nvml",
    total_bytes=24 * GIB,
    free_bytes=20 * GIB,
    fp16_tflops=82.0,
    rates_source="catalogue",
)
RAM = MemoryPool(id="ram", kind=PoolKind.SYSTEM, name="A processor", source="psutil")
MACHINE = Machine(pools=(CARD, RAM))


def correction(**figures) -> Correction:
    return Correction(pool_id="gpu0", name="A card", **figures)


def test_that_a_correction_takes_the_place_of_what_was_found():
    card, ram = corrected(MACHINE, [correction(bandwidth_gb_per_s=504.0)]).pools
    assert (card.bandwidth_gb_per_s, card.fp16_tflops) == (504.0, 82.0)
    assert (card.rates_source, card.source) == ("user", "nvml")
    assert ram == RAM
    card = corrected(MACHINE, [correction(fp16_tflops=90.0)]).pools[0]
    assert (card.bandwidth_gb_per_s, card.fp16_tflops) == (None, 90.0)


@pytest.mark.parametrize(
    "other",
    [{"pool_id": "gpu1", "name": "A card"}, {"pool_id": "gpu0", "name": "Another card"}],
)
def test_that_another_card_is_not_corrected(other):
    assert corrected(MACHINE, [Correction(**other, total_bytes=GIB)]) == MACHINE
    assert corrected(MACHINE, []) is MACHINE


def test_that_a_smaller_size_leaves_no_more_free_than_there_is():
    card = corrected(MACHINE, [correction(total_bytes=16 * GIB)]).pools[0]
    assert (card.total_bytes, card.free_bytes, card.source) == (16 * GIB, 16 * GIB, "user")
    assert card.rates_source == "catalogue"
    larger = corrected(MACHINE, [correction(total_bytes=32 * GIB)]).pools[0]
    assert (larger.total_bytes, larger.free_bytes) == (32 * GIB, 20 * GIB)


def test_that_a_size_that_no_driver_gave_counts_as_free_and_says_so():
    known = Correction(pool_id="ram", name="A processor", total_bytes=64 * GIB)
    ram = corrected(MACHINE, [known]).pools[1]
    assert (ram.total_bytes, ram.free_bytes) == (64 * GIB, 64 * GIB)
    assert "counts as free" in ram.notes[0]


@pytest.mark.parametrize(
    "figures",
    [
        {"total_bytes": 0},
        {"total_bytes": 1 << 51},
        {"bandwidth_gb_per_s": -1.0},
        {"bandwidth_gb_per_s": float("nan")},
        {"fp16_tflops": float("inf")},
    ],
)
def test_that_a_figure_that_no_pool_has_is_refused(figures):
    with pytest.raises(ValueError, match=f"{next(iter(figures))} must be above zero"):
        correction(**figures)
    with pytest.raises(PlannerError, match=r"^gpu0 cannot be corrected: "):
        with_correction((), MACHINE, "gpu0", figures)


def test_that_figures_of_one_pool_add_up_and_go_together():
    kept = with_correction((), MACHINE, "gpu0", {"total_bytes": 12 * GIB})
    kept = with_correction(kept, MACHINE, "ram", {"bandwidth_gb_per_s": 60.0})
    kept = with_correction(kept, MACHINE, "gpu0", {"fp16_tflops": 90.0})
    assert [each.pool_id for each in kept] == ["ram", "gpu0"]
    assert kept[1] == correction(total_bytes=12 * GIB, fp16_tflops=90.0)
    assert [each.pool_id for each in with_correction(kept, MACHINE, "gpu0", None)] == ["ram"]


def test_that_a_pool_that_is_not_there_is_a_sentence():
    with pytest.raises(PlannerError, match="no memory pool 'gpu7'; it has: gpu0, ram"):
        with_correction((), MACHINE, "gpu7", {"fp16_tflops": 1.0})
    with pytest.raises(PlannerError, match="it has: none"):
        with_correction((), Machine(pools=()), "gpu0", None)


def test_that_what_is_stored_is_read_again():
    kept = (correction(total_bytes=GIB), correction(fp16_tflops=82.6))
    assert corrections_of([asdict(each) for each in kept]) == kept
    assert corrections_of([]) == ()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({}, "a list"),
        ([{}] * (MOST_CORRECTIONS + 1), "a list of at most 64"),
        (["gpu0"], "an object"),
        ([{"pool_id": "gpu0"}], "a pool_id and a name"),
        ([{"pool_id": "gpu0", "name": ""}], "a pool_id and a name"),
        ([{"pool_id": "gpu0", "name": "x" * 201}], "a pool_id and a name"),
        ([{"pool_id": "gpu0", "name": "A", "total_bytes": "1"}], "total_bytes should be a num"),
        ([{"pool_id": "gpu0", "name": "A", "total_bytes": 1.5}], "total_bytes should be a num"),
        ([{"pool_id": "gpu0", "name": "A", "fp16_tflops": True}], "fp16_tflops should be a n"),
        ([{"pool_id": "gpu0", "name": "A", "fp16_tflops": 0}], "above zero"),
    ],
)
def test_that_what_is_no_correction_is_refused_with_what_it_should_be(raw, problem):
    with pytest.raises(ValueError, match=problem):
        corrections_of(raw)


def test_that_a_measured_figure_is_told_from_a_typed_one():
    kept = with_correction(
        (), MACHINE, "ram", {"bandwidth_gb_per_s": 41.5}, rates_source="measured"
    )
    ram = corrected(MACHINE, kept).pools[1]
    assert (ram.bandwidth_gb_per_s, ram.rates_source) == (41.5, "measured")
    # Settings give back what was put there.
    assert corrections_of([asdict(each) for each in kept]) == kept
    typed = with_correction(kept, MACHINE, "ram", {"bandwidth_gb_per_s": 50.0})
    assert corrected(MACHINE, typed).pools[1].rates_source == "user"


def test_that_a_figure_comes_from_a_person_or_a_measurement():
    with pytest.raises(ValueError, match="rates_source"):
        correction(bandwidth_gb_per_s=1.0, rates_source="a guess")
    raw = {"pool_id": "ram", "name": "A processor", "rates_source": "a guess"}
    with pytest.raises(ValueError, match="rates_source"):
        corrections_of([raw])
