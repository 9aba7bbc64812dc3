"""ONNX Runtime GenAI: builds by device, shared embeddings, refusals."""

import pytest

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.estimate import estimate, runtime_of
from planner.core.ledger import Part, Place
from planner.core.plan import RuntimeName
from planner.core.runtimes.onnx_genai import onnx_format
from planner.core.units import GIB


@pytest.mark.parametrize(("layers", "low", "high"), [(33, 2.01, 3.15), (0, 2.23, 4.52)])
def test_that_a_tied_embedding_is_shared_or_stored_twice(ledger_for, layers, low, high):
    line = ledger_for("phi-4-mini", "onnx-genai", "int4", gpu_layers=layers).lines[0]
    assert line.band.expected_bytes / GIB == pytest.approx(low, abs=0.011)
    assert line.band.high_bytes / GIB == pytest.approx(high, abs=0.011)
    assert "read the file's size" in line.reason


def test_that_plain_builds_follow_the_device(ledger_for):
    cpu = ledger_for("phi-4", "onnx-genai", "fp32", gpu_layers=0).lines[0].band
    gpu = ledger_for("phi-4", "onnx-genai", "fp16").lines[0].band
    assert cpu.expected_bytes == 4 * 14_659_507_200
    assert gpu.expected_bytes == 2 * 14_659_507_200
    assert gpu.is_exact
    assert not ledger_for("phi-4-mini", "onnx-genai", "fp16").lines[0].band.is_exact


def test_that_rotary_tables_are_a_line_of_their_own(ledger_for):
    # 50 MB in fp32 at 131,072 positions.
    ledger = ledger_for("phi-4-mini", "onnx-genai", "int4", gpu_layers=0)
    line = next(line for line in ledger.lines if "sines" in line.template)
    assert line.band.expected_bytes == 131_072 * 48 * 2 * 4


def test_that_the_file_may_hold_the_tables_or_not(catalogue, plan_for):
    figures = estimate(
        catalogue["phi-4"], plan_for("phi-4", "onnx-genai", "int4", gpu_layers=0)
    )
    assert figures.file is not None
    # The package for the CPU is 10,909,216,931 B with its tokenizer.
    assert figures.file.low_bytes < 10_909_216_931 < figures.file.high_bytes * 1.001
    assert figures.tensor_bytes == figures.file.expected_bytes


def test_that_int4_on_the_cpu_is_rearranged(ledger_for):
    ledger = ledger_for("phi-4", "onnx-genai", "int4", gpu_layers=0)
    assert ledger.part(Part.REPACKED_WEIGHTS, Place.HOST).expected_bytes > 2 * GIB
    plain = ledger_for("phi-4", "onnx-genai", "fp32", gpu_layers=0)
    assert plain.part(Part.REPACKED_WEIGHTS, Place.HOST).high_bytes == 0


def test_that_a_plan_without_a_format_stands_for_the_plain_build(plan_for):
    assert onnx_format(plan_for("phi-4", "onnx-genai", "")).name == "fp16"
    assert onnx_format(plan_for("phi-4", "onnx-genai", "", gpu_layers=0)).name == "fp32"


@pytest.mark.parametrize(
    ("model", "quant", "options", "said"),
    [
        ("phi-4", "fp32", {}, "fp32 builds are for the CPU"),
        ("phi-4", "fp16", {"gpu_layers": 0}, "fp16 builds are for GPUs"),
        ("phi-4", "int4", {"gpu_layers": 7}, "whole model on one device"),
        ("phi-3.5-moe", "fp16", {}, "as int4 for CUDA alone"),
        ("phi-3.5-moe", "int4", {"gpu_layers": 0}, "as int4 for CUDA alone"),
        ("phi-3-small-8k", "int4", {"gpu_layers": 0}, "for CUDA only"),
        ("phi-mini-moe", "int4", {}, "here they are equal"),
        ("phi-4-reasoning-vision-15b", "int4", {}, "no way for it in the model builder"),
    ],
)
def test_that_what_it_cannot_run_is_refused_with_the_reason(
    ledger_for, model, quant, options, said
):
    with pytest.raises(UnsupportedPlanError, match=said):
        ledger_for(model, "onnx-genai", quant, **options)


def test_that_a_wrong_format_is_answered_with_the_known_ones(ledger_for):
    with pytest.raises(PlannerError, match="ONNX Runtime GenAI quant format named 'Q4_0'"):
        ledger_for("phi-4", "onnx-genai", "Q4_0")


@pytest.mark.parametrize("name", list(RuntimeName))
def test_that_each_runtime_lists_its_formats_from_large_to_small(name):
    runtime = runtime_of(name)
    assert len(set(runtime.quant_formats)) == len(runtime.quant_formats) >= 3
    assert runtime.splits_layers is (name in ("llama.cpp", "transformers"))
