"""From a model and its tensors to blocks: nothing here is made for one model alone.

What a block is follows from the roles of its tensors; their shapes and the model's shape give
the figures. Every tensor goes into exactly one block.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.core.blocks import Role
from planner.core.diagram import block_facts as facts
from planner.core.diagram.cache import cache_per_token
from planner.core.diagram.model import (
    Block,
    BlockKind,
    Diagram,
    LayerKind,
    LayerStack,
    TextModel,
)
from planner.core.diagram.tensors import SizedTensors
from planner.core.diagram.towers import adapters_of, towers_of
from planner.core.plan import CacheType
from planner.core.tensors import tensor_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.model_spec import HybridShape, ModelSpec, TransformerShape

_ATTENTION_ROLES: Final = (
    Role.ATTENTION_QKV,
    Role.ATTENTION_Q,
    Role.ATTENTION_K,
    Role.ATTENTION_V,
    Role.ATTENTION_OUTPUT,
    Role.ATTENTION_EXTRA,
    Role.ROPE_FACTORS,
)
_FEED_FORWARD_ROLES: Final = (
    Role.FEED_FORWARD_GATE_UP,
    Role.FEED_FORWARD_GATE,
    Role.FEED_FORWARD_UP,
    Role.FEED_FORWARD_DOWN,
)


def diagram(
    model: ModelSpec,
    tensors: Sequence[SizedTensors] | None = None,
    *,
    format_name: str | None = None,
    cache_type_k: CacheType = CacheType.F16,
    cache_type_v: CacheType = CacheType.F16,
) -> Diagram:
    """Return a model's blocks.

    Args:
        model: Any model; a closed one gets a diagram without blocks.
        tensors: What the format stores, components included; the published checkpoint's
            tensors without their sizes where it is left out.
        format_name: What the sizes are of, such as `Q4_K_M`.
        cache_type_k: How the cache stores keys.
        cache_type_v: How it stores values.
    """
    shape = model.shape
    if shape is None:
        return Diagram(model_id=model.id, model_name=model.name)
    sized = tuple(checkpoint_tensors(model) if tensors is None else tensors)
    text = _TextParts(
        shape, tuple(_used(each, shape) for each in sized if each.tensors.component is None)
    )
    return Diagram(
        model_id=model.id,
        model_name=model.name,
        format_name=format_name,
        text=TextModel(
            embedding=text.embedding(),
            layers=replace(text.layers(), adapters=adapters_of(model.components, sized)),
            final_norm=text.final_norm(),
            head=text.head(),
            context_length_limit=shape.context_length_limit,
            cache=cache_per_token(shape, cache_type_k=cache_type_k, cache_type_v=cache_type_v),
        ),
        towers=towers_of(model.components, sized),
    )


def checkpoint_tensors(model: ModelSpec) -> tuple[SizedTensors, ...]:
    """Return the published checkpoint's tensors without their sizes; none of a closed model."""
    if model.shape is None:
        return ()
    return tuple(
        SizedTensors(tensors=each) for each in tensor_sets(model.shape, model.components)
    )


def _used(each: SizedTensors, shape: TransformerShape) -> SizedTensors:
    """Note of experts that a token meets only the chosen ones."""
    if not shape.expert_count or each.tensors.role not in _FEED_FORWARD_ROLES:
        return each
    return replace(each, used_ratio=shape.experts_per_token / shape.expert_count)


@dataclass(frozen=True, slots=True)
class _TextParts:
    """Takes the blocks of the text model out of its tensors."""

    shape: TransformerShape
    tensors: tuple[SizedTensors, ...]

    def embedding(self) -> Block:
        return Block(
            key="embedding",
            kind=BlockKind.EMBEDDING,
            facts=facts.embedding_facts(self.shape),
            tensors=self._of(Role.TOKEN_EMBEDDING),
        )

    def final_norm(self) -> Block:
        own = self._of(Role.OUTPUT_NORM)
        return Block(
            key="final_norm",
            kind=BlockKind.FINAL_NORM,
            facts=facts.norm_facts(own),
            tensors=own,
        )

    def head(self) -> Block:
        own = self._of(Role.OUTPUT)
        return Block(
            key="head",
            kind=BlockKind.HEAD,
            facts=facts.head_facts(self.shape, own),
            tensors=own,
        )

    def layers(self) -> LayerStack:
        hybrid = self.shape.hybrid
        second = self._of(Role.FEED_FORWARD_NORM)
        first = self._of(Role.ATTENTION_NORM)
        return LayerStack(
            layer_count=self.shape.layer_count,
            is_parallel=not second,
            attention_norm=self._norm("layer.attention_norm", first, feeds_both=not second),
            mixers=(self._attention(),) if hybrid is None else self._mixers(hybrid),
            feed_forward_norm=self._norm("layer.feed_forward_norm", second) if second else None,
            feed_forward=self._feed_forward(),
            pattern=_pattern(self.shape),
        )

    def _of(self, *roles: Role) -> tuple[SizedTensors, ...]:
        return tuple(each for each in self.tensors if each.tensors.role in roles)

    def _norm(
        self, key: str, tensors: tuple[SizedTensors, ...], *, feeds_both: bool = False
    ) -> Block:
        return Block(
            key=key,
            kind=BlockKind.NORM,
            facts=facts.norm_facts(tensors, feeds_both=feeds_both),
            tensors=tensors,
            repeat_count=self.shape.layer_count,
        )

    def _attention(self) -> Block:
        own = self._of(*_ATTENTION_ROLES)
        return Block(
            key="layer.attention",
            kind=BlockKind.ATTENTION,
            facts=facts.attention_facts(self.shape, own),
            tensors=own,
            repeat_count=self.shape.layer_count,
        )

    def _feed_forward(self) -> tuple[Block, ...]:
        own, router = self._of(*_FEED_FORWARD_ROLES), self._of(Role.ROUTER)
        layer_count = self.shape.layer_count
        made = Block(
            key="layer.experts" if router else "layer.feed_forward",
            kind=BlockKind.EXPERTS if router else BlockKind.FEED_FORWARD,
            facts=facts.feed_forward_facts(self.shape, own),
            tensors=own,
            repeat_count=layer_count,
        )
        if not router:
            return (made,)
        chooser = Block(
            key="layer.router",
            kind=BlockKind.ROUTER,
            facts=facts.router_facts(self.shape),
            tensors=router,
            repeat_count=layer_count,
        )
        return (chooser, made)

    def _mixers(self, hybrid: HybridShape) -> tuple[Block, ...]:
        """Return a block for each kind of layer, in the order in which they first come."""
        return (
            Block(
                key="layer.mamba",
                kind=BlockKind.MAMBA,
                facts=facts.mamba_facts(self.shape, hybrid),
                tensors=self._of(Role.MAMBA),
                repeat_count=len(hybrid.mamba_layers),
            ),
            self._attention_of(BlockKind.WINDOW_ATTENTION, hybrid.window_attention_layers),
            self._attention_of(BlockKind.FULL_ATTENTION, hybrid.full_attention_layers),
            Block(
                key="layer.gated_memory",
                kind=BlockKind.GATED_MEMORY,
                facts=facts.gated_memory_facts(self.shape, hybrid),
                tensors=self._of(Role.GATED_MEMORY),
                repeat_count=len(hybrid.gated_memory_layers),
            ),
            self._attention_of(BlockKind.CROSS_ATTENTION, hybrid.cross_attention_layers),
        )

    def _attention_of(self, kind: BlockKind, layers: tuple[int, ...]) -> Block:
        every = (each.within(layers) for each in self._of(*_ATTENTION_ROLES))
        own = tuple(each for each in every if each is not None)
        return Block(
            key=f"layer.{kind.replace(' ', '_')}",
            kind=kind,
            facts=facts.attention_facts(
                self.shape, own, is_window=kind is BlockKind.WINDOW_ATTENTION
            ),
            tensors=own,
            repeat_count=len(layers),
        )


def _pattern(shape: TransformerShape) -> tuple[LayerKind, ...]:
    """Return each layer's kind, nothing where all layers are alike."""
    if shape.hybrid is not None:
        return _hybrid_pattern(shape.hybrid, shape.layer_count)
    every = facts.dense_every(shape)
    if not every:
        return ()
    # The modelling code makes layer i dense where i + 1 is a multiple of the config's figure.
    return tuple(
        LayerKind.BLOCK_SPARSE if (layer + 1) % every else LayerKind.DENSE
        for layer in range(shape.layer_count)
    )


def _hybrid_pattern(hybrid: HybridShape, layer_count: int) -> tuple[LayerKind, ...]:
    kinds: dict[int, LayerKind] = {}
    for kind, layers in (
        (LayerKind.MAMBA, hybrid.mamba_layers),
        (LayerKind.WINDOW_ATTENTION, hybrid.window_attention_layers),
        (LayerKind.FULL_ATTENTION, hybrid.full_attention_layers),
        (LayerKind.GATED_MEMORY, hybrid.gated_memory_layers),
        (LayerKind.CROSS_ATTENTION, hybrid.cross_attention_layers),
    ):
        kinds.update(dict.fromkeys(layers, kind))
    return tuple(kinds[layer] for layer in range(layer_count))
