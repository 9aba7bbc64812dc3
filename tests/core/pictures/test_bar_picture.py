"""Bars against figures made by hand, and against the ledgers of real plans."""

from dataclasses import replace

import pytest

from planner.core.ledger import Part, Place
from planner.core.machine import PoolKind
from planner.core.pictures.bar_picture import bar_picture, bar_table, split_picture
from planner.core.pictures.device_bars import DeviceBar, PartSize, memory_bar, split_bars
from planner.core.pictures.picture import Box, Hatch, Ink
from planner.core.plan import PlanOptions, SplitMode
from planner.core.units import GIB
from tests.core.pictures.plans import RAM, gpu, marks_of, outside, texts_of

BAR = DeviceBar(
    name="the GPU",
    parts=(
        PartSize(part=Part.WEIGHTS, size_bytes=4 * GIB),
        PartSize(part=Part.KV_CACHE, size_bytes=2 * GIB),
    ),
    capacity_bytes=12 * GIB,
    held_bytes=2 * GIB,
    reserve_bytes=GIB,
    high_bytes=7 * GIB,
)
OVER = replace(BAR, capacity_bytes=6 * GIB)
UNKNOWN = DeviceBar(name="the GPU", parts=BAR.parts)


def boxes(bar: DeviceBar, width: float = 480) -> dict[str, Box]:
    """Return the stretch of each group of the bar."""
    return {
        group.key: mark
        for group in bar_picture(bar, width=width).groups()
        for mark in group.marks[:1]
        if isinstance(mark, Box)
    }


def test_that_the_stretches_follow_one_another_to_scale():
    found = boxes(BAR)
    gib = 480 / 12
    places = {key: (box.x / gib, box.width / gib) for key, box in found.items()}
    assert places == {
        "held": (0, 2),
        "weights": (2, 4),
        "kv_cache": (6, 2),
        "free": (8, 4),
        "uncertain": (8, 1),
    }
    assert found["held"].hatch is Hatch.DIAGONAL


def test_that_what_is_beyond_the_capacity_is_crossed_out_and_the_capacity_marked():
    found = boxes(OVER)
    gib = 480 / 9  # held, needed and what may be needed more
    assert found["beyond"].x / gib == pytest.approx(6)
    assert found["beyond"].width / gib == pytest.approx(2)
    assert found["capacity"].x + 1 == pytest.approx(6 * gib)
    assert "free" not in found
    words = texts_of(bar_picture(OVER, width=480))
    assert "Too much by 2.00 GiB" in words


def test_that_an_unknown_capacity_is_said_and_nothing_is_made_up():
    picture = bar_picture(UNKNOWN, width=480)
    assert picture.description == (
        "The capacity is not known: Weights: 4.00 GiB, KV cache: 2.00 GiB."
    )
    assert set(boxes(UNKNOWN)) == {"weights", "kv_cache"}
    assert not any("Capacity" in words for words in texts_of(picture))


def test_that_the_description_has_every_figure():
    assert bar_picture(BAR, width=480).description == (
        "Of 12.00 GiB: Held by others: 2.00 GiB, Weights: 4.00 GiB, KV cache: 2.00 GiB, "
        "Left free: 4.00 GiB, May need 1.00 GiB more."
    )


def test_that_without_a_reserve_there_is_no_mark_of_one():
    picture = bar_picture(replace(BAR, reserve_bytes=0, high_bytes=0), width=480)
    assert {"reserve", "uncertain"}.isdisjoint(group.key for group in picture.groups())
    assert not any("Reserve" in words for words in texts_of(picture))


def test_that_a_plans_bar_is_the_sum_of_its_ledger(detail_of):
    detail = detail_of("phi-4", "Q4_K_M", gpu(12, 10.6), RAM)
    bar = memory_bar(detail)
    total = detail.estimate.ledger.total(Place.GPU)
    assert bar is not None
    assert (bar.needed_bytes, bar.high_bytes) == (total.expected_bytes, total.high_bytes)
    assert bar.free_bytes == pytest.approx(10.6 * GIB, abs=2)
    assert bar.capacity_bytes == 12 * GIB


def test_that_unified_memory_holds_both_sides(detail_of):
    pool = gpu(64, 60, kind=PoolKind.UNIFIED, same_memory_as="ram")
    detail = detail_of("phi-4", "Q4_K_M", pool, RAM)
    bar = memory_bar(detail)
    ledger = detail.estimate.ledger
    both = ledger.total(Place.GPU).expected_bytes + ledger.total(Place.HOST).expected_bytes
    assert bar is not None
    assert bar.needed_bytes == both
    assert split_bars(detail) == ()


def test_that_a_plan_without_figures_has_no_bars(detail_of):
    detail = detail_of("phi-silica", "Q4_K_M", gpu(12), RAM)
    assert memory_bar(detail) is None
    assert split_bars(detail) == ()


def test_that_layers_over_two_cards_and_ram_are_three_bars(detail_of):
    options = PlanOptions(split_mode=SplitMode.LAYER)
    cards = gpu(24, 20), gpu(12, 10, id="gpu1", name="the other GPU")
    detail = detail_of("phi-3.5-moe", "Q4_K_M", *cards, RAM, options=options)
    bars = split_bars(detail)
    ledger = detail.estimate.ledger
    assert [bar.name for bar in bars] == ["the GPU", "the other GPU", "the CPU"]
    assert [bar.is_ram for bar in bars] == [False, False, True]
    assert [bar.needed_bytes for bar in bars] == [
        ledger.device_total(0).expected_bytes,
        ledger.device_total(1).expected_bytes,
        ledger.total(Place.HOST).expected_bytes,
    ]
    assert bars[0].needed_bytes > bars[1].needed_bytes > 0


def test_that_a_card_alone_is_one_bar_where_ram_could_not_be_read(detail_of):
    bars = split_bars(detail_of("phi-4", "Q4_K_M", gpu(24)))
    assert [bar.name for bar in bars] == ["the GPU"]


def test_that_the_bars_of_a_split_share_a_scale_and_say_what_is_free():
    small = replace(BAR, name="the other", capacity_bytes=6 * GIB, held_bytes=0, parts=())
    picture = split_picture((BAR, small, replace(UNKNOWN, is_ram=True)), width=480)
    ends = [
        mark.x + mark.width
        for mark in marks_of(picture.marks)
        if isinstance(mark, Box) and mark.fill is Ink.FREE and mark.height == 20
    ]
    assert max(ends) == pytest.approx(480)
    assert 6 * 480 / 12 in [pytest.approx(end) for end in ends]
    assert {"6.00 GiB of 10.00 GiB free", "the GPU · RAM", "6.00 GiB"} <= set(texts_of(picture))
    assert picture.description == (
        "the GPU: 6.00 GiB of 10.00 GiB free; the other: 0.00 GiB of 6.00 GiB free; "
        "the GPU · RAM: 6.00 GiB, free not known."
    )


def test_that_the_table_has_a_column_for_each_device():
    table = bar_table((BAR, UNKNOWN), "Split")
    assert table.heads == ("GiB", "the GPU", "the GPU")
    assert {row[0]: row[1:] for row in table.rows} == {
        "Weights": ("4.00", "4.00"),
        "KV cache": ("2.00", "2.00"),
        "Total": ("6.00", "6.00"),
        "High estimate": ("7.00", "0.00"),
        "Held by others": ("2.00", "not known"),
        "Capacity": ("12.00", "not known"),
    }


@pytest.mark.parametrize("width", [260, 540])
def test_that_nothing_stands_out_of_the_bars_whatever_the_name(width: float):
    long = replace(BAR, name="NVIDIA RTX PRO 6000 Blackwell Max-Q Workstation Edition " * 2)
    assert outside(bar_picture(BAR, width=width)) == []
    picture = split_picture((long, replace(long, is_ram=True)), width=width)
    assert outside(picture) == []
    assert any(words.endswith("… · RAM") for words in texts_of(picture))


def test_that_no_bars_are_an_empty_picture():
    picture = split_picture((), width=300)
    assert not list(picture.groups())
