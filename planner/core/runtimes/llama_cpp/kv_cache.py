"""llama.cpp's KV cache: exact, and refused where llama.cpp refuses it."""

from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.model_spec import TransformerShape
from planner.core.plan import CacheType, Plan
from planner.core.records import dataclass

# `llama_kv_cache` pads the number of cells to 256 (n_pad), whatever the attention kernel.
CELL_STEP: Final = 256
# ggml-cuda rounds the rows of a quantised tensor up to 512 elements (MATRIX_ROW_PADDING) and
# places every tensor at a multiple of 128 bytes.
CUDA_ROW_PADDING: Final = 512
CUDA_ALIGNMENT: Final = 128
# Values that a block of a quantised cache holds.
QUANTISED_BLOCK: Final = 32

# Bytes of one block and the values in it: ggml's block structs.
_BLOCKS: Final = {
    CacheType.F32: (1, 4),
    CacheType.F16: (1, 2),
    CacheType.BF16: (1, 2),
    CacheType.Q8_0: (32, 34),
    CacheType.Q5_1: (32, 24),
    CacheType.Q5_0: (32, 22),
    CacheType.Q4_1: (32, 20),
    CacheType.Q4_0: (32, 18),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheCells:
    """The tokens a cache really holds: `per_sequence` is what one step attends to at most."""

    per_sequence: int
    total: int


def cache_cells(
    context_length: int, parallel_sequences: int, *, unified: bool = False
) -> CacheCells:
    """Return the cells: each sequence has its own share, rounded up to 256.

    A unified cache is one share for all sequences (`--kv-unified`).
    """
    sequences = 1 if unified else parallel_sequences
    share = -(-context_length // sequences)
    per_sequence = -(-share // CELL_STEP) * CELL_STEP
    return CacheCells(per_sequence=per_sequence, total=per_sequence * sequences)


def plan_cells(plan: Plan) -> CacheCells:
    """Return the cells of a plan's cache."""
    return cache_cells(plan.context_length, plan.parallel_sequences, unified=plan.unified_cache)


def values_bytes(cache_type: CacheType, count: int) -> int:
    """Return the bytes of `count` cached values, a whole number of blocks."""
    block_values, block_bytes = _BLOCKS[cache_type]
    return count // block_values * block_bytes


def value_words(cache_type: CacheType) -> str:
    """Return what one cached value takes, in words: `2 B f16`, `34/32 B q8_0`."""
    block_values, block_bytes = _BLOCKS[cache_type]
    size = str(block_bytes) if block_values == 1 else f"{block_bytes}/{block_values}"
    return f"{size} B {cache_type}"


def kv_bytes_per_layer(shape: TransformerShape, plan: Plan) -> int:
    """Return what one layer's keys and values take, without CUDA's padding."""
    cells = plan_cells(plan).total
    values = cells * shape.kv_head_count * shape.head_dim
    return values_bytes(plan.cache_type_k, values) + values_bytes(plan.cache_type_v, values)


def cuda_padding_per_layer(shape: TransformerShape, plan: Plan) -> int:
    """Return what CUDA adds to one layer: a row's padding for each quantised tensor.

    Only rows that are no multiple of 512 values are padded (Phi-3-medium, Phi-4: 1,280).
    """
    rest = shape.kv_head_count * shape.head_dim % CUDA_ROW_PADDING
    if not rest:
        return 0
    missing = CUDA_ROW_PADDING - rest
    return sum(
        -(-values_bytes(cache_type, missing) // CUDA_ALIGNMENT) * CUDA_ALIGNMENT
        for cache_type in (plan.cache_type_k, plan.cache_type_v)
        if cache_type.is_quantised
    )


def check_cache_types(shape: TransformerShape, plan: Plan) -> None:
    """Refuse the cache types that llama.cpp refuses, with its reason.

    Raises:
        UnsupportedPlanError: a quantised V cache without flash attention, or a head size that
            is no whole number of blocks while flash attention is on.
    """
    if plan.cache_type_v.is_quantised and not plan.flash_attention:
        raise UnsupportedPlanError(
            f"llama.cpp refuses a {plan.cache_type_v} V cache here: a quantised V cache "
            "requires flash attention to be enabled."
        )
    for side, cache_type in (("K", plan.cache_type_k), ("V", plan.cache_type_v)):
        if (
            cache_type.is_quantised
            and plan.flash_attention
            and shape.head_dim % QUANTISED_BLOCK
        ):
            raise UnsupportedPlanError(
                f"llama.cpp refuses a {cache_type} {side} cache for this model with flash "
                f"attention: its block size of {QUANTISED_BLOCK} does not divide the head size "
                f"of {shape.head_dim}."
            )
