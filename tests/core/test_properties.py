"""What must hold for every plan."""

import dataclasses

from hypothesis import given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.estimate import estimate
from planner.core.ledger import MemoryLedger, Part, Place
from planner.core.model_spec import ModelSpec, Support
from planner.core.plan import CacheType, Plan, Program, offloadable_layer_count
from planner.core.quant_format import QUANT_FORMATS

RUNNABLE = [
    model
    for model in load_catalogue().models
    if model.runtimes["llama.cpp"].support is not Support.NONE
]


@st.composite
def plans(draw, *, whole: bool = False) -> tuple[ModelSpec, Plan]:
    model = draw(st.sampled_from(RUNNABLE))
    layers = offloadable_layer_count(model.shape)
    counts = st.sampled_from([0, layers]) if whole else st.integers(0, layers)
    parallel = draw(st.integers(1, 8))
    return model, Plan(
        model_id=model.id,
        quant_format=draw(st.sampled_from(QUANT_FORMATS)).name,
        context_length=draw(st.integers(parallel, model.context_length_limit)),
        gpu_layer_count=draw(counts),
        parallel_sequences=parallel,
        cache_type_k=draw(st.sampled_from(CacheType)),
        cache_type_v=draw(st.sampled_from(CacheType)),
        flash_attention=draw(st.booleans()),
        micro_batch_size=draw(st.integers(1, 2048)),
        program=draw(st.sampled_from(Program)),
    )


def ledger_of(model: ModelSpec, plan: Plan) -> MemoryLedger | None:
    try:
        return estimate(model, plan).ledger
    except PlannerError:
        return None


def everywhere(ledger: MemoryLedger) -> int:
    return sum(ledger.total(place).expected_bytes for place in Place)


@given(case=plans(), more=st.integers(0, 4096))
def test_that_a_longer_context_never_holds_a_smaller_cache(case, more):
    model, plan = case
    longer = min(plan.context_length + more, model.context_length_limit)
    before = ledger_of(model, plan)
    after = ledger_of(model, dataclasses.replace(plan, context_length=longer))
    if before and after:
        for place in Place:
            assert (
                after.part(Part.KV_CACHE, place).expected_bytes
                >= before.part(Part.KV_CACHE, place).expected_bytes
            )


@given(case=plans(whole=True))
def test_that_a_fatter_cache_type_never_needs_less_cache(case):
    model, plan = case
    thin = ledger_of(model, plan)
    fat = ledger_of(
        model, dataclasses.replace(plan, cache_type_k=CacheType.F32, cache_type_v=CacheType.F32)
    )
    if thin and fat:
        for place in Place:
            thin_bytes = thin.part(Part.KV_CACHE, place).expected_bytes
            assert fat.part(Part.KV_CACHE, place).expected_bytes >= thin_bytes


@given(case=plans())
def test_that_every_line_is_a_whole_sentence_with_a_source(case):
    model, plan = case
    ledger = ledger_of(model, plan)
    if ledger is None:
        return
    for line in ledger.lines:
        assert "{" not in line.formula
        assert line.reason.endswith(".")
        assert line.source
        assert line.band.expected_bytes >= 0


@given(case=plans())
def test_that_the_cache_of_both_sides_is_the_whole_cache(case):
    model, plan = case
    # Without the padding of CUDA's rows, which only a quantised cache on a GPU has.
    plain = dataclasses.replace(plan, cache_type_k=CacheType.F16, cache_type_v=CacheType.F16)
    split = ledger_of(model, plain)
    whole = ledger_of(model, dataclasses.replace(plain, gpu_layer_count=0))
    if split and whole:
        both = sum(split.part(Part.KV_CACHE, place).expected_bytes for place in Place)
        assert both == whole.part(Part.KV_CACHE, Place.HOST).expected_bytes


@given(case=plans())
def test_that_a_plan_is_answered_the_same_twice(case):
    model, plan = case
    assert ledger_of(model, plan) == ledger_of(model, plan)
