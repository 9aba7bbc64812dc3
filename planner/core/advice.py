"""What to change so that a plan fits, cheapest in quality first.

Each advice holds the changed options, format, target and budget, and the verdict on them.
Applying it is asking for the same again, so it gives what was promised.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from planner.core import advice_changes as changes
from planner.core.advice_changes import ORDER
from planner.core.budget import (
    DEFAULT_STILL_HELD,
    Budget,
    StillHeld,
    fit_under,
    machine_under,
)
from planner.core.estimate import estimate
from planner.core.fit import FitResult, FitVerdict, Reserve
from planner.core.ledger import Place
from planner.core.machine import Machine, MemoryHolder, MemoryPool
from planner.core.model_spec import ModelSpec
from planner.core.plan import (
    PlanOptions,
    default_context_length,
)
from planner.core.target import choose_target


class AdviceKind(StrEnum):
    """What is changed, in the order in which it is offered: the cheapest in quality first."""

    NO_REPACK = "no-repack"
    LOWER_UTILIZATION = "lower-utilization"
    CACHE_TYPE = "cache-type"
    SHORTER_CONTEXT = "shorter-context"
    FEWER_SEQUENCES = "fewer-sequences"
    SMALLER_MICRO_BATCH = "smaller-micro-batch"
    SMALLER_FORMAT = "smaller-format"
    EXPERTS_TO_RAM = "experts-to-ram"
    LAYERS_TO_RAM = "layers-to-ram"
    ANOTHER_POOL = "another-pool"
    CLOSE_PROGRAMS = "close-programs"


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """A plan on a machine: everything that its verdict depends on."""

    model: ModelSpec
    quant_format: str
    options: PlanOptions
    machine: Machine
    reserve: Reserve
    target_id: str | None = None
    budget: Budget = Budget.FREE_NOW
    still_held: StillHeld = DEFAULT_STILL_HELD

    def verdict(self) -> FitResult:
        """Return the verdict.

        Raises:
            PlannerError: the machine has no such target.
        """
        return fit_under(
            self.model,
            self.quant_format,
            options=self.options,
            machine=self.machine,
            budget=self.budget,
            reserve=self.reserve,
            target_id=self.target_id,
            still_held=self.still_held,
        ).result

    @property
    def target(self) -> MemoryPool:
        """The pool that is fitted into, as the budget sees it."""
        chosen = choose_target(self.machine, self.target_id)
        return choose_target(self.seen_machine, chosen.id)

    @property
    def seen_machine(self) -> Machine:
        """The machine as the budget sees it."""
        return machine_under(self.machine, self.budget, still_held=self.still_held)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One way to make a plan fit.

    `kinds` says what is changed: one thing, or several where no single change is enough.
    `changed` is the plan to apply, `result` the verdict on it. `saved_bytes` is how much less
    the target has to hold (the expected figures), and `freed_bytes` how much other programs
    must give back on the target before it fits, where that is the advice; `holders` are the
    programs, as far as the system tells, the largest first.
    """

    kinds: tuple[AdviceKind, ...]
    changed: Situation = field(repr=False)
    result: FitResult
    saved_bytes: int
    freed_bytes: int = 0
    holders: tuple[MemoryHolder, ...] = ()


def advise(situation: Situation, *, quant_formats: Sequence[str]) -> tuple[Advice, ...]:
    """Return what would make a plan fit: at most one advice of each kind, the best first.

    Advice that makes the plan surely fit comes before advice that only gets nearer, and then
    the cheapest in quality first. Where no change of the plan alone is enough, several are
    tried together. A plan that fits, or whose verdict is not about memory, gets no advice.
    `quant_formats` are those of the runtime, from large to small.

    Raises:
        PlannerError: the machine has no such target.
    """
    now = situation.verdict()
    if now.verdict not in ORDER or now.verdict is FitVerdict.FITS:
        return ()
    found = [
        _mildest(situation, now, (kind,), tries)
        for kind, tries in _single_changes(situation, now, quant_formats)
    ]
    advice = [each for each in found if each is not None]
    if not any(each.result.verdict is FitVerdict.FITS for each in advice if _is_plan(each)):
        advice.extend(_together(situation, now, quant_formats))
    return tuple(sorted(advice, key=_rank))


def _rank(advice: Advice) -> tuple[int, int, list[AdviceKind]]:
    kinds = list(AdviceKind)
    costliest = max(kinds.index(kind) for kind in advice.kinds)
    return ORDER.index(advice.result.verdict), costliest, list(advice.kinds)


def _is_plan(advice: Advice) -> bool:
    elsewhere = (AdviceKind.ANOTHER_POOL, AdviceKind.CLOSE_PROGRAMS)
    return not any(kind in elsewhere for kind in advice.kinds)


def _single_changes(
    situation: Situation, now: FitResult, quant_formats: Sequence[str]
) -> Iterator[tuple[AdviceKind, Iterable[Situation]]]:
    """Yield each kind with its changes, the mildest first."""
    yield AdviceKind.NO_REPACK, changes.without_second_copy(situation, now)
    yield AdviceKind.LOWER_UTILIZATION, changes.lower_utilization(situation)
    yield AdviceKind.CACHE_TYPE, changes.smaller_caches(situation)
    yield AdviceKind.SHORTER_CONTEXT, changes.shorter_contexts(situation)
    yield AdviceKind.FEWER_SEQUENCES, changes.fewer_sequences(situation)
    yield AdviceKind.SMALLER_MICRO_BATCH, changes.smaller_micro_batches(situation)
    yield AdviceKind.SMALLER_FORMAT, changes.smaller_formats(situation, quant_formats)
    yield AdviceKind.EXPERTS_TO_RAM, changes.experts_to_ram(situation, now)
    yield AdviceKind.LAYERS_TO_RAM, changes.layers_to_ram(situation, now)
    yield AdviceKind.ANOTHER_POOL, changes.other_pools(situation)
    yield AdviceKind.CLOSE_PROGRAMS, changes.programs_closed(situation)


def _mildest(
    situation: Situation,
    now: FitResult,
    kinds: tuple[AdviceKind, ...],
    tries: Iterable[Situation],
) -> Advice | None:
    """Return the first change that fits, else the first of the best that is better than now."""
    best: tuple[Situation, FitResult] | None = None
    best_order = ORDER.index(now.verdict)
    for changed in tries:
        result = changed.verdict()
        order = ORDER.index(result.verdict) if result.verdict in ORDER else len(ORDER)
        if order < best_order:
            best, best_order = (changed, result), order
        if best_order == 0:
            break
    return None if best is None else _advice(situation, now, kinds, *best)


def _advice(
    situation: Situation,
    now: FitResult,
    kinds: tuple[AdviceKind, ...],
    changed: Situation,
    result: FitResult,
) -> Advice:
    before = 0 if now.needed is None else now.needed.expected_bytes
    after = 0 if result.needed is None else result.needed.expected_bytes
    if changed.budget is not situation.budget:
        after = before  # the plan itself is as it was
    elif changed.target.id != situation.target.id:
        after = 0  # nothing of it stays on this target
    elif result.verdict is FitVerdict.PARTIAL and result.plan is not None:
        after = estimate(situation.model, result.plan).ledger.total(Place.GPU).expected_bytes
    return Advice(
        kinds=kinds,
        changed=changed,
        result=result,
        saved_bytes=before - after,
        freed_bytes=_to_be_freed_bytes(situation, changed, result),
        holders=() if changed.budget is situation.budget else _holders(situation.target),
    )


def _holders(pool: MemoryPool) -> tuple[MemoryHolder, ...]:
    return tuple(sorted(pool.holders, key=lambda holder: -(holder.used_bytes or 0)))


def _to_be_freed_bytes(situation: Situation, changed: Situation, result: FitResult) -> int:
    """Return what other programs must give back on the target for the verdict to hold."""
    free, closed = situation.target.free_bytes, changed.target.free_bytes
    if changed.budget is situation.budget or result.needed is None:
        return 0
    if result.verdict is FitVerdict.FITS:
        needed = result.needed.high_bytes + situation.reserve.of(changed.target)
    elif result.verdict is FitVerdict.TIGHT:
        needed = result.needed.expected_bytes
    else:
        needed = closed or 0
    return max(0, needed - (free or 0))


def _together(
    situation: Situation, now: FitResult, quant_formats: Sequence[str]
) -> Iterator[Advice]:
    """Yield the first of the changes, one upon the other, that surely fits."""
    base, kinds = situation, list[AdviceKind]()
    for kind, tries in (
        (AdviceKind.CACHE_TYPE, changes.smaller_caches),
        (AdviceKind.SMALLER_MICRO_BATCH, changes.smaller_micro_batches),
    ):
        for changed in tries(base):
            if changed.verdict().verdict in ORDER:
                base = changed
                kinds.append(kind)
                break
    usual = default_context_length(situation.model)
    bases = [(tuple(kinds), base)]
    if usual < changes.context_length(situation):
        shorter = replace(base, options=replace(base.options, context_length=usual))
        bases.append(((*kinds, AdviceKind.SHORTER_CONTEXT), shorter))
    for changed_kinds, start in bases:
        for changed in (start, *changes.smaller_formats(start, quant_formats)):
            result = changed.verdict()
            if result.verdict is FitVerdict.FITS:
                is_smaller = changed.quant_format != situation.quant_format
                further = (AdviceKind.SMALLER_FORMAT,) if is_smaller else ()
                yield _advice(situation, now, (*changed_kinds, *further), changed, result)
                return
