"""Will it run here: a plan against a machine, as a verdict with its figures."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from planner.core.errors import PlannerError
from planner.core.estimate import runtime_of
from planner.core.ledger import Band, PlacedLines
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, offloadable_layer_count
from planner.core.units import GIB

DEFAULT_GPU_RESERVE_BYTES: Final = GIB // 2
DEFAULT_RAM_RESERVE_BYTES: Final = 2 * GIB


class FitVerdict(StrEnum):
    """What a person is told; the values are those of the command line's JSON."""

    FITS = "fits"
    TIGHT = "tight"
    PARTIAL = "partial"
    NO = "no"
    UNSUPPORTED = "unsupported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserve:
    """Memory to leave free for everything else, on a GPU and in RAM."""

    gpu_bytes: int = DEFAULT_GPU_RESERVE_BYTES
    ram_bytes: int = DEFAULT_RAM_RESERVE_BYTES

    def of(self, pool: MemoryPool) -> int:
        """Return the reserve of one pool; unified memory keeps the system's."""
        return self.gpu_bytes if pool.kind is PoolKind.DEDICATED else self.ram_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class FitResult:
    """The verdict on one plan.

    `needed` is what the whole plan takes on the target. `plan` is the plan as it would run:
    with `partial` its `gpu_layer_count` is the most that fits. `reason` is set where there is
    no verdict on figures (`unsupported`, `unknown`).
    """

    model_id: str
    quant_format: str
    verdict: FitVerdict
    needed: Band | None = None
    plan: Plan | None = None
    layer_count: int | None = None
    max_context_length: int | None = None
    reason: str | None = None


def choose_target(machine: Machine, target_id: str | None = None) -> MemoryPool:
    """Return the pool to fit into: the named one, else the freest GPU, else RAM.

    Raises:
        PlannerError: there is no pool of that name, or none at all.
    """
    if target_id is not None:
        for pool in machine.pools:
            if pool.id == target_id:
                return pool
        known = ", ".join(pool.id for pool in machine.pools) or "none"
        raise PlannerError(f"This machine has no memory pool {target_id!r}; it has: {known}.")
    candidates = machine.gpus or machine.pools
    if not candidates:
        raise PlannerError(
            "No memory could be read on this machine, so nothing can be compared."
        )
    return max(candidates, key=lambda pool: -1 if pool.free_bytes is None else pool.free_bytes)


def fit(
    model: ModelSpec,
    plan: Plan,
    machine: Machine,
    *,
    target: MemoryPool,
    reserve: Reserve,
    auto_layers: bool = True,
) -> FitResult:
    """Compare what a plan needs with what a machine has free.

    With `auto_layers` the plan's `gpu_layer_count` is chosen here: everything on the target if
    that fits, else the most layers that do.
    """
    fitter = Fitter(
        model, plan, machine, target=target, reserve=reserve, auto_layers=auto_layers
    )
    return fitter.fit(plan.quant_format)


class Fitter:
    """Fits one model into one pool, format after format.

    The cache and the buffers do not depend on the format while the layers stand together, so
    they are worked out once.
    """

    def __init__(
        self,
        model: ModelSpec,
        plan: Plan,
        machine: Machine,
        *,
        target: MemoryPool,
        reserve: Reserve,
        auto_layers: bool,
    ) -> None:
        self._model = model
        self._machine = machine
        self._target = target
        self._reserve = reserve
        self._auto_layers = auto_layers
        self._layer_count = (
            None if model.shape is None else offloadable_layer_count(model.shape)
        )
        layers = self._layers_on_target() if auto_layers else plan.gpu_layer_count
        self._plan = replace(plan, gpu_layer_count=layers)
        self._is_split = layers not in (0, self._layer_count)
        self._refusal: str | None = None
        self._step: PlacedLines | None = None
        try:
            self._runtime = runtime_of(plan.runtime)
            self._runtime.check(model, self._plan)
        except PlannerError as refusal:
            self._refusal = str(refusal)
            return
        if not self._is_split:
            self._step = self._runtime.step_lines(model, self._plan)

    def fit(self, quant_format: str) -> FitResult:
        """Return the verdict on the model in one quant format."""
        if self._refusal is not None:
            return self._result(quant_format, FitVerdict.UNSUPPORTED, reason=self._refusal)
        plan = replace(self._plan, quant_format=quant_format)
        lines = self._runtime.weight_lines(self._model, plan) + (
            self._step or self._runtime.step_lines(self._model, plan)
        )
        needed = needed_on(lines, self._target)
        if self._target.free_bytes is None:
            why = " ".join(self._target.notes) or "the driver does not say."
            reason = f"How much of {self._target.name} is free is not known: {why}"
            return self._result(
                quant_format, FitVerdict.UNKNOWN, needed=needed, plan=plan, reason=reason
            )
        verdict = self._judge(lines)
        if verdict is FitVerdict.NO and self._may_split():
            most = self._most_layers(plan)
            if most:
                verdict, plan = FitVerdict.PARTIAL, replace(plan, gpu_layer_count=most)
        elif verdict is not FitVerdict.NO and self._is_split:
            verdict = FitVerdict.PARTIAL
        return self._result(quant_format, verdict, needed=needed, plan=plan)

    def _result(
        self,
        quant_format: str,
        verdict: FitVerdict,
        *,
        needed: Band | None = None,
        plan: Plan | None = None,
        reason: str | None = None,
    ) -> FitResult:
        return FitResult(
            model_id=self._model.id,
            quant_format=quant_format,
            verdict=verdict,
            needed=needed,
            plan=plan,
            layer_count=self._layer_count,
            max_context_length=self._model.context_length_limit,
            reason=reason,
        )

    def _layers_on_target(self) -> int:
        if self._layer_count is None or self._target.kind is PoolKind.SYSTEM:
            return 0
        return self._layer_count

    def _may_split(self) -> bool:
        dedicated = self._target.kind is PoolKind.DEDICATED
        return self._auto_layers and dedicated and self._runtime.splits_layers

    def _judge(self, lines: PlacedLines) -> FitVerdict:
        """Judge both sides: the target, and RAM where a GPU is the target."""
        verdict = self._judge_pool(needed_on(lines, self._target), self._target)
        ram = self._machine.ram
        if self._target.kind is not PoolKind.DEDICATED or ram is None:
            return verdict
        return max(verdict, self._judge_pool(lines.host, ram), key=_STRICTNESS.index)

    def _judge_pool(self, needed: Band, pool: MemoryPool) -> FitVerdict:
        free = pool.free_bytes
        if free is None:
            # Only RAM beside a GPU comes here: it is not the target, so it cannot be promised.
            return FitVerdict.TIGHT
        if needed.high_bytes + self._reserve.of(pool) <= free:
            return FitVerdict.FITS
        return FitVerdict.TIGHT if needed.expected_bytes <= free else FitVerdict.NO

    def _most_layers(self, plan: Plan) -> int:
        """Return the most layers that surely fit with the rest in RAM, 0 if none do."""

        def lines_with(count: int) -> PlacedLines:
            split = replace(plan, gpu_layer_count=count)
            weights = self._runtime.weight_lines(self._model, split)
            return weights + self._runtime.step_lines(self._model, split)

        def fits(count: int) -> bool:
            return self._judge_pool(lines_with(count).gpu, self._target) is FitVerdict.FITS

        most = _last_true(fits, highest=plan.gpu_layer_count - 1)
        if most and self._judge(lines_with(most)) is FitVerdict.NO:
            return 0
        return most


_STRICTNESS: Final = (FitVerdict.FITS, FitVerdict.TIGHT, FitVerdict.NO)


def needed_on(lines: PlacedLines, target: MemoryPool) -> Band:
    """Return what a plan takes from the target: unified memory holds both sides at once."""
    if target.kind is PoolKind.DEDICATED:
        return lines.gpu
    return lines.gpu + lines.host


def _last_true(holds: Callable[[int], bool], *, highest: int) -> int:
    """Return the largest count from 1 to `highest` that holds, 0 if 1 does not (bisection)."""
    low, high = 0, highest
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
