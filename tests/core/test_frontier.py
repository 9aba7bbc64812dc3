"""The frontier: exact to the step, and never smaller on a larger machine."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.core.fit import FitVerdict, Reserve
from planner.core.grid import evaluate
from planner.core.ledger import PlacedLines
from planner.core.machine import PoolKind
from planner.core.plan import (
    CACHE_TYPES,
    CacheType,
    GpuLayers,
    Plan,
    PlanOptions,
    Program,
    RuntimeName,
)
from planner.core.runtimes.llama_cpp.totals import WholeStepTotals
from planner.core.target import choose_target
from planner.core.units import GIB
from tests.core.frontiers import (
    ALL_FORMATS,
    MODELS,
    RUNNABLE,
    frontier_of,
    machine_of,
    verdict_at,
)


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
    # The frontier is about plans that are on the GPU as a whole: no layers need be counted.
    whole = replace(options, gpu_layers=GpuLayers.ALL)
    for offset in range(8):
        machine = machine_of(free_gib * GIB + offset * GIB // 8)
        found = frontier_of(
            model, machine, options=options, cache_types=(CacheType.Q4_0,)
        ).cells[0]
        assert found.fits_context_length is not None
        last = found.fits_context_length // 256 * 256
        assert verdict_at(model, machine, "Q4_K_M", last, whole) is FitVerdict.FITS
        # None of the next 8,192 tokens, among them where the mask is freed, and some beyond.
        beyond = {*range(last, last + 8192, 256), *range(last, limit, 4096), limit} - {last}
        for context in sorted(each for each in beyond if each <= limit):
            verdict = verdict_at(model, machine, "Q4_K_M", context, whole)
            assert verdict is not FitVerdict.FITS, context


def test_that_a_context_behind_two_that_do_not_fit_is_found():
    """At 6,144 tokens the buffer is smaller than at 5,888 by more than the cache has grown."""
    model = MODELS["phi-4-mini"]
    options = PlanOptions(program=Program.LIBRARY, micro_batch_size=4096, batch_size=4096)
    large = machine_of(64 * GIB)
    needed = evaluate(
        model,
        "Q4_K_M",
        options=replace(options, context_length=6144),
        machine=large,
        target=choose_target(large),
        reserve=Reserve(),
    ).needed
    assert needed is not None
    machine = machine_of(needed.high_bytes + Reserve().gpu_bytes)
    fits = [
        verdict_at(model, machine, "Q4_K_M", context, options) is FitVerdict.FITS
        for context in (5376, 5632, 5888, 6144, 6400)
    ]
    assert fits == [True, False, False, True, False]
    assert frontier_of(model, machine, options=options).cells[0].fits_context_length == 6144


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
