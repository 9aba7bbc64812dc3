"""A model file as its header describes it: tensors, storage types, labels, shape.

Readers in `planner.files` fill these records; everything that is concluded from them is in the
other modules of the core.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from math import prod
from typing import Final

from planner.core.foreign_shape import OwnShape

# `general.alignment` of GGUF where a file does not say otherwise.
DEFAULT_ALIGNMENT: Final = 32


class FileKind(StrEnum):
    """What was read; the values are the JSON's."""

    GGUF = "gguf"
    SAFETENSORS = "safetensors"
    CONFIG = "config"


@dataclass(frozen=True, slots=True)
class FileTensor:
    """One tensor of a file; `shape` is rows by columns, outputs first, experts before them.

    `storage` is the file's own name of the type, `size_bytes` goes without padding.
    """

    name: str
    shape: tuple[int, ...]
    storage: str
    size_bytes: int

    @property
    def parameter_count(self) -> int:
        """The number of values it holds."""
        return prod(self.shape)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A quant format that a file claims to have; `source` says where it says so."""

    source: str
    quant_format: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageTotal:
    """All tensors of a file that share a storage type."""

    storage: str
    tensor_count: int
    parameter_count: int
    size_bytes: int


@dataclass(frozen=True, kw_only=True)
class ModelFile:
    """What was read: one file, the parts of one model, or a folder.

    `file_bytes` is `None` for a config alone. `shape` is `None` where `missing` says what the
    file lacks for it. `notes` are sentences about what the reader came across.
    """

    kind: FileKind
    name: str
    file_names: tuple[str, ...]
    file_bytes: int | None = None
    tensors: tuple[FileTensor, ...] = ()
    alignment: int = DEFAULT_ALIGNMENT
    architecture: str | None = None
    shape: OwnShape | None = None
    missing: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    title: str | None = None
    notes: tuple[str, ...] = ()

    @cached_property
    def parameter_count(self) -> int:
        """The values of all tensors; the rope factors of a GGUF are no parameters."""
        return sum(each.parameter_count for each in self.tensors if not _is_rope(each))

    @cached_property
    def tensor_bytes(self) -> int:
        """What the tensors take, with a GGUF's padding."""
        if self.kind is not FileKind.GGUF:
            return sum(each.size_bytes for each in self.tensors)
        return sum(padded_bytes(each.size_bytes, self.alignment) for each in self.tensors)

    @property
    def bits_per_weight(self) -> float | None:
        """The average bits of one parameter, scales included; `None` without tensors."""
        return self.tensor_bytes * 8 / self.parameter_count if self.parameter_count else None

    def storage_totals(self) -> tuple[StorageTotal, ...]:
        """Return the tensors by storage type, the type with the most bytes first."""
        counts: Counter[str] = Counter()
        parameters: Counter[str] = Counter()
        sizes: Counter[str] = Counter()
        for each in self.tensors:
            counts[each.storage] += 1
            parameters[each.storage] += each.parameter_count
            sizes[each.storage] += each.size_bytes
        return tuple(
            StorageTotal(
                storage=storage,
                tensor_count=counts[storage],
                parameter_count=parameters[storage],
                size_bytes=size,
            )
            for storage, size in sizes.most_common()
        )


def padded_bytes(size_bytes: int, alignment: int) -> int:
    """Return a size rounded up to a multiple of the alignment."""
    return -(-size_bytes // alignment) * alignment


def _is_rope(tensor: FileTensor) -> bool:
    return tensor.name.startswith("rope_")
