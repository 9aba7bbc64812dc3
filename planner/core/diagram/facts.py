"""The figures of each kind of block, read off the shape and the inventory of tensors."""

from dataclasses import dataclass
from enum import StrEnum


class NormKind(StrEnum):
    """How a norm scales its input; a layer norm has a bias, an RMS norm has none."""

    LAYER_NORM = "LayerNorm"
    RMS_NORM = "RMSNorm"


class Activation(StrEnum):
    """What stands between the matrices of a feed-forward part.

    From the `hidden_act` of the published configs: `gelu_new`, `silu`, `gegelu`.
    """

    GELU = "GELU"
    SILU = "SiLU"
    GEGELU = "GEGELU"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddingFacts:
    """One row for each token of the vocabulary."""

    vocab_size: int
    embedding_length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadFacts:
    """The output head; `is_tied` where it is the embedding's matrix again."""

    vocab_size: int
    embedding_length: int
    is_tied: bool
    has_bias: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NormFacts:
    """A norm; `feeds_both` where attention and feed-forward share it."""

    kind: NormKind
    feeds_both: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttentionFacts:
    """Self-attention.

    `sliding_window` is `None` where a token sees everything before it. `has_own_keys` is false
    where an earlier layer's keys and values are used again. In every `dense_every`-th layer of
    a block-sparse model attention is dense; 0 means that all layers are alike.
    """

    head_count: int
    kv_head_count: int
    head_dim: int
    rotary_dim: int
    is_fused: bool
    has_bias: bool
    embedding_length: int
    sliding_window: int | None = None
    has_own_keys: bool = True
    is_differential: bool = False
    dense_every: int = 0

    @property
    def group_size(self) -> int:
        """How many query heads share a key and a value."""
        return self.head_count // self.kv_head_count


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedForwardFacts:
    """A feed-forward part, or one expert of several where `expert_count` is above 0."""

    embedding_length: int
    feed_forward_length: int
    activation: Activation
    is_gated: bool
    is_fused: bool
    has_bias: bool
    expert_count: int = 0
    experts_per_token: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class RouterFacts:
    """What chooses the experts of a token."""

    expert_count: int
    experts_per_token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MambaFacts:
    """A Mamba layer: a state of fixed size instead of a cache."""

    embedding_length: int
    inner_dim: int
    state_dim: int
    conv_width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GatedMemoryFacts:
    """A gated memory unit: it gates what the last Mamba layer computed."""

    embedding_length: int
    inner_dim: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentFacts:
    """A part beside the text model, under its name in the catalogue.

    `layer_count` is 0 where nothing repeats, `rank` that of a LoRA and `None` elsewhere.
    `in_width` and `out_width` are a projector's; `None` where they are not one figure.
    """

    name: str
    note: str | None
    layer_count: int
    rank: int | None = None
    in_width: int | None = None
    out_width: int | None = None


BlockFacts = (
    EmbeddingFacts
    | HeadFacts
    | NormFacts
    | AttentionFacts
    | FeedForwardFacts
    | RouterFacts
    | MambaFacts
    | GatedMemoryFacts
    | ComponentFacts
)
