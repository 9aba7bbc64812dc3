"""A diagram as plain data: blocks in the order of reading, each with its tensors."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.core.diagram.cache import CachePerToken
    from planner.core.diagram.facts import BlockFacts
    from planner.core.diagram.tensors import SizedTensors


class BlockKind(StrEnum):
    """What a block is."""

    EMBEDDING = "embedding"
    NORM = "norm"
    ATTENTION = "attention"
    WINDOW_ATTENTION = "window attention"
    FULL_ATTENTION = "full attention"
    CROSS_ATTENTION = "cross attention"
    MAMBA = "Mamba"
    GATED_MEMORY = "gated memory"
    FEED_FORWARD = "feed-forward"
    ROUTER = "router"
    EXPERTS = "experts"
    FINAL_NORM = "final norm"
    HEAD = "head"
    ENCODER = "encoder"
    POOLING_HEAD = "pooling head"
    SEPARATORS = "separators"
    PROJECTOR = "projector"
    STATISTICS = "statistics"
    ADAPTER = "adapter"
    OTHER = "other"


class LayerKind(StrEnum):
    """What one layer has where layers differ from one another."""

    MAMBA = "Mamba"
    WINDOW_ATTENTION = "window attention"
    FULL_ATTENTION = "full attention"
    GATED_MEMORY = "gated memory"
    CROSS_ATTENTION = "cross attention"
    BLOCK_SPARSE = "block-sparse attention"
    DENSE = "dense attention"


class Modality(StrEnum):
    """What a tower reads."""

    IMAGE = "image"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One box of the diagram and every tensor that belongs to it.

    `repeat_count` is the number of layers that have it, 1 outside of them. `key` names it for
    as long as the model is the same, whatever the format.
    """

    key: str
    kind: BlockKind
    facts: BlockFacts
    tensors: tuple[SizedTensors, ...]
    repeat_count: int = 1

    @property
    def parameter_count(self) -> int:
        """The parameters of all layers together."""
        return sum(each.parameter_count for each in self.tensors)

    @property
    def used_parameter_count(self) -> int:
        """Those that one token meets: all but the experts that are not chosen."""
        return sum(each.used_parameter_count for each in self.tensors)

    @property
    def total_bytes(self) -> int | None:
        """The bytes of all layers together; `None` where the format has no such tensors."""
        sizes = [each.total_bytes for each in self.tensors if each.total_bytes is not None]
        return sum(sizes) if sizes else None

    @property
    def layer_parameter_count(self) -> int:
        """The parameters of one layer."""
        return self.parameter_count // self.repeat_count

    @property
    def layer_bytes(self) -> int | None:
        """The mean bytes of one layer: a mix stores some layers better than others."""
        total = self.total_bytes
        return None if total is None else round(total / self.repeat_count)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayerStack:
    """The repeated part. With `is_parallel` one norm feeds attention and feed-forward at once.

    `mixers` is one block, or one for each kind of layer; `feed_forward` holds the router before
    the experts. `pattern` names each layer's kind and is empty where all are alike.
    """

    layer_count: int
    is_parallel: bool
    attention_norm: Block
    mixers: tuple[Block, ...]
    feed_forward_norm: Block | None
    feed_forward: tuple[Block, ...]
    adapters: tuple[Block, ...] = ()
    pattern: tuple[LayerKind, ...] = ()

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in the order of reading."""
        second = () if self.feed_forward_norm is None else (self.feed_forward_norm,)
        return (self.attention_norm, *self.mixers, *second, *self.feed_forward, *self.adapters)

    @property
    def is_even(self) -> bool:
        """Whether every layer takes the same: a mix stores some layers better than others."""
        sizes = [0] * self.layer_count
        for block in self.blocks:
            for each in block.tensors:
                for layer in each.tensors.layers:
                    sizes[layer] += (each.bytes_each or 0) * each.tensors.copies
        return len(set(sizes)) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class TextModel:
    """The text part from the embedding to the head."""

    embedding: Block
    layers: LayerStack
    final_norm: Block
    head: Block
    context_length_limit: int
    cache: CachePerToken


@dataclass(frozen=True, slots=True, kw_only=True)
class Tower:
    """An encoder of images or speech with what leads from it to the text model.

    `aside` is stored with it and not on the way of the tokens.
    """

    modality: Modality
    blocks: tuple[Block, ...]
    aside: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagram:
    """A model as blocks. `text` is `None` for a closed model, of which nothing is published.

    `format_name` is `None` where only the parameters are known.
    """

    model_id: str
    model_name: str
    format_name: str | None = None
    text: TextModel | None = None
    towers: tuple[Tower, ...] = ()

    def blocks(self) -> Iterator[Block]:
        """Yield every block in the order of reading: the towers, then the text from the top."""
        for tower in self.towers:
            yield from tower.blocks
            yield from tower.aside
        if self.text is not None:
            yield self.text.embedding
            yield from self.text.layers.blocks
            yield self.text.final_norm
            yield self.text.head

    def block(self, key: str) -> Block | None:
        """Return the block of that key."""
        return next((each for each in self.blocks() if each.key == key), None)

    @property
    def parameter_count(self) -> int:
        """The parameters of all blocks."""
        return sum(block.parameter_count for block in self.blocks())

    @property
    def used_parameter_count(self) -> int:
        """The parameters that one token of text meets: no tower, and the chosen experts."""
        beside = {block.key for tower in self.towers for block in (*tower.blocks, *tower.aside)}
        return sum(
            block.used_parameter_count
            for block in self.blocks()
            if block.key not in beside and block.kind is not BlockKind.ADAPTER
        )

    @property
    def total_bytes(self) -> int | None:
        """The bytes of all blocks, `None` where no format is known."""
        sizes = [block.total_bytes for block in self.blocks()]
        known = [size for size in sizes if size is not None]
        return sum(known) if known else None

    def share(self, block: Block) -> float | None:
        """Return a block's share of the bytes, 0 to 1; of the parameters without a format.

        `None` where the format does not hold the block.
        """
        whole_bytes = self.total_bytes
        if whole_bytes is None:
            return block.parameter_count / self.parameter_count
        if not block.tensors:
            return 0.0
        size = block.total_bytes
        return None if size is None else size / whole_bytes
