"""How the frontier asks: by sums that formats share, or by one verdict after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from planner.core.context_steps import last_that
from planner.core.fit import FitResult, Fitter, FitVerdict, Reserve
from planner.core.ledger import PlacedLines
from planner.core.machine import Machine, MemoryPool
from planner.core.model_spec import ModelSpec
from planner.core.plan import (
    CacheType,
    Plan,
    RuntimeName,
    offloadable_layer_count,
)
from planner.core.room import Bound, Room, Taken
from planner.core.runtimes.llama_cpp import LlamaCpp, memory
from planner.core.runtimes.llama_cpp.compute_buffer import (
    Buffers,
    has_closed_form,
    least_buffers,
    step_buffers,
)
from planner.core.runtimes.llama_cpp.totals import WholeStepTotals
from planner.core.units import format_gib

PlanAt = Callable[[int], Plan]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The last index that surely fits and the last that is at least tight.

    `why_not` ends a sentence about the first index, where not even that fits.
    """

    fits: int | None
    tight: int | None
    why_not: str | None


class NeedsOf(Protocol):
    """Finds the last index that fits."""

    def search(self, plan: Plan, plan_at: PlanAt, ranges: Sequence[range]) -> Found:
        """Search ranges within which plans only grow, the largest plans first.

        `plan` is any of them: they differ in nothing that the weights depend on.
        """
        ...


class _StepSums:
    """What a step takes with some buffers; formats share it while the layers stand together."""

    def __init__(self, model: ModelSpec, plan: Plan, buffers: Buffers) -> None:
        self._model = model
        self._buffers = buffers
        self._totals: WholeStepTotals | None = None
        if model.shape is not None and plan.gpu_layer_count in (
            0,
            offloadable_layer_count(model.shape),
        ):
            self._totals = WholeStepTotals(model.shape, buffers)
        self._known: dict[tuple[CacheType, CacheType], dict[int, Taken]] = {}

    @property
    def are_whole(self) -> bool:
        """Whether the layers stand together."""
        return self._totals is not None

    def asked(
        self, types: tuple[CacheType, CacheType], plan_at: PlanAt, target: MemoryPool
    ) -> Callable[[int], Taken]:
        """Return the function that answers for an index; `types` are those of the cache."""
        # With layers in RAM each format has buffers of its own.
        known = {} if self._totals is None else self._known.setdefault(types, {})

        def step_at(index: int) -> Taken:
            taken = known.get(index)
            if taken is None:
                taken = known[index] = Taken.of(self._of(plan_at(index)), target)
            return taken

        return step_at

    def _of(self, plan: Plan) -> PlacedLines:
        if self._totals is not None:
            return self._totals.totals(plan)
        return memory.step_sums(self._model, plan, buffers=self._buffers)


class SharedNeeds:
    """llama.cpp: while the layers stand together, the formats share cache and buffers."""

    def __init__(
        self,
        model: ModelSpec,
        plan: Plan,
        machine: Machine,
        target: MemoryPool,
        reserve: Reserve,
    ) -> None:
        self._model = model
        self._target = target
        self._room = Room.of(machine, target, reserve)
        self._sums = _StepSums(model, plan, step_buffers)
        self._least = _StepSums(model, plan, least_buffers)

    def search(self, plan: Plan, plan_at: PlanAt, ranges: Sequence[range]) -> Found:
        """See `NeedsOf.search`."""
        weights = Taken.of(memory.weight_sums(self._model, plan), self._target)
        types = (plan.cache_type_k, plan.cache_type_v)
        step_at = self._sums.asked(types, plan_at, self._target)
        least_at = self._least.asked(types, plan_at, self._target)

        is_rising = self._sums.are_whole and has_closed_form(plan)

        def last_within(bound: Bound | None) -> int | None:
            if bound is None:
                return None
            left = bound.less(weights)
            return last_of(
                lambda index: left.holds(step_at(index)),
                may_hold=None if is_rising else lambda index: left.holds(least_at(index)),
                ranges=ranges,
            )

        fits = last_within(self._room.fits)
        return Found(
            fits=fits,
            tight=last_within(self._room.tight),
            why_not=None if fits is not None else self._why_not(weights, step_at, ranges),
        )

    def _why_not(
        self, weights: Taken, step_at: Callable[[int], Taken], ranges: Sequence[range]
    ) -> str:
        bound = self._room.fits
        if bound is None:
            return f"is not promised on {self._target.name}. {self._room.reason}"
        target, host = bound.of(weights)
        step_target, step_host = bound.of(step_at(ranges[-1][0]))
        if target + step_target > bound.target_bytes:
            needed, usable, where = target + step_target, bound.target_bytes, ""
        else:
            needed, usable, where = host + step_host, bound.host_bytes or 0, " of RAM beside it"
        return (
            f"on {self._target.name} needs {format_gib(needed)}{where}, and "
            f"{format_gib(max(0, usable))} may be used."
        )


class VerdictNeeds:
    """Any other runtime: its own rules have a say, so each plan gets a whole verdict."""

    def __init__(
        self, model: ModelSpec, machine: Machine, target: MemoryPool, reserve: Reserve
    ) -> None:
        self._model = model
        self._machine = machine
        self._target = target
        self._reserve = reserve

    def search(self, plan: Plan, plan_at: PlanAt, ranges: Sequence[range]) -> Found:
        """See `NeedsOf.search`."""
        is_llama = plan.runtime is RuntimeName.LLAMA_CPP
        least = LlamaCpp(buffers=least_buffers) if is_llama else None

        def last_with(*accepted: FitVerdict) -> int | None:
            def accepts(runtime: LlamaCpp | None, index: int) -> bool:
                return self._fit(plan_at(index), runtime).verdict in accepted

            may_hold = None if least is None else partial(accepts, least)
            return last_of(partial(accepts, None), may_hold=may_hold, ranges=ranges)

        fits = last_with(FitVerdict.FITS)
        why_not = None
        if fits is None:
            why_not = _words(self._fit(plan_at(ranges[-1][0])), self._target)
        # Layers that somebody put into RAM are judged on both sides, and then called partial.
        tight = last_with(FitVerdict.FITS, FitVerdict.TIGHT, FitVerdict.PARTIAL)
        return Found(fits=fits, tight=tight, why_not=why_not)

    def _fit(self, plan: Plan, runtime: LlamaCpp | None = None) -> FitResult:
        fitter = Fitter(
            self._model,
            plan,
            self._machine,
            target=self._target,
            reserve=self._reserve,
            auto_layers=False,
            own_runtime=runtime,
        )
        return fitter.fit(plan.quant_format)


def _words(result: FitResult, target: MemoryPool) -> str:
    if result.reason is not None or result.needed is None:
        return f"is not promised on {target.name}. {result.reason or ''}".rstrip()
    return f"on {target.name} needs {format_gib(result.needed.high_bytes)}, and less is free."


def last_of(
    holds: Callable[[int], bool],
    *,
    may_hold: Callable[[int], bool] | None,
    ranges: Sequence[range],
) -> int | None:
    """Return the last index that holds.

    Within a range nothing may hold after an index that may not. Where `may_hold` says more
    often yes than `holds` (`None`: never), the indices between are asked one by one.
    """
    for indices in ranges:
        last = last_that(may_hold or holds, indices)
        if last is None:
            continue
        if may_hold is None:
            return last
        below = range(last, indices[0] - 1, -1)
        found = next((index for index in below if holds(index)), None)
        if found is not None:
            return found
    return None
