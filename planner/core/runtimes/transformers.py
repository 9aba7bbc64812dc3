"""Hugging Face transformers with torch: weights as loaded, a growing cache, a prompt's peak."""

from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.ledger import Band, LedgerLine, Part, Place, PlacedLines
from planner.core.machine import MemoryPool
from planner.core.model_spec import Architecture, ModelSpec, TransformerShape
from planner.core.plan import CacheKind, Plan, offloadable_layer_count, require_shape
from planner.core.runtimes.checkpoint_parts import CheckpointParts, checkpoint_parts
from planner.core.runtimes.common import check_runnable, is_on_cpu
from planner.core.runtimes.prefill import PREFILL_SOURCE, Prefill, PrefillPeak, prefill_peak
from planner.core.runtimes.protocol import FileFigures, PoolLimits, free_limits
from planner.core.runtimes.torch_common import gpu_overhead_lines, host_process_line
from planner.core.runtimes.torch_formats import (
    PACKED_ON_LOAD,
    Packing,
    largest_matrix_bytes,
)
from planner.core.runtimes.transformers_cache import (
    CACHE_SOURCE,
    CacheBytes,
    cache_bytes,
    prefill_tokens,
)
from planner.core.runtimes.transformers_weights import (
    TORCH_FORMATS,
    TorchFormat,
    split_weights,
    torch_format,
    weights_band,
    weights_line,
)

LOADING_SOURCE: Final = "https://huggingface.co/pytorch/Phi-4-mini-instruct-INT4"
LOGITS_SOURCE: Final = (
    "https://github.com/huggingface/transformers/blob/main/src/transformers/generation/utils.py"
)


class Transformers:
    """`AutoModelForCausalLM.from_pretrained` and `generate`, on one GPU or on the CPU."""

    quant_formats: Final = tuple(each.name for each in TORCH_FORMATS)
    splits_layers: Final = True

    def check(self, model: ModelSpec, plan: Plan) -> None:
        """See `Runtime.check`."""
        shape = check_runnable(model, plan)
        if shape.architecture is Architecture.PHI4FLASH and is_on_cpu(plan):
            raise UnsupportedPlanError(
                f"{model.name} does not run on a CPU in transformers: its own code asks for "
                "mamba-ssm and flash-attn, which need an NVIDIA GPU."
            )

    def check_format(self, model: ModelSpec, plan: Plan) -> None:
        """Refuse a packed format in RAM, and packed experts that nothing has published."""
        torch_format_ = torch_format(plan.quant_format)
        if torch_format_.packing is Packing.PLAIN:
            return
        if is_on_cpu(plan):
            raise UnsupportedPlanError(
                f"transformers has no fast path for {torch_format_.name} on a CPU; fp32 and "
                "bf16 run there."
            )
        if plan.gpu_layer_count != offloadable_layer_count(require_shape(model)):
            raise UnsupportedPlanError(
                f"transformers cannot leave {torch_format_.name} layers in RAM beside a GPU; "
                "bf16 and fp16 can, slowly (device_map)."
            )

    def may_split(self, plan: Plan) -> bool:
        """See `OwnRules.may_split`: accelerate keeps plain layers alone in RAM."""
        return torch_format(plan.quant_format).packing is Packing.PLAIN

    def pool_limits(
        self, model: ModelSpec, plan: Plan, pool: MemoryPool, *, reserve_bytes: int
    ) -> PoolLimits | None:
        """See `OwnRules.pool_limits`: transformers takes what it needs of what is free."""
        del model, plan
        return None if pool.free_bytes is None else free_limits(pool.free_bytes, reserve_bytes)

    def weight_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.weight_lines`."""
        parts = checkpoint_parts(model)
        torch_format_ = torch_format(plan.quant_format)
        band = weights_band(parts, torch_format_, on_gpu=not is_on_cpu(plan))
        line = weights_line(model, plan, parts, torch_format_, band)
        if is_on_cpu(plan) or plan.gpu_layer_count == offloadable_layer_count(
            require_shape(model)
        ):
            return PlacedLines.of((line,))
        return PlacedLines.of(split_weights(model, plan, parts, torch_format_, line))

    def step_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.step_lines`."""
        shape = require_shape(model)
        torch_format_ = torch_format(plan.quant_format)
        place = Place.HOST if is_on_cpu(plan) else Place.GPU
        cache = cache_bytes(shape, plan, value_bytes=torch_format_.value_bytes)
        peak = _prefill(shape, plan, torch_format_)
        running = _compute_band(cache, peak)
        compute = running
        if place is Place.GPU:
            loading = _loading_band(checkpoint_parts(model), shape, torch_format_)
            compute = _with_loading(running, loading, cache.most_bytes)
        dynamic = Band.exact(cache.most_bytes) + running
        lines = [
            _cache_line(shape, plan, cache, place),
            _compute_line(peak, compute, place, is_loading=compute != running),
            _logits_line(shape, plan, place),
        ]
        if place is Place.GPU:
            lines += gpu_overhead_lines(dynamic)
        lines.append(host_process_line())
        return PlacedLines.of(lines)

    def file_figures(self, model: ModelSpec, plan: Plan) -> FileFigures:
        """Return the tensors in memory; the file on disk is another where it is packed late."""
        parts = checkpoint_parts(model)
        torch_format_ = torch_format(plan.quant_format)
        return FileFigures(
            parameter_count=parts.parameter_count,
            tensor_bytes=weights_band(parts, torch_format_, on_gpu=False).expected_bytes,
            file=None,
        )


def _prefill(shape: TransformerShape, plan: Plan, kind: TorchFormat) -> PrefillPeak:
    return prefill_peak(
        shape,
        Prefill(
            sequences=plan.parallel_sequences,
            tokens=prefill_tokens(shape, plan),
            value_bytes=kind.value_bytes,
            attention=plan.attention,
            on_cpu=is_on_cpu(plan),
            is_fp16=kind.name == "fp16",
        ),
    )


def _compute_band(cache: CacheBytes, peak: PrefillPeak) -> Band:
    """Return what stands beside the cache at the larger of two moments.

    Right after the prompt its activations stand beside the prompt's cache; at the end the
    copy of one layer that grows stands beside the whole cache.
    """
    ends = cache.at_end + cache.update_bytes

    def beside(activations: int) -> int:
        return max(cache.after_prompt + activations, ends) - cache.most_bytes

    band = peak.band
    return Band(beside(band.low_bytes), beside(band.expected_bytes), beside(band.high_bytes))


def _loading_band(parts: CheckpointParts, shape: TransformerShape, kind: TorchFormat) -> Band:
    """Return what loading takes above the weights.

    A matrix that is packed on the GPU stands there in 16 bits for a moment. A published peak
    of Phi-4-mini is one embedding above its weights: tied late, it was loaded twice.
    """
    largest = 0
    if kind.packing in PACKED_ON_LOAD:
        largest = largest_matrix_bytes(parts, kind.value_bytes)
    twice = parts.embedding.value_count * kind.value_bytes if shape.tied_embeddings else 0
    return Band(0, largest, largest + twice)


def _with_loading(running: Band, loading: Band, cache_size_bytes: int) -> Band:
    """Return the larger of both moments: loading is over before the cache exists."""
    return Band(
        running.low_bytes,
        max(running.expected_bytes, loading.expected_bytes - cache_size_bytes),
        max(running.high_bytes, loading.high_bytes - cache_size_bytes),
    )


def _cache_line(
    shape: TransformerShape, plan: Plan, cache: CacheBytes, place: Place
) -> LedgerLine:
    reason = "transformers grows the cache token by token; nothing is rounded up."
    if plan.cache_kind is CacheKind.STATIC:
        reason = "A static cache has its full length from the first step."
    elif shape.hybrid is not None:
        reason = "One layer's cache grows, the window layers stop, Mamba layers keep a state."
    if shape.hybrid is None and cache.at_end_tokens < plan.context_length:
        reason += (
            f" transformers keeps no more than the sliding window of {cache.at_end_tokens:,} "
            f"tokens, {cache.at_end:,} B in the long run. Other runtimes keep all tokens."
        )
        if cache.after_prompt > cache.at_end:
            reason += (
                " Until the first new token the whole prompt's cache stays in memory, so that "
                "is the peak."
            )
    tokens = cache.most_bytes // (plan.parallel_sequences * cache.bytes_per_token)
    return LedgerLine(
        part=Part.KV_CACHE,
        place=place,
        band=Band.exact(cache.most_bytes),
        template="{:,} tokens x {} sequences x {:,} B" if shape.hybrid is None else "{:,} B",
        figures=(tokens, plan.parallel_sequences, cache.bytes_per_token)
        if shape.hybrid is None
        else (cache.most_bytes,),
        reason=reason,
        source=CACHE_SOURCE,
    )


def _compute_line(
    peak: PrefillPeak, band: Band, place: Place, *, is_loading: bool
) -> LedgerLine:
    reason = peak.reason
    if is_loading:
        reason += (
            " Loading may need more than running so short a context: a matrix is packed on the "
            "GPU, and a tied embedding was seen to be loaded twice."
        )
    return LedgerLine(
        part=Part.COMPUTE_BUFFER,
        place=place,
        band=band,
        template=f"{peak.template}, as far as it is above the cache at the end",
        figures=peak.figures,
        reason=reason,
        source=LOADING_SOURCE if is_loading else PREFILL_SOURCE,
    )


def _logits_line(shape: TransformerShape, plan: Plan, place: Place) -> LedgerLine:
    return LedgerLine(
        part=Part.OUTPUT_BUFFER,
        place=place,
        band=Band.exact(6 * shape.vocab_size * plan.parallel_sequences),
        template="{:,} logits x (2 + 4) B x {} sequences",
        figures=(shape.vocab_size, plan.parallel_sequences),
        reason="generate() asks for the last row alone; scoring a prompt with forward() keeps "
        "every row.",
        source=LOGITS_SOURCE,
    )
