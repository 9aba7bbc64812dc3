"""The changes that advice tries, each kind with the mildest first."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from planner.core.budget import Budget
from planner.core.context_steps import ContextSteps, last_that
from planner.core.fit import FitResult, FitVerdict
from planner.core.machine import PoolKind
from planner.core.plan import (
    CACHE_TYPES,
    CacheType,
    GpuLayers,
    RuntimeName,
    default_context_length,
    require_shape,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from planner.core.advice import Situation

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
ORDER: Final = (FitVerdict.FITS, FitVerdict.TIGHT, FitVerdict.PARTIAL, FitVerdict.NO)


def without_second_copy(situation: Situation, now: FitResult) -> Iterator[Situation]:
    """Yield the plan as `--no-repack` starts it, where a CPU would keep a second copy."""
    options, plan = situation.options, now.plan
    is_on_cpu = plan is not None and plan.gpu_layer_count == 0
    if options.runtime is RuntimeName.LLAMA_CPP and options.repack and is_on_cpu:
        yield replace(situation, options=replace(options, repack=False))


def lower_utilization(situation: Situation) -> Iterator[Situation]:
    """Yield the largest shares of the card that are free, with the reserve and without it."""
    options, pool = situation.options, situation.target
    if options.runtime is not RuntimeName.VLLM or not pool.total_bytes:
        return
    for kept in (situation.reserve.of(pool), 0):
        share = int(100 * ((pool.free_bytes or 0) - kept) / pool.total_bytes) / 100
        if 0 < share < options.gpu_memory_utilization:
            changed = replace(options, gpu_memory_utilization=share)
            yield replace(situation, options=changed)


def smaller_caches(situation: Situation) -> Iterator[Situation]:
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


def context_length(situation: Situation) -> int:
    asked = situation.options.context_length
    return default_context_length(situation.model) if asked is None else asked


def shorter_contexts(situation: Situation) -> Iterator[Situation]:
    """Yield the longest context that fits, then the longest that is tight."""
    for accepted in (ORDER[:1], ORDER[:2]):
        longest = _longest_context(situation, accepted)
        if longest is not None and longest >= LEAST_CONTEXT_LENGTH:
            options = replace(situation.options, context_length=longest)
            yield replace(situation, options=options)


def _longest_context(situation: Situation, accepted: Sequence[FitVerdict]) -> int | None:
    plan = situation.options.plan(situation.model, situation.quant_format)
    steps = ContextSteps.of(plan, context_length(situation) - 1)

    def is_accepted(index: int) -> bool:
        options = replace(situation.options, context_length=steps[index])
        return replace(situation, options=options).verdict().verdict in accepted

    for indices in steps.rising_ranges(require_shape(situation.model), plan):
        last = last_that(is_accepted, indices)
        if last is not None:
            return steps[last]
    return None


def fewer_sequences(situation: Situation) -> Iterator[Situation]:
    """Yield fewer and fewer sequences, each with as many tokens as now."""
    length, most = context_length(situation), situation.options.parallel_sequences
    is_shared = situation.options.runtime is RuntimeName.LLAMA_CPP
    for count in range(most - 1, 0, -1):
        whole = count * -(-length // most) if is_shared else length
        options = replace(situation.options, parallel_sequences=count, context_length=whole)
        yield replace(situation, options=options)


def smaller_micro_batches(situation: Situation) -> Iterator[Situation]:
    options = situation.options
    for rows in _MICRO_BATCHES:
        if rows < min(options.micro_batch_size, options.batch_size):
            yield replace(situation, options=replace(options, micro_batch_size=rows))


def smaller_formats(situation: Situation, quant_formats: Sequence[str]) -> Iterator[Situation]:
    if situation.quant_format in quant_formats:
        start = quant_formats.index(situation.quant_format) + 1
        for quant_format in quant_formats[start:]:
            yield replace(situation, quant_format=quant_format)


def experts_to_ram(situation: Situation, now: FitResult) -> Iterator[Situation]:
    """Yield the fewest layers whose experts must stay in RAM, for a fit and for a tight one.

    The rest of these layers, a small part of them, is on the GPU then.
    """
    shape, options = situation.model.shape, situation.options
    is_on_gpu = now.plan is not None and now.plan.gpu_layer_count > 0
    # A number of layers is somebody's own choice.
    is_chosen = not isinstance(options.gpu_layers, GpuLayers)
    if options.runtime is not RuntimeName.LLAMA_CPP or shape is None or not shape.expert_count:
        return
    if is_chosen or not is_on_gpu or situation.target.kind is not PoolKind.DEDICATED:
        return
    most = shape.layer_count

    def with_experts(in_ram: int) -> Situation:
        changed = replace(options, cpu_expert_layers=in_ram, gpu_layers=GpuLayers.ALL)
        return replace(situation, options=changed)

    def verdict(on_gpu: int) -> FitVerdict:
        return with_experts(most - on_gpu).verdict().verdict

    for accepted in (ORDER[:1], ORDER[:2]):
        holds = partial(_is_one_of, verdict, accepted)
        on_gpu = last_that(holds, range(most - options.cpu_expert_layers))
        if on_gpu is not None:
            yield with_experts(most - on_gpu)


def _is_one_of(
    verdict: Callable[[int], FitVerdict], accepted: Sequence[FitVerdict], count: int
) -> bool:
    return verdict(count) in accepted


def layers_to_ram(situation: Situation, now: FitResult) -> Iterator[Situation]:
    """Yield the most layers that fit on the target, as a number."""
    if now.verdict is not FitVerdict.NO or now.plan is None:
        return
    options = replace(situation.options, gpu_layers=GpuLayers.AUTO)
    split = replace(situation, options=options).verdict()
    if split.verdict is FitVerdict.PARTIAL and split.plan is not None:
        count = split.plan.gpu_layer_count
        if count < now.plan.gpu_layer_count:
            yield replace(situation, options=replace(options, gpu_layers=count))


def other_pools(situation: Situation) -> Iterator[Situation]:
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


def programs_closed(situation: Situation) -> Iterator[Situation]:
    if situation.budget is Budget.FREE_NOW:
        yield replace(situation, budget=Budget.PROGRAMS_CLOSED, target_id=situation.target.id)
