"""vLLM: it takes a share of the card at its start; what is left of the share is the KV pool."""

from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.ledger import Band, LedgerLine, Part, Place, PlacedLines
from planner.core.machine import MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec, TransformerShape
from planner.core.plan import Plan, require_shape
from planner.core.runtimes.checkpoint_parts import CheckpointParts, checkpoint_parts
from planner.core.runtimes.common import (
    check_all_or_nothing,
    check_runnable,
    find_name,
    is_on_cpu,
    loading_note,
)
from planner.core.runtimes.protocol import FileFigures, PoolLimits
from planner.core.runtimes.torch_common import host_process_line
from planner.core.runtimes.torch_formats import (
    Packing,
    component_bytes,
    linear_bytes,
    plain_bytes,
)
from planner.core.runtimes.vllm_pool import (
    BLOCK_TOKENS,
    CACHE_SOURCE,
    KvPool,
    block_bytes,
    blocks_band,
    kv_pool,
    requested_bytes,
)
from planner.core.units import GIB, format_gib

_VLLM: Final = "https://github.com/vllm-project/vllm"
WEIGHTS_SOURCE: Final = f"{_VLLM}/tree/main/vllm/model_executor/layers/quantization"
NF4_SOURCE: Final = f"{_VLLM}/blob/main/vllm/model_executor/model_loader/bitsandbytes_loader.py"
PROFILE_SOURCE: Final = (
    "two published start-up logs: Phi-4 with 128 sequences 0.47 GiB (unslothai/notebooks "
    "Phi_4_(14B)-GRPO, vLLM 0.7.1), Llama-3-8B with 256 sequences 1.26 GiB "
    f"({_VLLM}/pull/10511)"
)
GRAPHS_SOURCE: Final = (
    "published logs: 0.64 GiB (Phi-4, vLLM 0.7.1 on a T4), 0.65 GiB (0.21), 2.4 GiB a card "
    f"(34B on four cards, {_VLLM}/issues/7553)"
)
OTHER_SOURCE: Final = (
    f"published logs: 0.05 to 0.35 GiB on one card, 1.8 GiB on an H100 ({_VLLM}/pull/10511)"
)

# What each sequence's row of the sampler takes for one token of the vocabulary.
SAMPLER_BYTES: Final = 40
_GRAPHS: Final = Band(GIB * 3 // 10, GIB * 65 // 100, GIB * 3 // 2)
_OTHER: Final = Band(GIB * 5 // 100, GIB * 3 // 10, GIB * 9 // 5)
_PACKINGS: Final = {
    "bf16": Packing.PLAIN,
    "fp16": Packing.PLAIN,
    "fp8": Packing.FP8,
    "bnb-nf4": Packing.NF4,
    "gptq-int4": Packing.GPTQ,
    "awq-int4": Packing.AWQ,
    "bnb-nf4-dq": Packing.NF4_DOUBLE,
}
# CUDA's compute capability: vLLM's own lowest, and the lowest that it runs bf16 on.
_LOWEST_CAPABILITY: Final = 7.0
_BF16_CAPABILITY: Final = 8.0


class Vllm:
    """`vllm serve`. With tensor parallelism every figure is of one card."""

    quant_formats: Final = tuple(_PACKINGS)
    splits_layers: Final = False

    def check(self, model: ModelSpec, plan: Plan) -> None:
        """See `Runtime.check`."""
        shape = check_runnable(model, plan)
        if is_on_cpu(plan):
            raise UnsupportedPlanError(
                "vLLM is estimated on GPUs; there are no figures for its CPU build."
            )
        check_all_or_nothing(
            shape, plan, why="vLLM's --cpu-offload-gb is not estimated; all layers must fit."
        )
        if plan.parallel_sequences > plan.max_sequences:
            raise UnsupportedPlanError(
                f"vLLM runs at most {plan.max_sequences} sequences at once (--max-num-seqs); "
                f"the plan has {plan.parallel_sequences}."
            )
        _check_tensor_parallel(model, shape, plan.tensor_parallel)

    def check_format(self, model: ModelSpec, plan: Plan) -> None:
        """See `OwnRules.check_format`."""
        del model
        packing_of(plan.quant_format)

    def may_split(self, plan: Plan) -> bool:
        """See `OwnRules.may_split`: vLLM's own offload is another thing."""
        del plan
        return False

    def pool_limits(
        self, model: ModelSpec, plan: Plan, pool: MemoryPool, *, reserve_bytes: int
    ) -> PoolLimits | None:
        """Return the share that vLLM takes: it starts only while all of the share is free."""
        if pool.kind is PoolKind.SYSTEM:
            raise UnsupportedPlanError("vLLM is estimated on GPUs, not in RAM.")
        _check_capability(plan, pool)
        if pool.total_bytes is None or pool.free_bytes is None:
            return None
        share = requested_bytes(plan, pool.total_bytes)
        refusal = None
        if pool.free_bytes < share:
            refusal = (
                f"vLLM does not start {model.name}: it asks for "
                f"{plan.gpu_memory_utilization:g} of the card, {format_gib(share)}, and "
                f"{format_gib(pool.free_bytes)} are free. Close other programs, or lower "
                "--gpu-memory-utilization."
            )
        leaves_reserve = share + reserve_bytes <= pool.free_bytes
        return PoolLimits(
            surely_bytes=share if leaves_reserve else -1,
            perhaps_bytes=share,
            occupied_bytes=share,
            refusal=refusal,
        )

    def weight_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.weight_lines`."""
        parts = checkpoint_parts(model)
        packing = packing_of(plan.quant_format)
        reason = "Embedding, head and norms stay in 16 bits; other weights are packed."
        source = WEIGHTS_SOURCE
        if packing is Packing.PLAIN:
            reason = "Every value takes 16 bits."
        elif packing is Packing.NF4:
            source = NF4_SOURCE
            reason += " vLLM unpacks the scales of double quantisation to 32 bits as it loads."
        elif packing is Packing.NF4_DOUBLE:
            source = NF4_SOURCE
            reason += " The scales stay packed in Unsloth's vLLM alone; vLLM unpacks them."
        return PlacedLines.of(
            (
                LedgerLine(
                    part=Part.WEIGHTS,
                    place=Place.GPU,
                    band=weights_band(parts, packing, plan.tensor_parallel),
                    template="{:,} values of layers, {} + {:,} others x 2 B, over {} cards",
                    figures=(
                        parts.linear_values,
                        "2 B each" if packing is Packing.PLAIN else packing,
                        parts.parameter_count - parts.linear_values,
                        plan.tensor_parallel,
                    ),
                    reason=reason + loading_note(model, plan),
                    source=source,
                ),
            )
        )

    def step_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.step_lines`."""
        shape = require_shape(model)
        lines = [_cache_line(shape, plan), _profile_line(shape, plan), _OTHER_LINE]
        if not plan.enforce_eager:
            lines.append(_GRAPHS_LINE)
        lines.append(host_process_line(what="vLLM's processes with torch"))
        return PlacedLines.of(lines)

    def file_figures(self, model: ModelSpec, plan: Plan) -> FileFigures:
        """Return the tensors of all cards together."""
        parts = checkpoint_parts(model)
        band = weights_band(parts, packing_of(plan.quant_format), 1)
        return FileFigures(
            parameter_count=parts.parameter_count, tensor_bytes=band.expected_bytes, file=None
        )


def capacity(model: ModelSpec, plan: Plan, *, total_bytes: int) -> KvPool:
    """Return how many blocks and sequences fit beside the model on a card of `total_bytes`.

    Raises:
        PlannerError: vLLM refuses the plan.
    """
    runtime = Vllm()
    runtime.check(model, plan)
    lines = runtime.weight_lines(model, plan) + runtime.step_lines(model, plan)
    return kv_pool(require_shape(model), plan, lines, total_bytes=total_bytes)


def weights_band(parts: CheckpointParts, packing: Packing, tensor_parallel: int) -> Band:
    """Return the weights of one card: matrices are shared out, norms stand on every card."""
    matrices = linear_bytes(parts, packing, 2).tensor_bytes
    others = 2 * parts.other_values
    shared = matrices + plain_bytes(parts, 2).tensor_bytes - others
    encoders = component_bytes(parts, Packing.PLAIN, 2)
    expected = -(-shared // tensor_parallel) + others + encoders
    low = expected - 2 * parts.pooling_values
    return Band(low * 99 // 100, expected, expected * 101 // 100)


def _check_tensor_parallel(
    model: ModelSpec, shape: TransformerShape, tensor_parallel: int
) -> None:
    """Refuse a number of cards over which heads, KV heads or the feed-forward do not divide."""
    kv_heads = shape.kv_head_count
    kv_divide = kv_heads % tensor_parallel == 0 or tensor_parallel % kv_heads == 0
    for words, divides in (
        (f"{shape.head_count} attention heads", shape.head_count % tensor_parallel == 0),
        (f"{kv_heads} KV heads", kv_divide),
        (
            f"feed-forward rows ({shape.feed_forward_length:,})",
            shape.feed_forward_length % tensor_parallel == 0,
        ),
    ):
        if not divides:
            raise UnsupportedPlanError(
                f"vLLM cannot run {model.name} with tensor parallelism over {tensor_parallel} "
                f"cards: its {words} do not divide by {tensor_parallel} "
                f"(issue 11856); possible are {_possible(shape)}."
            )


def _possible(shape: TransformerShape) -> str:
    """Return the numbers of cards that share the KV heads evenly, as words."""
    counts = (
        str(count)
        for count in range(1, shape.kv_head_count + 1)
        if shape.kv_head_count % count == 0
        and shape.head_count % count == 0
        and shape.feed_forward_length % count == 0
    )
    return ", ".join(counts)


def _check_capability(plan: Plan, pool: MemoryPool) -> None:
    """Refuse a card that vLLM's kernels do not run on, where the card says what it is."""
    if pool.compute_capability is None:
        return
    if not pool.compute_capability[0].isdigit():  # another maker's architecture: gfx1100, xe
        raise UnsupportedPlanError(
            f"There are no figures for vLLM on {pool.name}, only for NVIDIA GPUs."
        )
    capability = float(pool.compute_capability)
    if capability < _LOWEST_CAPABILITY:
        raise UnsupportedPlanError(
            f"vLLM needs compute capability 7.0; {pool.name} has {pool.compute_capability}."
        )
    if plan.quant_format == "bf16" and capability < _BF16_CAPABILITY:
        raise UnsupportedPlanError(
            f"vLLM runs bf16 from compute capability 8.0 on; {pool.name} has "
            f"{pool.compute_capability}: take fp16 there."
        )


def packing_of(name: str) -> Packing:
    """Return how a format packs matrices; a plan without one stands for 16 bits."""
    if name not in _PACKINGS and name:
        name = find_name("vLLM quant format", name, tuple(_PACKINGS))
    return _PACKINGS.get(name, Packing.PLAIN)


def _cache_line(shape: TransformerShape, plan: Plan) -> LedgerLine:
    each = block_bytes(shape, plan)
    blocks = blocks_band(shape, plan)
    reason = (
        f"vLLM keeps the cache in blocks of {BLOCK_TOKENS} tokens; all that is left of its "
        "share becomes blocks, this is the least that the sequences need."
    )
    if blocks.low_bytes != blocks.high_bytes:
        reason += (
            f" With the sliding window of {shape.sliding_window:,} tokens it counts the window "
            "and one batch, so little is saved."
        )
    return LedgerLine(
        part=Part.KV_CACHE,
        place=Place.GPU,
        band=Band(
            blocks.low_bytes * each, blocks.expected_bytes * each, blocks.high_bytes * each
        ),
        template="{:,} blocks x {} tokens: {:,} B each, {} sequences",
        figures=(blocks.expected_bytes, BLOCK_TOKENS, each, plan.parallel_sequences),
        reason=reason,
        source=CACHE_SOURCE,
    )


def profile_band(shape: TransformerShape, plan: Plan) -> Band:
    """Return the peak of vLLM's profile run: the sampler's or the largest batch's.

    The sampler's constant was found from two logs of the V0 engine, within 3 %; later engines
    differ by up to 40 %.
    """
    sampler = SAMPLER_BYTES * plan.max_sequences * shape.vocab_size
    inner = shape.feed_forward_length * max(1, shape.experts_per_token)
    batch = 2 * plan.batch_size * (3 * inner + 3 * shape.embedding_length)
    most = max(sampler, batch)
    return Band(most * 6 // 10, most, sampler + batch)


def _profile_line(shape: TransformerShape, plan: Plan) -> LedgerLine:
    return LedgerLine(
        part=Part.COMPUTE_BUFFER,
        place=Place.GPU,
        band=profile_band(shape, plan),
        template="the larger of {} B x {} sequences x {:,} logits and {:,} batched tokens",
        figures=(SAMPLER_BYTES, plan.max_sequences, shape.vocab_size, plan.batch_size),
        reason="vLLM runs its largest batch once and keeps that much free. Cards of 70 GiB and "
        "more (but the A100) take 1,024 sequences and 8,192 batched tokens unless told.",
        source=PROFILE_SOURCE,
    )


_OTHER_LINE: Final = LedgerLine(
    part=Part.RUNTIME_OVERHEAD,
    place=Place.GPU,
    band=_OTHER,
    template="what is not torch's: 0.05 to 1.8 GiB",
    reason="NCCL, kernels and the CUDA context as far as vLLM counts it; logs differ widely.",
    source=OTHER_SOURCE,
)
_GRAPHS_LINE: Final = LedgerLine(
    part=Part.RUNTIME_OVERHEAD,
    place=Place.GPU,
    band=_GRAPHS,
    template="CUDA graphs: 0.3 to 1.5 GiB",
    reason="Captured once; within the share since vLLM 0.21, on top of it before. "
    "--enforce-eager goes without.",
    source=GRAPHS_SOURCE,
)
