"""How torch's quantisers pack a matrix, and what the CUDA allocator makes of it."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Final, assert_never

from planner.core.runtimes.checkpoint_parts import CheckpointParts, Matrices
from planner.core.runtimes.common import round_up
from planner.core.units import MIB

# torch's caching allocator (c10/cuda/CUDACachingAllocator.cpp): sizes are rounded to 512 B;
# from 10 MiB on each tensor gets a segment of whole 2 MiB steps, whose rest is split off only
# if it is above 1 MiB.
_ROUNDING: Final = 512
_OWN_SEGMENT_FROM: Final = 10 * MIB
_SEGMENT_STEP: Final = 2 * MIB
_SPLIT_ABOVE: Final = MIB


class Packing(StrEnum):
    """How the matrices of the layers are stored; the values are words for people."""

    PLAIN = "plain"
    INT8 = "int8 with an f32 scale a row"
    FP8 = "fp8 with an f32 scale a row"
    NF4 = "nf4 with an f32 scale for 64 values"
    NF4_DOUBLE = "nf4 with an 8-bit scale for 64 values, those scaled again"
    GPTQ = "int4 with a scale and a zero for 128 values and a group index"
    AWQ = "int4 with a scale and a zero for 128 values"


# Packed while it loads: each 16-bit matrix stands on the GPU for a moment.
PACKED_ON_LOAD: Final = frozenset({Packing.INT8, Packing.NF4, Packing.NF4_DOUBLE})


def _ceil(value: int, divisor: int) -> int:
    return -(-value // divisor)


def packed_tensors(packing: Packing, matrix: Matrices, value_bytes: int) -> tuple[int, ...]:
    """Return the bytes of each tensor that one matrix becomes.

    The sizes are those of bitsandbytes' `Linear8bitLt` and `Linear4bit` (block 64, double
    quantisation in blocks of 256) and of the GPTQ and AWQ checkpoints with groups of 128.
    """
    count = matrix.values_each
    match packing:
        case Packing.PLAIN:
            return (count * value_bytes,)
        case Packing.INT8 | Packing.FP8:
            return (count, 4 * matrix.rows)
        case Packing.NF4:
            return (_ceil(count, 2), 4 * _ceil(count, 64))
        case Packing.NF4_DOUBLE:
            return (_ceil(count, 2), _ceil(count, 64), 4 * _ceil(count, 64 * 256))
        case Packing.GPTQ:
            return (*packed_tensors(Packing.AWQ, matrix, value_bytes), 4 * matrix.columns)
        case Packing.AWQ:
            groups = matrix.rows * _ceil(matrix.columns, 128)
            return (_ceil(count, 2), 2 * groups, _ceil(groups, 2))
        case _:
            assert_never(packing)


def cuda_block_bytes(size_bytes: int) -> int:
    """Return what `torch.cuda.memory_allocated` counts for a tensor in fresh memory."""
    rounded = round_up(size_bytes, _ROUNDING)
    if rounded < _OWN_SEGMENT_FROM:
        return rounded
    segment = round_up(rounded, _SEGMENT_STEP)
    return segment if segment - rounded <= _SPLIT_ABOVE else rounded


@dataclass(frozen=True, slots=True)
class PackedBytes:
    """Weights in bytes: the tensors' own, and the allocator's blocks that hold them."""

    tensor_bytes: int = 0
    block_bytes: int = 0

    def __add__(self, other: "PackedBytes") -> "PackedBytes":
        return PackedBytes(
            self.tensor_bytes + other.tensor_bytes, self.block_bytes + other.block_bytes
        )


def matrices_bytes(packing: Packing, matrices: Matrices, value_bytes: int) -> PackedBytes:
    """Return what equal matrices take."""
    tensors = packed_tensors(packing, matrices, value_bytes)
    return PackedBytes(
        matrices.count * sum(tensors),
        matrices.count * sum(cuda_block_bytes(each) for each in tensors),
    )


@lru_cache(maxsize=1024)
def linear_bytes(
    parts: CheckpointParts, packing: Packing, value_bytes: int, *, experts_too: bool = True
) -> PackedBytes:
    """Return what the layers' matrices take; experts may stay as they are."""
    total = PackedBytes()
    for each in parts.linear:
        is_packed = experts_too or not each.are_experts
        total += matrices_bytes(packing if is_packed else Packing.PLAIN, each, value_bytes)
    return total


@lru_cache(maxsize=256)
def plain_bytes(parts: CheckpointParts, value_bytes: int) -> PackedBytes:
    """Return what stays in the type that the model computes in: embedding, head, norms."""
    matrices = (parts.embedding, *((parts.head,) if parts.head else ()))
    total = PackedBytes(parts.other_values * value_bytes, parts.other_values * value_bytes)
    for each in matrices:
        total += matrices_bytes(Packing.PLAIN, each, value_bytes)
    return total


@lru_cache(maxsize=256)
def component_bytes(parts: CheckpointParts, packing: Packing, value_bytes: int) -> int:
    """Return what the vision, speech and adapter parts take."""
    packed = sum(
        matrices_bytes(packing, each, value_bytes).tensor_bytes
        for each in parts.component_matrices
    )
    return packed + parts.component_values * value_bytes


def largest_matrix_bytes(parts: CheckpointParts, value_bytes: int) -> int:
    """Return the largest matrix of a layer before it is packed."""
    return max(each.values_each for each in parts.linear) * value_bytes
