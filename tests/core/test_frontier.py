"""The frontier: exact to the step, and never smaller on a larger machine."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.fit import FitVerdict, Reserve
from planner.core.frontier import Frontier, frontier, most_sequences
from planner.core.grid import evaluate
from planner.core.ledger import PlacedLines
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec, Support
from planner.core.plan import (
    CACHE_TYPES,
    CacheType,
    GpuLayers,
    Plan,
    PlanOptions,
    Program,
    RuntimeName,
    SplitMode,
)
from planner.core.quant_format import QUANT_FORMATS
from planner.core.runtimes.llama_cpp.totals import WholeStepTotals
from planner.core.target import choose_target
from planner.core.units import GIB

ALL_FORMATS = tuple(quant_format.name for quant_format in QUANT_FORMATS)
MODELS = {model.id: model for model in load_catalogue().models}
RUNNABLE = [
    model
    for model in MODELS.values()
    if model.runtimes["llama.cpp"].support is not Support.NONE
]


def machine_of(
    gpu_bytes: int | None,
    ram_bytes: int | None = 64 * GIB,
    *,
    kind: PoolKind = PoolKind.DEDICATED,
    has_gpu: bool = True,
) -> Machine:
    gpu = MemoryPool(
        id="gpu0",
        kind=kind,
        name="the GPU",
        source="test",
        free_bytes=gpu_bytes,
        notes=() if gpu_bytes is not None else ("The driver refused the question.",),
    )
    ram = MemoryPool(
        id="ram", kind=PoolKind.SYSTEM, name="the RAM", source="test", free_bytes=ram_bytes
    )
    return Machine(pools=(gpu, ram) if has_gpu else (ram,))


def frontier_of(
    model: ModelSpec,
    machine: Machine,
    *formats: str,
    options: PlanOptions | None = None,
    cache_types: tuple[CacheType, ...] = (CacheType.F16,),
    target: str | None = None,
) -> Frontier:
    return frontier(
        model,
        options=options or PlanOptions(),
        machine=machine,
        target=choose_target(machine, target),
        reserve=Reserve(),
        quant_formats=formats or ("Q4_K_M",),
        cache_types=cache_types,
    )


def verdict_at(
    model: ModelSpec,
    machine: Machine,
    quant_format: str,
    context_length: int,
    options: PlanOptions,
) -> FitVerdict:
    return evaluate(
        model,
        quant_format,
        options=replace(options, context_length=context_length),
        machine=machine,
        target=choose_target(machine),
        reserve=Reserve(),
    ).verdict


@st.composite
def questions(draw):
    model = draw(st.sampled_from(RUNNABLE))
    options = PlanOptions(
        parallel_sequences=draw(st.integers(1, 5)),
        unified_cache=draw(st.booleans()),
        flash_attention=draw(st.booleans()),
        micro_batch_size=draw(st.sampled_from([1, 100, 512, 2048, 8192])),
        batch_size=draw(st.sampled_from([512, 2048, 8192])),
        program=draw(st.sampled_from(Program)),
    )
    machine = machine_of(
        draw(st.integers(GIB, 64 * GIB)),
        draw(st.sampled_from([None, GIB, 8 * GIB, 128 * GIB])),
        kind=draw(st.sampled_from([PoolKind.DEDICATED, PoolKind.UNIFIED])),
        has_gpu=draw(st.booleans()),
    )
    return model, options, machine


@given(
    question=questions(),
    cache_type=st.sampled_from(CACHE_TYPES[RuntimeName.LLAMA_CPP]),
    data=st.data(),
)
def test_that_the_frontier_is_the_last_context_that_the_verdict_allows(
    question, cache_type, data
):
    model, options, machine = question
    quant = data.draw(st.sampled_from(ALL_FORMATS))
    cell = frontier_of(model, machine, quant, options=options, cache_types=(cache_type,)).cell(
        quant, cache_type
    )
    options = replace(options, cache_type_k=cache_type, cache_type_v=cache_type)
    longest = model.context_length_limit
    for context, accepted in (
        (cell.fits_context_length, (FitVerdict.FITS,)),
        (cell.tight_context_length, (FitVerdict.FITS, FitVerdict.TIGHT)),
    ):
        if context is not None:
            assert verdict_at(model, machine, quant, context, options) in accepted
        # A longer context than the frontier fits nowhere, not only at the next step.
        shortest = 1 if options.unified_cache else options.parallel_sequences
        lowest = shortest if context is None else context + 1
        if lowest <= longest:
            further = data.draw(st.integers(lowest, longest))
            for longer in {lowest, further, longest}:
                assert verdict_at(model, machine, quant, longer, options) not in accepted


@given(question=questions(), more=st.integers(0, 16 * GIB))
def test_that_more_memory_never_gives_a_smaller_frontier(question, more):
    model, options, machine = question
    larger = replace(
        machine,
        pools=tuple(
            replace(
                pool,
                free_bytes=None if pool.free_bytes is None else pool.free_bytes + more,
            )
            for pool in machine.pools
        ),
    )
    small, large = (
        frontier_of(model, each, "F16", "Q4_K_M", options=options, target=machine.pools[0].id)
        for each in (machine, larger)
    )
    for before, after in zip(small.cells, large.cells, strict=True):
        assert (after.fits_context_length or 0) >= (before.fits_context_length or 0)
        assert (after.tight_context_length or 0) >= (before.tight_context_length or 0)


@pytest.mark.parametrize("micro_batch", [512, 8192])
@pytest.mark.parametrize("free_gib", [6, 7, 8])
def test_that_a_buffer_that_shrinks_on_the_way_does_not_end_the_search(micro_batch, free_gib):
    """Logits of libllama wait for a small mask; from 2 x 3,072 cells on it is freed."""
    model = MODELS["phi-4-mini"]
    limit = model.context_length_limit or 0
    options = PlanOptions(
        program=Program.LIBRARY,
        micro_batch_size=micro_batch,
        batch_size=micro_batch,
        cache_type_k=CacheType.Q4_0,
        cache_type_v=CacheType.Q4_0,
    )
    for offset in range(8):
        machine = machine_of(free_gib * GIB + offset * GIB // 8)
        found = frontier_of(
            model, machine, options=options, cache_types=(CacheType.Q4_0,)
        ).cells[0]
        every = [
            context
            for context in range(256, limit + 1, 256)
            if verdict_at(model, machine, "Q4_K_M", context, options) is FitVerdict.FITS
        ]
        assert (found.fits_context_length or 0) >= max(every, default=0)
        assert (found.fits_context_length or 0) < max(every, default=0) + 256


def test_that_layers_in_ram_are_judged_on_both_sides():
    options = PlanOptions(gpu_layers=20)
    model = MODELS["phi-3-mini-128k"]
    machine = machine_of(6 * GIB, 24 * GIB)
    cell = frontier_of(model, machine, options=options).cells[0]
    assert cell.tight_context_length is not None
    assert cell.fits_context_length is not None
    assert cell.fits_context_length <= cell.tight_context_length < 131_072
    longest = cell.tight_context_length
    assert verdict_at(model, machine, "Q4_K_M", longest, options) is FitVerdict.PARTIAL
    assert verdict_at(model, machine, "Q4_K_M", longest + 1, options) is FitVerdict.NO


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


def test_that_the_formats_share_the_cache_and_the_buffers(monkeypatch):
    asked: list[tuple[int, CacheType, int]] = []
    totals = WholeStepTotals.totals

    def counted(self: WholeStepTotals, plan: Plan) -> PlacedLines:
        # Two of them: one for the sums, one for the least that they can be.
        asked.append((id(self), plan.cache_type_k, plan.context_length))
        return totals(self, plan)

    monkeypatch.setattr(WholeStepTotals, "totals", counted)
    frontier_of(
        MODELS["phi-3-mini-128k"],
        machine_of(16 * GIB),
        *ALL_FORMATS,
        cache_types=CACHE_TYPES[RuntimeName.LLAMA_CPP],
    )
    assert len(asked) == len(set(asked))
    # 30 formats x 8 types x 2 verdicts by bisection over 1,022 lengths would ask 4,800 times.
    assert len(asked) < 1500


def test_that_as_many_sequences_fit_as_the_verdict_allows():
    model, machine = MODELS["phi-3-mini-128k"], machine_of(24 * GIB)
    about: dict[str, Any] = {
        "machine": machine,
        "target": machine.pools[0],
        "reserve": Reserve(),
    }
    found = most_sequences(model, "Q4_K_M", context_length=4096, options=PlanOptions(), **about)

    def verdict(count: int) -> FitVerdict:
        options = PlanOptions(context_length=4096 * count, parallel_sequences=count)
        return evaluate(model, "Q4_K_M", options=options, **about).verdict

    assert found.fits_count is not None
    assert found.tight_count is not None
    assert verdict(found.fits_count) is FitVerdict.FITS
    assert verdict(found.fits_count + 1) is not FitVerdict.FITS
    assert verdict(found.tight_count) is FitVerdict.TIGHT
    assert verdict(found.tight_count + 1) not in (FitVerdict.FITS, FitVerdict.TIGHT)
    assert found.reason is None


def test_that_the_models_limit_bounds_the_sequences():
    machine = machine_of(80 * GIB)
    about: dict[str, Any] = {
        "options": PlanOptions(),
        "machine": machine,
        "target": machine.pools[0],
        "reserve": Reserve(),
    }
    found = most_sequences(MODELS["phi-4"], "Q4_K_M", context_length=4096, **about)
    assert found.fits_count == 4
    beyond = most_sequences(MODELS["phi-4"], "Q4_K_M", context_length=20_000, **about)
    assert beyond.fits_count is None
    assert "at most 16,384 tokens" in (beyond.reason or "")


def test_that_no_sequence_fits_says_what_one_would_take():
    machine = machine_of(8 * GIB)
    found = most_sequences(
        MODELS["phi-4"],
        "Q4_K_M",
        context_length=4096,
        options=PlanOptions(),
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    assert found.fits_count is None
    assert (found.reason or "").startswith("Even one sequence on the GPU needs 10.07 GiB")


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


def test_that_sequences_of_other_runtimes_each_have_their_own_context():
    machine = machine_of(24 * GIB)
    found = most_sequences(
        MODELS["phi-3-mini-4k"],
        "nf4",
        context_length=4096,
        options=PlanOptions(runtime=RuntimeName.TRANSFORMERS, gpu_layers=GpuLayers.ALL),
        machine=machine,
        target=machine.pools[0],
        reserve=Reserve(),
    )
    # One sequence alone is the model's limit; more of them are not.
    assert (found.tight_count or 0) > 1


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


@given(data=st.data())
def test_that_holes_in_the_buffers_hide_no_longer_context(data):
    # A buffer may be smaller at a longer context, where its tensors leave smaller holes: the
    # search must find what asking about every length finds.
    model = data.draw(
        st.sampled_from([MODELS[name] for name in ("phi-2", "phi-4-mini", "phi-4")])
    )
    every_layer = model.shape.layer_count + 1
    options = PlanOptions(
        gpu_layers=data.draw(st.sampled_from([1, 2, every_layer // 2, every_layer])),
        flash_attention=data.draw(st.booleans()),
        micro_batch_size=data.draw(st.sampled_from([128, 512])),
        parallel_sequences=data.draw(st.sampled_from([1, 3])),
    )
    cache_type = data.draw(st.sampled_from([CacheType.F32, CacheType.BF16, CacheType.F16]))
    machine = machine_of(data.draw(st.integers(GIB, 12 * GIB)), 8 * GIB)
    cell = frontier_of(model, machine, options=options, cache_types=(cache_type,)).cells[0]
    longest = cell.tight_context_length or 0
    assume(0 < longest < model.context_length_limit)
    both = {"cache_type_k": cache_type, "cache_type_v": cache_type}
    # The lengths at the end of a step, and beyond: none may fit.
    step = 256 * options.parallel_sequences
    lengths = [*range(longest + 1, min(longest + 9, step)), *range(step, 12 * step + 1, step)]
    for length in lengths:
        if longest < length <= model.context_length_limit:
            result = evaluate(
                model,
                "Q4_K_M",
                options=replace(options, context_length=length, **both),
                machine=machine,
                target=machine.pools[0],
                reserve=Reserve(),
            )
            assert result.verdict is FitVerdict.NO, length


def test_that_keys_and_values_of_two_types_have_cells_of_their_own():
    options = PlanOptions(cache_type_k=CacheType.Q8_0, cache_type_v=CacheType.Q4_0)
    types = (CacheType.Q8_0, CacheType.Q4_0)
    found = frontier_of(
        MODELS["phi-4"], machine_of(11 * GIB), options=options, cache_types=types
    )
    (mixed,) = found.mixed_cells
    assert (mixed.cache_type, mixed.cache_type_v) == types
    eight, four = (found.cell("Q4_K_M", each).fits_context_length or 0 for each in types)
    assert eight < (mixed.fits_context_length or 0) < four
    assert frontier_of(MODELS["phi-4"], machine_of(12 * GIB)).mixed_cells == ()
