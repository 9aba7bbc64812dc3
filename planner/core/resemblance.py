"""Which model of the catalogue a file holds, told by tensor names and shapes alone.

A file's name and its labels say what somebody meant; its tensors say what it is.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.gguf_layout import TensorLayout, gguf_tensor_sets
from planner.core.model_file import FileTensor
from planner.core.model_spec import Component, ModelSpec, TransformerShape
from planner.core.tensors import TensorSet, tensor_sets, tensors_alone

# Below this share of equal tensors two models have nothing to do with one another: models of
# one family and different widths share next to none.
NEAREST_SHARE: Final = 0.6

_Shapes = Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherShape:
    """A tensor that both have in different shapes, or that only one has (`None`)."""

    name: str
    here: tuple[int, ...] | None
    there: tuple[int, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """The catalogue's nearest models: several where their tensors are the same.

    `layout` is how the file stores the tensors that can stand together or apart, `None` for a
    checkpoint. `differences` is empty where every tensor is the same.
    """

    models: tuple[ModelSpec, ...]
    layout: TensorLayout | None
    tensor_count: int
    differences: tuple[OtherShape, ...]

    @property
    def is_exact(self) -> bool:
        """Whether name and shape of every tensor are the same."""
        return not self.differences


def gguf_resemblance(
    tensors: Iterable[FileTensor], models: Iterable[ModelSpec]
) -> Resemblance | None:
    """Return the model whose GGUF file has these tensors, in whichever layout."""
    best: Resemblance | None = None
    candidates = tuple(models)
    here = {tensor.name: tensor.shape for tensor in tensors}
    for layout in TensorLayout:
        found = _nearest(here, candidates, layout, partial(_gguf_shapes, layout=layout))
        if found and (best is None or len(found.differences) < len(best.differences)):
            best = found
    return best


def checkpoint_resemblance(
    tensors: Iterable[FileTensor], models: Iterable[ModelSpec]
) -> Resemblance | None:
    """Return the model whose published checkpoint has these tensors."""
    here = {tensor.name: tensor.shape for tensor in tensors}
    return _nearest(here, tuple(models), None, _checkpoint_shapes)


def _nearest(
    here: _Shapes,
    models: Sequence[ModelSpec],
    layout: TensorLayout | None,
    shapes_of: Callable[[ModelSpec], _Shapes],
) -> Resemblance | None:
    best_share = 0.0
    best: list[ModelSpec] = []
    best_shapes: _Shapes = {}
    for model in models:
        there = shapes_of(model)
        if best and there == best_shapes:
            best.append(model)
            continue
        share = _equal_share(here, there)
        if share > best_share:
            best_share, best, best_shapes = share, [model], there
    if best_share < NEAREST_SHARE:
        return None
    return Resemblance(
        models=tuple(best),
        layout=layout,
        tensor_count=len(here),
        differences=_differences(here, best_shapes),
    )


def _equal_share(here: _Shapes, there: _Shapes) -> float:
    """Return which part of all tensors that either has is the same in both."""
    if not there:
        return 0.0
    equal = sum(there.get(name) == shape for name, shape in here.items())
    return equal / (len(here) + len(there) - equal)


def _differences(here: _Shapes, there: _Shapes) -> tuple[OtherShape, ...]:
    names = [*here, *(name for name in there if name not in here)]
    return tuple(
        OtherShape(name=name, here=here.get(name), there=there.get(name))
        for name in names
        if here.get(name) != there.get(name)
    )


def _gguf_shapes(model: ModelSpec, layout: TensorLayout) -> _Shapes:
    if model.shape is None:
        return {}
    return _shapes_in_layout(_seen_in_a_file(model.shape), layout)


def _checkpoint_shapes(model: ModelSpec) -> _Shapes:
    if model.shape is None:
        return {}
    return _shapes_in_checkpoint(_seen_in_a_file(model.shape), model.components)


def _seen_in_a_file(shape: TransformerShape) -> TransformerShape:
    """Return the shape without what no tensor shows, so that equal tensors are found equal."""
    return replace(tensors_alone(shape), rotary_dim=0, experts_per_token=0)


@lru_cache(maxsize=256)
def _shapes_in_layout(shape: TransformerShape, layout: TensorLayout) -> _Shapes:
    try:
        return _by_name(gguf_tensor_sets(shape, layout))
    except UnsupportedPlanError:  # llama.cpp has no such architecture
        return {}


@lru_cache(maxsize=64)
def _shapes_in_checkpoint(
    shape: TransformerShape, components: tuple[Component, ...]
) -> _Shapes:
    return _by_name(tensor_sets(shape, components))


def _by_name(sets: Iterable[TensorSet]) -> _Shapes:
    return {tensor.name: tensor.shape for each in sets for tensor in each.tensors()}
