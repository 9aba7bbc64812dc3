"""Reading `specs/reference_figures.toml`: what others publish, for sheets and reports alone."""

from collections.abc import Collection, Iterator
from typing import Final

from planner.catalogue.problems import SpecProblem
from planner.catalogue.record_list import RecordList
from planner.core.reference_figures import ReferenceFigure

REFERENCES_NAME: Final = "reference_figures.toml"
_LIST_KEY: Final = "figures"


def _contradictions(
    file: str, figures: tuple[ReferenceFigure, ...], models: Collection[str]
) -> Iterator[SpecProblem]:
    """Name unknown models."""
    for index, each in enumerate(figures):
        if each.model not in models:
            place = f"{_LIST_KEY}[{index}].model"
            yield SpecProblem(file, place, f"names no model: {each.model!r}")


REFERENCE_FIGURES: Final = RecordList(
    file_name=REFERENCES_NAME,
    key="references",
    list_key=_LIST_KEY,
    record=ReferenceFigure,
    build=lambda raw: ReferenceFigure(**raw),
    contradictions=_contradictions,
)
load_reference_figures: Final = REFERENCE_FIGURES.load
