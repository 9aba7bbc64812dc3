"""The figures of the text model's blocks, from the shape and the tensors that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.blocks import Role
from planner.core.diagram.facts import (
    Activation,
    AttentionFacts,
    EmbeddingFacts,
    FeedForwardFacts,
    GatedMemoryFacts,
    HeadFacts,
    MambaFacts,
    NormFacts,
    NormKind,
    RouterFacts,
)
from planner.core.model_spec import Architecture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.diagram.tensors import SizedTensors
    from planner.core.model_spec import HybridShape, TransformerShape

# `hidden_act` of the published configs, by the modelling code that each architecture names.
_ACTIVATIONS: Final = {
    Architecture.PHI: Activation.GELU,
    Architecture.PHI3: Activation.SILU,
    Architecture.PHIMOE: Activation.SILU,
    Architecture.PHI3SMALL: Activation.GEGELU,
    Architecture.PHI4FLASH: Activation.SILU,
}
# `dense_attention_every_n_layers` in the config of microsoft/Phi-3-small-8k-instruct.
_DENSE_EVERY: Final = 2


def embedding_facts(shape: TransformerShape) -> EmbeddingFacts:
    """Return the figures of the token embedding."""
    return EmbeddingFacts(vocab_size=shape.vocab_size, embedding_length=shape.embedding_length)


def head_facts(shape: TransformerShape, tensors: Sequence[SizedTensors]) -> HeadFacts:
    """Return the figures of the head; without a tensor of its own it is the embedding."""
    return HeadFacts(
        vocab_size=shape.vocab_size,
        embedding_length=shape.embedding_length,
        is_tied=not tensors,
        has_bias=_has_bias(tensors),
    )


def norm_facts(tensors: Sequence[SizedTensors], *, feeds_both: bool = False) -> NormFacts:
    """Return a norm's kind: of the two that Phi models have, the layer norm has a bias."""
    kind = NormKind.LAYER_NORM if _has_bias(tensors) else NormKind.RMS_NORM
    return NormFacts(kind=kind, feeds_both=feeds_both)


def attention_facts(
    shape: TransformerShape, tensors: Sequence[SizedTensors], *, is_window: bool | None = None
) -> AttentionFacts:
    """Return the figures of attention.

    Args:
        shape: The model's.
        tensors: Those of the block: fused or apart, with biases or without.
        is_window: Whether these layers keep to the sliding window; `None` for the layers of a
            model that are all alike, which do where the window is below the context's limit.
    """
    window = shape.sliding_window
    if is_window is None:
        is_window = window is not None and window < shape.context_length_limit
    roles = {each.tensors.role for each in tensors}
    return AttentionFacts(
        head_count=shape.head_count,
        kv_head_count=shape.kv_head_count,
        head_dim=shape.head_dim,
        rotary_dim=shape.rotary_dim,
        is_fused=Role.ATTENTION_QKV in roles,
        has_bias=_has_bias(tensors),
        embedding_length=shape.embedding_length,
        sliding_window=window if is_window else None,
        has_own_keys=bool(roles & {Role.ATTENTION_QKV, Role.ATTENTION_K}),
        is_differential=Role.ATTENTION_EXTRA in roles,
        dense_every=dense_every(shape),
    )


def dense_every(shape: TransformerShape) -> int:
    """Return which layers of a block-sparse model are dense: every so many; 0 for all."""
    return _DENSE_EVERY if shape.architecture is Architecture.PHI3SMALL else 0


def feed_forward_facts(
    shape: TransformerShape, tensors: Sequence[SizedTensors]
) -> FeedForwardFacts:
    """Return the figures of the feed-forward part, or of its experts."""
    roles = {each.tensors.role for each in tensors}
    is_fused = Role.FEED_FORWARD_GATE_UP in roles
    return FeedForwardFacts(
        embedding_length=shape.embedding_length,
        feed_forward_length=shape.feed_forward_length,
        activation=_ACTIVATIONS[shape.architecture],
        is_gated=is_fused or Role.FEED_FORWARD_GATE in roles,
        is_fused=is_fused,
        has_bias=_has_bias(tensors),
        expert_count=shape.expert_count,
        experts_per_token=shape.experts_per_token,
    )


def router_facts(shape: TransformerShape) -> RouterFacts:
    """Return how many experts there are and how many a token meets."""
    return RouterFacts(
        expert_count=shape.expert_count, experts_per_token=shape.experts_per_token
    )


def mamba_facts(shape: TransformerShape, hybrid: HybridShape) -> MambaFacts:
    """Return the figures of the Mamba layers."""
    return MambaFacts(
        embedding_length=shape.embedding_length,
        inner_dim=hybrid.inner_dim,
        state_dim=hybrid.state_dim,
        conv_width=hybrid.conv_width,
    )


def gated_memory_facts(shape: TransformerShape, hybrid: HybridShape) -> GatedMemoryFacts:
    """Return the figures of the gated memory units."""
    return GatedMemoryFacts(embedding_length=shape.embedding_length, inner_dim=hybrid.inner_dim)


def _has_bias(tensors: Sequence[SizedTensors]) -> bool:
    return any(each.tensors.name.endswith(".bias") for each in tensors)
