"""vLLM: blocks, the share it takes, cards in parallel, refusals."""

import dataclasses
import math

import pytest

from planner.core.errors import PlannerError, UnsupportedPlanError
from planner.core.estimate import estimate
from planner.core.ledger import Part, Place
from planner.core.plan import CacheType
from planner.core.runtimes.vllm import capacity
from planner.core.units import GIB


def cache(ledger):
    return ledger.part(Part.KV_CACHE, Place.GPU).expected_bytes


def test_that_a_cache_is_whole_blocks_of_16_tokens(ledger_for):
    ledger = ledger_for("phi-4", "vllm", "bf16", context_length=100, parallel_sequences=3)
    assert cache(ledger) == 3 * 7 * 16 * 204_800


def test_that_fp8_halves_the_cache(ledger_for):
    fp8 = {"cache_type_k": CacheType.FP8, "cache_type_v": CacheType.FP8}
    assert 2 * cache(ledger_for("phi-4", "vllm", "bf16", **fp8)) == cache(
        ledger_for("phi-4", "vllm", "bf16")
    )


def test_that_two_cards_hold_half_each(ledger_for):
    # Llama-3-8B was logged at 14.96 and 7.48 GiB (vllm pull request 10511): just half.
    one, two = (ledger_for("phi-4", "vllm", "bf16", tensor_parallel=count) for count in (1, 2))
    weights = [each.part(Part.WEIGHTS, Place.GPU).expected_bytes for each in (one, two)]
    assert weights[1] / weights[0] == pytest.approx(0.5, rel=1e-4)
    assert cache(one) == 2 * cache(two)


def test_that_cards_beyond_the_kv_heads_hold_one_head_each(ledger_for):
    one, most = (
        ledger_for("phi-3.5-moe", "vllm", "bf16", tensor_parallel=count) for count in (8, 16)
    )
    assert cache(one) == cache(most)


def test_that_a_window_saves_little_with_chunks_of_a_batch(ledger_for):
    line = next(
        line
        for line in ledger_for("phi-3-mini-4k", "vllm", "bf16", batch_size=512).lines
        if line.part is Part.KV_CACHE
    )
    # 2,046 + 512 tokens are 160 blocks, and one more; without the window 256.
    assert line.band.low_bytes == 161 * 6_291_456
    assert line.band.expected_bytes == line.band.high_bytes == 256 * 6_291_456
    assert "sliding window of 2,047" in line.reason


def test_that_the_pool_is_what_the_share_leaves(catalogue, plan_for):
    model = catalogue["phi-4-mini"]
    plan = plan_for("phi-4-mini", "vllm", "bf16", context_length=8192)
    pool = capacity(model, plan, total_bytes=24 * GIB)
    ledger = estimate(model, plan).ledger
    needs = ledger.total(Place.GPU).expected_bytes - cache(ledger)
    assert pool.requested_bytes == math.ceil(24 * GIB * 0.92)
    assert pool.expected_blocks == (pool.requested_bytes - needs) // pool.block_bytes
    assert pool.expected_tokens == pool.expected_blocks * 16
    assert pool.expected_sequences == pool.expected_blocks // 512
    assert pool.low_sequences <= pool.expected_sequences <= pool.high_sequences


def test_that_no_pool_is_left_on_a_card_that_is_too_small(catalogue, plan_for):
    pool = capacity(catalogue["phi-4"], plan_for("phi-4", "vllm", "bf16"), total_bytes=24 * GIB)
    assert pool.high_blocks == pool.expected_sequences == 0


def test_that_enforce_eager_goes_without_graphs(ledger_for):
    graphs = ledger_for("phi-4", "vllm", "bf16").total(Place.GPU)
    none = ledger_for("phi-4", "vllm", "bf16", enforce_eager=True).total(Place.GPU)
    assert graphs.expected_bytes - none.expected_bytes == GIB * 65 // 100


@pytest.mark.parametrize(
    ("quant", "said"),
    [
        ("bnb-nf4", "unpacks the scales"),
        ("bnb-nf4-dq", "Unsloth's vLLM alone"),
        ("fp8", "other weights are packed"),
    ],
)
def test_that_the_reason_tells_how_the_weights_are_packed(ledger_for, quant, said):
    assert said in ledger_for("phi-4", "vllm", quant).lines[0].reason


@pytest.mark.parametrize(
    ("model", "options", "said"),
    [
        ("phi-3-small-8k", {}, r"0\.9\.2 is the last release"),
        ("phi-4-mini-flash-reasoning", {}, r"0\.10\.2 is the last release"),
        ("phi-4", {"gpu_layers": 0}, "no figures for its CPU build"),
        ("phi-4", {"gpu_layers": 5}, "5 of 41 layers on the GPU"),
        ("phi-4-mini", {"tensor_parallel": 3}, "8 KV heads do not divide by 3"),
        ("phi-4", {"tensor_parallel": 3}, "40 attention heads do not divide by 3"),
        ("phi-3.5-mini", {"tensor_parallel": 64}, "32 attention heads do not divide by 64"),
        ("phi-4", {"parallel_sequences": 9, "max_sequences": 8}, "at most 8 sequences"),
        ("phi-4", {"cache_type_k": CacheType.Q8_0}, "vllm has no q8_0 cache"),
        ("phi-4", {"cache_type_k": CacheType.FP8}, "fp8 and f16 cannot be mixed"),
    ],
)
def test_that_what_vllm_cannot_run_is_refused_with_the_reason(ledger_for, model, options, said):
    with pytest.raises(UnsupportedPlanError, match=said):
        ledger_for(model, "vllm", "bf16", **options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"gpu_memory_utilization": 0}, "above 0 and at most 1; it is 0"),
        ({"gpu_memory_utilization": 1.5}, r"it is 1\.5"),
        ({"tensor_parallel": 65}, "between 1 and 64"),
        ({"prompt_length": 5000}, "between 1 and 4,096; it is 5,000"),
        ({"max_length": 1000}, r"maximum length of 1,000 tokens is below"),
        ({"chunk_size": 0}, "The chunk size must be between 1"),
        ({"max_sequences": 0}, "sequences that vLLM runs must be between 1"),
    ],
)
def test_that_figures_out_of_range_are_refused_by_name(ledger_for, options, said):
    with pytest.raises(PlannerError, match=said):
        ledger_for("phi-4", "vllm", "bf16", **options)


def test_that_feed_forward_rows_must_divide_too(catalogue, plan_for):
    model = catalogue["phi-4-mini"]
    shape = dataclasses.replace(model.shape, feed_forward_length=8190)
    with pytest.raises(UnsupportedPlanError, match=r"rows \(8,190\) do not divide by 4"):
        estimate(
            dataclasses.replace(model, shape=shape),
            plan_for("phi-4-mini", "vllm", "bf16", tensor_parallel=4),
        )


def test_that_a_wrong_format_is_answered_with_the_known_ones(ledger_for):
    with pytest.raises(PlannerError, match="no vLLM quant format named 'Q4_K_M'"):
        ledger_for("phi-4", "vllm", "Q4_K_M")


def test_that_tensor_parallelism_is_vllms_alone(ledger_for):
    with pytest.raises(UnsupportedPlanError, match="estimated for vLLM alone"):
        ledger_for("phi-4", "transformers", "bf16", tensor_parallel=2)
    with pytest.raises(UnsupportedPlanError, match="estimated for vLLM alone"):
        ledger_for("phi-4", "llama.cpp", "Q4_K_M", tensor_parallel=2)


def test_that_llama_cpp_has_no_fp8_cache(ledger_for):
    with pytest.raises(UnsupportedPlanError, match=r"llama\.cpp has no fp8 cache"):
        ledger_for("phi-4", "llama.cpp", "Q4_K_M", cache_type_k=CacheType.FP8)
