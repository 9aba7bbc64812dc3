"""Layers over several GPUs, against a log of llama.cpp on two Vulkan cards."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.errors import PlannerError
from planner.core.quant_format import find_quant_format
from planner.core.quant_mix import MixRules
from planner.core.runtimes.llama_cpp.layer_devices import device_layers
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.weights import gguf_weights
from planner.core.units import MIB


def test_that_two_equal_cards_hold_what_their_log_says(shapes):
    # Phi-4-mini Q4_K_M, 33 of 33 layers on two equal cards: 999.77 and 1,368.79 MiB.
    shape = shapes["phi-4-mini"]
    weights = gguf_weights(shape, find_quant_format("Q4_K_M"), rules=MixRules.MAY_2024)
    first, second = device_layers(LayerSplit.of(shape, 33), (1, 1))
    assert first.weights_bytes(weights) / MIB == pytest.approx(999.77, abs=0.005)
    assert second.weights_bytes(weights) / MIB == pytest.approx(1368.79, abs=0.005)
    assert (first.layer_count, second.layer_count) == (17, 15)
    assert (first.has_output, second.has_output) == (False, True)


@given(
    layer_count=st.integers(1, 64),
    share=st.lists(st.floats(0, 100), min_size=1, max_size=8).filter(lambda s: sum(s) > 0.001),
    data=st.data(),
)
def test_that_every_layer_has_one_owner_and_the_output_too(layer_count, share, data):
    split = LayerSplit(layer_count, data.draw(st.integers(1, layer_count + 1)))
    devices = device_layers(split, share)
    assert len(devices) == len(share)
    assert sum(device.has_output for device in devices) == 1
    assert sum(device.layer_count for device in devices) == split.repeating_gpu_layers
    assert devices[0].first == split.first_gpu_layer
    assert all(before.end == after.first for before, after in pairwise(devices))
    assert devices[-1].end == layer_count


def test_that_a_card_without_a_share_holds_nothing():
    devices = device_layers(LayerSplit(32, 33), (1, 0))
    assert devices[0].layer_count == 32
    assert devices[1].layer_count == 0
    assert not devices[1].has_output


@pytest.mark.parametrize("shares", [(), (0, 0), (1, -1), (float("nan"), 1)])
def test_that_shares_that_are_none_are_refused(shares):
    with pytest.raises(PlannerError, match="one share for each GPU"):
        device_layers(LayerSplit(32, 33), shares)
