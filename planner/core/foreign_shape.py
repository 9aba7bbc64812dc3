"""The shape of a model that is no Phi: enough of it for weights and KV cache, not for more."""

from dataclasses import dataclass

from planner.core.model_spec import TransformerShape


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerCache:
    """What one layer keeps of each token: `key_length` and `value_length` are head sizes.

    `sliding_window` is the number of tokens that the layer looks back, `None` for all.
    """

    kv_head_count: int
    key_length: int
    value_length: int
    sliding_window: int | None = None

    @property
    def values_per_token(self) -> int:
        """The cached values of one token, keys and values together."""
        return self.kv_head_count * (self.key_length + self.value_length)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForeignShape:
    """A transformer of another family, as its own file describes it.

    `architecture` is the file's word for the block. Where layers differ, `head_count` and
    `feed_forward_length` are those of the largest. `caches` has an entry for each layer.
    """

    source: str
    architecture: str
    layer_count: int
    embedding_length: int
    feed_forward_length: int
    head_count: int
    vocab_size: int
    tied_embeddings: bool
    context_length_limit: int
    caches: tuple[LayerCache, ...]
    expert_count: int = 0
    experts_per_token: int = 0


OwnShape = TransformerShape | ForeignShape


def layer_caches(shape: OwnShape) -> tuple[LayerCache, ...]:
    """Return what each layer that has a cache of its own keeps.

    The sliding window is the config's; which runtimes use it is theirs to say.
    """
    if isinstance(shape, ForeignShape):
        return shape.caches

    def cache(window: int | None) -> LayerCache:
        return LayerCache(
            kv_head_count=shape.kv_head_count,
            key_length=shape.head_dim,
            value_length=shape.head_dim,
            sliding_window=window,
        )

    hybrid = shape.hybrid
    if hybrid is None:
        return (cache(shape.sliding_window),) * shape.layer_count
    windowed = (cache(shape.sliding_window),) * len(hybrid.window_attention_layers)
    return windowed + (cache(None),) * len(hybrid.full_attention_layers)


def kv_values_per_token(shape: OwnShape) -> int:
    """Return the values that one token adds to the cache while no window is full."""
    return sum(cache.values_per_token for cache in layer_caches(shape))
