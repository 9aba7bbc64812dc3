"""Speed: modelled bands, slower with every token in the cache, never a guess for a gap."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.model_spec import Support
from planner.core.plan import CACHE_TYPES, CacheType, PlanOptions, Program, RuntimeName
from planner.core.quant_format import QUANT_FORMATS, find_quant_format
from planner.core.runtimes.llama_cpp.weights import gguf_weights
from planner.core.speed import (
    DECODE_EFFICIENCY,
    PREFILL_EFFICIENCY,
    ProcessorRates,
    SpeedEstimate,
    speed,
    speed_curve,
)

MODELS = {model.id: model for model in load_catalogue().models}
RUNNABLE = [
    model
    for model in MODELS.values()
    if model.runtimes["llama.cpp"].support is not Support.NONE
]
# Data sheets: 1,008 GB/s and 330 dense FP16 TFLOPS; two channels of DDR5-5600.
RTX_4090 = ProcessorRates(name="RTX 4090", memory_bandwidth_gb_per_s=1008.0, fp16_tflops=330.0)
DDR5 = ProcessorRates(name="DDR5-5600", memory_bandwidth_gb_per_s=89.6, fp16_tflops=1.0)


def speed_of(
    model_id: str,
    quant_format: str = "Q4_K_M",
    *,
    context: int = 1,
    gpu: ProcessorRates | None = RTX_4090,
    host: ProcessorRates | None = DDR5,
    **options,
) -> SpeedEstimate:
    model = MODELS[model_id]
    plan = PlanOptions(**options).plan(model, quant_format)
    return speed(model, plan, context_length=context, gpu=gpu, host=host)


def expected_decode(estimate: SpeedEstimate) -> float:
    assert estimate.decode is not None
    return estimate.decode.expected_tokens_per_s


def test_that_decode_reads_every_weight_but_the_embedding_once_a_token():
    shape = MODELS["phi-4"].shape
    assert shape is not None
    weights = gguf_weights(shape, find_quant_format("Q4_K_M"))
    cached = 2 * 40 * 10 * 128 * 2  # 200 KiB a token, as llama.cpp prints it
    read = weights.tensor_bytes - weights.token_embedding_bytes + 1000 * cached
    decode = speed_of("phi-4", context=1000).decode
    assert decode is not None
    assert decode.low_tokens_per_s == pytest.approx(0.60 * 1008e9 / read)
    assert decode.expected_tokens_per_s == pytest.approx(0.75 * 1008e9 / read)
    assert decode.high_tokens_per_s == pytest.approx(0.90 * 1008e9 / read)


def test_that_published_speeds_lie_within_the_bands():
    """RTX 4090, Llama 8B Q4_0: 193.09 decoded (PR 20586), 10,358.75 read a second (PR 7676).

    No Llama is in the catalogue; Phi-3-medium's figures are scaled by what each token takes:
    4.36 GB of weights, and 7.5 billion parameters in the layers and the head.
    """
    shape = MODELS["phi-3-medium-128k"].shape
    assert shape is not None
    weights = gguf_weights(shape, find_quant_format("Q4_0"))
    estimate = speed_of("phi-3-medium-128k", "Q4_0", context=256)
    cache = 256 * 40 * 10 * 128 * 2 * 2
    read = weights.tensor_bytes - weights.token_embedding_bytes + cache
    decode, prefill = estimate.decode, estimate.prefill
    assert decode is not None
    assert prefill is not None
    measured = 193.09 * 4.36e9 / read
    assert decode.low_tokens_per_s < measured < decode.high_tokens_per_s
    measured = 10_358.75 * 7.5e9 / 13.63e9
    assert prefill.low_tokens_per_s < measured < prefill.high_tokens_per_s


def test_that_a_mixture_decodes_by_its_active_experts():
    # 41.9 billion parameters, 6.6 active: two of sixteen experts a token.
    dense, mixture = speed_of("phi-3-medium-4k"), speed_of("phi-3.5-moe")
    assert expected_decode(mixture) > 1.8 * expected_decode(dense)
    shape = MODELS["phi-3.5-moe"].shape
    assert shape is not None
    whole = gguf_weights(shape, find_quant_format("Q4_K_M")).tensor_bytes
    assert expected_decode(mixture) > 4 * 0.75 * 1008e9 / whole


def test_that_a_prompt_of_a_mixture_still_reads_every_expert():
    slow = dataclasses.replace(RTX_4090, memory_bandwidth_gb_per_s=50.0)
    fast = speed_of("phi-3.5-moe", context=2048).prefill
    bound = speed_of("phi-3.5-moe", context=2048, gpu=slow).prefill
    assert fast is not None
    assert bound is not None
    shape = MODELS["phi-3.5-moe"].shape
    assert shape is not None
    weights = gguf_weights(shape, find_quant_format("Q4_K_M"))
    read = weights.tensor_bytes - weights.token_embedding_bytes
    # Four micro-batches of 512 tokens read the weights four times.
    assert bound.high_tokens_per_s == pytest.approx(2048 / (4 * read / (0.9 * 50e9)))
    assert fast.expected_tokens_per_s > bound.expected_tokens_per_s


def test_that_a_tied_embedding_is_read_as_the_head():
    shape = MODELS["phi-4-mini"].shape
    assert shape is not None
    weights = gguf_weights(shape, find_quant_format("Q4_K_M"))
    decode = expected_decode(speed_of("phi-4-mini"))
    assert decode == pytest.approx(0.75 * 1008e9 / weights.tensor_bytes, rel=0.001)


def test_that_experts_in_ram_are_read_from_there():
    none, half, every = (
        speed_of("phi-3.5-moe", cpu_expert_layers=layers, context=512) for layers in (0, 16, 32)
    )
    assert expected_decode(every) < expected_decode(half) < expected_decode(none)
    shape = MODELS["phi-3.5-moe"].shape
    assert shape is not None
    stored = gguf_weights(shape, find_quant_format("Q4_K_M")).stored
    experts = sum(each.total_bytes for each in stored if "_exps" in each.tensor_set.name)
    # Two of sixteen experts a token at 89.6 GB/s: RAM alone takes that long.
    assert expected_decode(every) < 0.75 * 89.6e9 / (experts / 8)
    assert every.prefill is not None
    assert none.prefill is not None
    assert every.prefill.expected_tokens_per_s < none.prefill.expected_tokens_per_s
    unknown = speed_of("phi-3.5-moe", cpu_expert_layers=1, host=None)
    assert "bandwidth of RAM" in unknown.reasons[0]
    on_cpu = speed_of("phi-3.5-moe", cpu_expert_layers=1, gpu_layers=0, gpu=None)
    assert on_cpu.decode is not None


def test_that_a_split_follows_the_slower_side():
    whole, half, none = (
        expected_decode(speed_of("phi-4", gpu_layers=layers)) for layers in (41, 21, 0)
    )
    assert none < half < whole
    # Half of the layers read from RAM at a tenth of the bandwidth: near twice the RAM's speed.
    assert half < 2.2 * none


@given(
    model=st.sampled_from(RUNNABLE),
    quant=st.sampled_from(QUANT_FORMATS),
    context=st.integers(1, 131_072),
    more=st.integers(1, 100_000),
    layers=st.integers(0, 50),
    cache_type=st.sampled_from(CACHE_TYPES[RuntimeName.LLAMA_CPP]),
    program=st.sampled_from(Program),
)
def test_that_decode_slows_with_every_token_in_the_cache(
    *, model, quant, context, more, layers, cache_type, program
):
    options = PlanOptions(
        cache_type_k=cache_type, cache_type_v=CacheType.F16, gpu_layers=layers, program=program
    )
    plan = options.plan(model, quant.name)
    try:
        near, far = speed_curve(
            model, plan, context_lengths=(context, context + more), gpu=RTX_4090, host=DDR5
        )
    except PlannerError:
        assert model.id == "phi-2"
        return
    assert near.decode is not None
    assert far.decode is not None
    assert far.decode.expected_tokens_per_s < near.decode.expected_tokens_per_s
    for estimate in (near, far):
        for band in (estimate.decode, estimate.prefill):
            assert band is not None
            assert 0 < band.low_tokens_per_s < band.expected_tokens_per_s
            assert band.expected_tokens_per_s < band.high_tokens_per_s


def test_that_a_long_prompt_is_read_slower_than_a_short_one():
    short, long = (
        speed_of("phi-3-mini-128k", context=context).prefill for context in (512, 65_536)
    )
    assert short is not None
    assert long is not None
    assert long.expected_tokens_per_s < short.expected_tokens_per_s


def test_that_unknown_bandwidth_gives_no_speed_and_the_reason():
    unknown = ProcessorRates(name="Some card", fp16_tflops=100.0)
    estimate = speed_of("phi-4", gpu=unknown)
    assert estimate.decode is None
    assert estimate.prefill is None
    assert estimate.reasons == (
        "The memory bandwidth of Some card is not known, so no speed can be modelled.",
    )


def test_that_unknown_compute_still_gives_decode():
    unknown = ProcessorRates(name="Some card", memory_bandwidth_gb_per_s=500.0)
    estimate = speed_of("phi-4", gpu=unknown)
    assert estimate.decode is not None
    assert estimate.prefill is None
    assert "compute of Some card" in estimate.reasons[0]


def test_that_only_the_sides_that_compute_must_be_known():
    assert speed_of("phi-4", host=None).decode is not None
    split = speed_of("phi-4", gpu_layers=5, host=None)
    assert split.decode is None
    assert "bandwidth of RAM" in split.reasons[0]
    on_cpu = speed_of("phi-4", gpu_layers=0, gpu=None)
    assert on_cpu.decode is not None
    assert "bandwidth of the GPU" in speed_of("phi-4", gpu=None).reasons[0]


def test_that_every_speed_is_called_modelled_and_names_its_sources():
    estimate = speed_of("phi-4")
    assert estimate.is_modelled
    assert estimate.sources == (DECODE_EFFICIENCY.source, PREFILL_EFFICIENCY.source)


def test_that_a_refused_plan_has_no_speed():
    with pytest.raises(PlannerError, match="block-sparse"):
        speed_of("phi-3-small-8k")


@pytest.mark.parametrize(
    ("runtime", "quant_format", "bits"),
    [(RuntimeName.TRANSFORMERS, "bf16", 16), (RuntimeName.VLLM, "bf16", 16)],
)
def test_that_other_runtimes_read_what_they_hold(runtime, quant_format, bits):
    decode = expected_decode(speed_of("phi-4", quant_format, runtime=runtime))
    # 14,659,507,200 parameters, of which the input embedding (513,802,240) is looked up.
    read = (14_659_507_200 - 513_802_240) * bits / 8
    assert decode == pytest.approx(0.75 * 1008e9 / read, rel=0.001)


def test_that_cards_in_parallel_share_the_work():
    one, two = (
        speed_of("phi-4", "bf16", runtime=RuntimeName.VLLM, tensor_parallel=cards, context=8192)
        for cards in (1, 2)
    )
    assert expected_decode(two) == pytest.approx(2 * expected_decode(one), rel=0.01)
    assert one.prefill is not None
    assert two.prefill is not None
    assert two.prefill.expected_tokens_per_s > 1.9 * one.prefill.expected_tokens_per_s
