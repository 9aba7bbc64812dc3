"""What ends a frontier: the model, memory, the runtime, and the words for it."""

from dataclasses import replace

import pytest

from planner.core.fit import FitVerdict, Reserve
from planner.core.frontier import frontier
from planner.core.machine import PoolKind
from planner.core.plan import (
    CACHE_TYPES,
    CacheType,
    GpuLayers,
    PlanOptions,
    RuntimeName,
    SplitMode,
)
from planner.core.units import GIB
from tests.core.frontiers import MODELS, frontier_of, machine_of, verdict_at


def test_that_a_cache_llama_cpp_refuses_has_no_context_and_the_reason():
    found = frontier_of(
        MODELS["phi-2"],
        machine_of(24 * GIB),
        "Q4_K_M",
        "F16",
        cache_types=(CacheType.F16, CacheType.Q8_0),
    )
    refused = found.cell("F16", CacheType.Q8_0)
    assert refused.fits_context_length is None
    assert refused.tight_context_length is None
    assert "does not divide the head size of 80" in (refused.reason or "")
    assert found.cell("F16", CacheType.F16).fits_context_length == 2048


def test_that_the_models_limit_bounds_the_frontier():
    found = frontier_of(MODELS["phi-4"], machine_of(80 * GIB))
    assert found.max_context_length == 16_384
    assert found.cells[0].fits_context_length == 16_384
    assert found.cells[0].reason is None


def test_that_a_format_that_never_fits_says_what_the_least_would_take():
    cell = frontier_of(MODELS["phi-4"], machine_of(8 * GIB)).cells[0]
    assert cell.fits_context_length is None
    assert cell.tight_context_length is None
    assert cell.reason == (
        "Even one token on the GPU needs 9.21 GiB, and 7.50 GiB may be used."
    )


def test_that_ram_beside_the_gpu_can_be_what_is_missing():
    cell = frontier_of(MODELS["phi-4"], machine_of(24 * GIB, 2 * GIB)).cells[0]
    assert cell.fits_context_length is None
    assert "of RAM beside it" in (cell.reason or "")
    assert cell.tight_context_length == 16_384


def test_that_unknown_memory_gives_no_context_and_the_drivers_reason():
    cell = frontier_of(MODELS["phi-4"], machine_of(None), target="gpu0").cells[0]
    assert cell.tight_context_length is None
    assert "The driver refused the question." in (cell.reason or "")


def test_that_nothing_is_promised_beside_ram_that_cannot_be_read():
    cell = frontier_of(MODELS["phi-4"], machine_of(24 * GIB, None)).cells[0]
    assert cell.fits_context_length is None
    assert cell.tight_context_length == 16_384
    assert cell.reason == (
        "Even one token is not promised on the GPU. How much of the RAM is free is not known: "
        "the system does not say."
    )


@pytest.mark.parametrize(
    ("model_id", "said"), [("phi-silica", "closed"), ("phi-3-small-8k", "block-sparse")]
)
def test_that_a_model_llama_cpp_cannot_run_has_the_reason(model_id, said):
    cell = frontier_of(MODELS[model_id], machine_of(24 * GIB)).cells[0]
    assert cell.fits_context_length is None
    assert said in (cell.reason or "")


@pytest.mark.parametrize(
    ("runtime", "quant_format", "gib"),
    [
        (RuntimeName.TRANSFORMERS, "nf4", 12),
        (RuntimeName.VLLM, "bf16", 12),
        (RuntimeName.ONNX_GENAI, "int4", 12),
        (RuntimeName.MLX, "4bit", 6),
        (RuntimeName.LLAMA_CPP, "Q4_K_M", 12),
    ],
)
def test_that_other_runtimes_are_asked_for_their_own_verdict(runtime, quant_format, gib):
    model = MODELS["phi-3-mini-128k"]
    kind = PoolKind.UNIFIED if runtime is RuntimeName.MLX else PoolKind.DEDICATED
    machine = machine_of(gib * GIB, kind=kind)
    machine = replace(
        machine,
        pools=tuple(replace(pool, total_bytes=pool.free_bytes) for pool in machine.pools),
    )
    # llama.cpp with its layers over all cards, here one.
    mode = SplitMode.LAYER if runtime is RuntimeName.LLAMA_CPP else SplitMode.NONE
    options = PlanOptions(runtime=runtime, gpu_layers=GpuLayers.ALL, split_mode=mode)
    found = frontier(
        model,
        options=options,
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
        quant_formats=(quant_format,),
    )
    assert found.cache_types == CACHE_TYPES[runtime]
    cell = found.cell(quant_format, CacheType.F16)
    longest = cell.tight_context_length
    assert longest is not None
    at, beyond = (
        verdict_at(model, machine, quant_format, context, options)
        for context in (longest, longest + 1)
    )
    assert at in (FitVerdict.FITS, FitVerdict.TIGHT)
    assert beyond not in (FitVerdict.FITS, FitVerdict.TIGHT)


@pytest.mark.parametrize(
    ("gpu_bytes", "said"),
    [(GIB, "needs"), (None, "The driver refused the question.")],
)
def test_that_other_runtimes_say_why_nothing_fits(gpu_bytes, said):
    machine = machine_of(gpu_bytes)
    cell = frontier_of(
        MODELS["phi-4"],
        machine,
        "nf4",
        options=PlanOptions(runtime=RuntimeName.TRANSFORMERS, gpu_layers=GpuLayers.ALL),
        target="gpu0",
    ).cells[0]
    assert cell.fits_context_length is None
    assert said in (cell.reason or "")
