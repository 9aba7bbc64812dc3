"""Which quant format a file really is, and which generation of the quantiser made it.

The storage type of every tensor is compared with what the quantiser's rules would choose for
the same model, in every format, generation and with or without an importance matrix.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.core.gguf_layout import TensorLayout
from planner.core.model_file import FileTensor
from planner.core.model_spec import TransformerShape
from planner.core.quant_format import QUANT_FORMATS, QuantFormat
from planner.core.quant_mix import MixRules
from planner.core.runtimes.llama_cpp.file_weights import name_and_layer
from planner.core.runtimes.llama_cpp.weights import GgufWeights, gguf_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeDifference:
    """Tensors of one name stored as `here`, where the rules would choose `there`.

    `name` has an asterisk for the layer; `tensor_count` counts the layers, or is 1.
    """

    name: str
    here: str
    there: str
    tensor_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MixMatch:
    """The nearest quant format: all of `rules` choose these types where it is exact.

    `differences` are those from the first of the `rules`; `differences_from_current` those
    from what the present quantiser makes of the same format.
    """

    quant_format: str
    rules: tuple[MixRules, ...]
    imatrix: bool
    differences: tuple[TypeDifference, ...]
    differences_from_current: tuple[TypeDifference, ...]

    @property
    def is_exact(self) -> bool:
        """Whether the rules choose the type of every tensor."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class _Candidate:
    quant: QuantFormat
    rules: MixRules
    imatrix: bool
    weights: GgufWeights


_TypeOf = dict[tuple[str, int | None], str]


def match_mix(
    tensors: Iterable[FileTensor],
    shape: TransformerShape,
    layout: TensorLayout,
    *,
    label: str | None,
) -> MixMatch:
    """Return the quant format and the rules that come nearest to a file of this model.

    Where several are equally near, the labelled one comes first, then the present rules.
    """
    here: _TypeOf = {name_and_layer(each.name): each.storage for each in tensors}
    candidates = sorted(_candidates(shape, layout), key=lambda each: each.quant.name != label)
    counts = [_wrong_count(here, each.weights) for each in candidates]
    nearest = min(counts)
    best = candidates[counts.index(nearest)]
    rules = tuple(
        each.rules
        for each, count in zip(candidates, counts, strict=True)
        if count == nearest
        and each.quant.name == best.quant.name
        and each.imatrix == best.imatrix
    )
    current = gguf_weights(shape, best.quant, layout=layout, imatrix=best.imatrix)
    return MixMatch(
        quant_format=best.quant.name,
        rules=rules,
        imatrix=best.imatrix,
        differences=_differences(here, best.weights),
        differences_from_current=_differences(here, current),
    )


def _candidates(shape: TransformerShape, layout: TensorLayout) -> Iterator[_Candidate]:
    for imatrix in (False, True):
        for quant in QUANT_FORMATS:
            for rules in MixRules:
                weights = gguf_weights(
                    shape, quant, rules=rules, layout=layout, imatrix=imatrix
                )
                yield _Candidate(quant, rules, imatrix, weights)


def _expected(weights: GgufWeights) -> Iterator[tuple[tuple[str, int | None], str]]:
    for stored in weights.stored:
        for layer in stored.layers or (None,):
            yield (stored.tensor_set.name, layer), stored.storage


def _wrong_count(here: _TypeOf, weights: GgufWeights) -> int:
    """Count the tensors of another type; those that one side lacks say nothing of a mix."""
    return sum(here.get(key, storage) != storage for key, storage in _expected(weights))


def _differences(here: _TypeOf, weights: GgufWeights) -> tuple[TypeDifference, ...]:
    counts: dict[tuple[str, str, str], int] = {}
    for key, storage in _expected(weights):
        found = here.get(key, storage)
        if found != storage:
            name = key[0].replace("{layer}", "*")
            counts[name, found, storage] = counts.get((name, found, storage), 0) + 1
    return tuple(
        TypeDifference(name=name, here=found, there=there, tensor_count=count)
        for (name, found, there), count in counts.items()
    )
