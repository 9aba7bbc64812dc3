"""What the KV cache grows by with each token."""

from dataclasses import dataclass

from planner.core.model_spec import TransformerShape
from planner.core.plan import CacheType
from planner.core.runtimes.llama_cpp.kv_cache import value_words, values_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CachePerToken:
    """The keys and values that the layers keep of one token.

    `layer_count` counts the layers whose cache grows with the context; `window_layer_count`
    keep `window_tokens` tokens, `state_layer_count` a state of fixed size.
    """

    layer_count: int
    kv_head_count: int
    head_dim: int
    cache_type_k: CacheType
    cache_type_v: CacheType
    window_layer_count: int = 0
    window_tokens: int = 0
    state_layer_count: int = 0

    @property
    def bytes_per_token(self) -> int:
        """Return what one token adds."""
        values = self.layer_count * self.kv_head_count * self.head_dim
        return sum(
            _values_bytes(cache_type, values)
            for cache_type in (self.cache_type_k, self.cache_type_v)
        )

    @property
    def formula(self) -> str:
        """Return the product in figures alone: `2 × 32 × 8 × 128 × 2 B`.

        The layers, the KV heads and the size of a head stand in this order.
        """
        product = f"{self.layer_count} × {self.kv_head_count} × {self.head_dim}"
        key, value = _value_bytes(self.cache_type_k), _value_bytes(self.cache_type_v)
        if key == value:
            return f"2 × {product} × {key} B"
        return f"{product} × ({key} B + {value} B)"


def cache_per_token(
    shape: TransformerShape, *, cache_type_k: CacheType, cache_type_v: CacheType
) -> CachePerToken:
    """Return what a token adds, by the layers that the shape has.

    A sliding window in the config of a model whose layers are all alike is left out of it:
    runtimes treat it in different ways, and llama.cpp keeps every token.
    """
    hybrid = shape.hybrid
    return CachePerToken(
        layer_count=shape.layer_count if hybrid is None else len(hybrid.full_attention_layers),
        kv_head_count=shape.kv_head_count,
        head_dim=shape.head_dim,
        cache_type_k=cache_type_k,
        cache_type_v=cache_type_v,
        window_layer_count=0 if hybrid is None else len(hybrid.window_attention_layers),
        window_tokens=0 if hybrid is None else shape.sliding_window or 0,
        state_layer_count=0 if hybrid is None else len(hybrid.mamba_layers),
    )


def _values_bytes(cache_type: CacheType, count: int) -> int:
    return count if cache_type is CacheType.FP8 else values_bytes(cache_type, count)


def _value_bytes(cache_type: CacheType) -> str:
    """Return what one value takes as a figure: `2`, or `34/32` for a block of 32."""
    if cache_type is CacheType.FP8:
        return "1"
    return value_words(cache_type).partition(" ")[0]
