"""vLLM's share of a card and the KV blocks that fit into what is left of it."""

import math
from dataclasses import dataclass
from typing import Final

from planner.core.ledger import Band, Part, Place, PlacedLines
from planner.core.model_spec import TransformerShape
from planner.core.plan import CacheType, Plan

CACHE_SOURCE: Final = (
    "https://github.com/vllm-project/vllm/blob/main/vllm/v1/core/kv_cache_utils.py"
)
BLOCK_TOKENS: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class KvPool:
    """What one card has left for the cache, and what it holds.

    `requested_bytes` is what vLLM takes of the card. The counts are of blocks and of sequences
    of the plan's context; `low` goes with the highest needs, `high` with the lowest.
    """

    requested_bytes: int
    block_bytes: int
    blocks_per_sequence: int
    low_blocks: int
    expected_blocks: int
    high_blocks: int

    @property
    def expected_tokens(self) -> int:
        """The tokens that the expected pool holds."""
        return self.expected_blocks * BLOCK_TOKENS

    @property
    def low_sequences(self) -> int:
        """The sequences that surely fit."""
        return self.low_blocks // self.blocks_per_sequence

    @property
    def expected_sequences(self) -> int:
        """The sequences that are expected to fit; 0 means vLLM refuses the context."""
        return self.expected_blocks // self.blocks_per_sequence

    @property
    def high_sequences(self) -> int:
        """The sequences that fit at best."""
        return self.high_blocks // self.blocks_per_sequence


def requested_bytes(plan: Plan, total_bytes: int) -> int:
    """Return the share of a card that vLLM takes (`request_memory` in its GPU worker)."""
    return math.ceil(total_bytes * plan.gpu_memory_utilization)


def block_bytes(shape: TransformerShape, plan: Plan) -> int:
    """Return one block of one card: the keys and values of 16 tokens in all layers."""
    heads = max(1, shape.kv_head_count // plan.tensor_parallel)
    value_bytes = 1 if plan.cache_type_k is CacheType.FP8 else 2
    return BLOCK_TOKENS * 2 * shape.layer_count * heads * shape.head_dim * value_bytes


def blocks_band(shape: TransformerShape, plan: Plan) -> Band:
    """Return the blocks of all sequences.

    A sliding window counts the window and one batch (`SlidingWindowSpec` in
    `vllm/v1/kv_cache_interface.py`), rounded up and one block more.
    """
    whole = -(-plan.context_length // BLOCK_TOKENS)
    low = high = whole
    window = shape.sliding_window
    if window is not None and window < plan.context_length:
        held = min(window - 1 + plan.batch_size, plan.context_length)
        cut = -(-held // BLOCK_TOKENS) + 1
        low, high = min(whole, cut), max(whole, cut)
    count = plan.parallel_sequences
    return Band(count * low, count * whole, count * high)


def kv_pool(
    shape: TransformerShape, plan: Plan, lines: PlacedLines, *, total_bytes: int
) -> KvPool:
    """Return what is left of vLLM's share for the cache on a card of `total_bytes`.

    `lines` are the plan's own: weights, profile peak and the rest are taken off, the cache is
    not.
    """
    share = requested_bytes(plan, total_bytes)
    low = expected = high = share
    for line in lines.lines:
        if line.place is Place.GPU and line.part is not Part.KV_CACHE:
            low -= line.band.high_bytes
            expected -= line.band.expected_bytes
            high -= line.band.low_bytes
    each = block_bytes(shape, plan)
    return KvPool(
        requested_bytes=share,
        block_bytes=each,
        blocks_per_sequence=-(-plan.context_length // BLOCK_TOKENS),
        low_blocks=max(0, low // each),
        expected_blocks=max(0, expected // each),
        high_blocks=max(0, high // each),
    )
