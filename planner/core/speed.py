"""How fast, modelled: decode and prefill as rooflines of bandwidth and compute.

Nothing here was measured on the machine in question. A token is decoded no faster than the
weights it uses and its cache can be read; a prompt is read no faster than its multiplications
can be done. Real programs reach a part of either peak, and that part is a range with sources.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from planner.core.blocks import Role
from planner.core.estimate import runtime_of
from planner.core.ledger import Place
from planner.core.model_spec import ModelSpec, TransformerShape
from planner.core.plan import CacheType, Plan, RuntimeName, require_shape
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.memory import plan_weights
from planner.core.tensors import active_parameter_count, text_tensor_sets
from planner.core.units import GB


@dataclass(frozen=True, slots=True, kw_only=True)
class EfficiencyRange:
    """Which part of a peak programs reach, and where that was seen."""

    low_ratio: float
    expected_ratio: float
    high_ratio: float
    source: str

    @property
    def ratios(self) -> tuple[float, float, float]:
        """From the slowest to the fastest."""
        return (self.low_ratio, self.expected_ratio, self.high_ratio)


# Bytes read per token (weights and cache) x tokens per second, against the card's peak.
DECODE_EFFICIENCY: Final = EfficiencyRange(
    low_ratio=0.60,
    expected_ratio=0.75,
    high_ratio=0.90,
    source=(
        "llama.cpp's own benchmarks with Q4_0: P40 0.61 (Llama 7B, PR 4766), RTX 4090 0.69 "
        "(1B) and 0.84 (8B, PR 20586), RTX 3090 0.73 (8B, PR 15802) and 0.90 (7B after "
        "32,768 tokens, PR 17891); GB10 reads 218 of 273 GB/s (huggingface/kernels PR 283)"
    ),
)
# Multiplications of the parameters x tokens per second, against dense FP16 tensor peak.
PREFILL_EFFICIENCY: Final = EfficiencyRange(
    low_ratio=0.25,
    expected_ratio=0.40,
    high_ratio=0.80,
    source=(
        "llama.cpp's own benchmarks: RTX 4090 0.25 (Llama 8B Q5_0, PR 7716) and 0.47 (8B Q4_0, "
        "PR 7676) of 330 TFLOPS, RTX 3090 0.37 (8B Q6_K, PR 7860) of 142; plain FP16 matrix "
        "products: A100 0.87, H100 0.80, MI300X 0.51 (stas00/ml-engineering, MAMF)"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessorRates:
    """What one side computes with, as on its data sheet; `None` where it is not known.

    `fp16_tflops` is the dense FP16 peak: of the tensor or matrix units where there are any.
    """

    name: str
    memory_bandwidth_gb_per_s: float | None = None
    fp16_tflops: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedBand:
    """Tokens per second, slowest to fastest."""

    low_tokens_per_s: float
    expected_tokens_per_s: float
    high_tokens_per_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedEstimate:
    """A modelled speed at one context; a band is `None` where a figure is missing.

    `decode` is of one sequence with `context_length` tokens in its cache, `prefill` of a prompt
    of that length. `reasons` say what is missing, `sources` where the ranges come from.
    """

    context_length: int
    decode: SpeedBand | None
    prefill: SpeedBand | None
    reasons: tuple[str, ...] = ()
    sources: tuple[str, ...] = (DECODE_EFFICIENCY.source, PREFILL_EFFICIENCY.source)

    @property
    def is_modelled(self) -> bool:
        """Always: nothing was run."""
        return True


@dataclass(frozen=True, slots=True)
class _Side:
    """One side's share of a model, and what it computes with.

    `token_weight_bytes` is read for each token: of a mixture, the experts that are chosen.
    `batch_weight_bytes` is read for each micro-batch of a prompt, which uses every expert.
    """

    place: Place
    rates: ProcessorRates | None
    layer_count: int
    token_weight_bytes: int
    batch_weight_bytes: int
    layer_parameter_count: int

    @property
    def bytes_per_s(self) -> float | None:
        """The peak bandwidth."""
        rate = None if self.rates is None else self.rates.memory_bandwidth_gb_per_s
        return rate * GB if rate else None

    @property
    def operations_per_s(self) -> float | None:
        """The peak of multiplications and additions."""
        rate = None if self.rates is None else self.rates.fp16_tflops
        return rate * 1e12 if rate else None


def speed(
    model: ModelSpec,
    plan: Plan,
    *,
    context_length: int,
    gpu: ProcessorRates | None,
    host: ProcessorRates | None,
) -> SpeedEstimate:
    """Return how fast a plan would run with that many tokens in a sequence's cache.

    Where layers are split, a token passes one side after the other: the times add up, and the
    slower side decides.

    Raises:
        PlannerError: the runtime refuses the plan.
    """
    return speed_curve(model, plan, context_lengths=(context_length,), gpu=gpu, host=host)[0]


def speed_curve(
    model: ModelSpec,
    plan: Plan,
    *,
    context_lengths: Sequence[int],
    gpu: ProcessorRates | None,
    host: ProcessorRates | None,
) -> tuple[SpeedEstimate, ...]:
    """Return the speed at each context of at least one token, such as for a chart.

    Raises:
        PlannerError: the runtime refuses the plan.
    """
    runtime_of(plan.runtime).check(model, plan)
    sides = _sides(model, plan, gpu, host)
    return tuple(_at(model, plan, each, sides) for each in context_lengths)


def _sides(
    model: ModelSpec, plan: Plan, gpu: ProcessorRates | None, host: ProcessorRates | None
) -> tuple[_Side, ...]:
    """Return the sides that hold layers or the head; the GPU first."""
    shape = require_shape(model)
    split = LayerSplit.of(shape, plan.gpu_layer_count)
    on_gpu = 0 if split.is_all_host else split.layer_count - split.first_gpu_layer
    shares = (
        (Place.GPU, gpu, on_gpu),
        (Place.HOST, host, split.layer_count - on_gpu),
    )
    moved = _parked_expert_parameter_count(shape, plan, split)
    sides = []
    for place, rates, layers in shares:
        has_head = (place is Place.HOST) is split.is_all_host
        has_experts = place is Place.HOST and moved
        if layers or has_head or has_experts:
            token, batch = _weights_read(model, plan, split, place)
            count = layers * (_active_layer_parameter_count(shape) // shape.layer_count)
            count += moved if place is Place.HOST else -moved
            sides.append(_Side(place, rates, layers, token, batch, max(0, count)))
    return tuple(sides)


def _parked_expert_parameter_count(
    shape: TransformerShape, plan: Plan, split: LayerSplit
) -> int:
    """Return what a token is multiplied with of experts that stay in RAM (`--n-cpu-moe`)."""
    if split.is_all_host:
        return 0
    layers = max(0, min(plan.cpu_expert_layers, shape.layer_count) - split.first_gpu_layer)
    each = 3 * shape.embedding_length * shape.feed_forward_length
    return layers * shape.experts_per_token * each


def _active_layer_parameter_count(shape: TransformerShape) -> int:
    """Return what one token is multiplied with in the layers, without embedding and head."""
    outside = sum(each.parameter_count for each in text_tensor_sets(shape) if not each.layers)
    return active_parameter_count(shape) - outside


def _weights_read(
    model: ModelSpec, plan: Plan, split: LayerSplit, place: Place
) -> tuple[int, int]:
    """Return the bytes that one side reads: for a token, and for a prompt's micro-batch.

    A row of the token embedding is looked up; the whole of it is read only where it is the
    output head too.
    """
    shape = require_shape(model)
    if plan.runtime is not RuntimeName.LLAMA_CPP:
        return _share_of_weights(model, plan, place)
    weights = plan_weights(model, plan)
    has_head = (place is Place.HOST) is split.is_all_host
    on_gpu = range(split.first_gpu_layer, split.layer_count) if not split.is_all_host else ()
    token = batch = 0
    for each in weights.stored:
        is_expert = "_exps" in each.tensor_set.name
        parked = range(plan.cpu_expert_layers if is_expert else 0)
        if each.layers:
            here = sum(
                (layer in on_gpu and layer not in parked) is (place is Place.GPU)
                for layer in each.layers
            )
        elif each.role is Role.TOKEN_EMBEDDING:
            here = int(has_head and weights.is_tied)
        else:
            here = int(has_head)
        size = here * each.bytes_each
        batch += size
        token += size * shape.experts_per_token // shape.expert_count if is_expert else size
    return token, batch


def _share_of_weights(model: ModelSpec, plan: Plan, place: Place) -> tuple[int, int]:
    """Return the weights as the runtime holds them, and of each the part that is read."""
    shape = require_shape(model)
    lines = runtime_of(plan.runtime).weight_lines(model, plan)
    held = (lines.gpu if place is Place.GPU else lines.host).expected_bytes
    total = sum(each.parameter_count for each in text_tensor_sets(shape))
    looked_up = 0 if shape.tied_embeddings else shape.vocab_size * shape.embedding_length
    read = active_parameter_count(shape) - looked_up
    return held * read // total, held * (total - looked_up) // total


def _at(
    model: ModelSpec, plan: Plan, context_length: int, sides: Sequence[_Side]
) -> SpeedEstimate:
    shape = require_shape(model)
    decode = prefill = None
    if all(side.bytes_per_s for side in sides):
        seconds = sum(_decode_seconds(shape, plan, side, context_length) for side in sides)
        decode = _band(1 / seconds, DECODE_EFFICIENCY)
        if all(side.operations_per_s for side in sides):
            prefill = _prefill_band(shape, plan, context_length, sides)
    return SpeedEstimate(
        context_length=context_length,
        decode=decode,
        prefill=prefill,
        reasons=tuple(_missing(sides)),
    )


def _missing(sides: Sequence[_Side]) -> Iterator[str]:
    for side in sides:
        where = "RAM" if side.place is Place.HOST else "the GPU"
        name = where if side.rates is None else side.rates.name
        if not side.bytes_per_s:
            yield f"The memory bandwidth of {name} is not known, so no speed can be modelled."
        elif not side.operations_per_s:
            yield f"The compute of {name} is not known, so no prefill speed can be modelled."


def _band(peak_tokens_per_s: float, efficiency: EfficiencyRange) -> SpeedBand:
    return SpeedBand(
        low_tokens_per_s=peak_tokens_per_s * efficiency.low_ratio,
        expected_tokens_per_s=peak_tokens_per_s * efficiency.expected_ratio,
        high_tokens_per_s=peak_tokens_per_s * efficiency.high_ratio,
    )


def _decode_seconds(
    shape: TransformerShape, plan: Plan, side: _Side, context_length: int
) -> float:
    """Return the least time of one token on one side: its weights and its cache are read."""
    cached = context_length * _cached_token_bytes(shape, plan) * side.layer_count
    read = side.token_weight_bytes + cached // plan.tensor_parallel
    return read / (side.bytes_per_s or math.inf)


def _cached_token_bytes(shape: TransformerShape, plan: Plan) -> float:
    """Return the keys and values of one token in one layer."""
    values = shape.kv_head_count * shape.head_dim
    return values * sum(
        _BITS[cache_type] / 8 for cache_type in (plan.cache_type_k, plan.cache_type_v)
    )


# Bits of one cached value, the scales of its block included.
_BITS: Final = {
    CacheType.F32: 32,
    CacheType.F16: 16,
    CacheType.BF16: 16,
    CacheType.Q8_0: 8.5,
    CacheType.FP8: 8,
    CacheType.Q5_1: 6,
    CacheType.Q5_0: 5.5,
    CacheType.Q4_1: 5,
    CacheType.Q4_0: 4.5,
}


def _prefill_band(
    shape: TransformerShape, plan: Plan, context_length: int, sides: Sequence[_Side]
) -> SpeedBand:
    low, expected, high = (
        context_length
        / sum(
            _prefill_seconds(
                shape,
                plan,
                side,
                context_length=context_length,
                compute_ratio=compute,
                bandwidth_ratio=bandwidth,
            )
            for side in sides
        )
        for compute, bandwidth in zip(
            PREFILL_EFFICIENCY.ratios, DECODE_EFFICIENCY.ratios, strict=True
        )
    )
    return SpeedBand(
        low_tokens_per_s=low, expected_tokens_per_s=expected, high_tokens_per_s=high
    )


def _prefill_seconds(
    shape: TransformerShape,
    plan: Plan,
    side: _Side,
    *,
    context_length: int,
    compute_ratio: float,
    bandwidth_ratio: float,
) -> float:
    """Return the time of a prompt on one side: each batch computes, or waits for weights.

    A token is multiplied with each parameter (2 operations) and with the keys and values of
    all tokens before it (2 x 2 operations a value, half of them on average). The head is left
    out: only the last token needs it.
    """
    rows = min(_batch_rows(plan), context_length)
    batches = -(-context_length // rows)
    products = 2 * context_length * side.layer_parameter_count
    attention = 2 * context_length**2 * shape.head_count * shape.head_dim * side.layer_count
    operations = (products + attention) / plan.tensor_parallel
    computing = operations / ((side.operations_per_s or math.inf) * compute_ratio)
    reading = (
        batches * side.batch_weight_bytes / ((side.bytes_per_s or math.inf) * bandwidth_ratio)
    )
    return max(computing, reading)


def _batch_rows(plan: Plan) -> int:
    """Return the tokens of a prompt that are computed at once."""
    if plan.runtime is RuntimeName.LLAMA_CPP:
        return min(plan.micro_batch_size, plan.batch_size)
    return plan.batch_size
