"""The fit report as a record of plain values: the same question gives the same report.

Unless it is asked for, it holds nothing that identifies a person or one single board: no UUID,
serial number, PCI address, host name, user name or program that runs.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Final, Literal, Self

from pydantic import AwareDatetime, Field

from planner.core.budget import Budget
from planner.core.device_choice import DeviceOption
from planner.core.errors import PlannerError
from planner.core.estimate import Estimate
from planner.core.fit import FitResult
from planner.core.grid import FitDetail, FitGrid
from planner.core.ledger import LedgerLine, Place
from planner.core.plan import Plan, PlanOptions, RuntimeName
from planner.core.report_choices import ReportScope
from planner.report.assumptions import assumptions
from planner.report.further import (
    NOTHING_KNOWN,
    Known,
    OtherMachine,
    further_of,
    sheet_of,
)
from planner.report.further_records import ReportFurther
from planner.report.machine_records import (
    ReportMachine,
    ReportPool,
    detail_for_print,
    for_print,
)
from planner.report.option_records import ReportOptions
from planner.report.outlook import outlook
from planner.report.outlook_records import ReportOutlook
from planner.report.part_wording import device_count
from planner.report.records import ReportBand, ReportRecord
from planner.report.wording import verdict_sentence
from planner.version import __version__

SCHEMA: Final = "phi-planner/report/1"


class ReportResult(ReportRecord):
    """One verdict."""

    model: str
    quant_format: str
    verdict: Literal["fits", "tight", "partial", "no", "unsupported", "unknown"]
    needed_bytes: ReportBand | None
    gpu_layer_count: int | None
    layer_count: int | None
    max_context_length: int | None
    reason: str | None
    occupied_bytes: int | None = None

    @classmethod
    def of(cls, result: FitResult) -> Self:
        """Return the record of a result."""
        return cls(
            model=result.model_id,
            quant_format=result.quant_format,
            verdict=result.verdict.value,
            needed_bytes=None if result.needed is None else ReportBand.of(result.needed),
            gpu_layer_count=None if result.plan is None else result.plan.gpu_layer_count,
            layer_count=result.layer_count,
            max_context_length=result.max_context_length,
            reason=result.reason,
            occupied_bytes=result.occupied_bytes,
        )


class ReportLine(ReportRecord):
    """One line of the ledger."""

    part: str
    place: str
    bytes: ReportBand
    formula: str
    reason: str
    source: str
    device: int = 0

    @classmethod
    def of(cls, line: LedgerLine) -> Self:
        """Return the record of a line."""
        return cls(
            part=line.part.value,
            place=line.place.value,
            bytes=ReportBand.of(line.band),
            formula=line.formula,
            reason=line.reason,
            source=line.source,
            device=line.device,
        )


class ReportPlan(ReportRecord):
    """The plan that comes first: as it would run, with its memory line by line."""

    context_length: int
    gpu_layer_count: int
    parameter_count: int
    bits_per_weight: float
    tensor_bytes: int
    file_bytes: ReportBand | None
    gpu_bytes: ReportBand
    host_bytes: ReportBand
    ledger: tuple[ReportLine, ...]
    gpus_bytes: tuple[ReportBand, ...] = ()

    @classmethod
    def of(cls, plan: Plan, figures: Estimate) -> Self:
        """Return the record of a plan and its figures."""
        ledger = figures.ledger
        count = device_count(line.device for line in ledger.lines)
        each = [ledger.device_total(device) for device in range(count)]
        return cls(
            context_length=plan.context_length,
            gpu_layer_count=plan.gpu_layer_count,
            parameter_count=figures.parameter_count,
            bits_per_weight=round(figures.bits_per_weight, 4),
            tensor_bytes=figures.tensor_bytes,
            file_bytes=None if figures.file is None else ReportBand.of(figures.file),
            gpu_bytes=ReportBand.of(ledger.total(Place.GPU)),
            host_bytes=ReportBand.of(ledger.total(Place.HOST)),
            ledger=tuple(ReportLine.of(line) for line in ledger.lines),
            gpus_bytes=tuple(ReportBand.of(band) for band in each) if count > 1 else (),
        )


class ReportAnswer(ReportRecord):
    """The verdict that was asked for, in one or two sentences and in figures."""

    model_name: str
    sentence: str
    result: ReportResult
    plan: ReportPlan | None
    outlook: ReportOutlook | None = None

    @classmethod
    def of(
        cls,
        detail: FitDetail,
        options: PlanOptions,
        budget: Budget,
        devices: Callable[[], Iterable[DeviceOption]] = tuple,
    ) -> Self:
        """Return the record of one cell of the grid."""
        result, figures = detail.result, detail.estimate
        further = outlook(detail, options, devices=devices)
        return cls(
            model_name=detail.model.name,
            sentence=_sentence(detail, budget),
            result=ReportResult.of(result),
            plan=None if figures is None else ReportPlan.of(figures.plan, figures),
            outlook=ReportOutlook.of(further, result, detail.target),
        )


def _sentence(detail: FitDetail, budget: Budget) -> str:
    return verdict_sentence(
        detail.result,
        model_name=detail.model.name,
        target=detail.target,
        reserve=detail.reserve,
        figures=detail.estimate,
        budget=budget,
        machine=detail.machine,
    )


class ReportModel(ReportRecord):
    """A row of the grid."""

    id: str
    name: str


class ReportOtherMachine(ReportRecord):
    """The same plans on another machine; `result` is of the plan that leads."""

    name: str
    machine: ReportMachine
    target: str
    reserve_bytes: int
    sentence: str | None
    result: ReportResult | None
    results: tuple[ReportResult, ...]

    @classmethod
    def of(cls, other: OtherMachine, budget: Budget) -> Self:
        """Return the record of another machine."""
        grid, detail = other.grid, other.detail
        return cls(
            name=other.name,
            machine=ReportMachine.of(grid.machine),
            target=grid.target.id,
            reserve_bytes=grid.reserve.of(grid.target),
            sentence=None if detail is None else _sentence(detail, budget),
            result=None if detail is None else ReportResult.of(detail.result),
            results=tuple(ReportResult.of(result) for result in grid.results),
        )


class FitReport(ReportRecord):
    """Everything a report says. `created` is the caller's: two equal questions, equal bytes.

    `inputs_sha256` is of all that was asked and known: where two reports have the same, they
    are the same. Keys with a default came later; a report from before them can be read.
    """

    schema_id: Literal["phi-planner/report/1"] = Field(default=SCHEMA, alias="schema")
    title: str = ""
    scope: Literal["plan", "model", "all"] = "all"
    created: AwareDatetime
    versions: dict[str, str]
    inputs_sha256: str | None = None
    answer: ReportAnswer | None
    machine: ReportMachine
    target: str
    budget: str = Budget.FREE_NOW.value
    reserve_bytes: int
    options: ReportOptions
    further: ReportFurther = ReportFurther()
    models: tuple[ReportModel, ...]
    quant_formats: tuple[str, ...]
    results: tuple[ReportResult, ...]
    other_machines: tuple[ReportOtherMachine, ...] = ()
    assumptions: tuple[str, ...]

    def pool(self) -> ReportPool:
        """Return the pool that everything was fitted into.

        Raises:
            PlannerError: a report that somebody edited names a pool that it does not have.
        """
        for pool in self.machine.pools:
            if pool.id == self.target:
                return pool
        raise PlannerError(f"This report has no memory pool {self.target!r}, its target.")


def build_report(
    grid: FitGrid,
    *,
    created: datetime,
    detail: FitDetail | None = None,
    budget: Budget = Budget.FREE_NOW,
    devices: Callable[[], Iterable[DeviceOption]] = tuple,
    scope: ReportScope = ReportScope.ALL,
    known: Known = NOTHING_KNOWN,
    others: Sequence[OtherMachine] = (),
    with_identity: bool = False,
) -> FitReport:
    """Return the report of a grid, led by one of its plans where `detail` is given.

    The machine of both is the one that the budget sees.

    Args:
        grid: The models and formats that the report is to show.
        created: When the machine was read; a part of what makes two reports the same.
        detail: The plan that leads.
        budget: Which memory counts as free.
        devices: Asked for GPUs that one could have, where nothing else makes the plan fit.
        scope: What the grid was cut down to.
        known: What the catalogue knows of the model that leads.
        others: The same on other machines.
        with_identity: Keep UUIDs, PCI addresses and the programs that hold memory.
    """
    grid = replace(grid, machine=for_print(grid.machine, with_identity=with_identity))
    lead = None if detail is None else detail_for_print(detail, with_identity=with_identity)
    others = [each.for_print(with_identity=with_identity) for each in others]
    options = grid.options
    versions = {"phi-planner": __version__}
    if options.runtime is RuntimeName.LLAMA_CPP:
        versions["quantiser rules"] = options.mix.value
    report = FitReport(
        title=_title(grid, lead, len(others) + 1),
        scope=scope.value,
        created=created,
        versions=versions,
        answer=None if lead is None else ReportAnswer.of(lead, options, budget, devices),
        machine=ReportMachine.of(grid.machine),
        target=grid.target.id,
        budget=budget.value,
        reserve_bytes=grid.reserve.of(grid.target),
        options=ReportOptions.of(options),
        further=_further(grid, lead, known),
        models=tuple(ReportModel(id=model.id, name=model.name) for model in grid.models),
        quant_formats=grid.quant_formats,
        results=tuple(ReportResult.of(result) for result in grid.results),
        other_machines=tuple(ReportOtherMachine.of(each, budget) for each in others),
        assumptions=assumptions(options.runtime, budget),
    )
    return report.model_copy(update={"inputs_sha256": _digest(report, grid, known)})


def _further(grid: FitGrid, lead: FitDetail | None, known: Known) -> ReportFurther:
    """Return what goes with the plan that leads, else with the one model."""
    if lead is not None:
        return further_of(lead, grid.options, known)
    return sheet_of(grid.models[0], known) if len(grid.models) == 1 else ReportFurther()


def _title(grid: FitGrid, lead: FitDetail | None, machine_count: int) -> str:
    if lead is not None:
        what = f"{lead.model.name} in {lead.result.quant_format}"
    elif len(grid.models) == 1:
        what = grid.models[0].name
    else:
        what = "Phi models"
    pool = next(each for each in grid.machine.pools if each.id == grid.target.id)
    where = pool.name if machine_count == 1 else f"{machine_count} machines"
    return f"{what} on {where}"


def _digest(report: FitReport, grid: FitGrid, known: Known) -> str:
    """Return the hash of the inputs: what was asked, of which machine, models and sources."""
    asked = report.model_dump_json(
        include={
            *("scope", "created", "versions", "machine", "target", "budget"),
            *("reserve_bytes", "options", "quant_formats"),
        }
    )
    lead = None if report.answer is None else report.answer.result
    others = [(each.name, each.machine, each.target) for each in report.other_machines]
    inputs = (
        asked,
        None if lead is None else (lead.model, lead.quant_format),
        others,
        _sorted_text([asdict(model) for model in grid.models]),
        _sorted_text(asdict(known)),
    )
    return hashlib.sha256(repr(inputs).encode("utf-8", "replace")).hexdigest()


def _sorted_text(values: object) -> str:
    """Return the same text for the same values, in whichever order their keys were read."""
    return json.dumps(values, sort_keys=True, default=repr)
