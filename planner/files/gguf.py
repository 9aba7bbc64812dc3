"""The header of one GGUF file: metadata, tensors, where they end. Nothing else is read.

The format is described in ggml-org/ggml `docs/gguf.md`; what a reader must refuse is what
`gguf_init_from_file` in llama.cpp's `ggml/src/ggml.c` refuses. The `gguf` package is not used
here, because it keeps every token of a vocabulary as an array of its own.
"""

from dataclasses import dataclass
from math import prod
from pathlib import Path
from struct import Struct
from typing import Any, Final

from planner.core.errors import PlannerError
from planner.core.ggml_types import GGML_TYPES
from planner.core.model_file import DEFAULT_ALIGNMENT, FileTensor, padded_bytes
from planner.core.units import format_bytes
from planner.files.byte_window import ByteWindow
from planner.files.opened import OpenedFile, opened, shown

MAGIC: Final = b"GGUF"
_OLDER_MAGICS: Final = (b"lmgg", b"fmgg", b"tjgg", b"algg")  # GGML, GGMF, GGJT, GGLA
VERSIONS: Final = (2, 3)

# Real files have some 40 keys; 2,000 tensors, 14,000 where each of 128 experts stood alone; a
# vocabulary and its merges of 780,000 texts. What is beyond is no model, and is refused before
# it costs a tenth of a second.
MOST_KEYS: Final = 4096
MOST_TENSORS: Final = 1 << 14
MOST_TEXTS: Final = 800_000
MOST_VALUES: Final = 1 << 26
LONGEST_KEY: Final = 512
LONGEST_TENSOR_NAME: Final = 63  # GGML_MAX_NAME is 64, with the closing zero
LONGEST_KEPT_TEXT: Final = 1024
LONGEST_KEPT_ARRAY: Final = 1024
MOST_KEPT_VALUES: Final = 1 << 15
MOST_DIMENSIONS: Final = 4  # GGML_MAX_DIMS
LARGEST_DIMENSION: Final = 1 << 40
LARGEST_TENSOR: Final = 1 << 48
LARGEST_ALIGNMENT: Final = 1 << 20

_FIXED: Final = Struct("<IQQ")
_LENGTH: Final = Struct("<Q")
_KIND: Final = Struct("<I")
_ARRAY: Final = Struct("<IQ")
_TEXT_KIND: Final = 8
_ARRAY_KIND: Final = 9
_SCALARS: Final = {
    0: Struct("<B"),
    1: Struct("<b"),
    2: Struct("<H"),
    3: Struct("<h"),
    4: Struct("<I"),
    5: Struct("<i"),
    6: Struct("<f"),
    7: Struct("<?"),
    10: Struct("<Q"),
    11: Struct("<q"),
    12: Struct("<d"),
}
_TENSORS: Final = {count: Struct(f"<{count}QIQ") for count in range(1, MOST_DIMENSIONS + 1)}


@dataclass(frozen=True, slots=True)
class LongArray:
    """An array that was not kept: its length is all that matters."""

    count: int


@dataclass(frozen=True, slots=True)
class LongText:
    """A text that was not kept."""

    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GgufHeader:
    """What one file says of itself; a tensor's shape is rows by columns.

    `trailing_bytes` follow the last tensor and belong to none.
    """

    name: str
    version: int
    size_bytes: int
    metadata: dict[str, object]
    tensors: tuple[FileTensor, ...]
    alignment: int
    trailing_bytes: int


def read_gguf_header(path: Path) -> GgufHeader:
    """Read the header in one pass and check that the file holds all its tensors.

    Raises:
        PlannerError: it is no GGUF file, is cut off, or holds what no model has.
    """
    with opened(path) as file:
        return _Reader(file).header()


def is_gguf(file: OpenedFile) -> bool:
    """Whether a file begins as a GGUF file, of whichever age; the position is left behind."""
    file.stream.seek(0)
    return file.stream.read(4) in (MAGIC, *_OLDER_MAGICS)


class _Reader:
    def __init__(self, file: OpenedFile) -> None:
        self._file = file
        self._name = file.name
        self._window = ByteWindow(file)
        self._texts_left = MOST_TEXTS
        self._kept_left = MOST_KEPT_VALUES

    def header(self) -> GgufHeader:
        version, tensor_count, key_count = self._fixed_part()
        metadata: dict[str, object] = {}
        for _ in range(key_count):
            key = self._text("the name of a key", LONGEST_KEY)
            if key in metadata:
                raise self._refusal(f"names the key {shown(key)} twice")
            metadata[key] = self._value(key)
        alignment = self._alignment(metadata)
        infos = [self._tensor(alignment) for _ in range(tensor_count)]
        if len({tensor.name for tensor, _ in infos}) != len(infos):
            raise self._refusal("names a tensor twice")
        data_start = padded_bytes(self._window.position, alignment)
        end = data_start + self._end_of_tensors(infos) if infos else self._window.position
        return GgufHeader(
            name=self._name,
            version=version,
            size_bytes=self._file.size_bytes,
            metadata=metadata,
            tensors=tuple(tensor for tensor, _ in infos),
            alignment=alignment,
            trailing_bytes=self._trailing(end, alignment),
        )

    def _fixed_part(self) -> tuple[int, int, int]:
        magic = self._window.take(4)
        if magic in _OLDER_MAGICS:
            raise self._refusal("is of the format before GGUF, which llama.cpp gave up in 2023")
        if magic != MAGIC:
            raise self._refusal("does not begin as a GGUF file does")
        version, tensor_count, key_count = self._window.unpack(_FIXED)
        if version & 0xFFFF == 0:
            raise self._refusal(
                "is a GGUF file for big-endian machines, which is not read here"
            )
        if version not in VERSIONS:
            raise self._refusal(
                f"is a GGUF file of version {version:,}; versions 2 and 3 are read"
            )
        for what, count, most in (
            ("tensors", tensor_count, MOST_TENSORS),
            ("keys", key_count, MOST_KEYS),
        ):
            if count > most:
                raise self._refusal(f"claims to have {count:,} {what}, which no model has")
        return version, tensor_count, key_count

    def _text(self, what: str, longest: int) -> str:
        (length,) = self._window.unpack(_LENGTH)
        if not 1 <= length <= longest:
            raise self._refusal(f"gives {what} a length of {length:,} bytes")
        try:
            return self._window.take(length).decode("utf-8")
        except UnicodeDecodeError:
            raise self._refusal(f"has {what} that is not UTF-8 text") from None

    def _value(self, key: str) -> object:
        (kind,) = self._window.unpack(_KIND)
        scalar = _SCALARS.get(kind)
        if scalar is not None:
            return self._window.unpack(scalar)[0]
        if kind == _TEXT_KIND:
            return self._text_value()
        if kind == _ARRAY_KIND:
            return self._array(key)
        raise self._refusal(f"gives {shown(key)} a value of the unknown kind {kind:,}")

    def _text_value(self) -> str | LongText:
        (length,) = self._window.unpack(_LENGTH)
        if length > LONGEST_KEPT_TEXT:
            self._window.skip(length)
            return LongText(length)
        return self._window.take(length).decode("utf-8", errors="replace")

    def _array(self, key: str) -> tuple[Any, ...] | LongArray:
        kind, count = self._window.unpack(_ARRAY)
        if count > MOST_VALUES:
            raise self._refusal(f"gives {shown(key)} {count:,} values, which no model has")
        if kind == _TEXT_KIND:
            self._texts_left -= count
            if self._texts_left < 0:
                raise self._refusal(
                    f"holds more than {MOST_TEXTS:,} texts, as no model does ({shown(key)})"
                )
            self._window.skip_texts(count)
            return LongArray(count)
        scalar = _SCALARS.get(kind)
        if scalar is None:
            what = "arrays in an array" if kind == _ARRAY_KIND else f"the unknown kind {kind:,}"
            raise self._refusal(f"gives {shown(key)} {what}, which llama.cpp refuses too")
        if count > min(LONGEST_KEPT_ARRAY, self._kept_left):
            self._window.skip(count * scalar.size)
            return LongArray(count)
        self._kept_left -= count
        return self._window.unpack(Struct(f"<{count}{scalar.format[-1]}"))

    def _alignment(self, metadata: dict[str, object]) -> int:
        value = metadata.get("general.alignment", DEFAULT_ALIGNMENT)
        is_power = isinstance(value, int) and value > 0 and value & (value - 1) == 0
        if isinstance(value, bool) or not is_power or not isinstance(value, int):
            raise self._refusal(f"gives general.alignment as {value!r}, no power of two")
        if value > LARGEST_ALIGNMENT:
            raise self._refusal(f"gives general.alignment as {value:,}, which no model has")
        return value

    def _tensor(self, alignment: int) -> tuple[FileTensor, int]:
        """Return one tensor and where its data begin, from the first tensor's on."""
        name = self._text("the name of a tensor", LONGEST_TENSOR_NAME)
        (dimensions,) = self._window.unpack(_KIND)
        layout = _TENSORS.get(dimensions)
        if layout is None:
            raise self._refusal(f"gives the tensor {shown(name)} {dimensions:,} dimensions")
        *sizes, kind, offset = self._window.unpack(layout)
        for size in sizes:
            if not 1 <= size <= LARGEST_DIMENSION:
                raise self._refusal(
                    f"gives the tensor {shown(name)} a dimension of {_signed(size):,}"
                )
        storage = GGML_TYPES.get(kind)
        if storage is None:
            raise self._refusal(f"stores the tensor {shown(name)} in the unknown type {kind:,}")
        if sizes[0] % storage.block_elements:
            raise self._refusal(
                f"gives the tensor {shown(name)} rows of {sizes[0]:,} values, no multiple of "
                f"the {storage.block_elements} in a block of {storage.name}"
            )
        elements = prod(sizes)
        if elements > LARGEST_TENSOR:
            raise self._refusal(f"gives the tensor {shown(name)} {elements:,} values")
        if offset % alignment:
            raise self._refusal(
                f"places the tensor {shown(name)} at {offset:,}, no multiple of {alignment:,}"
            )
        size_bytes = elements // storage.block_elements * storage.block_bytes
        shape = tuple(reversed(sizes))  # ggml's first dimension is the length of a row
        return FileTensor(name, shape, storage.name, size_bytes), offset

    def _end_of_tensors(self, infos: list[tuple[FileTensor, int]]) -> int:
        """Return where the last tensor ends, from the first tensor's beginning on."""
        end, last = 0, ""
        for tensor, offset in sorted(infos, key=lambda info: info[1]):
            if offset < end:
                raise self._refusal(
                    f"places {shown(last)} and {shown(tensor.name)} over one another"
                )
            end, last = offset + tensor.size_bytes, tensor.name
        return end

    def _trailing(self, end: int, alignment: int) -> int:
        size = self._file.size_bytes
        if size < end:
            missing = end - size
            raise PlannerError(
                f"{self._name} is cut off: its tensors end at byte {end:,}, the file at byte "
                f"{size:,}, so {missing:,} bytes ({format_bytes(missing)}) are missing. "
                "Download it again."
            )
        return max(0, size - padded_bytes(end, alignment))

    def _refusal(self, what: str) -> PlannerError:
        return PlannerError(f"{self._name} {what}.")


def _signed(value: int) -> int:
    """Return a 64-bit field as the signed number that its writer had."""
    return value - (1 << 64) if value >> 63 else value
