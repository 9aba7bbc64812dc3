"""The fit report as a record of plain values: the same question gives the same report.

It holds nothing that identifies a person or one single board: no UUID, serial number, PCI
address, host name or user name.
"""

import re
from datetime import datetime
from typing import Final, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from planner.core.estimate import Estimate
from planner.core.fit import FitResult
from planner.core.grid import FitDetail, FitGrid
from planner.core.ledger import Band, LedgerLine, Place
from planner.core.machine import Machine, MemoryPool
from planner.core.plan import Plan, PlanOptions
from planner.report.wording import verdict_sentence
from planner.version import __version__

SCHEMA: Final = "phi-planner/report/1"

ASSUMPTIONS: Final = (
    "Figures are llama.cpp's. What is not exact is a band of low, expected and high.",
    "A plan fits where its high figure and the reserve go into what was free at the time.",
    "A plan is tight where only its expected figure goes into what was free.",
    "Sizes are GiB, which is 1,073,741,824 bytes.",
    "The KV cache is counted in full: llama.cpp allocates all of it at its start.",
    "No model was run. Of this machine only the memory was read.",
)

# As NVML spells them; a note may quote CUDA_VISIBLE_DEVICES.
_UUID: Final = re.compile(r"\b(GPU|MIG)-[0-9A-Fa-f][0-9A-Za-z/-]{6,}")


class ReportRecord(BaseModel):
    """A part of a report: immutable, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ReportBand(ReportRecord):
    """Bytes, as far as they are known."""

    low: int
    expected: int
    high: int

    @classmethod
    def of(cls, band: Band) -> Self:
        """Return the record of a band."""
        return cls(low=band.low_bytes, expected=band.expected_bytes, high=band.high_bytes)

    @property
    def band(self) -> Band:
        """The same as the core knows it."""
        return Band(self.low, self.expected, self.high)


class ReportPool(ReportRecord):
    """A pool of memory. `None` is a figure that no driver gave; a note says why."""

    id: str
    kind: str
    name: str
    source: str
    total_bytes: int | None
    reserved_bytes: int | None
    used_by_others_bytes: int | None
    free_bytes: int | None
    bandwidth_gb_per_s: float | None
    compute_capability: str | None
    notes: tuple[str, ...]

    @classmethod
    def of(cls, pool: MemoryPool) -> Self:
        """Return the record of a pool, without what identifies the board."""
        return cls(
            id=pool.id,
            kind=pool.kind.value,
            name=_anonymous(pool.name),
            source=pool.source,
            total_bytes=pool.total_bytes,
            reserved_bytes=pool.reserved_bytes,
            used_by_others_bytes=pool.used_by_others_bytes,
            free_bytes=pool.free_bytes,
            bandwidth_gb_per_s=pool.bandwidth_gb_per_s,
            compute_capability=pool.compute_capability,
            notes=tuple(_anonymous(note) for note in pool.notes),
        )


class ReportMachine(ReportRecord):
    """What the plans were compared with."""

    pools: tuple[ReportPool, ...]
    notes: tuple[str, ...]
    driver_version: str | None
    cuda_version: str | None
    is_what_if: bool

    @classmethod
    def of(cls, machine: Machine) -> Self:
        """Return the record of a machine."""
        return cls(
            pools=tuple(ReportPool.of(pool) for pool in machine.pools),
            notes=tuple(_anonymous(note) for note in machine.notes),
            driver_version=machine.driver_version,
            cuda_version=machine.cuda_version,
            is_what_if=machine.is_what_if,
        )


class ReportOptions(ReportRecord):
    """The choices that all plans of the grid share."""

    runtime: str
    context_length: int | None
    parallel_sequences: int
    cache_type_k: str
    cache_type_v: str
    flash_attention: bool
    batch_size: int
    micro_batch_size: int
    gpu_layers: int | str
    program: str
    mix: str
    layout: str
    imatrix: bool

    @classmethod
    def of(cls, options: PlanOptions) -> Self:
        """Return the record of the options."""
        layers = options.gpu_layers
        return cls(
            runtime=options.runtime.value,
            context_length=options.context_length,
            parallel_sequences=options.parallel_sequences,
            cache_type_k=options.cache_type_k.value,
            cache_type_v=options.cache_type_v.value,
            flash_attention=options.flash_attention,
            batch_size=options.batch_size,
            micro_batch_size=options.micro_batch_size,
            gpu_layers=layers.value if isinstance(layers, str) else layers,
            program=options.program.value,
            mix=options.mix.value,
            layout=options.layout.value,
            imatrix=options.imatrix,
        )


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
        )


class ReportLine(ReportRecord):
    """One line of the ledger."""

    part: str
    place: str
    bytes: ReportBand
    formula: str
    reason: str
    source: str

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

    @classmethod
    def of(cls, plan: Plan, figures: Estimate) -> Self:
        """Return the record of a plan and its figures."""
        ledger = figures.ledger
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
        )


class ReportAnswer(ReportRecord):
    """The verdict that was asked for, in one or two sentences and in figures."""

    model_name: str
    sentence: str
    result: ReportResult
    plan: ReportPlan | None

    @classmethod
    def of(cls, detail: FitDetail) -> Self:
        """Return the record of one cell of the grid."""
        result, figures = detail.result, detail.estimate
        sentence = verdict_sentence(
            result,
            model_name=detail.model.name,
            target=detail.target,
            reserve=detail.reserve,
            figures=figures,
        )
        return cls(
            model_name=detail.model.name,
            sentence=_anonymous(sentence),
            result=ReportResult.of(result),
            plan=None if figures is None else ReportPlan.of(figures.plan, figures),
        )


class ReportModel(ReportRecord):
    """A row of the grid."""

    id: str
    name: str


class FitReport(ReportRecord):
    """Everything a report says. `created` is the caller's: two equal questions, equal bytes."""

    schema_id: Literal["phi-planner/report/1"] = Field(default=SCHEMA, alias="schema")
    created: AwareDatetime
    versions: dict[str, str]
    answer: ReportAnswer | None
    machine: ReportMachine
    target: str
    reserve_bytes: int
    options: ReportOptions
    models: tuple[ReportModel, ...]
    quant_formats: tuple[str, ...]
    results: tuple[ReportResult, ...]
    assumptions: tuple[str, ...]

    def pool(self) -> ReportPool:
        """Return the pool that everything was fitted into."""
        return next(pool for pool in self.machine.pools if pool.id == self.target)


def build_report(
    grid: FitGrid, *, created: datetime, detail: FitDetail | None = None
) -> FitReport:
    """Return the report of a grid, led by one of its plans where `detail` is given."""
    return FitReport(
        created=created,
        versions={"phi-planner": __version__, "quantiser rules": grid.options.mix.value},
        answer=None if detail is None else ReportAnswer.of(detail),
        machine=ReportMachine.of(grid.machine),
        target=grid.target.id,
        reserve_bytes=grid.reserve.of(grid.target),
        options=ReportOptions.of(grid.options),
        models=tuple(ReportModel(id=model.id, name=model.name) for model in grid.models),
        quant_formats=grid.quant_formats,
        results=tuple(ReportResult.of(result) for result in grid.results),
        assumptions=ASSUMPTIONS,
    )


def _anonymous(text: str) -> str:
    """Return a driver's text without the identity of one board."""
    return _UUID.sub(r"\1-(left out)", text)
