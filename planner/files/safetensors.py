"""The header of a safetensors file: names, types, shapes and offsets, nothing else.

The format is described in the README of huggingface/safetensors; what a reader must refuse is
what `Metadata::validate` in its `safetensors/src/tensor.rs` refuses.
"""

from dataclasses import dataclass
from math import prod
from pathlib import Path
from struct import Struct
from typing import Final

from planner.core.errors import PlannerError
from planner.core.model_file import FileTensor
from planner.core.units import format_bytes
from planner.files.bounded_json import parse_json_object
from planner.files.opened import OpenedFile, opened, shown

# MAX_HEADER_SIZE of the format itself. Ours is lower: the header of the largest single file
# known is below 3 MB, and parsing 100 MB would take seconds and a gigabyte.
FORMATS_LONGEST_HEADER: Final = 100_000_000
LONGEST_HEADER: Final = 4 << 20
LONGEST_NAME: Final = 512
MOST_TENSORS: Final = 1 << 14
MOST_DIMENSIONS: Final = 8
LARGEST_DIMENSION: Final = 1 << 40
LARGEST_TENSOR: Final = 1 << 48

_LENGTH: Final = Struct("<Q")
_METADATA: Final = "__metadata__"
# Bits of one value (`Dtype::bitsize`).
DTYPE_BITS: Final = {
    "BOOL": 8,
    "F4": 4,
    "F6_E2M3": 6,
    "F6_E3M2": 6,
    "U8": 8,
    "I8": 8,
    "F8_E5M2": 8,
    "F8_E4M3": 8,
    "F8_E8M0": 8,
    "F8_E4M3FNUZ": 8,
    "F8_E5M2FNUZ": 8,
    "I16": 16,
    "U16": 16,
    "F16": 16,
    "BF16": 16,
    "I32": 32,
    "U32": 32,
    "F32": 32,
    "C64": 64,
    "F64": 64,
    "I64": 64,
    "U64": 64,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SafetensorsHeader:
    """The tensors of one file, in the order of their data."""

    name: str
    size_bytes: int
    tensors: tuple[FileTensor, ...]


def read_safetensors_header(path: Path) -> SafetensorsHeader:
    """Read the header and check that the file holds all its tensors and nothing else.

    Raises:
        PlannerError: it is no safetensors file, is cut off, or contradicts itself.
    """
    with opened(path) as file:
        content = _header_bytes(file)
        size = file.size_bytes
    header = parse_json_object(content, name=f"The header of {shown(path)}")
    header.pop(_METADATA, None)
    if len(header) > MOST_TENSORS:
        raise PlannerError(
            f"{shown(path)} has {len(header):,} tensors, as no model's file has."
        )
    entries = [
        _Entry.plain(name, value) or _Entry.of(name, value, shown(path))
        for name, value in header.items()
    ]
    entries.sort(key=lambda entry: (entry.begin, entry.end))
    _check_order(entries, shown(path), size - _LENGTH.size - len(content))
    return SafetensorsHeader(
        name=shown(path),
        size_bytes=size,
        tensors=tuple(entry.tensor for entry in entries),
    )


def begins_like_safetensors(file: OpenedFile) -> bool:
    """Whether a file begins with a length and a JSON object; the position is left behind."""
    file.stream.seek(0)
    begin = file.stream.read(_LENGTH.size + 1)
    return len(begin) == _LENGTH.size + 1 and begin[-1:] == b"{"


def _header_bytes(file: OpenedFile) -> bytes:
    begin = file.stream.read(_LENGTH.size)
    if len(begin) < _LENGTH.size:
        raise PlannerError(f"{file.name} is too short for a safetensors file.")
    (length,) = _LENGTH.unpack(begin)
    if length > FORMATS_LONGEST_HEADER:
        raise PlannerError(
            f"{file.name} gives its header a length of {length:,} bytes, more than the "
            f"{FORMATS_LONGEST_HEADER:,} that the safetensors format allows."
        )
    if length > LONGEST_HEADER:
        raise PlannerError(
            f"{file.name} has a header of {format_bytes(length)}; no model's is longer than "
            f"{format_bytes(LONGEST_HEADER)}, so it is not read."
        )
    if length > file.size_bytes - _LENGTH.size:
        raise PlannerError(
            f"{file.name} is cut off inside its header, after {file.size_bytes:,} bytes. "
            "Download it again."
        )
    content = file.stream.read(length)
    if len(content) < length or content[:1] != b"{":
        raise PlannerError(f"{file.name} is no safetensors file.")
    return content


@dataclass(frozen=True, slots=True)
class _Entry:
    tensor: FileTensor
    begin: int
    end: int

    @classmethod
    def plain(cls, name: str, value: object) -> "_Entry | None":
        """Return an entry that is as it should be; `None` where `of` has to say why it is not.

        A file has thousands, so nothing is put into words here.
        """
        if not isinstance(value, dict) or len(name) > LONGEST_NAME:
            return None
        dtype, shape, offsets = (value.get(key) for key in ("dtype", "shape", "data_offsets"))
        if not isinstance(shape, list) or not isinstance(offsets, list):
            return None
        # `type`, not `isinstance`: a truth value is an int.
        numbers = shape + offsets
        if len(numbers) > MOST_DIMENSIONS + 2 or {int, *map(type, numbers)} != {int}:
            return None
        bits = DTYPE_BITS.get(dtype) if isinstance(dtype, str) else None
        if bits is None or len(offsets) != 2 or max(numbers) > LARGEST_TENSOR:
            return None
        begin, end = offsets
        size_bytes = -(-prod(shape) * bits // 8)
        is_plain = min(shape, default=1) > 0 <= begin == end - size_bytes
        if not is_plain or size_bytes > LARGEST_TENSOR or not isinstance(dtype, str):
            return None
        return cls(FileTensor(name, tuple(shape), dtype, size_bytes), begin, end)

    @classmethod
    def of(cls, name: str, value: object, file: str) -> "_Entry":
        """Return what the header says of one tensor.

        Raises:
            PlannerError: it is incomplete, out of bounds, or contradicts itself.
        """
        where = f"{file} gives the tensor {shown(name)}"
        if len(name) > LONGEST_NAME:
            raise PlannerError(
                f"{file} has a tensor whose name is {len(name):,} characters long."
            )
        if not isinstance(value, dict):
            raise PlannerError(f"{where} no type, shape and offsets.")
        bits = DTYPE_BITS.get(dtype) if isinstance(dtype := value.get("dtype"), str) else None
        if bits is None or not isinstance(dtype, str):
            raise PlannerError(f"{where} the unknown type {shown(str(dtype))}.")
        shape = _numbers(value.get("shape"), f"{where} the shape", lowest=1)
        if len(shape) > MOST_DIMENSIONS or prod(shape) > LARGEST_TENSOR:
            raise PlannerError(f"{where} a shape that no model has: {_words(shape)}.")
        offsets = _numbers(value.get("data_offsets"), f"{where} the offsets", lowest=0)
        size_bytes = -(-prod(shape) * bits // 8)
        if len(offsets) != 2 or offsets[1] - offsets[0] != size_bytes:
            raise PlannerError(
                f"{where} the offsets {_words(offsets)}, but its shape and type take "
                f"{size_bytes:,} bytes."
            )
        return cls(FileTensor(name, shape, dtype, size_bytes), *offsets)


def _numbers(value: object, what: str, *, lowest: int) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > 64:
        raise PlannerError(f"{what} as something that is no list of numbers.")
    for each in value:
        if isinstance(each, bool) or not isinstance(each, int):
            raise PlannerError(f"{what} with {shown(str(each))}, which is no whole number.")
        if not lowest <= each <= LARGEST_TENSOR:
            raise PlannerError(
                f"{what} with {_number(each)}, not from {lowest} to {LARGEST_TENSOR:,}."
            )
    return tuple(value)


def _number(value: int) -> str:
    return f"{value:,}" if abs(value) < 10**24 else "a number of more than 24 digits"


def _words(values: tuple[int, ...]) -> str:
    return ", ".join(f"{value:,}" for value in values)


def _check_order(entries: list[_Entry], file: str, data_bytes: int) -> None:
    """Check that the tensors follow one another without gaps and fill the file."""
    end, last = 0, ""
    for entry in entries:
        if entry.begin < end:
            raise PlannerError(
                f"{file} places the tensors {shown(last)} and {shown(entry.tensor.name)} over "
                "one another."
            )
        if entry.begin > end:
            raise PlannerError(
                f"{file} leaves {entry.begin - end:,} bytes before the tensor "
                f"{shown(entry.tensor.name)} that belong to none, which the format forbids."
            )
        end, last = entry.end, entry.tensor.name
    if data_bytes < end:
        missing = end - data_bytes
        raise PlannerError(
            f"{file} is cut off: {missing:,} bytes ({format_bytes(missing)}) of its tensors "
            "are missing. Download it again."
        )
    if data_bytes > end:
        raise PlannerError(
            f"{file} holds {data_bytes - end:,} bytes after its last tensor, which the format "
            "forbids."
        )
