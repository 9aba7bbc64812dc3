"""The fit report as a record of plain values: the same question gives the same report.

It holds nothing that identifies a person or one single board: no UUID, serial number, PCI
address, host name or user name.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final, Literal, Self

from pydantic import AwareDatetime, Field

from planner.core.budget import Budget
from planner.core.device_choice import DeviceOption
from planner.core.estimate import Estimate
from planner.core.fit import FitResult
from planner.core.grid import FitDetail, FitGrid
from planner.core.ledger import LedgerLine, Place
from planner.core.machine import Machine, MemoryPool
from planner.core.plan import (
    DEFAULT_GPU_MEMORY_UTILIZATION,
    DEFAULT_MAX_SEQUENCES,
    Plan,
    PlanOptions,
    RuntimeName,
)
from planner.report.assumptions import assumptions
from planner.report.outlook import outlook
from planner.report.outlook_records import ReportOutlook
from planner.report.part_wording import device_count
from planner.report.records import ReportBand, ReportRecord
from planner.report.wording import verdict_sentence
from planner.version import __version__

SCHEMA: Final = "phi-planner/report/1"

# As NVML spells them; a note may quote CUDA_VISIBLE_DEVICES.
_UUID: Final = re.compile(r"\b(GPU|MIG)-[0-9A-Fa-f][0-9A-Za-z/-]{6,}")


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
    unified_cache: bool = False
    split_mode: str = "none"
    tensor_split: tuple[float, ...] = ()
    cpu_expert_layers: int = 0
    attention: str = "sdpa"
    cache_kind: str = "dynamic"
    prompt_length: int | None = None
    max_length: int | None = None
    chunk_size: int | None = None
    gpu_memory_utilization: float = DEFAULT_GPU_MEMORY_UTILIZATION
    max_sequences: int = DEFAULT_MAX_SEQUENCES
    tensor_parallel: int = 1
    enforce_eager: bool = False

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
            unified_cache=options.unified_cache,
            split_mode=options.split_mode.value,
            tensor_split=options.tensor_split,
            cpu_expert_layers=options.cpu_expert_layers,
            attention=options.attention.value,
            cache_kind=options.cache_kind.value,
            prompt_length=options.prompt_length,
            max_length=options.max_length,
            chunk_size=options.chunk_size,
            gpu_memory_utilization=options.gpu_memory_utilization,
            max_sequences=options.max_sequences,
            tensor_parallel=options.tensor_parallel,
            enforce_eager=options.enforce_eager,
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
        sentence = verdict_sentence(
            result,
            model_name=detail.model.name,
            target=detail.target,
            reserve=detail.reserve,
            figures=figures,
            budget=budget,
            machine=detail.machine,
        )
        further = outlook(detail, options, devices=devices)
        return cls(
            model_name=detail.model.name,
            sentence=_anonymous(sentence),
            result=ReportResult.of(result),
            plan=None if figures is None else ReportPlan.of(figures.plan, figures),
            outlook=ReportOutlook.of(further, result, detail.target),
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
    budget: str = Budget.FREE_NOW.value
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
    grid: FitGrid,
    *,
    created: datetime,
    detail: FitDetail | None = None,
    budget: Budget = Budget.FREE_NOW,
    devices: Callable[[], Iterable[DeviceOption]] = tuple,
) -> FitReport:
    """Return the report of a grid, led by one of its plans where `detail` is given.

    The machine of both is the one that the budget sees. `devices` is asked for GPUs that one
    could have, where nothing else makes that plan fit.
    """
    options = grid.options
    versions = {"phi-planner": __version__}
    if options.runtime is RuntimeName.LLAMA_CPP:
        versions["quantiser rules"] = options.mix.value
    return FitReport(
        created=created,
        versions=versions,
        answer=None if detail is None else ReportAnswer.of(detail, options, budget, devices),
        machine=ReportMachine.of(grid.machine),
        target=grid.target.id,
        budget=budget.value,
        reserve_bytes=grid.reserve.of(grid.target),
        options=ReportOptions.of(options),
        models=tuple(ReportModel(id=model.id, name=model.name) for model in grid.models),
        quant_formats=grid.quant_formats,
        results=tuple(ReportResult.of(result) for result in grid.results),
        assumptions=assumptions(options.runtime, budget),
    )


def _anonymous(text: str) -> str:
    """Return a driver's text without the identity of one board."""
    return _UUID.sub(r"\1-(left out)", text)
