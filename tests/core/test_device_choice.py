"""Hardware to name: the smallest that fits, and nothing far larger."""

from hypothesis import given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.device_choice import (
    MOST_DEVICES,
    NEAR_RATIO,
    DeviceOption,
    gpu_bytes_needed,
    smallest_devices,
)
from planner.core.estimate import estimate
from planner.core.fit import Reserve
from planner.core.ledger import Place
from planner.core.plan import PlanOptions
from planner.core.units import GIB, MIB

MODELS = {model.id: model for model in load_catalogue().models}
# Totals that NVML shows for these cards, in MiB.
CARDS = tuple(
    DeviceOption(name=name, usable_bytes=mib * MIB)
    for name, mib in (
        ("H200", 143_771),
        ("H100", 81_559),
        ("RTX 5090", 32_607),
        ("RTX 4090", 24_564),
        ("RTX 3090", 24_576),
        ("RTX 4080", 16_376),
        ("RTX 4070", 12_282),
        ("RTX 4060", 8188),
    )
)


def names(needed_bytes: int) -> list[str]:
    return [each.name for each in smallest_devices(needed_bytes, CARDS)]


def test_that_the_smallest_cards_are_named_and_not_the_largest():
    assert names(11 * GIB) == ["RTX 4070"]
    assert names(20 * GIB) == ["RTX 4090", "RTX 3090"]
    assert names(60 * GIB) == ["H100"]


def test_that_nothing_is_named_where_no_card_is_large_enough():
    assert names(200 * GIB) == []


@given(
    needed=st.integers(0, 100),
    sizes=st.lists(st.integers(1, 100), max_size=12),
)
def test_that_what_is_named_fits_and_is_near_the_smallest(needed, sizes):
    devices = [DeviceOption(name=str(size), usable_bytes=size) for size in sizes]
    named = smallest_devices(needed, devices)
    enough = [size for size in sizes if size >= needed]
    assert len(named) <= MOST_DEVICES
    assert bool(named) is bool(enough)
    for each in named:
        assert needed <= each.usable_bytes <= NEAR_RATIO * min(enough)


def test_that_the_need_is_that_of_every_layer_on_the_gpu():
    phi_4 = MODELS["phi-4"]
    split = PlanOptions(gpu_layers=3)
    total = estimate(phi_4, PlanOptions().plan(phi_4, "Q4_K_M")).ledger.total(Place.GPU)
    needed = gpu_bytes_needed(phi_4, "Q4_K_M", options=split, reserve=Reserve())
    assert needed == total.high_bytes + GIB // 2


def test_that_no_hardware_helps_a_refused_plan():
    assert (
        gpu_bytes_needed(
            MODELS["phi-3-small-8k"], "Q4_K_M", options=PlanOptions(), reserve=Reserve()
        )
        is None
    )
