"""KV cache and compute buffers against llama.cpp's own size simulation and published logs."""

import pytest

from planner.core.errors import UnsupportedPlanError
from planner.core.plan import CacheType, Plan, Program
from planner.core.runtimes.llama_cpp.compute_buffer import (
    gpu_compute_stage,
    output_buffer_bytes,
    step_buffers,
)
from planner.core.runtimes.llama_cpp.kv_cache import (
    check_cache_types,
    cuda_padding_per_layer,
    kv_bytes_per_layer,
)
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.step_sizes import Peaks
from planner.core.units import MIB
from tests.core.llama_cpp.conftest import rows

# The simulation prints three decimals of a MiB; a cache of the next 256 cells is far beyond.
PRINTED_STEP_MIB = 0.0006


def plan_of(case: dict[str, str]) -> Plan:
    return Plan(
        model_id=case["model"],
        quant_format=case["quant"],
        context_length=int(case["ctx"]),
        gpu_layer_count=0,
        parallel_sequences=int(case["n_seq"]),
        cache_type_k=CacheType(case["ctk"]),
        cache_type_v=CacheType(case["ctv"]),
        flash_attention=case["fa"] != "0",
        micro_batch_size=int(case["ubatch"]),
        unified_cache=case["kv_unified"] == "1",
        program=Program.LIBRARY if case["n_outputs_reserved"] == "ubatch" else Program.SERVER,
    )


def is_whole(case: dict[str, str], shapes) -> bool:
    """Whether everything sat in one place."""
    if "simulation" not in case["method"] or case["kv_offload"] == "0":
        return False
    on_cpu = case["backend"].startswith("CPU")
    every_layer = {"all", str(shapes[case["model"]].layer_count + 1)}
    return on_cpu or case["ngl"] in every_layer


@pytest.fixture(scope="module")
def simulated(shapes) -> list[dict[str, str]]:
    return [case for case in rows("runtime_sample.csv") if is_whole(case, shapes)]


@pytest.fixture(scope="module")
def accepted(simulated) -> list[dict[str, str]]:
    return [case for case in simulated if "REFUSED" not in case["note"]]


def test_that_the_cache_is_exact_in_every_simulated_case(accepted, shapes):
    assert len(accepted) > 500
    for case in accepted:
        shape, plan = shapes[case["model"]], plan_of(case)
        per_layer = kv_bytes_per_layer(shape, plan)
        if not case["backend"].startswith("CPU"):
            per_layer += cuda_padding_per_layer(shape, plan)
        predicted = per_layer * shape.layer_count / MIB
        assert abs(predicted - float(case["kv_mib"])) <= PRINTED_STEP_MIB, case


def test_that_what_llama_cpp_refuses_is_refused_and_nothing_else(simulated, shapes):
    refused = 0
    for case in simulated:
        shape, plan = shapes[case["model"]], plan_of(case)
        if "REFUSED" not in case["note"]:
            check_cache_types(shape, plan)
            continue
        with pytest.raises(UnsupportedPlanError) as refusal:
            check_cache_types(shape, plan)
        expected = "does not divide" if "does not divide" in case["note"] else "flash attention"
        assert expected in str(refusal.value)
        refused += 1
    assert refused > 25


def whole_buffers(shape, plan: Plan) -> Peaks:
    return step_buffers(shape, plan, LayerSplit.of_plan(shape, plan), None)


def predicted_compute(case: dict[str, str], shapes) -> tuple[float, float]:
    """Our buffers in MiB: where the layers are, and in RAM beside a GPU."""
    shape, plan = shapes[case["model"]], plan_of(case)
    if case["backend"].startswith("CPU"):
        return whole_buffers(shape, plan).host_bytes / MIB, 0
    peaks = whole_buffers(shape, plan.changed(gpu_layer_count=shape.layer_count + 1))
    return peaks.gpu_bytes / MIB, peaks.host_bytes / MIB


def test_that_compute_is_within_a_tenth_of_a_mib_whatever_the_cache_and_attention(
    accepted, shapes
):
    assert len(accepted) > 500
    for case in accepted:
        error = predicted_compute(case, shapes)[0] - float(case["compute_mib"])
        assert abs(error) < 0.1, case


def test_that_the_hosts_buffer_beside_the_gpu_is_within_a_tenth_of_a_mib(accepted, shapes):
    cases = [
        case
        for case in accepted
        if case["host_compute_mib"] and not case["backend"].startswith("CPU")
    ]
    assert len(cases) > 250
    for case in cases:
        error = predicted_compute(case, shapes)[1] - float(case["host_compute_mib"])
        assert abs(error) < 0.1, case


def test_that_the_output_buffer_is_one_row_of_logits_a_sequence(accepted, shapes):
    for case in accepted:
        predicted = output_buffer_bytes(shapes[case["model"]], plan_of(case)) / MIB
        assert predicted == pytest.approx(float(case["output_mib"]), abs=0.006), case


def test_that_a_real_cuda_log_is_met_to_its_last_digit(shapes):
    # Phi-3-mini Q4_K_M, context 2048, flash attention: KV 768.00 MiB, compute 82.6367 MiB.
    case = next(
        case
        for case in rows("runtime_sample.csv")
        if "equals the simulated device" in case["note"]
    )
    shape, plan = shapes[case["model"]], plan_of(case)
    assert kv_bytes_per_layer(shape, plan) * shape.layer_count == 768 * MIB
    assert gpu_compute_stage(shape, plan).size_bytes / MIB == pytest.approx(82.6367, abs=0.02)


def test_that_every_published_log_has_the_cache_we_compute(shapes):
    logs = [
        case
        for case in rows("runtime_sample.csv")
        if "PUBLISHED" in case["method"] and case["kv_mib"] and case["model"] in shapes
    ]
    assert len(logs) >= 8
    for case in logs:
        shape, plan = shapes[case["model"]], plan_of(case)
        cells = plan.context_length * shape.layer_count * shape.kv_head_count * shape.head_dim
        assert cells * 4 / MIB == float(case["kv_mib"])
        assert kv_bytes_per_layer(shape, plan) * shape.layer_count == cells * 4


@pytest.mark.parametrize(
    ("model", "bytes_per_token"),
    [
        ("phi-1", 196_608),
        ("phi-2", 327_680),
        ("phi-3-mini-4k", 393_216),
        ("phi-3-medium-4k", 204_800),
        ("phi-4", 204_800),
        ("phi-4-mini", 131_072),
        ("phi-3.5-moe", 131_072),
        ("phi-tiny-moe", 65_536),
    ],
)
def test_that_a_token_of_f16_cache_takes_what_the_shape_says(shapes, model, bytes_per_token):
    plan = Plan(model_id=model, quant_format="F16", context_length=2048, gpu_layer_count=0)
    shape = shapes[model]
    assert kv_bytes_per_layer(shape, plan) * shape.layer_count == 2048 * bytes_per_token
