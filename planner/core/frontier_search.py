"""How the frontier asks: by sums that formats share, or by one verdict after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from planner.core.context_steps import last_that
from planner.core.estimate import runtime_of
from planner.core.fit import FitResult, FitVerdict, Reserve, fit
from planner.core.machine import Machine, MemoryPool
from planner.core.model_spec import ModelSpec
from planner.core.plan import CacheType, Plan, offloadable_layer_count
from planner.core.room import Bound, Room, Taken
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
        self._totals: WholeStepTotals | None = None
        if model.shape is not None and plan.gpu_layer_count in (
            0,
            offloadable_layer_count(model.shape),
        ):
            self._totals = WholeStepTotals(model.shape)
        self._known: dict[CacheType, dict[int, Taken]] = {}

    def search(self, plan: Plan, plan_at: PlanAt, ranges: Sequence[range]) -> Found:
        """See `NeedsOf.search`."""
        weights = Taken.of(
            runtime_of(plan.runtime).weight_lines(self._model, plan), self._target
        )
        # With layers in RAM each format has a cache and buffers of its own.
        shares = self._totals is not None
        known = self._known.setdefault(plan.cache_type_k, {}) if shares else {}

        def step_at(index: int) -> Taken:
            taken = known.get(index)
            if taken is None:
                taken = known[index] = self._step(plan_at(index))
            return taken

        def last_within(bound: Bound | None) -> int | None:
            if bound is None:
                return None
            left = bound.less(weights)
            return _last_of(lambda index: left.holds(step_at(index)), ranges)

        fits = last_within(self._room.fits)
        return Found(
            fits=fits,
            tight=last_within(self._room.tight),
            why_not=None if fits is not None else self._why_not(weights, step_at, ranges),
        )

    def _step(self, plan: Plan) -> Taken:
        if self._totals is not None:
            return Taken.of(self._totals.totals(plan), self._target)
        return Taken.of(runtime_of(plan.runtime).step_lines(self._model, plan), self._target)

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

    def search(
        self,
        plan: Plan,  # noqa: ARG002 - the protocol's
        plan_at: PlanAt,
        ranges: Sequence[range],
    ) -> Found:
        """See `NeedsOf.search`."""

        def last_with(*accepted: FitVerdict) -> int | None:
            return _last_of(lambda index: self._fit(plan_at(index)).verdict in accepted, ranges)

        fits = last_with(FitVerdict.FITS)
        why_not = None
        if fits is None:
            why_not = _words(self._fit(plan_at(ranges[-1][0])), self._target)
        # Layers that somebody put into RAM are judged on both sides, and then called partial.
        tight = last_with(FitVerdict.FITS, FitVerdict.TIGHT, FitVerdict.PARTIAL)
        return Found(fits=fits, tight=tight, why_not=why_not)

    def _fit(self, plan: Plan) -> FitResult:
        return fit(
            self._model,
            plan,
            self._machine,
            target=self._target,
            reserve=self._reserve,
            auto_layers=False,
        )


def _words(result: FitResult, target: MemoryPool) -> str:
    if result.reason is not None or result.needed is None:
        return f"is not promised on {target.name}. {result.reason or ''}".rstrip()
    return f"on {target.name} needs {format_gib(result.needed.high_bytes)}, and less is free."


def _last_of(holds: Callable[[int], bool], ranges: Sequence[range]) -> int | None:
    """Return the last index that holds; within a range none does after one that does not."""
    for indices in ranges:
        last = last_that(holds, indices)
        if last is not None:
            return last
    return None
