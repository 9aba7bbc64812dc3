"""What to change so that a plan fits, cheapest in quality first.

Each advice holds the changed options, format, target and budget, and the verdict on them.
Applying it is asking for the same again, so it gives what was promised.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from planner.core.budget import (
    DEFAULT_STILL_HELD,
    Budget,
    StillHeld,
    fit_under,
    machine_under,
)
from planner.core.context_steps import ContextSteps, last_that
from planner.core.estimate import estimate
from planner.core.fit import FitResult, FitVerdict, Reserve, choose_target
from planner.core.ledger import Place
from planner.core.machine import Machine, MemoryPool
from planner.core.model_spec import ModelSpec
from planner.core.plan import (
    CACHE_TYPES,
    CacheType,
    GpuLayers,
    PlanOptions,
    RuntimeName,
    default_context_length,
    require_shape,
)


class AdviceKind(StrEnum):
    """What is changed, in the order in which it is offered: the cheapest in quality first."""

    CACHE_TYPE = "cache-type"
    SHORTER_CONTEXT = "shorter-context"
    FEWER_SEQUENCES = "fewer-sequences"
    SMALLER_MICRO_BATCH = "smaller-micro-batch"
    SMALLER_FORMAT = "smaller-format"
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
    must give back on the target before it fits, where that is the advice.
    """

    kinds: tuple[AdviceKind, ...]
    changed: Situation = field(repr=False)
    result: FitResult
    saved_bytes: int
    freed_bytes: int = 0


# Prompts get slower below; a quarter of the default is as far as that should go.
_MICRO_BATCHES: Final = (256, 128)
# From large to small; only the ones with `True` are advised: the steps between gain little.
_CACHE_TYPES: Final = {
    CacheType.F32: False,
    CacheType.BF16: False,
    CacheType.F16: True,
    CacheType.Q8_0: True,
    CacheType.FP8: True,
    CacheType.Q5_1: False,
    CacheType.Q5_0: False,
    CacheType.Q4_1: False,
    CacheType.Q4_0: True,
}
# What a chat needs at the least; a shorter context is no advice.
LEAST_CONTEXT_LENGTH: Final = 512
_ORDER: Final = (FitVerdict.FITS, FitVerdict.TIGHT, FitVerdict.PARTIAL, FitVerdict.NO)


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
    if now.verdict not in _ORDER or now.verdict is FitVerdict.FITS:
        return ()
    found = [
        _mildest(situation, now, (kind,), changes)
        for kind, changes in _single_changes(situation, now, quant_formats)
    ]
    advice = [each for each in found if each is not None]
    if not any(each.result.verdict is FitVerdict.FITS for each in advice if _is_plan(each)):
        advice.extend(_together(situation, now, quant_formats))
    return tuple(sorted(advice, key=_rank))


def _rank(advice: Advice) -> tuple[int, int, list[AdviceKind]]:
    kinds = list(AdviceKind)
    costliest = max(kinds.index(kind) for kind in advice.kinds)
    return _ORDER.index(advice.result.verdict), costliest, list(advice.kinds)


def _is_plan(advice: Advice) -> bool:
    elsewhere = (AdviceKind.ANOTHER_POOL, AdviceKind.CLOSE_PROGRAMS)
    return not any(kind in elsewhere for kind in advice.kinds)


def _single_changes(
    situation: Situation, now: FitResult, quant_formats: Sequence[str]
) -> Iterator[tuple[AdviceKind, Iterable[Situation]]]:
    """Yield each kind with its changes, the mildest first."""
    yield AdviceKind.CACHE_TYPE, _smaller_caches(situation)
    yield AdviceKind.SHORTER_CONTEXT, _shorter_contexts(situation)
    yield AdviceKind.FEWER_SEQUENCES, _fewer_sequences(situation)
    yield AdviceKind.SMALLER_MICRO_BATCH, _smaller_micro_batches(situation)
    yield AdviceKind.SMALLER_FORMAT, _smaller_formats(situation, quant_formats)
    yield AdviceKind.LAYERS_TO_RAM, _layers_to_ram(situation, now)
    yield AdviceKind.ANOTHER_POOL, _other_pools(situation)
    yield AdviceKind.CLOSE_PROGRAMS, _programs_closed(situation)


def _mildest(
    situation: Situation,
    now: FitResult,
    kinds: tuple[AdviceKind, ...],
    changes: Iterable[Situation],
) -> Advice | None:
    """Return the first change that fits, else the first of the best that is better than now."""
    best: tuple[Situation, FitResult] | None = None
    best_order = _ORDER.index(now.verdict)
    for changed in changes:
        result = changed.verdict()
        order = _ORDER.index(result.verdict) if result.verdict in _ORDER else len(_ORDER)
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
    )


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


def _smaller_caches(situation: Situation) -> Iterator[Situation]:
    options = situation.options
    order = list(_CACHE_TYPES)
    largest = min(order.index(options.cache_type_k), order.index(options.cache_type_v))
    for cache_type in order[largest + 1 :]:
        if _CACHE_TYPES[cache_type] and cache_type in CACHE_TYPES[options.runtime]:
            # llama.cpp takes a quantised V cache with flash attention only.
            changed = replace(
                options,
                cache_type_k=cache_type,
                cache_type_v=cache_type,
                flash_attention=options.flash_attention or cache_type.is_quantised,
            )
            yield replace(situation, options=changed)


def _context_length(situation: Situation) -> int:
    asked = situation.options.context_length
    return default_context_length(situation.model) if asked is None else asked


def _shorter_contexts(situation: Situation) -> Iterator[Situation]:
    """Yield the longest context that fits, then the longest that is tight."""
    for accepted in (_ORDER[:1], _ORDER[:2]):
        longest = _longest_context(situation, accepted)
        if longest is not None and longest >= LEAST_CONTEXT_LENGTH:
            options = replace(situation.options, context_length=longest)
            yield replace(situation, options=options)


def _longest_context(situation: Situation, accepted: Sequence[FitVerdict]) -> int | None:
    plan = situation.options.plan(situation.model, situation.quant_format)
    steps = ContextSteps.of(plan, _context_length(situation) - 1)

    def is_accepted(index: int) -> bool:
        options = replace(situation.options, context_length=steps[index])
        return replace(situation, options=options).verdict().verdict in accepted

    for indices in steps.rising_ranges(require_shape(situation.model), plan):
        last = last_that(is_accepted, indices)
        if last is not None:
            return steps[last]
    return None


def _fewer_sequences(situation: Situation) -> Iterator[Situation]:
    """Yield fewer and fewer sequences, each with as many tokens as now."""
    length, most = _context_length(situation), situation.options.parallel_sequences
    is_shared = situation.options.runtime is RuntimeName.LLAMA_CPP
    for count in range(most - 1, 0, -1):
        whole = count * -(-length // most) if is_shared else length
        options = replace(situation.options, parallel_sequences=count, context_length=whole)
        yield replace(situation, options=options)


def _smaller_micro_batches(situation: Situation) -> Iterator[Situation]:
    options = situation.options
    for rows in _MICRO_BATCHES:
        if rows < min(options.micro_batch_size, options.batch_size):
            yield replace(situation, options=replace(options, micro_batch_size=rows))


def _smaller_formats(situation: Situation, quant_formats: Sequence[str]) -> Iterator[Situation]:
    if situation.quant_format in quant_formats:
        start = quant_formats.index(situation.quant_format) + 1
        for quant_format in quant_formats[start:]:
            yield replace(situation, quant_format=quant_format)


def _layers_to_ram(situation: Situation, now: FitResult) -> Iterator[Situation]:
    """Yield the most layers that fit on the target, as a number."""
    if now.verdict is not FitVerdict.NO or now.plan is None:
        return
    options = replace(situation.options, gpu_layers=GpuLayers.AUTO)
    split = replace(situation, options=options).verdict()
    if split.verdict is FitVerdict.PARTIAL and split.plan is not None:
        count = split.plan.gpu_layer_count
        if count < now.plan.gpu_layer_count:
            yield replace(situation, options=replace(options, gpu_layers=count))


def _other_pools(situation: Situation) -> Iterator[Situation]:
    """Yield the machine's other memory, the freest GPU first, RAM last."""
    target, machine = situation.target, situation.seen_machine
    one_memory = {target.id, target.same_memory_as}
    others = [
        pool
        for pool in machine.pools
        if pool.id not in one_memory and pool.same_memory_as != target.id
    ]
    for pool in sorted(others, key=lambda each: (not each.is_gpu, -(each.free_bytes or 0))):
        yield replace(situation, target_id=pool.id)


def _programs_closed(situation: Situation) -> Iterator[Situation]:
    if situation.budget is Budget.FREE_NOW:
        yield replace(situation, budget=Budget.PROGRAMS_CLOSED, target_id=situation.target.id)


def _together(
    situation: Situation, now: FitResult, quant_formats: Sequence[str]
) -> Iterator[Advice]:
    """Yield the first of the changes, one upon the other, that surely fits."""
    base, kinds = situation, list[AdviceKind]()
    for kind, changes in (
        (AdviceKind.CACHE_TYPE, _smaller_caches),
        (AdviceKind.SMALLER_MICRO_BATCH, _smaller_micro_batches),
    ):
        for changed in changes(base):
            if changed.verdict().verdict in _ORDER:
                base = changed
                kinds.append(kind)
                break
    usual = default_context_length(situation.model)
    bases = [(tuple(kinds), base)]
    if usual < _context_length(situation):
        shorter = replace(base, options=replace(base.options, context_length=usual))
        bases.append(((*kinds, AdviceKind.SHORTER_CONTEXT), shorter))
    for changed_kinds, start in bases:
        for changed in (start, *_smaller_formats(start, quant_formats)):
            result = changed.verdict()
            if result.verdict is FitVerdict.FITS:
                is_smaller = changed.quant_format != situation.quant_format
                further = (AdviceKind.SMALLER_FORMAT,) if is_smaller else ()
                yield _advice(situation, now, (*changed_kinds, *further), changed, result)
                return
