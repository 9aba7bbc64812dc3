"""The cache of transformers: it grows or has its full length, and a sliding window cuts it."""

from dataclasses import dataclass
from typing import Final

from planner.core.model_spec import Architecture, HybridShape, TransformerShape
from planner.core.plan import CacheKind, Plan

CACHE_SOURCE: Final = (
    "https://github.com/huggingface/transformers/blob/main/src/transformers/cache_utils.py"
)
# The longrope models switch their factors there (`original_max_position_embeddings`), throw the
# cache away and read everything again (`modeling_phi3.py`).
ORIGINAL_CONTEXT: Final = 4096
_RECOMPUTES: Final = frozenset({Architecture.PHI3, Architecture.PHIMOE})
_REMOTE_CODE: Final = frozenset({Architecture.PHI3SMALL, Architecture.PHI4FLASH})


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheBytes:
    """The cache of all sequences: right after the prompt, at the end, and how it is counted.

    `update_bytes` is the copy of one layer that `torch.cat` makes for each token.
    """

    after_prompt: int
    at_end: int
    update_bytes: int
    at_end_tokens: int
    bytes_per_token: int

    @property
    def most_bytes(self) -> int:
        """What the cache takes at most."""
        return max(self.after_prompt, self.at_end)


def window_tokens(shape: TransformerShape) -> int | None:
    """Return the tokens whose memory a sliding window of the config holds: the window itself.

    A growing layer keeps the last ones, one fewer than that, as a view of what it joined for
    the step, which is one token longer; a static layer has a slot for each. Models that need
    code of their own (trust_remote_code) build their own cache.
    """
    if shape.sliding_window is None or shape.architecture in _REMOTE_CODE:
        return None
    return shape.sliding_window


def prefill_tokens(shape: TransformerShape, plan: Plan) -> int:
    """Return the most tokens of one sequence in one pass.

    A generation that crosses the original context of a longrope model reads it all again.
    """
    prompt = plan.prompt_tokens
    switches = shape.rope_factor_count and shape.architecture in _RECOMPUTES
    if switches and prompt <= ORIGINAL_CONTEXT < plan.context_length:
        return ORIGINAL_CONTEXT + 1
    return prompt


def cache_bytes(shape: TransformerShape, plan: Plan, *, value_bytes: int) -> CacheBytes:
    """Return the cache of a plan."""
    sequences, context = plan.parallel_sequences, plan.context_length
    if shape.hybrid is not None:
        return _hybrid_cache(shape, shape.hybrid, plan, value_bytes)
    layer = 2 * shape.kv_head_count * shape.head_dim * value_bytes
    token = shape.layer_count * layer
    kept = window_tokens(shape)
    end = context if kept is None else min(kept, context)
    if plan.cache_kind is CacheKind.STATIC:
        size = sequences * end * token
        return CacheBytes(
            after_prompt=size,
            at_end=size,
            update_bytes=0,
            at_end_tokens=end,
            bytes_per_token=token,
        )
    # A plain layer is grown side by side; a sliding layer copies keys and values together.
    sides = 1 if kept is None else 2
    return CacheBytes(
        after_prompt=sequences * prefill_tokens(shape, plan) * token,
        at_end=sequences * end * token,
        update_bytes=sequences * end * layer * sides // 2,
        at_end_tokens=end,
        bytes_per_token=token,
    )


def _hybrid_cache(
    shape: TransformerShape, hybrid: HybridShape, plan: Plan, value_bytes: int
) -> CacheBytes:
    """Phi-4-mini-flash: one layer grows, the window layers stop, Mamba layers keep a state."""
    layer = 2 * shape.kv_head_count * shape.head_dim * value_bytes
    growing = layer * len(hybrid.full_attention_layers)
    # A shape without a window keeps all tokens in these layers too.
    window = shape.sliding_window or plan.context_length
    state_values = hybrid.inner_dim * (hybrid.state_dim + hybrid.conv_width)
    state = len(hybrid.mamba_layers) * state_values * value_bytes

    def at(tokens: int) -> int:
        windowed = min(tokens, window) * layer * len(hybrid.window_attention_layers)
        return plan.parallel_sequences * (tokens * growing + windowed + state)

    return CacheBytes(
        after_prompt=at(plan.prompt_tokens),
        at_end=at(plan.context_length),
        update_bytes=plan.parallel_sequences * plan.context_length * layer // 2,
        at_end_tokens=plan.context_length,
        bytes_per_token=growing,
    )
