"""What must hold for every plan of every runtime."""

import dataclasses
import itertools
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.errors import UnsupportedPlanError
from planner.core.estimate import estimate, runtime_of
from planner.core.ledger import Band, MemoryLedger, Part, Place
from planner.core.model_spec import ModelSpec
from planner.core.plan import (
    CACHE_TYPES,
    Attention,
    CacheKind,
    Plan,
    RuntimeName,
    offloadable_layer_count,
)

MODELS = [model for model in load_catalogue().models if model.shape is not None]
RUNTIMES = [name for name in RuntimeName if name is not RuntimeName.LLAMA_CPP]


@st.composite
def plans(draw, *, runtimes: Sequence[RuntimeName] = RUNTIMES) -> tuple[ModelSpec, Plan]:
    model = draw(st.sampled_from(MODELS))
    runtime = draw(st.sampled_from(runtimes))
    layers = offloadable_layer_count(model.shape)
    context = draw(st.integers(1, model.context_length_limit))
    prompt = draw(st.none() | st.integers(1, context))
    cache_type = draw(st.sampled_from(CACHE_TYPES[runtime]))
    return model, Plan(
        model_id=model.id,
        quant_format=draw(st.sampled_from(runtime_of(runtime).quant_formats)),
        context_length=context,
        gpu_layer_count=draw(st.sampled_from([0, 1, layers // 2, layers, layers])),
        runtime=runtime,
        parallel_sequences=draw(st.integers(1, 8)),
        cache_type_k=cache_type,
        cache_type_v=cache_type,
        attention=draw(st.sampled_from(Attention)),
        cache_kind=draw(st.sampled_from(CacheKind)),
        prompt_length=prompt,
        chunk_size=draw(st.none() | st.integers(1, 4096)),
        tensor_parallel=draw(st.sampled_from([1, 1, 2])) if runtime is RuntimeName.VLLM else 1,
        enforce_eager=draw(st.booleans()),
    )


def ledger_of(model: ModelSpec, plan: Plan) -> MemoryLedger | None:
    try:
        return estimate(model, plan).ledger
    except UnsupportedPlanError:
        return None


def never_less(before: MemoryLedger | None, after: MemoryLedger | None) -> bool:
    if before is None or after is None:
        return True
    return all(
        ends(after.total(place))[end] >= ends(before.total(place))[end]
        for place in Place
        for end in range(3)
    )


def ends(band: Band) -> tuple[int, int, int]:
    return band.low_bytes, band.expected_bytes, band.high_bytes


@given(case=plans(), more=st.integers(0, 8192))
def test_that_a_longer_context_never_needs_less(case, more):
    model, plan = case
    longer = min(plan.context_length + more, model.context_length_limit)
    after = ledger_of(model, dataclasses.replace(plan, context_length=longer))
    assert never_less(ledger_of(model, plan), after)


@given(case=plans(), more=st.integers(0, 8))
def test_that_more_sequences_never_need_less(case, more):
    model, plan = case
    count = plan.parallel_sequences + more
    after = ledger_of(model, dataclasses.replace(plan, parallel_sequences=count))
    assert never_less(ledger_of(model, plan), after)


@given(case=plans(), more=st.integers(0, 8192))
def test_that_a_longer_prompt_never_needs_less(case, more):
    model, plan = case
    prompt = min(plan.prompt_tokens + more, plan.context_length)
    # A short prompt of a longrope model is read again, so it can be no shorter than that.
    after = ledger_of(model, dataclasses.replace(plan, prompt_length=prompt))
    if plan.prompt_tokens > 4096 or not model.shape.rope_factor_count:
        assert never_less(ledger_of(model, plan), after)


@given(case=plans())
def test_that_a_fatter_format_never_has_smaller_weights(case):
    model, plan = case
    # Quantisers treat encoders each in their own way; the text is what a format says.
    model = dataclasses.replace(model, components=())
    sizes = []
    for quant in runtime_of(plan.runtime).quant_formats:
        ledger = ledger_of(model, dataclasses.replace(plan, quant_format=quant))
        if ledger is not None:
            sizes.append(sum(ledger.part(Part.WEIGHTS, place).low_bytes for place in Place))
    assert all(fat >= thin for fat, thin in itertools.pairwise(sizes))


@given(case=plans(runtimes=[RuntimeName.VLLM, RuntimeName.MLX]))
def test_that_a_fatter_cache_never_needs_less(case):
    model, plan = case
    ledgers = [
        ledger_of(model, dataclasses.replace(plan, cache_type_k=each, cache_type_v=each))
        for each in CACHE_TYPES[plan.runtime]
    ]
    assert all(never_less(thin, fat) for fat, thin in itertools.pairwise(ledgers))


@given(case=plans())
def test_that_every_line_is_a_whole_sentence_with_a_source(case):
    model, plan = case
    ledger = ledger_of(model, plan)
    for line in () if ledger is None else ledger.lines:
        assert "{" not in line.formula
        assert line.reason.endswith(".")
        assert line.source
        assert line.band.high_bytes > 0


@given(case=plans())
def test_that_what_runs_on_the_cpu_takes_nothing_of_the_gpu(case):
    model, plan = case
    ledger = ledger_of(model, dataclasses.replace(plan, gpu_layer_count=0))
    if ledger is not None:
        assert ledger.total(Place.GPU).high_bytes == 0
        assert plan.runtime in (RuntimeName.TRANSFORMERS, RuntimeName.ONNX_GENAI)
