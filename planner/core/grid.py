"""Many plans at once, and one plan in full: what the table, the window and the report show."""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.core.estimate import Estimate, estimate
from planner.core.fit import FitResult, Fitter, Reserve
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec
from planner.core.plan import GpuLayers, PlanOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class FitGrid:
    """Models by quant formats on one machine; `results` go row by row, a model a row."""

    machine: Machine
    target: MemoryPool
    options: PlanOptions
    reserve: Reserve
    models: tuple[ModelSpec, ...]
    quant_formats: tuple[str, ...]
    results: tuple[FitResult, ...]

    def row(self, index: int) -> tuple[FitResult, ...]:
        """Return one model's results in the order of `quant_formats`."""
        width = len(self.quant_formats)
        return self.results[index * width : (index + 1) * width]


@dataclass(frozen=True, slots=True, kw_only=True)
class FitDetail:
    """One cell of the grid with its ledger.

    `estimate` is of the plan as it would run (`result.plan`), `None` where nothing can be said.
    """

    model: ModelSpec
    machine: Machine
    target: MemoryPool
    reserve: Reserve
    result: FitResult
    estimate: Estimate | None


def evaluate_grid(
    models: Sequence[ModelSpec],
    quant_formats: Sequence[str],
    *,
    options: PlanOptions,
    machine: Machine,
    target: MemoryPool,
    reserve: Reserve,
) -> FitGrid:
    """Fit every model in every quant format into one pool of a machine."""
    results: list[FitResult] = []
    for model in models:
        fitter = _fitter(
            model, options=options, machine=machine, target=target, reserve=reserve
        )
        results.extend(fitter.fit(quant) for quant in quant_formats)
    return FitGrid(
        machine=machine,
        target=target,
        options=options,
        reserve=reserve,
        models=tuple(models),
        quant_formats=tuple(quant_formats),
        results=tuple(results),
    )


def evaluate(
    model: ModelSpec,
    quant_format: str,
    *,
    options: PlanOptions,
    machine: Machine,
    target: MemoryPool,
    reserve: Reserve,
) -> FitResult:
    """Fit one model in one quant format."""
    fitter = _fitter(model, options=options, machine=machine, target=target, reserve=reserve)
    return fitter.fit(quant_format)


def _fitter(
    model: ModelSpec,
    *,
    options: PlanOptions,
    machine: Machine,
    target: MemoryPool,
    reserve: Reserve,
) -> Fitter:
    return Fitter(
        model,
        options.plan(model, quant_format=""),
        machine,
        target=target,
        reserve=reserve,
        auto_layers=options.gpu_layers is GpuLayers.AUTO or target.kind is PoolKind.SYSTEM,
    )


def evaluate_detail(
    model: ModelSpec,
    quant_format: str,
    *,
    options: PlanOptions,
    machine: Machine,
    target: MemoryPool,
    reserve: Reserve,
) -> FitDetail:
    """Return the verdict on one plan together with its ledger."""
    result = evaluate(
        model, quant_format, options=options, machine=machine, target=target, reserve=reserve
    )
    return FitDetail(
        model=model,
        machine=machine,
        target=target,
        reserve=reserve,
        result=result,
        estimate=None if result.plan is None else estimate(model, result.plan),
    )
