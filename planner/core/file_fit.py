"""A user's own file on a machine: a row of the grid with one cell, and that cell in full."""

from dataclasses import dataclass, replace

from planner.core.errors import UnsupportedPlanError
from planner.core.fit import FitResult, Fitter, FitVerdict, Reserve
from planner.core.foreign_shape import ForeignShape, OwnShape
from planner.core.grid import FitDetail
from planner.core.inspection import MIXED, Inspection, file_estimate, file_plan
from planner.core.ledger import PlacedLines
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec
from planner.core.plan import GpuLayers, Plan, PlanOptions
from planner.core.runtimes.llama_cpp import LlamaCpp
from planner.core.runtimes.llama_cpp.file_weights import file_weights
from planner.core.runtimes.llama_cpp.foreign_memory import check_foreign, foreign_lines
from planner.core.runtimes.llama_cpp.weights import GgufWeights
from planner.core.runtimes.protocol import Sums


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFile:
    """An inspected file, made ready to be fitted again and again.

    `id` tells the files of a window apart. `weights` is `None` where nothing can be planned.
    """

    id: str
    inspection: Inspection
    weights: GgufWeights | None

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.inspection.file.name

    @property
    def spec(self) -> ModelSpec:
        """A record like a catalogue's, under the file's own id."""
        return replace(self.inspection.spec, id=self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFit:
    """The verdict on a file, in the one format that it has."""

    file: OwnFile
    result: FitResult


def own_file(file_id: str, inspection: Inspection) -> OwnFile:
    """Return a file ready to be fitted; `file_id` is like no model's and no other file's."""
    file, shape = inspection.file, inspection.file.shape
    weights = None
    if inspection.unsupported is None and shape is not None:
        weights = file_weights(
            file.tensors, layer_count=shape.layer_count, alignment=file.alignment
        )
    return OwnFile(id=file_id, inspection=inspection, weights=weights)


def evaluate_file(
    file: OwnFile,
    *,
    options: PlanOptions,
    machine: Machine,
    target: MemoryPool,
    reserve: Reserve,
) -> FileFit:
    """Fit a user's own file into one pool of a machine; a refusal is a verdict too."""
    try:
        plan, runtime, layer_count = _planned(file, options)
        fitter = Fitter(
            file.spec,
            plan,
            machine,
            target=target,
            reserve=reserve,
            auto_layers=options.gpu_layers is GpuLayers.AUTO or target.kind is PoolKind.SYSTEM,
            own_runtime=runtime,
            layer_count=layer_count,
        )
        result = fitter.fit(plan.quant_format)
    except UnsupportedPlanError as refusal:
        result = FitResult(
            model_id=file.id,
            quant_format=_format_name(file),
            verdict=FitVerdict.UNSUPPORTED,
            reason=str(refusal),
        )
    return FileFit(file=file, result=result)


def evaluate_file_detail(
    file: OwnFile,
    *,
    options: PlanOptions,
    machine: Machine,
    target: MemoryPool,
    reserve: Reserve,
) -> FitDetail:
    """Return the verdict on a file together with its ledger."""
    result = evaluate_file(
        file, options=options, machine=machine, target=target, reserve=reserve
    ).result
    estimate = None
    if result.plan is not None:
        estimate = file_estimate(file.inspection.file, file.spec, result.plan)
    return FitDetail(
        model=file.spec,
        machine=machine,
        target=target,
        reserve=reserve,
        result=result,
        estimate=estimate,
    )


def _planned(file: OwnFile, options: PlanOptions) -> tuple[Plan, Sums, int]:
    """Return the plan, what runs it, and how many layers a GPU can hold of it.

    Raises:
        UnsupportedPlanError: nothing can be planned for the file, or not in this runtime.
    """
    described = file.inspection.file
    if file.weights is None or described.shape is None:
        raise UnsupportedPlanError(file.inspection.unsupported or "Its shape is not known.")
    plan = file_plan(described, file.inspection.mix, options)
    return (
        replace(plan, model_id=file.id),
        _runtime(described.shape, file.weights),
        described.shape.layer_count + 1,
    )


def _format_name(file: OwnFile) -> str:
    """Return the format that a file has or claims, else the types that most of it has."""
    described = file.inspection.file
    if described.labels:
        return described.labels[0].quant_format
    totals = described.storage_totals()
    return totals[0].storage if len(totals) == 1 else MIXED


def _runtime(shape: OwnShape, weights: GgufWeights) -> Sums:
    return _Foreign(shape, weights) if isinstance(shape, ForeignShape) else LlamaCpp(weights)


class _Foreign(LlamaCpp):
    """llama.cpp with a model that is no Phi; the whole ledger goes with the weights."""

    def __init__(self, shape: ForeignShape, weights: GgufWeights) -> None:
        super().__init__(weights)
        self._shape = shape
        self._weights = weights

    def check(self, model: ModelSpec, plan: Plan) -> None:  # noqa: ARG002 - the protocol's
        """See `Runtime.check`.

        Raises:
            PlannerError: a figure is out of its range, or llama.cpp refuses the cache.
        """
        check_foreign(self._shape, plan)

    def weight_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:  # noqa: ARG002
        """See `Runtime.weight_lines`."""
        return foreign_lines(self._shape, plan, self._weights)

    def step_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:  # noqa: ARG002
        """Return nothing: the lines of the step are with the weights."""
        return PlacedLines.of(())

    def weight_sums(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Sums.weight_sums`."""
        return self.weight_lines(model, plan)

    def step_sums(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """See `Sums.step_sums`."""
        return self.step_lines(model, plan)
