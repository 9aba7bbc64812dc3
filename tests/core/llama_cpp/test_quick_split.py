"""What is told of a split without its graph, against the graph and llama.cpp's simulation."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.estimate import quick_splits
from planner.core.gguf_layout import TensorLayout
from planner.core.model_spec import Support
from planner.core.plan import CacheType, Plan, Program, offloadable_layer_count
from planner.core.quant_format import QUANT_FORMATS
from planner.core.runtimes.llama_cpp import LlamaCpp, memory
from planner.core.runtimes.llama_cpp.graph.step import step_peaks
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.units import GIB
from tests.accuracy.simulated import plan_of
from tests.core.llama_cpp.conftest import rows

RUNNABLE = [
    model
    for model in load_catalogue().models
    if model.runtimes["llama.cpp"].support is not Support.NONE
]


def with_every_layer(model, plan):
    return replace(plan, gpu_layer_count=offloadable_layer_count(model.shape))


def test_that_llama_cpps_own_buffers_lie_within_the_bounds(models):
    found = 0
    for case in rows("compute_simulation.csv"):
        if case["tensor_split"] or case["ngl"] == "0" or int(case["n_cpu_moe"]):
            continue
        model, plan = models[case["model"]], plan_of(case)
        every_layer = with_every_layer(model, plan)
        if plan.gpu_layer_count >= every_layer.gpu_layer_count:
            continue
        found += 1
        buffers = quick_splits(model, every_layer).buffers(memory.plan_weights(model, plan))
        on_gpu, in_ram = int(case["gpu_compute_bytes"]), int(case["host_compute_bytes"])
        assert buffers.least.gpu_bytes <= on_gpu <= buffers.most.gpu_bytes, case
        # Inputs are padded by a few KiB there, which is not replayed.
        assert buffers.least.host_bytes <= in_ram + 12 * 1024, case
        assert in_ram <= buffers.most.host_bytes, case
    assert found > 400


@given(data=st.data())
def test_that_the_buffers_of_every_split_lie_within_the_bounds(data):
    model = data.draw(st.sampled_from(RUNNABLE))
    whole = Plan(
        model_id=model.id,
        quant_format=data.draw(st.sampled_from(QUANT_FORMATS)).name,
        context_length=data.draw(st.integers(1, model.context_length_limit)),
        gpu_layer_count=offloadable_layer_count(model.shape),
        parallel_sequences=data.draw(st.sampled_from([1, 1, 2, 8])),
        unified_cache=data.draw(st.booleans()),
        cache_type_k=data.draw(st.sampled_from(CacheType)),
        cache_type_v=data.draw(st.sampled_from(CacheType)),
        flash_attention=data.draw(st.booleans()),
        micro_batch_size=data.draw(st.sampled_from([1, 16, 64, 512, 2048])),
        program=data.draw(st.sampled_from(Program)),
        layout=data.draw(st.sampled_from(TensorLayout)),
    )
    count = data.draw(st.integers(1, whole.gpu_layer_count - 1))
    try:
        memory.check(model, whole)
    except PlannerError:
        assume(False)
    weights = memory.plan_weights(model, whole)
    split = LayerSplit.of(model.shape, count)

    bounds = quick_splits(model, whole).buffers(weights)

    found = step_peaks(model.shape, whole, split, weights)
    assert bounds.least.gpu_bytes <= found.gpu_bytes <= bounds.most.gpu_bytes
    assert bounds.least.host_bytes <= found.host_bytes <= bounds.most.host_bytes


@pytest.fixture
def quick(models):
    model = models["phi-4"]
    plan = Plan(
        model_id="phi-4", quant_format="Q8_0", context_length=16_384, gpu_layer_count=41
    )
    return quick_splits(model, plan), plan


def test_that_the_layers_are_nearly_those_that_fit(quick, models):
    splits, plan = quick
    for gib in (3, 6, 9, 12):
        near = splits.layers(plan, gpu_bytes=gib * GIB, host_bytes=None)
        fits = [
            count
            for count in range(1, 41)
            if _needed_bytes(models["phi-4"], replace(plan, gpu_layer_count=count)) <= gib * GIB
        ]
        assert abs(near - max(fits)) <= 1


def _needed_bytes(model, plan):
    sums = LlamaCpp().weight_sums(model, plan) + LlamaCpp().step_sums(model, plan)
    return sums.gpu.high_bytes


def test_that_no_layer_fits_where_even_the_output_is_too_large(quick):
    splits, plan = quick
    assert splits.layers(plan, gpu_bytes=GIB, host_bytes=None) == 0


def test_that_no_layer_fits_where_ram_does_not_hold_the_others(quick):
    splits, plan = quick
    assert splits.layers(plan, gpu_bytes=6 * GIB, host_bytes=4 * GIB) == 0


def test_that_only_the_graph_tells_what_lies_between_the_bounds(quick):
    splits, plan = quick
    told = [
        splits.layers(plan, gpu_bytes=tenth * GIB // 10, host_bytes=None)
        for tenth in range(10, 60)
    ]
    unknown = told.count(None)
    assert 0 < unknown < 20
    none, some = told[: told.index(None)], told[told.index(None) + unknown :]
    assert set(none) == {0}
    assert None not in some
    assert 0 not in some
