"""Where weights and cache sit for a value of -ngl, against llama.cpp's own size simulation."""

import pytest

from planner.core.ledger import Part, Place
from planner.core.plan import CacheType, Plan, Program, offloadable_layer_count
from planner.core.quant_format import find_quant_format
from planner.core.runtimes.llama_cpp import memory
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.weights import gguf_weights
from planner.core.units import MIB
from tests.core.llama_cpp.conftest import rows

# Rope factors (384 B) and norms go where their neighbours go; prints have three decimals.
TOLERANCE_MIB = 0.02


@pytest.fixture(scope="module")
def split_cases() -> list[dict[str, str]]:
    return [
        case
        for case in rows("runtime_sample.csv")
        if "simulation" in case["method"]
        and case["ngl"] not in ("all", "0")
        and case["kv_offload"] == "1"
        and case["model_mib"]
    ]


def test_that_split_weights_are_where_llama_cpp_puts_them(shapes, split_cases):
    assert len(split_cases) > 20
    for case in split_cases:
        shape = shapes[case["model"]]
        weights = gguf_weights(shape, find_quant_format(case["quant"]))
        split = LayerSplit.of(shape, int(case["ngl"]))
        gpu = split.weights_bytes(weights, Place.GPU) / MIB
        host = split.weights_bytes(weights, Place.HOST) / MIB
        assert gpu == pytest.approx(float(case["model_mib"]), abs=TOLERANCE_MIB), case
        assert host == pytest.approx(float(case["host_model_mib"]), abs=TOLERANCE_MIB), case


def plan_of(case: dict[str, str]) -> Plan:
    return Plan(
        model_id=case["model"],
        quant_format=case["quant"],
        context_length=int(case["ctx"]),
        gpu_layer_count=int(case["ngl"]),
        cache_type_k=CacheType(case["ctk"]),
        cache_type_v=CacheType(case["ctv"]),
        flash_attention=case["fa"] == "1",
        program=Program.LIBRARY,
    )


def test_that_split_cache_is_where_llama_cpp_puts_it(models, split_cases):
    for case in split_cases:
        if "kv: GPU" not in case["note"]:
            continue
        gpu, host = (float(part.split()[1]) for part in case["note"][4:].split(" + "))
        ledger = memory.step_lines(models[case["model"]], plan_of(case)).lines
        for place, measured in ((Place.GPU, gpu), (Place.HOST, host)):
            lines = [
                line for line in ledger if line.part is Part.KV_CACHE and line.place is place
            ]
            assert sum(line.band.expected_bytes for line in lines) / MIB == measured


def test_that_the_compute_band_of_a_split_holds_the_measured_buffer(models, split_cases):
    for case in split_cases:
        if int(case["ngl"]) > models[case["model"]].shape.layer_count:
            continue
        lines = memory.step_lines(models[case["model"]], plan_of(case)).lines
        band = next(
            line.band
            for line in lines
            if line.part is Part.COMPUTE_BUFFER and line.place is Place.GPU
        )
        measured = float(case["compute_mib"]) * MIB
        assert 0.95 * band.low_bytes <= measured <= 1.01 * band.high_bytes, case


def test_that_the_hosts_pinned_buffer_of_a_split_is_met(models, split_cases):
    for case in split_cases:
        if int(case["ngl"]) > models[case["model"]].shape.layer_count:
            continue
        lines = memory.step_lines(models[case["model"]], plan_of(case)).lines
        band = next(
            line.band
            for line in lines
            if line.part is Part.COMPUTE_BUFFER and line.place is Place.HOST
        )
        assert band.expected_bytes / MIB == pytest.approx(
            float(case["host_compute_mib"]), abs=0.05
        ), case


def test_that_both_sides_together_hold_every_tensor_once(shapes):
    for name in ("phi-2", "phi-4", "phi-3.5-moe"):
        shape = shapes[name]
        weights = gguf_weights(shape, find_quant_format("Q4_K_M"))
        for count in range(offloadable_layer_count(shape) + 1):
            split = LayerSplit.of(shape, count)
            both = sum(split.weights_bytes(weights, place) for place in Place)
            assert both == weights.tensor_bytes


def test_that_a_tied_head_is_held_twice_as_soon_as_the_gpu_has_the_output(shapes):
    # Phi-4-mini Q4_K_M: Metal and Vulkan print 2,370 MiB on the GPU and 481 MiB on the host.
    shape = shapes["phi-4-mini"]
    weights = gguf_weights(shape, find_quant_format("Q4_K_M"))
    split = LayerSplit.of(shape, 33)
    assert split.weights_bytes(weights, Place.GPU) == weights.tensor_bytes
    assert split.weights_bytes(weights, Place.HOST) == weights.token_embedding_bytes
    assert round(weights.token_embedding_bytes / MIB, 2) == 480.81


def test_that_a_count_beyond_the_layers_means_all_of_them(shapes):
    assert LayerSplit.of(shapes["phi-2"], 99).is_all_gpu
