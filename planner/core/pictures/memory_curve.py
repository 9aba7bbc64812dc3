"""Memory against context length: what the engine says at some fifty lengths.

Everything is on the target, as in the frontier: where a plan does not fit, the curve shows by
how much, and up to which context it would.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, Final

from planner.core.cards import with_shares
from planner.core.context_steps import ContextSteps
from planner.core.errors import PlannerError
from planner.core.estimate import own_rules_of, runtime_of
from planner.core.frontier import frontier
from planner.core.frontier_search import Found, VerdictNeeds
from planner.core.ledger import Part, Place
from planner.core.machine import Machine, PoolKind
from planner.core.plan import SplitMode, require_shape

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.grid import FitDetail
    from planner.core.ledger import PlacedLines
    from planner.core.machine import MemoryPool
    from planner.core.plan import Plan, PlanOptions

_SHORTEST: Final = 256
_SAMPLE_COUNT: Final = 48
_FINEST: Final = 16  # samples for each doubling


class LimitKind(StrEnum):
    """What a line across the chart stands for."""

    FREE = "free"  # what is free now
    SHARE = "share"  # what the runtime lets itself take
    TOTAL = "total"  # all there is


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveLimit:
    """A line across the chart."""

    kind: LimitKind
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveSample:
    """What one context takes: the expected bytes of each of the curve's parts.

    Where the runtime refuses the length there are none, and `reason` says why.
    """

    context_length: int
    part_bytes: tuple[int, ...] = ()
    high_bytes: int | None = None
    reason: str | None = None

    @property
    def total_bytes(self) -> int | None:
        """All parts together."""
        return sum(self.part_bytes) if self.part_bytes else None


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryCurve:
    """One plan at many context lengths on one target.

    `context_length` is the planned one. `fits_context_length` is the longest that is promised,
    `tight_context_length` the longest of which the expected figure fits.
    """

    parts: tuple[Part, ...]
    samples: tuple[CurveSample, ...]
    limits: tuple[CurveLimit, ...] = ()
    fits_context_length: int | None = None
    tight_context_length: int | None = None
    is_limit_known: bool = True
    context_length: int | None = None

    def runs(self) -> tuple[tuple[CurveSample, ...], ...]:
        """Return the samples between refusals: nothing is drawn across one."""
        grouped = groupby(self.samples, key=lambda sample: sample.total_bytes is not None)
        return tuple(tuple(run) for is_known, run in grouped if is_known)

    @property
    def known(self) -> tuple[CurveSample, ...]:
        """The samples with figures."""
        return tuple(sample for run in self.runs() for sample in run)

    @property
    def highest_bytes(self) -> int:
        """The most that any of the contexts may take; 0 where all are refused."""
        return max((sample.high_bytes or 0 for sample in self.known), default=0)


def memory_curve(detail: FitDetail, options: PlanOptions) -> MemoryCurve | None:
    """Return the curve of the plan that `detail` was made of with these options.

    `None` where nothing can be said of the plan at any length: `detail.result` has the reason.
    """
    result = detail.result
    if result.plan is None:
        return None
    target, machine = detail.target, detail.machine
    plan = with_shares(options.plan(detail.model, result.quant_format), machine)
    if target.kind is PoolKind.SYSTEM:
        plan = plan.changed(gpu_layer_count=0)
    longest = require_shape(detail.model).context_length_limit
    lines = _lines(detail, plan, context_lengths(longest))
    parts = tuple(part for part in Part if any(part in sizes for _, sizes, _, _ in lines))
    found = _longest(detail, options, plan)
    return MemoryCurve(
        parts=parts,
        samples=tuple(
            CurveSample(
                context_length=length,
                part_bytes=tuple(sizes.get(part, 0) for part in parts) if sizes else (),
                high_bytes=high_bytes,
                reason=reason,
            )
            for length, sizes, high_bytes, reason in lines
        ),
        limits=_limits(detail, plan),
        fits_context_length=found.fits,
        tight_context_length=found.tight,
        is_limit_known=target.free_bytes is not None,
        context_length=plan.context_length,
    )


def context_lengths(longest: int) -> tuple[int, ...]:
    """Return about fifty lengths up to the longest, as many in each doubling."""
    shortest = min(_SHORTEST, longest)
    doublings = max(1, (longest // shortest - 1).bit_length())
    each = max(1, min(_FINEST, _SAMPLE_COUNT // doublings))
    found = {shortest, longest}
    for step in range(doublings * each + 1):
        length = round(shortest * 2 ** (step / each) / 32) * 32
        if shortest < length < longest:
            found.add(length)
    return tuple(sorted(found))


_Line = tuple[int, dict[Part, int], int | None, str | None]


def _lines(detail: FitDetail, plan: Plan, lengths: Sequence[int]) -> list[_Line]:
    """Return length, bytes by part, the high sum and a reason for each length."""
    model, runtime = detail.model, runtime_of(plan.runtime)
    is_dedicated = detail.target.kind is PoolKind.DEDICATED
    places = (Place.GPU,) if is_dedicated else (Place.GPU, Place.HOST)
    weights: PlacedLines | None = None
    found: list[_Line] = []
    for length in lengths:
        prompt = None if plan.prompt_length is None else min(plan.prompt_length, length)
        longer = replace(plan, context_length=length, prompt_length=prompt)
        try:
            runtime.check(model, longer)
            # The weights are of the format and the layers alone, whatever the context.
            weights = weights or runtime.weight_lines(model, longer)
            step = runtime.step_lines(model, longer)
        except PlannerError as refusal:
            found.append((length, {}, None, str(refusal)))
            continue
        sizes: dict[Part, int] = {}
        high_bytes = 0
        for line in weights.lines + step.lines:
            if line.place in places:
                sizes[line.part] = sizes.get(line.part, 0) + line.band.expected_bytes
                high_bytes += line.band.high_bytes
        found.append((length, sizes, high_bytes, None))
    return found


def _longest(detail: FitDetail, options: PlanOptions, plan: Plan) -> Found:
    """Return the longest contexts that fit, found as the frontier finds them."""
    machine, target, reserve = detail.machine, detail.target, detail.reserve
    if options.cache_type_k is options.cache_type_v:
        cell = frontier(
            detail.model,
            options=options,
            machine=machine,
            target=target,
            reserve=reserve,
            quant_formats=(plan.quant_format,),
            cache_types=(plan.cache_type_k,),
        ).cells[0]
        return Found(
            fits=cell.fits_context_length,
            tight=cell.tight_context_length,
            why_not=cell.reason,
        )
    shape = require_shape(detail.model)
    first = replace(plan, context_length=plan.parallel_sequences)
    steps = ContextSteps.of(first, shape.context_length_limit)
    found = VerdictNeeds(detail.model, machine, target, reserve).search(
        first,
        lambda index: replace(first, context_length=steps[index]),
        steps.rising_ranges(shape, first),
    )
    fits = None if found.fits is None else steps[found.fits]
    return replace(found, fits=fits, tight=None if found.tight is None else steps[found.tight])


def _limits(detail: FitDetail, plan: Plan) -> tuple[CurveLimit, ...]:
    """Return what may be taken of the target, or of all cards that hold layers."""
    cards = spread_over(detail.machine, detail.target, plan)
    found = []
    own = own_rules_of(plan.runtime)
    if own is None or len(cards) > 1:
        free = _sum_or_none([card.free_bytes for card in cards])
        if free is not None:
            found.append(CurveLimit(kind=LimitKind.FREE, size_bytes=free))
    else:
        reserve_bytes = detail.reserve.of(detail.target)
        limits = own.pool_limits(detail.model, plan, detail.target, reserve_bytes=reserve_bytes)
        if limits is not None:
            is_free = limits.perhaps_bytes == detail.target.free_bytes
            kind = LimitKind.FREE if is_free else LimitKind.SHARE
            found.append(CurveLimit(kind=kind, size_bytes=limits.perhaps_bytes))
    total = _sum_or_none([card.total_bytes for card in cards])
    if total is not None:
        found.append(CurveLimit(kind=LimitKind.TOTAL, size_bytes=total))
    return tuple(found)


def spread_over(machine: Machine, target: MemoryPool, plan: Plan) -> tuple[MemoryPool, ...]:
    """Return the cards that hold the layers: those of a split, else the target alone."""
    joined = tuple(pool for pool in machine.gpus if pool.can_be_joined)
    is_split = plan.split_mode is SplitMode.LAYER and bool(plan.gpu_layer_count)
    return joined if is_split and len(joined) == len(plan.tensor_split) else (target,)


def _sum_or_none(sizes: Sequence[int | None]) -> int | None:
    known = [size for size in sizes if size is not None]
    return sum(known) if len(known) == len(sizes) else None
