"""MLX (mlx-lm) on Apple silicon: every matrix packed in groups, one memory for both sides."""

from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.ledger import Band, LedgerLine, Part, Place, PlacedLines
from planner.core.machine import MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec, TransformerShape
from planner.core.plan import CacheType, Plan, require_shape
from planner.core.runtimes.checkpoint_parts import CheckpointParts, checkpoint_parts
from planner.core.runtimes.common import (
    cached_values_per_token,
    check_all_or_nothing,
    check_runnable,
    find_name,
    is_on_cpu,
    loading_note,
    round_up,
)
from planner.core.runtimes.protocol import FileFigures, PoolLimits
from planner.core.units import GB, GIB, MIB

_MLX_LM: Final = "https://github.com/ml-explore/mlx-lm"
WEIGHTS_SOURCE: Final = "https://github.com/ml-explore/mlx/blob/main/mlx/ops.cpp"
CACHE_SOURCE: Final = f"{_MLX_LM}/blob/main/mlx_lm/models/cache.py"
STEP_SOURCE: Final = f"{_MLX_LM}/blob/main/mlx_lm/generate.py"
LIMITS_SOURCE: Final = (
    "https://github.com/ml-explore/mlx/blob/main/mlx/backend/metal/allocator.cpp"
)

GROUP_SIZE: Final = 64
# `KVCache.step` in `mlx_lm/models/cache.py`.
CACHE_STEP: Final = 256
# `prefill_step_size` of `generate_step`.
PROMPT_CHUNK: Final = 2048
# The command line's `--quantized-kv-start`: until then a quantised cache is kept in 16 bits.
QUANTISED_FROM: Final = 5000
_BITS: Final = {"bf16": 16, "8bit": 8, "6bit": 6, "4bit": 4, "3bit": 3}
# Sixteenths of a byte for one cached value: 8 and 4 bits with a 16-bit scale and bias for 64.
_CACHE_SIXTEENTHS: Final = {
    CacheType.F16: 32,
    CacheType.BF16: 32,
    CacheType.Q8_0: 17,
    CacheType.Q4_0: 9,
}
# Peaks that mlx-lm printed, less weights and cache: 0.02 to 0.04 GB for short prompts, 0.2 to
# 0.6 GB with chunks of 2,048 tokens.
_SHORT_PROMPT: Final = Band(GB * 2 // 100, GB * 3 // 100, GB * 4 // 100)
_FULL_CHUNK: Final = Band(GB * 2 // 10, GB * 3 // 10, GB * 8 // 10)
# Other front ends and versions keep more than mlx-lm's own command.
_PROCESS: Final = Band(0, GB * 5 // 100, GB * 5 // 10)


class Mlx:
    """`mlx_lm.generate` and `mlx_lm.server`; images and speech through mlx-vlm."""

    quant_formats: Final = tuple(_BITS)
    splits_layers: Final = False

    def check(self, model: ModelSpec, plan: Plan) -> None:
        """See `Runtime.check`."""
        shape = check_runnable(model, plan)
        if is_on_cpu(plan):
            raise UnsupportedPlanError(
                "MLX is estimated for Apple silicon, where the GPU computes from the one "
                "memory; there are no figures for it on a CPU."
            )
        check_all_or_nothing(shape, plan, why="MLX keeps the whole model in unified memory.")

    def check_format(self, model: ModelSpec, plan: Plan) -> None:
        """See `OwnRules.check_format`."""
        del model
        format_bits(plan.quant_format)

    def may_split(self, plan: Plan) -> bool:
        """See `OwnRules.may_split`: unified memory has no second side."""
        del plan
        return False

    def pool_limits(
        self, model: ModelSpec, plan: Plan, pool: MemoryPool, *, reserve_bytes: int
    ) -> PoolLimits | None:
        """Return the limits that mlx-lm's wired memory sets.

        mlx-lm raises the wired limit to what Metal recommends, warns above 0.9 of it, and
        beyond it the system begins to page.
        """
        del model, plan
        # Apple's GPUs are not on the PCI bus; AMD's and Intel's with unified memory are.
        is_other = pool.compute_capability is not None or pool.pci_device_id is not None
        if pool.kind is not PoolKind.UNIFIED or is_other:
            raise UnsupportedPlanError(
                f"MLX runs on Apple silicon; there are no figures for it on {pool.name}."
            )
        if pool.free_bytes is None or pool.total_bytes is None:
            return None
        recommended = working_set_band(pool.total_bytes)
        return PoolLimits(
            surely_bytes=min(pool.free_bytes - reserve_bytes, recommended.low_bytes * 9 // 10),
            perhaps_bytes=min(pool.free_bytes, recommended.high_bytes),
        )

    def weight_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.weight_lines`."""
        parts = checkpoint_parts(model)
        bits = format_bits(plan.quant_format)
        matrices = parts.linear_values + parts.embedding.value_count + parts.head_values
        return PlacedLines.of(
            (
                LedgerLine(
                    part=Part.WEIGHTS,
                    place=Place.GPU,
                    band=weights_band(parts, bits),
                    template="{:,} values in matrices x {} bits + {:,} others x 16 bits",
                    figures=(
                        matrices,
                        _bits_words(bits),
                        parts.parameter_count - matrices,
                    ),
                    reason="MLX packs every matrix, the embedding and the head too; a scale "
                    "and a bias of 16 bits for each group of 64." + loading_note(model, plan),
                    source=WEIGHTS_SOURCE,
                ),
            )
        )

    def step_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Runtime.step_lines`."""
        shape = require_shape(model)
        return PlacedLines.of(
            (_cache_line(shape, plan), _activations_line(plan), _process_line())
        )

    def file_figures(self, model: ModelSpec, plan: Plan) -> FileFigures:
        """Return the tensors of a converted model."""
        parts = checkpoint_parts(model)
        band = weights_band(parts, format_bits(plan.quant_format))
        return FileFigures(
            parameter_count=parts.parameter_count, tensor_bytes=band.expected_bytes, file=None
        )


def working_set_band(ram_bytes: int) -> Band:
    """Return Metal's recommended working set of a Mac with that much memory.

    Only for a Mac that is not at hand: up to macOS 15 it was two thirds of up to 32 GiB and
    three quarters above; logs of macOS 26 show 0.74, 0.78, 0.81 and 0.84.
    """
    older = ram_bytes * 2 // 3 if ram_bytes <= 32 * GIB else ram_bytes * 3 // 4
    hundredths = 84
    for ram_gib, share in ((24, 74), (48, 78), (96, 81)):
        if ram_bytes <= ram_gib * GIB:
            hundredths = share
            break
    newer = ram_bytes * hundredths // 100
    return Band(older, newer, newer)


def weights_band(parts: CheckpointParts, bits: int) -> Band:
    """Return the weights: packed matrices, and 2 bytes for every other value."""
    matrices = parts.linear_values + parts.embedding.value_count + parts.head_values
    text = packed_bytes(matrices, bits) + 2 * parts.other_values
    packed = packed_bytes(parts.component_matrix_values, bits) + 2 * parts.component_values
    plain = 2 * (parts.component_matrix_values + parts.component_values)
    # mlx-vlm can pack the encoders or leave them as they are, and drops a pooling head.
    low = text + max(0, packed - 2 * parts.pooling_values)
    return Band(low, text + plain, text + plain)


def packed_bytes(values: int, bits: int) -> int:
    return 2 * values if bits == 16 else values * bits // 8 + 4 * (values // GROUP_SIZE)


def format_bits(name: str) -> int:
    """Return the bits of a format; a plan without one stands for 16."""
    if name not in _BITS and name:
        name = find_name("MLX quant format", name, tuple(_BITS))
    return _BITS.get(name, 16)


def _bits_words(bits: int) -> str:
    return "16" if bits == 16 else f"({bits} + 32/{GROUP_SIZE})"


def _cache_line(shape: TransformerShape, plan: Plan) -> LedgerLine:
    values = cached_values_per_token(shape) * plan.parallel_sequences

    def held(tokens: int, cache_type: CacheType) -> int:
        rounded = round_up(tokens, CACHE_STEP)
        return rounded * values * _CACHE_SIXTEENTHS[cache_type] // 16

    size = held(plan.context_length, plan.cache_type_k)
    high = held(plan.context_length + CACHE_STEP, plan.cache_type_k)
    reason = "MLX grows the cache in steps of 256 tokens and ignores a sliding window of Phi-3."
    if plan.cache_type_k.is_quantised:
        unpacked = held(min(plan.context_length, QUANTISED_FROM), CacheType.F16)
        high = max(high, unpacked)
        reason += (
            f" Packed from the first token on (--quantized-kv-start 0); by default the command "
            f"keeps {QUANTISED_FROM:,} tokens in 16 bits first."
        )
    return LedgerLine(
        part=Part.KV_CACHE,
        place=Place.GPU,
        band=Band(size, size, high),
        template="{:,} tokens x {} sequences x {:,} values x {}/16 B",
        figures=(
            round_up(plan.context_length, CACHE_STEP),
            plan.parallel_sequences,
            cached_values_per_token(shape),
            _CACHE_SIXTEENTHS[plan.cache_type_k],
        ),
        reason=reason,
        source=CACHE_SOURCE,
    )


def activations_band(prompt_tokens: int) -> Band:
    """Return what a prompt takes beside weights and cache; it is read in chunks."""
    chunk = min(prompt_tokens, PROMPT_CHUNK)

    def between(short: int, full: int) -> int:
        return short + (full - short) * chunk // PROMPT_CHUNK

    return Band(
        between(_SHORT_PROMPT.low_bytes, _FULL_CHUNK.low_bytes),
        between(_SHORT_PROMPT.expected_bytes, _FULL_CHUNK.expected_bytes),
        between(_SHORT_PROMPT.high_bytes, _FULL_CHUNK.high_bytes),
    )


def _activations_line(plan: Plan) -> LedgerLine:
    return LedgerLine(
        part=Part.COMPUTE_BUFFER,
        place=Place.GPU,
        band=activations_band(plan.prompt_tokens),
        template="{:,} tokens of a chunk: 0.02 to 0.8 GB",
        figures=(min(plan.prompt_tokens, PROMPT_CHUNK),),
        reason="A prompt is read in chunks of 2,048 tokens and its logits are never laid out; "
        "the band is what published peaks leave over.",
        source=STEP_SOURCE,
    )


def _process_line() -> LedgerLine:
    return LedgerLine(
        part=Part.RUNTIME_OVERHEAD,
        place=Place.GPU,
        band=_PROCESS,
        template="the process and what its front end keeps: 0 to {:,} MiB",
        figures=(_PROCESS.high_bytes // MIB,),
        reason="mlx-lm's own peaks need nothing more; other front ends were seen to keep some "
        "0.5 GB.",
        source=LIMITS_SOURCE,
    )
