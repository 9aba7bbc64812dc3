"""A model as one GGUF file or as several parts of it, found beside one another."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from planner.core.errors import PlannerError
from planner.core.model_file import FileTensor
from planner.files.gguf import MOST_TENSORS, GgufHeader, read_gguf_header
from planner.files.opened import shown

# `LLM_SPLIT_PATH` of llama.cpp: `llama_split_path` in `src/llama-impl.cpp` and its users.
_PART_NAME: Final = re.compile(
    r"(?P<stem>.{1,200})-(?P<number>\d{5})-of-(?P<count>\d{5})\.gguf"
)
MOST_PARTS: Final = 512
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class GgufParts:
    """All headers of one model, in order; the first one has the metadata."""

    headers: tuple[GgufHeader, ...]
    paths: tuple[Path, ...]

    @property
    def first(self) -> GgufHeader:
        """The header with the metadata."""
        return self.headers[0]

    @property
    def tensors(self) -> tuple[FileTensor, ...]:
        """The tensors of all parts."""
        return tuple(tensor for header in self.headers for tensor in header.tensors)

    @property
    def file_bytes(self) -> int:
        """The length of all parts together."""
        return sum(header.size_bytes for header in self.headers)


def read_gguf_parts(path: Path) -> GgufParts:
    """Read a file, and the other parts of its model where it is one of several.

    Raises:
        PlannerError: a part is missing or cannot be used.
    """
    header = read_gguf_header(path)
    count = header.metadata.get("split.count", 1)
    if not isinstance(count, int) or not 0 <= count <= MOST_PARTS:
        raise PlannerError(
            f"{header.name} gives split.count as {count!r}, not from 0 to {MOST_PARTS}."
        )
    if count < 2:
        return GgufParts(headers=(header,), paths=(path,))
    paths = _paths(path, header, count)
    headers = tuple(header if each == path else read_gguf_header(each) for each in paths)
    _check(headers, count)
    return GgufParts(headers=headers, paths=paths)


def is_later_part(name: str) -> bool:
    """Whether a name is that of a part which is not the first."""
    match = _PART_NAME.fullmatch(name)
    return match is not None and match["number"] != "00001"


def _paths(path: Path, header: GgufHeader, count: int) -> tuple[Path, ...]:
    match = _PART_NAME.fullmatch(path.name)
    if match is None or int(match["count"]) != count:
        raise PlannerError(
            f"{header.name} is one of {count} parts, but is not named like "
            f"name-00001-of-{count:05}.gguf, so the others cannot be found."
        )
    paths = tuple(
        path.with_name(f"{match['stem']}-{number:05}-of-{count:05}.gguf")
        for number in range(1, count + 1)
    )
    missing = [each.name for each in paths if each != path and not each.is_file()]
    if missing:
        names = ", ".join(shown(name) for name in missing[:_SHOWN])
        more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
        are = "is" if len(missing) == 1 else "are"
        raise PlannerError(
            f"{header.name} is one of {count} parts; not beside it {are} {names}{more}."
        )
    return paths


def _check(headers: tuple[GgufHeader, ...], count: int) -> None:
    for number, header in enumerate(headers):
        for key, expected in (("split.no", number), ("split.count", count)):
            value = header.metadata.get(key)
            if value != expected:
                raise PlannerError(
                    f"{header.name} gives {key} as {value!r} where {expected} belongs: the "
                    "parts are not of one model."
                )
    names = [tensor.name for header in headers for tensor in header.tensors]
    if len(names) > MOST_TENSORS or len(set(names)) != len(names):
        raise PlannerError(f"{headers[0].name} and its parts name a tensor twice, or too many.")
    claimed = headers[0].metadata.get("split.tensors.count", len(names))
    if claimed != len(names):
        raise PlannerError(
            f"{headers[0].name} gives split.tensors.count as {claimed!r}, but its parts hold "
            f"{len(names):,} tensors."
        )
