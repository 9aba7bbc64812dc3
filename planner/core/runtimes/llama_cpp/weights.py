"""The weights of a GGUF file, to the byte: each tensor's type, its rows, its padding."""

from functools import lru_cache
from math import prod
from typing import Final

from planner.core.blocks import Role
from planner.core.gguf_layout import TensorLayout, gguf_tensor_sets
from planner.core.model_spec import TransformerShape
from planner.core.quant_format import QuantFormat, StorageType, row_bytes
from planner.core.quant_mix import MixRules, MixTraits, chosen_layers, storable, type_rule
from planner.core.records import dataclass
from planner.core.tensors import TensorSet, tensors_alone

# `general.alignment` of GGUF: each tensor starts at a multiple of 32 bytes.
ALIGNMENT: Final = 32
# What llama.cpp rearranges for AVX2 at load (ggml-cpu `repack.cpp`, x86 with AVX2 or AVX-512);
# other processors rearrange other types.
REPACKED_ON_X86: Final = frozenset((StorageType.Q4_K, StorageType.Q4_0, StorageType.IQ4_NL))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredTensor:
    """The tensors of one set that share a storage type; `layers` as in the set.

    `storage` is a `StorageType`, or ggml's name of a type that only a user's own file has.
    """

    tensor_set: TensorSet
    storage: str
    layers: tuple[int, ...]
    bytes_each: int

    @property
    def total_bytes(self) -> int:
        """The bytes of all of them, each padded to the file's alignment."""
        return self.bytes_each * (len(self.layers) or 1)

    @property
    def holds_experts(self) -> bool:
        """Whether it is a stack of experts, which `--n-cpu-moe` leaves in RAM."""
        return "_exps." in self.tensor_set.name

    @property
    def role(self) -> Role:
        """What the tensor does in the block."""
        return self.tensor_set.role


# Compared and hashed by identity: `gguf_weights` returns one object for equal arguments.
@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GgufWeights:
    """Every tensor of a GGUF file with its storage type.

    `token_embedding_bytes` is looked up on the host; where `is_tied` it is the output head too.
    `repacked_bytes` is what a CPU with AVX2 keeps a second, rearranged copy of.
    `layer_bytes` is what each repeating layer takes, `expert_bytes` its experts' part of that,
    `tensor_bytes` everything with its padding, as llama.cpp's quantiser counts it.
    """

    stored: tuple[StoredTensor, ...]
    token_embedding_bytes: int
    repacked_bytes: int
    is_tied: bool
    layer_bytes: tuple[int, ...]
    expert_bytes: tuple[int, ...]
    tensor_bytes: int


def gguf_weights(
    shape: TransformerShape,
    quant: QuantFormat,
    *,
    rules: MixRules = MixRules.CURRENT,
    layout: TensorLayout = TensorLayout.DEFAULT,
    imatrix: bool = False,
) -> GgufWeights:
    """Return the tensors of the GGUF file that llama.cpp's quantiser writes.

    Raises:
        UnsupportedPlanError: llama.cpp has no such architecture.
    """
    return _quantised(tensors_alone(shape), quant, rules, layout, imatrix)


@lru_cache(maxsize=4096)
def _quantised(
    shape: TransformerShape,
    quant: QuantFormat,
    rules: MixRules,
    layout: TensorLayout,
    imatrix: bool,
) -> GgufWeights:
    traits = MixTraits.of(shape, rules=rules, imatrix=imatrix)
    stored = tuple(
        each
        for tensor_set in gguf_tensor_sets(shape, layout)
        for each in _stored(tensor_set, shape, quant, traits)
    )
    return weights_of(stored, shape.layer_count)


def weights_of(stored: tuple[StoredTensor, ...], layer_count: int) -> GgufWeights:
    """Add up stored tensors, whoever chose their types."""
    every_layer = every_expert = outside = embedding = repacked = 0
    layer_bytes, expert_bytes = [0] * layer_count, [0] * layer_count
    is_tied = True
    for each in stored:
        size = each.bytes_each
        in_experts = size if each.holds_experts else 0
        if not each.layers:
            outside += size
            embedding += size if each.role is Role.TOKEN_EMBEDDING else 0
            is_tied = is_tied and each.role is not Role.OUTPUT
            continue
        if each.storage in REPACKED_ON_X86:
            repacked += each.total_bytes
        # Most sets are in all layers alike, and the first grid adds up a thousand of them.
        if len(each.layers) == layer_count:
            every_layer += size
            every_expert += in_experts
            continue
        for layer in each.layers:
            layer_bytes[layer] += size
            expert_bytes[layer] += in_experts
    layers = tuple(size + every_layer for size in layer_bytes)
    return GgufWeights(
        stored=stored,
        token_embedding_bytes=embedding,
        repacked_bytes=repacked,
        is_tied=is_tied,
        layer_bytes=layers,
        expert_bytes=tuple(size + every_expert for size in expert_bytes),
        tensor_bytes=outside + sum(layers),
    )


def _stored(
    tensor_set: TensorSet, shape: TransformerShape, quant: QuantFormat, traits: MixTraits
) -> tuple[StoredTensor, ...]:
    """Return the set as one or two groups, by the storage type of each layer's tensor."""
    # A stack of experts is quantised like a matrix; a vector of each expert does not occur.
    rule = type_rule(quant, tensor_set.role, len(tensor_set.shape), traits)
    if rule.special is None or not tensor_set.layers:
        return (_group(tensor_set, rule.base, tensor_set.layers, traits),)
    chosen = chosen_layers(rule.where, shape.layer_count)
    special = tuple(layer for layer in tensor_set.layers if layer in chosen)
    base = tuple(layer for layer in tensor_set.layers if layer not in chosen)
    groups = ((rule.special, special), (rule.base, base))
    return tuple(_group(tensor_set, kind, layers, traits) for kind, layers in groups if layers)


def _group(
    tensor_set: TensorSet, wanted: StorageType, layers: tuple[int, ...], traits: MixTraits
) -> StoredTensor:
    *rows, row_length = tensor_set.shape
    storage = storable(wanted, row_length, traits.rules)
    size_bytes = prod(rows) * row_bytes(storage, row_length)
    padded = -(-size_bytes // ALIGNMENT) * ALIGNMENT
    return StoredTensor(
        tensor_set=tensor_set, storage=storage, layers=layers, bytes_each=padded
    )
