"""A checkpoint as the quantisers of Python runtimes see it.

They go by module: the matrices of the layers are packed, the embedding, the head and the norms
mostly are not. Everything comes from the one inventory in `planner.core.tensors`.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from planner.core.blocks import Role
from planner.core.model_spec import Component, ModelSpec, TransformerShape
from planner.core.plan import require_shape
from planner.core.tensors import TensorSet, parameter_count, tensor_sets

# Stored by some models, dropped by some loaders (the notes of the catalogue's components).
POOLING_HEAD_KIND: Final = "vision-pooling-head"
_LAYER_MATRICES: Final = frozenset(
    {
        Role.ATTENTION_QKV,
        Role.ATTENTION_Q,
        Role.ATTENTION_K,
        Role.ATTENTION_V,
        Role.ATTENTION_OUTPUT,
        Role.FEED_FORWARD_GATE_UP,
        Role.FEED_FORWARD_GATE,
        Role.FEED_FORWARD_UP,
        Role.FEED_FORWARD_DOWN,
        Role.ROUTER,
        Role.GATED_MEMORY,
    }
)


@dataclass(frozen=True, slots=True)
class Matrices:
    """`count` equal matrices of rows (outputs) by columns (inputs)."""

    rows: int
    columns: int
    count: int = 1
    are_experts: bool = False

    @property
    def values_each(self) -> int:
        """The values of one of them."""
        return self.rows * self.columns

    @property
    def value_count(self) -> int:
        """The values of all of them."""
        return self.values_each * self.count


# Equal by identity: these are kept in a cache, and hashing their fields takes longer than the
# sums that are looked up by them.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CheckpointParts:
    """One checkpoint by what a quantiser does with it.

    `head` is `None` where the embedding is the head too. `other_values` are norms, biases and
    the state of Mamba layers. The components are the vision, speech and adapter parts;
    `pooling_values` of them some loaders leave out.
    """

    linear: tuple[Matrices, ...]
    embedding: Matrices
    head: Matrices | None
    other_values: int
    component_matrices: tuple[Matrices, ...]
    component_values: int
    pooling_values: int
    parameter_count: int

    @property
    def linear_values(self) -> int:
        """The values of the layers' matrices."""
        return sum(each.value_count for each in self.linear)

    @property
    def head_values(self) -> int:
        """The values of a head of its own, 0 where it is tied."""
        return 0 if self.head is None else self.head.value_count

    @property
    def component_matrix_values(self) -> int:
        """The values of the components' matrices."""
        return sum(each.value_count for each in self.component_matrices)


def checkpoint_parts(model: ModelSpec) -> CheckpointParts:
    """Return a model's parts.

    Raises:
        UnsupportedPlanError: the model is closed.
    """
    return _parts(require_shape(model), model.components)


@lru_cache(maxsize=256)
def _parts(shape: TransformerShape, components: tuple[Component, ...]) -> CheckpointParts:
    sets = tensor_sets(shape, components)
    text = [each for each in sets if each.component is None]
    extra = [each for each in sets if each.component is not None]
    linear = tuple(_matrices(each) for each in text if is_layer_matrix(each))
    embedding = next(_matrices(each) for each in text if each.role is Role.TOKEN_EMBEDDING)
    head = next((_matrices(each) for each in text if _is_head(each)), None)
    component_matrices = tuple(_matrices(each) for each in extra if len(each.shape) == 2)
    packed = sum(each.value_count for each in (*linear, embedding, *((head,) if head else ())))
    pooling = {each.name for each in components if each.kind == POOLING_HEAD_KIND}
    return CheckpointParts(
        linear=linear,
        embedding=embedding,
        head=head,
        other_values=parameter_count(text) - packed,
        component_matrices=component_matrices,
        component_values=parameter_count(extra)
        - sum(each.value_count for each in component_matrices),
        pooling_values=parameter_count(each for each in extra if each.component in pooling),
        parameter_count=parameter_count(sets),
    )


def _matrices(tensors: TensorSet) -> Matrices:
    rows, columns = tensors.shape
    return Matrices(rows, columns, tensors.tensor_count, are_experts=tensors.copies > 1)


def is_layer_matrix(tensors: TensorSet) -> bool:
    """Return whether they are `Linear` modules of the layers, which quantisers pack."""
    if len(tensors.shape) != 2:
        return False
    is_projection = tensors.role is Role.MAMBA and tensors.name.endswith("_proj.weight")
    return is_projection or tensors.role in _LAYER_MATRICES


def _is_head(tensors: TensorSet) -> bool:
    return tensors.role is Role.OUTPUT and len(tensors.shape) == 2
