"""Many plans at once, and one plan in full: what the table, the window and the report show."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.core.errors import PlannerError
from planner.core.estimate import Estimate, estimate, runtime_of
from planner.core.fit import FitResult, Fitter, Reserve
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec, TransformerShape
from planner.core.plan import GpuLayers, PlanOptions, RuntimeName
from planner.core.records import dataclass
from planner.core.tensors import tensors_alone

if TYPE_CHECKING:
    # It stands on this module, and brings what reads no file can do without.
    from planner.core.file_fit import FileFit


@dataclass(frozen=True, slots=True, kw_only=True)
class FitGrid:
    """Models by quant formats on one machine; `results` go row by row, a model a row.

    `files` are a person's own, each in the one format that it has.
    """

    machine: Machine
    target: MemoryPool
    options: PlanOptions
    reserve: Reserve
    models: tuple[ModelSpec, ...]
    quant_formats: tuple[str, ...]
    results: tuple[FitResult, ...]
    files: "tuple[FileFit, ...]" = ()

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
    counts_layers: bool = True,
) -> FitGrid:
    """Fit every model in every quant format into one pool of a machine.

    Without `counts_layers` the layers of a `partial` plan may be a guess (`is_rough`), which
    a slider that is dragged has the time for.
    """
    results: list[FitResult] = []
    # Half of the models have the tensors of another, and then need the same.
    rows: dict[tuple[TransformerShape, int], tuple[FitResult, ...]] = {}
    for model in models:
        key = _twin_key(model, options)
        row = None if key is None else rows.get(key)
        if row is None:
            fitter = _fitter(
                model,
                options=options,
                machine=machine,
                target=target,
                reserve=reserve,
                counts_layers=counts_layers,
            )
            row = tuple(fitter.fit(quant) for quant in quant_formats)
            if key is not None:
                rows[key] = row
        else:
            row = tuple(_of_twin(result, model) for result in row)
        results.extend(row)
    return FitGrid(
        machine=machine,
        target=target,
        options=options,
        reserve=reserve,
        models=tuple(models),
        quant_formats=tuple(quant_formats),
        results=tuple(results),
    )


def _twin_key(model: ModelSpec, options: PlanOptions) -> tuple[TransformerShape, int] | None:
    """Return what llama.cpp's figures depend on; `None` where it refuses the model.

    Other runtimes load parts beside the text, and use a sliding window.
    """
    if options.runtime is not RuntimeName.LLAMA_CPP or model.shape is None:
        return None
    plan = options.plan(model, quant_format="")
    try:
        runtime_of(options.runtime).check(model, plan)
    except PlannerError:
        return None
    return tensors_alone(model.shape), plan.context_length


def _of_twin(result: FitResult, model: ModelSpec) -> FitResult:
    """Return the result under the name and the limit of a model with the same tensors."""
    plan = None if result.plan is None else result.plan.changed(model_id=model.id)
    return FitResult(
        model_id=model.id,
        quant_format=result.quant_format,
        verdict=result.verdict,
        needed=result.needed,
        plan=plan,
        layer_count=result.layer_count,
        max_context_length=model.context_length_limit,
        reason=result.reason,
        occupied_bytes=result.occupied_bytes,
        is_rough=result.is_rough,
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
    counts_layers: bool = True,
) -> Fitter:
    return Fitter(
        model,
        options.plan(model, quant_format=""),
        machine,
        target=target,
        reserve=reserve,
        auto_layers=options.gpu_layers is GpuLayers.AUTO or target.kind is PoolKind.SYSTEM,
        counts_layers=counts_layers,
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
