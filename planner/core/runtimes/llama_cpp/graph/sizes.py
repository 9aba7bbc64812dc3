"""The bytes of every tensor of a step's graph, as the backends allocate them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from planner.core.plan import CacheType
from planner.core.quant_format import BLOCKS
from planner.core.runtimes.llama_cpp.kv_cache import (
    CUDA_ALIGNMENT,
    CUDA_ROW_PADDING,
    plan_cells,
    values_bytes,
)

if TYPE_CHECKING:
    from planner.core.model_spec import TransformerShape
    from planner.core.plan import Plan
    from planner.core.runtimes.llama_cpp.step_sizes import StepSizes
    from planner.core.runtimes.llama_cpp.weights import GgufWeights, StoredTensor

# Values go through a Hadamard matrix of this size, keys through one as large as a head.
VALUE_ROTATION: Final = 64
# TENSOR_ALIGNMENT of ggml-backend.cpp.
HOST_ALIGNMENT: Final = 32
# An f32 cache is cast by the graph itself.
_AS_THEY_ARE: Final = (CacheType.F16, CacheType.F32)
_F32: Final = 4
_BLOCKS: Final = {str(storage): block for storage, block in BLOCKS.items()}
_ROPE_FACTORS: Final = 64
# A file may name a matrix in another way; then it is not known to be copied.
_MATRICES: Final = (
    *("attn_q", "attn_k", "attn_v", "attn_qkv", "attn_output", "output"),
    *("ffn_up", "ffn_gate", "ffn_down", "ffn_gate_inp"),
    *("ffn_up_exps", "ffn_gate_exps", "ffn_down_exps"),
)


def step_table(
    shape: TransformerShape, plan: Plan, sizes: StepSizes, *, on_gpu: bool
) -> dict[str, int]:
    """Return the bytes of everything but weights, by the names that the graph's nodes use.

    CUDA's attention keeps an f16 copy of a quantised or bf16 cache in its result's
    room (PR 23907).
    """
    tokens, rows = sizes.tokens, sizes.rows
    width = shape.head_count * shape.head_dim
    used = shape.experts_per_token or 0
    total = plan_cells(plan).total
    cached = total * shape.kv_head_count * shape.head_dim
    transposed = 1 if plan.flash_attention else sizes.cached // (_F32 * tokens)
    attention = _aligned(_F32 * tokens * width)
    alignment = CUDA_ALIGNMENT if on_gpu else HOST_ALIGNMENT
    if on_gpu:
        types = (plan.cache_type_k, plan.cache_type_v)
        attention += sum(2 * cached for each in types if each not in _AS_THEY_ARE)
    by_row = {
        "ids": 1,
        "hidden": shape.embedding_length,
        "inner": shape.feed_forward_length,
        "gate_up": 2 * shape.feed_forward_length,
        "scores_of_experts": shape.expert_count or 0,
        "shares_of_experts": used,
        "inner_of_experts": used * shape.feed_forward_length,
        "hidden_of_experts": used * shape.embedding_length,
    }
    table = {name: _F32 * tokens * values for name, values in by_row.items()}
    table |= {f"{name}_rows": _F32 * rows * values for name, values in by_row.items()}
    table |= {
        "rows": _F32 * rows,
        "key_ids": 8 * tokens,
        "value_ids": 8 * tokens * transposed,
        "mask": sizes.mask,
        "key_rotation": _F32 * shape.head_dim**2,
        "value_rotation": _F32 * VALUE_ROTATION**2,
        "query": _F32 * tokens * width,
        "qkv": _F32 * tokens * width + 2 * sizes.cached,
        "cached": sizes.cached,
        "scores": _F32 * sizes.cells * tokens * shape.head_count,
        "flash_attention": attention,
        "cache_in_f16": 2 * cached,
        "layer_keys": _copied_cache(plan.cache_type_k, cached, shape.head_dim),
        "layer_values": _copied_cache(plan.cache_type_v, cached, shape.head_dim),
        "vector": _F32 * shape.embedding_length,
        "rope_factors": _F32 * _ROPE_FACTORS,
        "logits": sizes.logits,
    }
    aligned = {name: _aligned(size, alignment) for name, size in table.items()}
    return dict.fromkeys(_MATRICES, 0) | aligned


def layer_tables(common: dict[str, int], weights: GgufWeights) -> list[dict[str, int]]:
    """Return a table for each layer: `common` and its weights, one object for equal layers."""
    head, by_layer = _weight_tables(weights)
    made: dict[int, dict[str, int]] = {}
    tables = []
    for own in by_layer:
        if id(own) not in made:
            made[id(own)] = common | head | own
        tables.append(made[id(own)])
    return tables


@lru_cache(maxsize=256)
def _weight_tables(
    weights: GgufWeights,
) -> tuple[dict[str, int], tuple[dict[str, int], ...]]:
    """Return the output's bytes, and those of each layer's weights by their role's name."""
    by_layer: list[dict[str, int]] = [{} for _ in weights.layer_bytes]
    head: dict[str, int] = {}
    for stored in weights.stored:
        name = stored.tensor_set.name.removeprefix("blk.{layer}.").removesuffix(".weight")
        size = _streamed_bytes(stored)
        if name == "output" or (name == "token_embd" and weights.is_tied):
            head["output"] = size
        for layer in stored.layers:
            by_layer[layer][name] = size
    same: dict[tuple[tuple[str, int], ...], dict[str, int]] = {}
    return head, tuple(same.setdefault(tuple(own.items()), own) for own in by_layer)


def _streamed_bytes(stored: StoredTensor) -> int:
    """Return what a weight takes where it is copied to: CUDA pads the rows of blocks."""
    return _aligned(stored.bytes_each + _row_padding(stored))


def _row_padding(stored: StoredTensor) -> int:
    rest = stored.tensor_set.shape[-1] % CUDA_ROW_PADDING
    if not rest or stored.storage not in _BLOCKS:
        return 0
    values, size = _BLOCKS[stored.storage]
    return (CUDA_ROW_PADDING - rest) // values * size if values > 1 else 0


def _copied_cache(cache_type: CacheType, values: int, head_dim: int) -> int:
    size = values_bytes(cache_type, values)
    rest = head_dim % CUDA_ROW_PADDING
    if cache_type.is_quantised and rest:
        size += values_bytes(cache_type, CUDA_ROW_PADDING - rest)
    return size


def _aligned(size: int, alignment: int = CUDA_ALIGNMENT) -> int:
    return -(-size // alignment) * alignment
