"""The one inventory: a model as its named tensors.

Parameter counts, weights at a quant format, the split over devices, the diagram and the
specification sheet are all computed from these sets; none of them knows a shape of its own.

A `TensorSet` stands for one tensor of each layer that has it, so that a model is about a dozen
sets instead of some hundred tensors; `TensorSet.tensors` names each of them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from math import prod

from planner.core.blocks import BlockTensor, Role, block_tensors
from planner.core.model_spec import Component, ModelSpec, TransformerShape
from planner.core.records import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tensor:
    """One named tensor of the checkpoint; `layer` is `None` outside the repeated blocks."""

    name: str
    shape: tuple[int, ...]
    role: Role
    layer: int | None = None

    @property
    def parameter_count(self) -> int:
        """The number of values it holds."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorSet:
    """Equal tensors of several layers, experts or indices.

    `name` is a pattern with `{layer}` and `{expert}`. `layers` is empty for a tensor that
    stands outside the layers; `copies` counts the experts of a layer, 1 for everything else.
    `component` names the vision, speech or adapter part, `None` for the text model.
    """

    name: str
    role: Role
    shape: tuple[int, ...]
    layers: tuple[int, ...] = ()
    copies: int = 1
    component: str | None = None

    @property
    def tensor_count(self) -> int:
        """How many tensors the set stands for."""
        return (len(self.layers) or 1) * self.copies

    @property
    def parameter_count(self) -> int:
        """The values of all its tensors together."""
        return prod(self.shape) * self.tensor_count

    def tensors(self) -> Iterator[Tensor]:
        """Name each tensor of the set, layer by layer."""
        for layer in self.layers or (None,):
            for expert in range(self.copies):
                yield Tensor(
                    name=self.name.format(layer=layer, expert=expert),
                    shape=self.shape,
                    role=self.role,
                    layer=layer,
                )


@lru_cache(maxsize=256)
def tensors_alone(shape: TransformerShape) -> TransformerShape:
    """Return the shape without what no tensor depends on: half of the models then share one."""
    return replace(
        shape,
        source="",
        context_length_limit=1,
        position_limit=1,
        rope_theta=None,
        sliding_window=None,
    )


@lru_cache(maxsize=256)
def text_tensor_sets(shape: TransformerShape) -> tuple[TensorSet, ...]:
    """Return the tensors of the text model, named and shaped as in the published checkpoint."""
    return tuple(_set_of(tensor, shape) for tensor in block_tensors(shape))


def _set_of(tensor: BlockTensor, shape: TransformerShape) -> TensorSet:
    every_layer = tuple(range(shape.layer_count)) if "{layer}" in tensor.name else ()
    return TensorSet(
        name=tensor.name,
        role=tensor.role,
        shape=tensor.shape,
        layers=every_layer if tensor.layers is None else tensor.layers,
        copies=shape.expert_count if "{expert}" in tensor.name else 1,
    )


def component_tensor_sets(component: Component) -> tuple[TensorSet, ...]:
    """Return the tensors of a vision, speech or adapter part."""
    return tuple(
        TensorSet(
            name=(component.prefix + group.name).replace("{}", "{layer}"),
            role=Role.COMPONENT,
            shape=group.shape,
            layers=tuple(range(group.count)) if "{}" in group.name else (),
            component=component.name,
        )
        for group in component.tensors
    )


@lru_cache(maxsize=256)
def tensor_sets(
    shape: TransformerShape, components: tuple[Component, ...]
) -> tuple[TensorSet, ...]:
    """Return every tensor of a model: the text part first, then each component."""
    extra = (component_tensor_sets(component) for component in components)
    return text_tensor_sets(shape) + tuple(each for sets in extra for each in sets)


def parameter_count(sets: Iterable[TensorSet]) -> int:
    """Return the number of values that the sets hold together."""
    return sum(each.parameter_count for each in sets)


def model_parameter_count(model: ModelSpec) -> int | None:
    """Return the count derived from the inventory, `None` for a closed model."""
    if model.shape is None:
        return None
    return parameter_count(tensor_sets(model.shape, model.components))


def active_parameter_count(shape: TransformerShape) -> int:
    """Return the values used for one token: everything but the experts that are not chosen.

    The input embedding and the output head count in full, as in the published active counts of
    the three MoE models (arXiv 2404.14219 and 2506.18349).
    """
    total = 0
    for each in text_tensor_sets(shape):
        share = each.parameter_count
        if each.copies > 1:
            share = share // each.copies * shape.experts_per_token
        total += share
    return total
