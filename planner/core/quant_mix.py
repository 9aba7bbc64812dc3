"""Which tensor gets which storage type: llama.cpp's quantiser, in three generations.

The order of the decisions is that of `llama_tensor_get_type` in ggml-org/llama.cpp's
`src/llama-quant.cpp`. What changed for Phi models between the generations is whether a fused
q, k, v counts as a value tensor (since PR 19770, 2026-03) and, before 2024, some lower mixes.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import Final

from planner.core.blocks import Role
from planner.core.model_spec import TransformerShape
from planner.core.quant_format import BLOCKS, QuantFormat
from planner.core.quant_format import StorageType as T
from planner.core.records import dataclass


class MixRules(StrEnum):
    """The generation of the quantiser, by the date of its first release."""

    CURRENT = "current"
    MAY_2024 = "2024-05"
    DECEMBER_2023 = "2023-12"


class Where(StrEnum):
    """The layers that get the better type of a tensor's rule."""

    ALL = "all layers"
    FIRST_2 = "the first 2 layers"
    FIRST_4 = "the first 4 layers"
    FIRST_SIXTEENTH = "the first sixteenth of the layers"
    FIRST_EIGHTH = "the first eighth of the layers"
    MIDDLE = "all but the first and last eighth of the layers"
    USE_MORE_BITS = "the first and last eighth and every third layer between"


_IN: Final[dict[Where, Callable[[int, int], bool]]] = {
    Where.ALL: lambda _layer, _count: True,
    Where.FIRST_2: lambda layer, _count: layer < 2,
    Where.FIRST_4: lambda layer, _count: layer < 4,
    Where.FIRST_SIXTEENTH: lambda layer, count: layer < count // 16,
    Where.FIRST_EIGHTH: lambda layer, count: layer < count // 8,
    Where.MIDDLE: lambda layer, count: count // 8 <= layer < 7 * count // 8,
    Where.USE_MORE_BITS: lambda layer, count: (
        layer < count // 8 or layer >= 7 * count // 8 or (layer - count // 8) % 3 == 2
    ),
}


@lru_cache(maxsize=1024)
def chosen_layers(where: Where, layer_count: int) -> frozenset[int]:
    """Return the layers, of `layer_count`, that `where` names."""
    inside = _IN[where]
    return frozenset(layer for layer in range(layer_count) if inside(layer, layer_count))


@dataclass(frozen=True, slots=True)
class TypeRule:
    """`special` in the layers of `where`, `base` in the others."""

    base: T
    special: T | None = None
    where: Where = Where.ALL

    def type_in(self, layer: int | None, layer_count: int) -> T:
        """Return the storage type of the tensor in that layer (`None`: outside the layers)."""
        if self.special is None or layer is None:
            return self.base
        return self.special if layer in chosen_layers(self.where, layer_count) else self.base


@dataclass(frozen=True, slots=True, kw_only=True)
class MixTraits:
    """What the rules look at beside the tensor: the model's heads and experts, the options."""

    rules: MixRules
    imatrix: bool
    grouped_heads: bool
    expert_count: int
    tied_embeddings: bool

    @classmethod
    def of(cls, shape: TransformerShape, *, rules: MixRules, imatrix: bool) -> "MixTraits":
        """Read the traits off a model; grouped heads are four or more query heads a KV head."""
        return cls(
            rules=rules,
            imatrix=imatrix,
            grouped_heads=shape.head_count >= 4 * shape.kv_head_count,
            expert_count=shape.expert_count,
            tied_embeddings=shape.tied_embeddings,
        )


_PLAIN: Final = ("F32", "F16", "BF16", "Q8_0")
_LOWEST: Final = ("IQ1_S", "IQ1_M", "IQ2_XXS", "IQ2_XS", "IQ2_S", "IQ2_M")
_NEVER_QUANTISED: Final = (Role.ROUTER, Role.ROPE_FACTORS)


def type_rule(quant: QuantFormat, role: Role, rank: int, traits: MixTraits) -> TypeRule:
    """Return how the tensors of one role are stored in a quant format.

    `rank` is the number of dimensions: vectors (norms, biases) stay F32, as does the router.
    """
    if rank == 1 or role in _NEVER_QUANTISED:
        return TypeRule(T.F32)
    if quant.name in _PLAIN:
        return TypeRule(quant.base)
    decide = _DECISIONS.get(role)
    return TypeRule(quant.base) if decide is None else decide(quant, traits)


def _output(quant: QuantFormat, _traits: MixTraits) -> TypeRule:
    small = quant.name in _LOWEST or quant.name == "IQ3_XXS"
    return TypeRule(T.Q5_K if small else T.Q6_K)


def _token_embedding(quant: QuantFormat, traits: MixTraits) -> TypeRule:
    # Without an output tensor the embedding is the head, and is stored as one.
    if traits.tied_embeddings and traits.rules is not MixRules.DECEMBER_2023:
        return _output(quant, traits)
    if quant.name in ("IQ2_XXS", "IQ2_XS", "IQ1_S", "IQ1_M"):
        return TypeRule(T.Q2_K)
    if quant.name in ("IQ2_S", "IQ2_M", "IQ3_XXS"):
        return TypeRule(T.IQ3_S)
    return TypeRule(quant.base)


def _better_of_lowest(quant: QuantFormat) -> T:
    return T.IQ3_S if quant.name in ("IQ2_S", "IQ2_M") else T.Q2_K


_VALUE_RULES: Final = {
    "Q3_K_M": TypeRule(T.Q4_K, T.Q5_K, Where.FIRST_2),
    "Q3_K_L": TypeRule(T.Q5_K),
    "IQ3_M": TypeRule(T.Q4_K),
    "Q4_K_M": TypeRule(T.Q4_K, T.Q6_K, Where.USE_MORE_BITS),
    "Q5_K_M": TypeRule(T.Q5_K, T.Q6_K, Where.USE_MORE_BITS),
    "Q4_K_S": TypeRule(T.Q4_K, T.Q5_K, Where.FIRST_4),
}
_GROUPED_VALUE_TYPES: Final = {
    "Q2_K": T.Q4_K,
    "Q2_K_S": T.Q4_K,
    "IQ3_XXS": T.Q4_K,
    "IQ3_XS": T.Q4_K,
    "IQ3_S": T.Q4_K,
    "IQ4_NL": T.Q5_K,
    "IQ4_XS": T.Q5_K,
}


def _value(quant: QuantFormat, traits: MixTraits) -> TypeRule:
    if quant.name in _LOWEST:
        grouped = traits.grouped_heads or traits.expert_count >= 4
        return TypeRule(T.Q4_K if grouped else _better_of_lowest(quant))
    if traits.grouped_heads and quant.name in _GROUPED_VALUE_TYPES:
        return TypeRule(_GROUPED_VALUE_TYPES[quant.name])
    if quant.name == "Q2_K":
        return TypeRule(T.Q3_K)
    if quant.name == "IQ3_XXS" and not traits.imatrix:
        return TypeRule(T.IQ3_S)
    return _VALUE_RULES.get(quant.name, TypeRule(quant.base))


_OLD_FUSED_TYPES: Final = {
    "Q3_K_M": T.Q4_K,
    "Q3_K_L": T.Q4_K,
    "IQ3_M": T.Q4_K,
    "Q4_K_M": T.Q5_K,
    "Q5_K_M": T.Q6_K,
}


def _fused_qkv(quant: QuantFormat, traits: MixTraits) -> TypeRule:
    if traits.rules is MixRules.CURRENT:
        return _value(quant, traits)
    return TypeRule(_OLD_FUSED_TYPES.get(quant.name, quant.base))


def _query_key(quant: QuantFormat, _traits: MixTraits) -> TypeRule:
    types = {"IQ3_XS": T.IQ3_XXS, "IQ3_XXS": T.IQ2_S}
    return TypeRule(types.get(quant.name, quant.base))


_DOWN_RULES: Final = {
    "Q2_K": TypeRule(T.Q3_K),
    "Q2_K_S": TypeRule(T.Q2_K, T.Q4_K, Where.FIRST_EIGHTH),
    "Q3_K_M": TypeRule(T.Q4_K, T.Q5_K, Where.FIRST_SIXTEENTH),
    "Q3_K_L": TypeRule(T.Q5_K),
    "IQ3_M": TypeRule(T.IQ3_S, T.Q4_K, Where.FIRST_EIGHTH),
    "Q4_K_M": TypeRule(T.Q4_K, T.Q6_K, Where.USE_MORE_BITS),
    "Q5_K_M": TypeRule(T.Q5_K, T.Q6_K, Where.USE_MORE_BITS),
    "Q4_K_S": TypeRule(T.Q4_K, T.Q5_K, Where.FIRST_EIGHTH),
}
_DOWN_WITHOUT_IMATRIX: Final = {
    "IQ3_XXS": TypeRule(T.Q3_K, T.Q4_K, Where.FIRST_EIGHTH),
    "IQ4_NL": TypeRule(T.IQ4_NL, T.Q5_K, Where.FIRST_EIGHTH),
    "IQ4_XS": TypeRule(T.IQ4_XS, T.Q5_K, Where.FIRST_EIGHTH),
}
_DOWN_WITH_IMATRIX: Final = {
    "Q4_0": TypeRule(T.Q4_0, T.Q4_1, Where.FIRST_EIGHTH),
    "Q5_0": TypeRule(T.Q5_0, T.Q5_1, Where.FIRST_EIGHTH),
}
_DOWN_2023: Final = {
    "Q3_K_M": TypeRule(T.Q4_K, T.Q5_K, Where.FIRST_2),
    "Q4_K_S": TypeRule(T.Q4_K, T.Q5_K, Where.FIRST_4),
}


def _down(quant: QuantFormat, traits: MixTraits) -> TypeRule:
    if traits.rules is MixRules.DECEMBER_2023 and quant.name in _DOWN_2023:
        return _DOWN_2023[quant.name]
    if quant.name in _LOWEST:
        return TypeRule(quant.base, _better_of_lowest(quant), Where.FIRST_EIGHTH)
    by_imatrix = _DOWN_WITH_IMATRIX if traits.imatrix else _DOWN_WITHOUT_IMATRIX
    return by_imatrix.get(quant.name) or _DOWN_RULES.get(quant.name, TypeRule(quant.base))


_OUTPUT_PROJECTION_TYPES: Final = {
    "IQ2_S": T.IQ3_S,
    "IQ2_M": T.IQ3_S,
    "IQ1_S": T.IQ2_XXS,
    "IQ1_M": T.IQ2_XXS,
    "Q2_K": T.Q3_K,
    "IQ3_XXS": T.IQ3_S,
    "Q3_K_M": T.Q4_K,
    "Q3_K_L": T.Q5_K,
    "IQ3_M": T.Q4_K,
}


def _attention_output(quant: QuantFormat, _traits: MixTraits) -> TypeRule:
    return TypeRule(_OUTPUT_PROJECTION_TYPES.get(quant.name, quant.base))


def _gate_up(quant: QuantFormat, traits: MixTraits) -> TypeRule:
    if quant.name == "IQ3_XS":
        return TypeRule(T.IQ3_S, T.IQ3_XXS, Where.MIDDLE)
    if quant.name == "Q2_K" and traits.rules is MixRules.DECEMBER_2023:
        return TypeRule(T.Q3_K)
    return TypeRule(quant.base)


_DECISIONS: Final[dict[Role, Callable[[QuantFormat, MixTraits], TypeRule]]] = {
    Role.OUTPUT: _output,
    Role.TOKEN_EMBEDDING: _token_embedding,
    Role.ATTENTION_V: _value,
    Role.ATTENTION_QKV: _fused_qkv,
    Role.ATTENTION_Q: _query_key,
    Role.ATTENTION_K: _query_key,
    Role.FEED_FORWARD_DOWN: _down,
    Role.ATTENTION_OUTPUT: _attention_output,
    Role.FEED_FORWARD_GATE: _gate_up,
    Role.FEED_FORWARD_UP: _gate_up,
    Role.FEED_FORWARD_GATE_UP: _gate_up,
}

_FALLBACKS: Final = {
    T.Q4_K: T.Q5_0,
    T.Q5_K: T.Q5_1,
    T.Q6_K: T.Q8_0,
    T.Q2_K: T.Q4_0,
    T.Q3_K: T.Q4_0,
}


def storable(storage: T, row_length: int, rules: MixRules) -> T:
    """Return the type that a row of this length really gets.

    Blocks of 256 do not fit every row; the quantiser then takes a type of 32, else F16. No
    published Phi model has such a row; a user's own file may.
    """
    if row_length % BLOCKS[storage][0] == 0:
        return storage
    low = storage in (T.Q2_K, T.Q3_K) and rules is not MixRules.CURRENT
    stored = T.IQ4_NL if low else _FALLBACKS.get(storage, T.IQ4_NL)
    return stored if row_length % BLOCKS[stored][0] == 0 else T.F16
