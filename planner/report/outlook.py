"""What goes with a verdict: how far the plan could go, what would help, how to start it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.core.advice import Advice, Situation, advise
from planner.core.budget import Budget, fit_under
from planner.core.device_choice import DeviceOption, gpu_bytes_needed, smallest_devices
from planner.core.errors import PlannerError
from planner.core.estimate import runtime_of
from planner.core.fit import FitVerdict
from planner.core.frontier import FrontierCell, SequenceLimit, frontier, most_sequences
from planner.core.launch import TOOLS, Launch, Shell, launch
from planner.core.plan import RuntimeName
from planner.core.speed import ProcessorRates, SpeedEstimate, speed, speed_curve

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from planner.core.fit import FitResult
    from planner.core.grid import FitDetail
    from planner.core.machine import MemoryPool
    from planner.core.plan import Plan, PlanOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """All that can be said around one verdict; `None` and empty where nothing can.

    `if_closed` is the verdict with other programs closed. `longest_context` is with everything
    on the target and one cache type for keys and values. `gpu_bytes` is what one GPU must have
    free for all of the plan; `devices` are the smallest known ones that have it, where no
    advice makes the plan fit. A plan that does not fit has no `speed` and neither `launch` nor
    `launch_reason`; any other has one of the two.
    """

    if_closed: FitResult | None = None
    longest_context: FrontierCell | None = None
    most_sequences: SequenceLimit | None = None
    advice: tuple[Advice, ...] = ()
    gpu_bytes: int | None = None
    devices: tuple[DeviceOption, ...] = ()
    speed: SpeedEstimate | None = None
    launch: Launch | None = None
    launch_reason: str | None = None


NOTHING_MORE = Outlook()


def outlook(
    detail: FitDetail,
    options: PlanOptions,
    *,
    shell: Shell = Shell.POSIX,
    devices: Callable[[], Iterable[DeviceOption]] = tuple,
) -> Outlook:
    """Return what goes with a verdict; `options` are those it was asked with.

    `devices` is asked for GPUs one could have only where nothing else makes the plan fit.
    """
    result = detail.result
    plan = result.plan
    if plan is None:
        return NOTHING_MORE
    started, reason = _start(detail, plan, shell)
    advice = advise(
        Situation(
            model=detail.model,
            quant_format=result.quant_format,
            options=options,
            machine=detail.machine,
            reserve=detail.reserve,
            target_id=detail.target.id,
        ),
        quant_formats=runtime_of(plan.runtime).quant_formats,
    )
    gpu_bytes = gpu_bytes_needed(
        detail.model, result.quant_format, options=options, reserve=detail.reserve
    )
    return Outlook(
        if_closed=fit_under(
            detail.model,
            result.quant_format,
            options=options,
            machine=detail.machine,
            budget=Budget.PROGRAMS_CLOSED,
            reserve=detail.reserve,
            target_id=detail.target.id,
        ).result,
        longest_context=_longest_context(detail, options),
        most_sequences=most_sequences(
            detail.model,
            result.quant_format,
            context_length=tokens_of_one(plan),
            options=options,
            machine=detail.machine,
            target=detail.target,
            reserve=detail.reserve,
        ),
        advice=advice,
        gpu_bytes=gpu_bytes,
        devices=_devices(result, advice, gpu_bytes, devices),
        speed=_speed(detail, plan),
        launch=started,
        launch_reason=reason,
    )


def _devices(
    result: FitResult,
    advice: tuple[Advice, ...],
    gpu_bytes: int | None,
    known: Callable[[], Iterable[DeviceOption]],
) -> tuple[DeviceOption, ...]:
    """Return the smallest devices for a plan that nothing else makes fit."""
    lacks_room = result.verdict in (FitVerdict.PARTIAL, FitVerdict.NO)
    is_helped = any(each.result.verdict is FitVerdict.FITS for each in advice)
    if gpu_bytes is None or is_helped or not lacks_room:
        return ()
    return smallest_devices(gpu_bytes, known())


def tokens_of_one(plan: Plan) -> int:
    """Return the tokens of one sequence: llama.cpp shares a context among them."""
    if plan.runtime is not RuntimeName.LLAMA_CPP or plan.unified_cache:
        return plan.context_length
    return max(1, plan.context_length // plan.parallel_sequences)


def _longest_context(detail: FitDetail, options: PlanOptions) -> FrontierCell | None:
    if options.cache_type_k is not options.cache_type_v:
        return None  # the frontier has one type for both
    found = frontier(
        detail.model,
        options=options,
        machine=detail.machine,
        target=detail.target,
        reserve=detail.reserve,
        quant_formats=(detail.result.quant_format,),
        cache_types=(options.cache_type_k,),
    )
    return found.cells[0]


def _speed(detail: FitDetail, plan: Plan) -> SpeedEstimate | None:
    """Return the modelled speed of one sequence that has filled its part of the cache."""
    target = detail.target
    if detail.result.verdict is FitVerdict.NO:
        return None
    return speed(
        detail.model,
        plan,
        context_length=tokens_of_one(plan),
        gpu=_rates(target if target.is_gpu else None),
        host=_rates(detail.machine.ram),
    )


def plan_speeds(detail: FitDetail, context_lengths: Sequence[int]) -> tuple[SpeedEstimate, ...]:
    """Return the modelled speeds of one sequence; none where none is known."""
    plan, target = detail.result.plan, detail.target
    if plan is None or detail.result.verdict is FitVerdict.NO:
        return ()
    found = speed_curve(
        detail.model,
        plan,
        context_lengths=context_lengths,
        gpu=_rates(target if target.is_gpu else None),
        host=_rates(detail.machine.ram),
    )
    return found if any(each.decode is not None for each in found) else ()


def _rates(pool: MemoryPool | None) -> ProcessorRates | None:
    if pool is None:
        return None
    return ProcessorRates(
        name=pool.name,
        memory_bandwidth_gb_per_s=pool.bandwidth_gb_per_s,
        fp16_tflops=pool.fp16_tflops,
    )


def _start(detail: FitDetail, plan: Plan, shell: Shell) -> tuple[Launch | None, str | None]:
    """Return the command, or why there is none; what does not fit is not to be started."""
    if detail.result.verdict is FitVerdict.NO:
        return None, None
    try:
        return launch(detail.model, plan, TOOLS[plan.runtime][0], shell=shell), None
    except PlannerError as refusal:
        return None, str(refusal)
