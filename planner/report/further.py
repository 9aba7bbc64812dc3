"""What goes with the plan that leads, computed: its curve, its frontier, others' figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from planner.core.estimate import runtime_of
from planner.core.frontier import Frontier, frontier
from planner.core.pictures.memory_curve import context_lengths, memory_curve
from planner.core.published import compare_file, matching_files
from planner.core.reference_figures import compare_references
from planner.report.further_records import (
    ReportCurvePoint,
    ReportFrontierCell,
    ReportFurther,
    ReportReference,
    ReportSpecification,
    ReportSpeedPoint,
)
from planner.report.machine_records import detail_for_print, for_print
from planner.report.outlook import plan_speeds
from planner.report.wording import readable_formats

if TYPE_CHECKING:
    from planner.core.grid import FitDetail, FitGrid
    from planner.core.model_card import ModelCard
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import Plan, PlanOptions
    from planner.core.published import PublishedFile
    from planner.core.reference_figures import ReferenceFigure
    from planner.core.speed import SpeedEstimate

_MOST_FILES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the catalogue knows of the model that leads."""

    card: ModelCard | None = None
    files: tuple[PublishedFile, ...] = ()
    references: tuple[ReferenceFigure, ...] = ()


NOTHING_KNOWN: Final = Known()


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherMachine:
    """The same question about another machine, under a name that tells it from this one."""

    name: str
    grid: FitGrid
    detail: FitDetail | None = None

    def for_print(self, *, with_identity: bool = False) -> OtherMachine:
        """Return it with names that fill no page, and without identity unless it is wanted."""
        grid, detail = self.grid, self.detail
        machine = for_print(grid.machine, with_identity=with_identity)
        if detail is not None:
            detail = detail_for_print(detail, with_identity=with_identity)
        return replace(self, grid=replace(grid, machine=machine), detail=detail)


def further_of(detail: FitDetail, options: PlanOptions, known: Known) -> ReportFurther:
    """Return what goes with a plan; of a plan that cannot be, its specification alone."""
    plan = detail.result.plan
    if plan is None:
        return sheet_of(detail.model, known)
    curve = memory_curve(detail, options)
    return ReportFurther(
        curve=() if curve is None else ReportCurvePoint.all_of(curve),
        frontier=ReportFrontierCell.all_of(report_frontier(detail, options)),
        speeds=ReportSpeedPoint.all_of(report_speeds(detail)),
        specification=sheet_of(detail.model, known).specification,
        references=_references(detail, plan, known),
    )


def sheet_of(model: ModelSpec, known: Known) -> ReportFurther:
    """Return the specification of a model alone."""
    if known.card is None:
        return ReportFurther()
    return ReportFurther(specification=ReportSpecification.of(model, known.card))


def report_speeds(detail: FitDetail) -> tuple[SpeedEstimate, ...]:
    """Return the modelled speeds up to the model's limit."""
    limit = detail.model.context_length_limit
    return () if limit is None else plan_speeds(detail, context_lengths(limit))


def report_frontier(detail: FitDetail, options: PlanOptions) -> Frontier:
    """Return the frontier of the formats that a page has room for, in every cache type."""
    formats = runtime_of(options.runtime).quant_formats
    return frontier(
        detail.model,
        options=options,
        machine=detail.machine,
        target=detail.target,
        reserve=detail.reserve,
        quant_formats=readable_formats(options.runtime, formats),
    )


def _references(detail: FitDetail, plan: Plan, known: Known) -> tuple[ReportReference, ...]:
    model = detail.model
    files = matching_files(known.files, plan)[:_MOST_FILES]
    return (
        *(ReportReference.of_file(compare_file(file, model, plan)) for file in files),
        *(
            ReportReference.of_figure(found)
            for found in compare_references(known.references, model, plan)
        ),
    )
