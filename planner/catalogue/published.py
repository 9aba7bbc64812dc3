"""Reading `specs/published_files.toml`: the files that are known to be ready."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from planner.catalogue.problems import SpecProblem
from planner.catalogue.record_list import RecordList
from planner.core.estimate import runtime_of
from planner.core.gguf_layout import TensorLayout
from planner.core.ledger import Place
from planner.core.plan import RuntimeName
from planner.core.published import PublishedFile
from planner.core.quant_mix import MixRules

PUBLISHED_NAME: Final = "published_files.toml"
_LIST_KEY: Final = "files"


def _file_of(raw: Mapping[str, Any]) -> PublishedFile:
    place = raw.get("place")
    return PublishedFile(
        **{
            **raw,
            "runtime": RuntimeName(raw["runtime"]),
            "place": None if place is None else Place(place),
            "layout": TensorLayout(raw.get("layout", TensorLayout.DEFAULT)),
            "mix": MixRules(raw.get("mix", MixRules.CURRENT)),
        }
    )


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


PUBLISHED_FILES: Final = RecordList(
    file_name=PUBLISHED_NAME,
    key="published",
    list_key=_LIST_KEY,
    record=PublishedFile,
    build=_file_of,
    contradictions=_contradictions,
)
load_published_files: Final = PUBLISHED_FILES.load
