"""The parts beside the text model: towers that read images or speech, and LoRA adapters."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, Final

from planner.core.diagram.facts import ComponentFacts
from planner.core.diagram.model import Block, BlockKind, Modality, Tower

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.core.diagram.tensors import SizedTensors
    from planner.core.model_spec import Component

# The catalogue's words for the kinds of a component.
_KINDS: Final = {
    "vision-encoder": BlockKind.ENCODER,
    "speech-encoder": BlockKind.ENCODER,
    "vision-pooling-head": BlockKind.POOLING_HEAD,
    "separators": BlockKind.SEPARATORS,
    "projector": BlockKind.PROJECTOR,
    "statistics": BlockKind.STATISTICS,
    "lora": BlockKind.ADAPTER,
}
_MODALITIES: Final = {"vision-encoder": Modality.IMAGE, "speech-encoder": Modality.SPEECH}
# The way of the tokens: scaled, encoded, set apart, brought to the width of the text model.
_ORDER: Final = (
    BlockKind.STATISTICS,
    BlockKind.ENCODER,
    BlockKind.SEPARATORS,
    BlockKind.PROJECTOR,
    BlockKind.OTHER,
)


def towers_of(
    components: Sequence[Component], sized: Iterable[SizedTensors]
) -> tuple[Tower, ...]:
    """Return a tower for each encoder; other parts go to the one whose names are nearest."""
    tensors = tuple(sized)
    encoders = [each for each in components if each.kind in _MODALITIES]
    members: dict[str, list[Component]] = {encoder.name: [] for encoder in encoders}
    for part in components:
        if _kind(part) is not BlockKind.ADAPTER and encoders:
            nearest = max(encoders, key=lambda each: _nearness(each, part))
            members[nearest.name].append(part)
    return tuple(
        _tower(_MODALITIES[encoder.kind], components, members[encoder.name], tensors)
        for encoder in encoders
    )


def adapters_of(
    components: Sequence[Component], sized: Iterable[SizedTensors]
) -> tuple[Block, ...]:
    """Return the LoRA weights, which lie on the matrices of the text's layers.

    Parts of a model without an encoder stand here too: nothing else would hold them.
    """
    tensors = tuple(sized)
    has_towers = any(each.kind in _MODALITIES for each in components)
    return tuple(
        _block(part, components, tensors)
        for part in components
        if _kind(part) is BlockKind.ADAPTER or not has_towers
    )


def _kind(part: Component) -> BlockKind:
    return _KINDS.get(part.kind, BlockKind.OTHER)


def _nearness(encoder: Component, part: Component) -> tuple[bool, int]:
    """Return how much of the name two parts share; an encoder is nearest to itself."""
    pairs = zip(encoder.prefix, part.prefix, strict=False)
    shared = takewhile(lambda pair: pair[0] == pair[1], pairs)
    return part is encoder, len(tuple(shared))


def _tower(
    modality: Modality,
    components: Sequence[Component],
    members: Sequence[Component],
    tensors: tuple[SizedTensors, ...],
) -> Tower:
    blocks = [_block(part, components, tensors) for part in members]
    way = [block for block in blocks if block.kind in _ORDER]
    return Tower(
        modality=modality,
        blocks=tuple(sorted(way, key=lambda block: _ORDER.index(block.kind))),
        aside=tuple(block for block in blocks if block.kind not in _ORDER),
    )


def _block(
    part: Component, components: Sequence[Component], tensors: tuple[SizedTensors, ...]
) -> Block:
    own = tuple(each for each in tensors if each.tensors.component == part.name)
    matrices = [each.tensors.shape for each in own if len(each.tensors.shape) == 2]
    kind = _kind(part)
    is_projector = kind is BlockKind.PROJECTOR
    return Block(
        key=f"component.{components.index(part)}",
        kind=kind,
        facts=ComponentFacts(
            name=part.name,
            note=part.note,
            layer_count=max((len(each.tensors.layers) for each in own), default=0),
            # A LoRA's first matrix brings its input down to the rank.
            rank=matrices[0][0] if kind is BlockKind.ADAPTER else None,
            in_width=matrices[0][1] if is_projector else None,
            out_width=matrices[-1][0] if is_projector else None,
        ),
        tensors=own,
    )
