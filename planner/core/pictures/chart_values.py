"""The charts of one plan as values, and a memory that spares what another context leaves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from planner.core.frontier import Frontier, frontier
from planner.core.pictures.device_bars import DeviceBar, split_bars
from planner.core.pictures.memory_curve import MemoryCurve, memory_curve
from planner.core.plan import CACHE_TYPES, CacheType

if TYPE_CHECKING:
    from planner.core.grid import FitDetail
    from planner.core.plan import PlanOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryChartValues:
    """What the charts of a plan's memory show; `None` and empty where there is no chart.

    `subject` names the plan, such as `Phi-4 · Q4_K_M`. `context_length` is the planned one.
    """

    subject: str
    context_length: int
    curve: MemoryCurve | None = None
    frontier: Frontier | None = None
    split: tuple[DeviceBar, ...] = ()


class LatestCharts:
    """Makes the charts of the plan that is looked at.

    The curve and the frontier are of all contexts, so they are kept while nothing but the
    planned context changes: a step of a slider then costs next to nothing.
    """

    def __init__(self) -> None:
        self._asked_curve: tuple[object, ...] = ()
        self._curve: MemoryCurve | None = None
        self._asked_frontier: tuple[object, ...] = ()
        self._frontier: Frontier | None = None

    def values(
        self, detail: FitDetail, options: PlanOptions, quant_formats: tuple[str, ...] = ()
    ) -> MemoryChartValues | None:
        """Return the charts of the plan that `detail` was made of with these options.

        Without `quant_formats` there is no frontier. `None` where nothing can be said of the
        plan: `detail.result` has the reason.
        """
        plan = detail.result.plan
        if plan is None:
            return None
        curve = self._curve_of(detail, options)
        return MemoryChartValues(
            subject=f"{detail.model.name} · {detail.result.quant_format}",
            context_length=plan.context_length,
            curve=None if curve is None else replace(curve, context_length=plan.context_length),
            frontier=self._frontier_of(detail, options, quant_formats),
            split=split_bars(detail),
        )

    def _curve_of(self, detail: FitDetail, options: PlanOptions) -> MemoryCurve | None:
        asked = (detail.result.quant_format, *_asked(detail, options))
        if asked != self._asked_curve:
            self._curve = memory_curve(detail, options)
            self._asked_curve = asked
        return self._curve

    def _frontier_of(
        self, detail: FitDetail, options: PlanOptions, quant_formats: tuple[str, ...]
    ) -> Frontier | None:
        if not quant_formats:
            return None
        asked = (quant_formats, *_asked(detail, options))
        if asked != self._asked_frontier:
            self._frontier = frontier(
                detail.model,
                options=options,
                machine=detail.machine,
                target=detail.target,
                reserve=detail.reserve,
                quant_formats=quant_formats,
                cache_types=_told_apart(options),
            )
            self._asked_frontier = asked
        return self._frontier


def _told_apart(options: PlanOptions) -> tuple[CacheType, ...]:
    """Return the runtime's cache types, without those that nobody would choose for memory.

    bf16 takes what f16 takes, and f32 twice as much; they are there where they are in use.
    """
    in_use = (options.cache_type_k, options.cache_type_v)
    return tuple(
        each
        for each in CACHE_TYPES[options.runtime]
        if each in in_use or each not in (CacheType.F32, CacheType.BF16)
    )


def _asked(detail: FitDetail, options: PlanOptions) -> tuple[object, ...]:
    """Return all that a chart over every context depends on."""
    return (
        detail.model,
        replace(options, context_length=None),
        detail.machine,
        detail.target,
        detail.reserve,
    )
