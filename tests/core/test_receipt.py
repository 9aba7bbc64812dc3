"""Receipts: public logs beside our prediction, line by line."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.catalogue import load_catalogue
from planner.core.ledger import Part, Place
from planner.core.plan import PlanOptions, Program, RuntimeName
from planner.core.quant_mix import MixRules
from planner.core.receipt import LoggedBuffer, Receipt, ReceiptLine, RuntimeLog, receipt
from planner.core.units import GIB, KIB, MIB
from planner.files.runtime_log import read_runtime_log

LOGS = Path(__file__).parents[1] / "data" / "runtime_logs"
MODELS = {model.id: model for model in load_catalogue().models}


def receipt_of(name: str, model_id: str, quant_format: str = "Q4_K_M", **known) -> Receipt:
    log = read_runtime_log(LOGS / f"{name}.txt")
    return receipt(log, MODELS[model_id], quant_format, options=PlanOptions(), **known)


def line_of(found: Receipt, part: Part, place: Place = Place.GPU) -> ReceiptLine:
    return next(line for line in found.lines if (line.part, line.place) == (part, place))


def test_that_a_real_cuda_log_is_predicted_within_16_kib():
    found = receipt_of("llama_cpp_phi3_cuda", "phi-3-mini-4k")
    errors = {(line.part, line.place): line.error_bytes for line in found.lines}
    assert errors == {
        (Part.WEIGHTS, Place.HOST): 0,
        (Part.WEIGHTS, Place.GPU): 0,
        (Part.OUTPUT_BUFFER, Place.HOST): 0,
        (Part.KV_CACHE, Place.GPU): 0,
        (Part.COMPUTE_BUFFER, Place.GPU): pytest.approx(0, abs=16 * KIB),
    }
    # The log is of 2026-04: logits for each token, and a file of the older quantiser.
    assert found.estimate.plan.program is Program.LIBRARY
    assert found.estimate.plan.mix is MixRules.MAY_2024
    assert len(found.notes) == 2


def test_that_a_log_of_the_cpu_is_predicted_with_its_repacked_copy():
    found = receipt_of("llama_cpp_phi3_cpu_repack", "phi-3-mini-4k")
    assert line_of(found, Part.WEIGHTS, Place.HOST).error_bytes == 0
    assert line_of(found, Part.REPACKED_WEIGHTS, Place.HOST).error_bytes == 0
    assert line_of(found, Part.KV_CACHE, Place.HOST).error_bytes == 0
    compute = line_of(found, Part.COMPUTE_BUFFER, Place.HOST)
    # 288.01 MiB in 2025, 294.01 now: one residual copy between the versions.
    assert compute.error_ratio == pytest.approx(6 / 288.01, abs=0.001)


def test_that_two_gpus_are_added_up_and_it_is_said():
    found = receipt_of("llama_cpp_phi4_mini_vulkan", "phi-4-mini")
    weights = line_of(found, Part.WEIGHTS)
    assert weights.devices == ("Vulkan0", "Vulkan1")
    assert abs(weights.error_ratio or 0) < 0.001
    assert line_of(found, Part.KV_CACHE).error_bytes == 0
    assert line_of(found, Part.OUTPUT_BUFFER, Place.HOST).error_bytes == 0
    assert any("Several GPUs" in note for note in found.notes)


def test_that_a_miss_stays_in_with_what_is_known_of_it():
    found = receipt_of("llama_cpp_phi3_medium_2024", "phi-3-medium-4k")
    host = line_of(found, Part.WEIGHTS, Place.HOST)
    assert host.error_bytes is not None
    assert host.error_bytes < -2 * GIB
    assert any("whole mapped file" in note for note in found.notes)
    # 15 repeating layers then, the output and 14 now: 37.5 MiB of cache against 35.
    assert line_of(found, Part.KV_CACHE).error_bytes == -2.5 * MIB
    assert any("output layer first" in note for note in found.notes)


def test_that_a_vllm_log_is_set_beside_its_shares():
    found = receipt_of("vllm_phi4_t4", "phi-4", "bnb-nf4-dq")
    weights = line_of(found, Part.WEIGHTS)
    assert abs(weights.error_ratio or 1) < 0.01
    cache = line_of(found, Part.KV_CACHE)
    assert cache.predicted is None
    assert cache.error_bytes is None
    assert cache.error_ratio is None
    assert "left of its share" in (cache.reason or "")
    overheads = [line for line in found.lines if line.part is Part.RUNTIME_OVERHEAD]
    assert [line.devices for line in overheads] == [("not torch's",), ("CUDA graphs",)]
    for line in overheads:
        assert line.predicted is not None
        assert line.predicted.low_bytes <= line.logged_bytes <= line.predicted.high_bytes
    assert found.notes == ()


def test_that_what_is_known_is_not_guessed():
    found = receipt_of(
        "llama_cpp_phi3_cuda",
        "phi-3-mini-4k",
        programs=(Program.SERVER,),
        mixes=(MixRules.CURRENT,),
    )
    assert found.estimate.plan.program is Program.SERVER
    assert found.estimate.plan.mix is MixRules.CURRENT
    assert found.notes == ()
    assert line_of(found, Part.WEIGHTS).error_bytes != 0


def test_that_an_empty_line_of_a_log_has_no_share_of_error():
    buffer = LoggedBuffer(
        part=Part.KV_CACHE,
        place=Place.GPU,
        device="CUDA0",
        size_bytes=0,
        resolution_bytes=1,
        line_number=1,
    )
    log = RuntimeLog(program="llama.cpp", runtime=RuntimeName.LLAMA_CPP, buffers=(buffer,))
    found = receipt(log, MODELS["phi-4"], "Q4_K_M", options=PlanOptions())
    assert found.lines[0].error_ratio is None
    assert found.notes == ()


def test_that_what_a_log_does_not_tell_stays_as_it_was_given():
    log = RuntimeLog(program="llama.cpp", runtime=RuntimeName.LLAMA_CPP, buffers=())
    base = PlanOptions(context_length=1234, gpu_layers=7)
    assert log.options(base) == base
    told = replace(log, context_length=99, gpu_layer_count=0, flash_attention=False)
    assert told.options(base) == replace(
        base, context_length=99, gpu_layers=0, flash_attention=False
    )
