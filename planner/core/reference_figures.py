"""Memory figures that other people publish, quoted with the day, and ours for the same model.

The records come from `specs/reference_figures.toml`; `planner.catalogue.reference_figures`
reads them. They are quotations, not truths: the note says what they leave open.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from planner.core.errors import PlannerError
from planner.core.estimate import estimate, runtime_quant_format
from planner.core.ledger import Band, Place
from planner.core.model_spec import Count, ModelSpec
from planner.core.plan import Plan, offloadable_layer_count, require_shape

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceFigure:
    """One quoted figure: what a model is said to take with a context of so many tokens.

    `quant_format` is ours to compare with, in the plan's runtime. `read_on` is the day on
    which the page said so.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    model: str
    publisher: str
    context_length: Count
    value_bytes: Count
    quant_format: str
    read_on: str
    url: str
    note: str

    def __post_init__(self) -> None:
        """Refuse a source that cannot be opened, and a day that is none."""
        if not self.url.startswith("https://"):
            raise ValueError(f"url must start with https://, got {self.url!r}")
        if not _DAY.fullmatch(self.read_on):
            raise ValueError(f"read_on must be a day such as 2026-11-21, got {self.read_on!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceComparison:
    """A quoted figure beside ours; the difference is theirs less our expected one."""

    figure: ReferenceFigure
    ours: Band
    difference_bytes: int


def compare_references(
    figures: Iterable[ReferenceFigure], model: ModelSpec, plan: Plan
) -> tuple[ReferenceComparison, ...]:
    """Set what is quoted of a model beside what a GPU would hold of all of it.

    Figures that the runtime has no such plan for are left out.
    """
    found = []
    for figure in figures:
        if figure.model != model.id:
            continue
        try:
            same = replace(
                plan,
                quant_format=runtime_quant_format(plan.runtime, figure.quant_format),
                context_length=figure.context_length,
                gpu_layer_count=offloadable_layer_count(require_shape(model)),
            )
            ours = estimate(model, same).ledger.total(Place.GPU)
        except PlannerError:
            continue
        found.append(
            ReferenceComparison(
                figure=figure,
                ours=ours,
                difference_bytes=figure.value_bytes - ours.expected_bytes,
            )
        )
    return tuple(found)
