"""The slow way in for published files: checked by pydantic, every problem named.

Loaded only where the checked form does not have the file as it is.
"""

from collections.abc import Collection, Iterator
from typing import Any, Final

from pydantic import TypeAdapter

from planner.catalogue.problems import SpecError, SpecProblem
from planner.catalogue.validation import check_record, parse_toml
from planner.core.estimate import runtime_of
from planner.core.published import PublishedFile

_LIST_KEY: Final = "files"
_FILES: Final = TypeAdapter(tuple[PublishedFile, ...])


def parse_published(
    file: str, content: bytes, models: Collection[str]
) -> tuple[PublishedFile, ...]:
    """Return the published files; `models` are the ids that they may name.

    Raises:
        SpecError: with all that is wrong in the file.
    """
    raw = parse_toml(file, content)
    listed = raw.pop(_LIST_KEY, [])
    problems = [SpecProblem(file, key, "is not a known key") for key in raw]
    files = check_record(_FILES, listed, file, (_LIST_KEY,), problems)
    if files is not None:
        problems.extend(_contradictions(file, files, models))
    if files is None or problems:
        raise SpecError(problems)
    return files


def plain_values(files: tuple[PublishedFile, ...]) -> list[dict[str, Any]]:
    """Return what the checked form keeps."""
    plain: list[dict[str, Any]] = _FILES.dump_python(files, mode="json", exclude_defaults=True)
    return plain


def _contradictions(
    file: str, files: tuple[PublishedFile, ...], models: Collection[str]
) -> Iterator[SpecProblem]:
    """Name unknown models and formats, and files that are listed twice."""
    seen: dict[tuple[str, ...], int] = {}
    for index, each in enumerate(files):
        place = f"{_LIST_KEY}[{index}]"
        if each.model not in models:
            yield SpecProblem(file, f"{place}.model", f"names no model: {each.model!r}")
        if each.quant_format not in runtime_of(each.runtime).quant_formats:
            yield SpecProblem(
                file,
                f"{place}.quant_format",
                f"is no format of {each.runtime}: {each.quant_format!r}",
            )
        key = (each.model, each.runtime, each.quant_format, each.publisher, each.name)
        first = seen.setdefault(key, index)
        if first != index:
            yield SpecProblem(file, place, f"is the same file as {_LIST_KEY}[{first}]")
