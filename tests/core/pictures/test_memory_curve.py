"""The curve says at every length what the ledger of that plan says, and no more."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.estimate import estimate
from planner.core.fit import FitVerdict
from planner.core.ledger import Part, Place
from planner.core.machine import PoolKind
from planner.core.pictures.memory_curve import (
    CurveSample,
    LimitKind,
    MemoryCurve,
    context_lengths,
    memory_curve,
)
from planner.core.plan import CacheType, GpuLayers, PlanOptions, RuntimeName, SplitMode
from planner.core.units import GIB
from tests.core.pictures.plans import MODELS, RAM, gpu

CARD = gpu(12, 10.6)
UNIFIED = gpu(64, 60, kind=PoolKind.UNIFIED, same_memory_as="ram")


def sample_at(curve: MemoryCurve, context_length: int) -> CurveSample:
    return next(each for each in curve.samples if each.context_length == context_length)


def size_at(curve: MemoryCurve, context_length: int, part: Part) -> int:
    return sample_at(curve, context_length).part_bytes[curve.parts.index(part)]


def limits_of(curve: MemoryCurve) -> dict[LimitKind, int]:
    return {limit.kind: limit.size_bytes for limit in curve.limits}


@pytest.mark.parametrize("runtime", [RuntimeName.LLAMA_CPP, RuntimeName.TRANSFORMERS])
@pytest.mark.parametrize("pool", [CARD, UNIFIED], ids=["card", "unified"])
def test_that_every_sample_is_the_sum_of_its_plans_ledger(detail_of, runtime, pool):
    quant_format = "Q4_K_M" if runtime is RuntimeName.LLAMA_CPP else "bf16"
    options = PlanOptions(runtime=runtime)
    detail = detail_of("phi-2", quant_format, pool, RAM, options=options)
    curve = memory_curve(detail, options)
    assert curve is not None
    places = (Place.GPU,) if pool is CARD else (Place.GPU, Place.HOST)
    for sample in curve.samples[::8]:
        plan = replace(
            options.plan(detail.model, quant_format), context_length=sample.context_length
        )
        ledger = estimate(detail.model, plan).ledger
        totals = [ledger.total(place) for place in places]
        assert sample.total_bytes == sum(total.expected_bytes for total in totals)
        assert sample.high_bytes == sum(total.high_bytes for total in totals)


def test_that_the_cache_of_phi_4_grows_by_its_published_shape(detail_of):
    # 40 layers, 10 key-value heads of 128, keys and values in 2 bytes (config.json).
    curve = memory_curve(detail_of("phi-4", "Q4_K_M", CARD, RAM), PlanOptions())
    assert curve is not None
    grown = size_at(curve, 8192, Part.KV_CACHE) - size_at(curve, 4096, Part.KV_CACHE)
    assert grown == 4096 * 2 * 40 * 10 * 128 * 2
    assert size_at(curve, 8192, Part.WEIGHTS) == size_at(curve, 256, Part.WEIGHTS)


def test_that_the_curve_is_of_all_layers_on_the_card_where_only_some_fit(detail_of):
    detail = detail_of("phi-4", "Q8_0", CARD, RAM)
    assert detail.result.verdict is FitVerdict.PARTIAL
    curve = memory_curve(detail, PlanOptions())
    assert curve is not None
    # 14.7 billion parameters of 8.5 bits are some 14.5 GiB.
    assert size_at(curve, 256, Part.WEIGHTS) > 13 * GIB
    assert curve.fits_context_length is None


def test_that_layers_left_in_ram_by_a_number_are_not_on_the_card(detail_of):
    options = PlanOptions(gpu_layers=20)
    curve = memory_curve(detail_of("phi-4", "Q8_0", CARD, RAM, options=options), options)
    assert curve is not None
    assert 4 * GIB < size_at(curve, 256, Part.WEIGHTS) < 8 * GIB


def test_that_ram_as_the_target_holds_everything(detail_of):
    curve = memory_curve(detail_of("phi-4", "Q4_K_M", RAM), PlanOptions())
    assert curve is not None
    assert size_at(curve, 256, Part.WEIGHTS) > 8 * GIB
    assert limits_of(curve) == {LimitKind.FREE: 48 * GIB, LimitKind.TOTAL: 64 * GIB}


@pytest.mark.parametrize(
    "options",
    [
        PlanOptions(),
        PlanOptions(cache_type_k=CacheType.Q8_0),
        PlanOptions(runtime=RuntimeName.TRANSFORMERS),
    ],
    ids=["one-cache-type", "two-cache-types", "transformers"],
)
def test_that_one_step_beyond_the_largest_context_does_not_fit(detail_of, options):
    is_llama = options.runtime is RuntimeName.LLAMA_CPP
    model, quant_format = ("phi-4", "Q4_K_M") if is_llama else ("phi-4-mini", "bf16")
    card = gpu(12, 10.6)
    detail = detail_of(model, quant_format, card, RAM, options=options)
    curve = memory_curve(detail, options)
    assert curve is not None
    assert curve.fits_context_length is not None
    assert curve.tight_context_length is not None
    step = 256 if is_llama else 1
    for longest, verdicts in (
        (curve.fits_context_length, [FitVerdict.FITS]),
        (curve.tight_context_length, [FitVerdict.FITS, FitVerdict.TIGHT]),
    ):
        for length, is_within in ((longest, True), (longest + step, False)):
            # All layers on the card, as the curve has them.
            asked = replace(options, context_length=length, gpu_layers=GpuLayers.ALL)
            found = detail_of(model, quant_format, card, RAM, options=asked).result.verdict
            assert (found in verdicts) is is_within


def test_that_two_cache_types_that_never_fit_have_no_largest_context(detail_of):
    options = PlanOptions(cache_type_k=CacheType.Q8_0)
    curve = memory_curve(detail_of("phi-4", "F16", CARD, RAM, options=options), options)
    assert curve is not None
    assert (curve.fits_context_length, curve.tight_context_length) == (None, None)


def test_that_nothing_is_drawn_where_the_runtime_refuses(detail_of):
    # A context may not be longer than the length that the cache is made for.
    options = PlanOptions(runtime=RuntimeName.ONNX_GENAI, max_length=4096, context_length=4096)
    detail = detail_of("phi-4-mini", "int4", CARD, RAM, options=options)
    curve = memory_curve(detail, options)
    assert curve is not None
    refused = [each for each in curve.samples if each.total_bytes is None]
    assert {each.context_length > 4096 for each in refused} == {True}
    assert all("maximum length" in (each.reason or "") for each in refused)
    assert len(curve.known) + len(refused) == len(curve.samples)
    assert [run[-1].context_length for run in curve.runs()] == [4096]


def test_that_a_curve_falls_into_runs_at_each_refusal():
    samples = tuple(
        CurveSample(context_length=length, part_bytes=sizes, high_bytes=sum(sizes))
        for length, sizes in ((1, (5,)), (2, ()), (3, (6,)), (4, (7,)))
    )
    curve = MemoryCurve(parts=(Part.WEIGHTS,), samples=samples)
    assert [[each.context_length for each in run] for run in curve.runs()] == [[1], [3, 4]]
    assert curve.highest_bytes == 7


def test_that_a_plan_of_which_nothing_can_be_said_has_no_curve(detail_of):
    detail = detail_of("phi-silica", "Q4_K_M", CARD, RAM)
    assert memory_curve(detail, PlanOptions()) is None


def test_that_a_card_that_does_not_say_what_is_free_has_no_line_for_it(detail_of):
    silent = gpu(12, free_bytes=None)
    curve = memory_curve(detail_of("phi-4", "Q4_K_M", silent, RAM), PlanOptions())
    assert curve is not None
    assert limits_of(curve) == {LimitKind.TOTAL: 12 * GIB}
    assert not curve.is_limit_known
    mute = gpu(12, free_bytes=None, total_bytes=None)
    curve = memory_curve(detail_of("phi-4", "Q4_K_M", mute, RAM), PlanOptions())
    assert curve is not None
    assert curve.limits == ()


def test_that_vllm_is_held_to_its_share_of_the_card(detail_of):
    options = PlanOptions(runtime=RuntimeName.VLLM, gpu_memory_utilization=0.5)
    card = gpu(24)
    curve = memory_curve(detail_of("phi-4-mini", "bf16", card, RAM, options=options), options)
    assert curve is not None
    assert limits_of(curve) == {LimitKind.SHARE: 12 * GIB, LimitKind.TOTAL: 24 * GIB}
    silent = gpu(24, free_bytes=None)
    options = PlanOptions(runtime=RuntimeName.VLLM)
    curve = memory_curve(detail_of("phi-4-mini", "bf16", silent, RAM, options=options), options)
    assert curve is not None
    assert limits_of(curve) == {LimitKind.TOTAL: 24 * GIB}


def test_that_a_split_over_two_cards_has_both_of_them_free(detail_of):
    options = PlanOptions(split_mode=SplitMode.LAYER)
    cards = gpu(24, 20), gpu(12, 10, id="gpu1")
    curve = memory_curve(
        detail_of("phi-3.5-moe", "Q4_K_M", *cards, RAM, options=options), options
    )
    assert curve is not None
    assert limits_of(curve) == {LimitKind.FREE: 30 * GIB, LimitKind.TOTAL: 36 * GIB}


@given(longest=st.integers(min_value=1, max_value=1 << 20))
def test_that_the_lengths_rise_to_the_longest_and_are_about_fifty(longest: int):
    lengths = context_lengths(longest)
    assert lengths[-1] == longest
    assert list(lengths) == sorted(set(lengths))
    assert len(lengths) <= 52
    assert all(length % 32 == 0 for length in lengths[1:-1])


@pytest.mark.parametrize("model_id", ["phi-2", "phi-4", "phi-4-mini"])
def test_that_every_doubling_is_among_the_lengths(model_id: str):
    longest = MODELS[model_id].context_length_limit
    assert longest is not None
    lengths = context_lengths(longest)
    doublings = [1 << power for power in range(8, 18) if 1 << power <= longest]
    assert set(doublings) <= set(lengths)
