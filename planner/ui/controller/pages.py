"""What each page of the detail is about, as the session and the core say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planner.core.errors import PlannerError
from planner.ui.models.page import Page
from planner.ui.models.page_values import (
    AdviceValues,
    ArchitectureValues,
    MemoryValues,
    RunValues,
    SpeedValues,
)

if TYPE_CHECKING:
    from planner.core.grid import FitDetail
    from planner.core.model_spec import ModelSpec
    from planner.core.pictures.chart_values import LatestCharts, MemoryChartValues
    from planner.core.plan import PlanOptions
    from planner.core.spec_sheet import Specification
    from planner.session import PlannerSession


OTHER_MODEL: Final = (
    "This file holds a model that is no Phi: its memory is worked out from its tensors, and no "
    "more than that."
)


class Pages:
    """Makes the values of the page that is seen, and of no other.

    Nothing is loaded for a page before somebody looks at it.
    """

    def __init__(self) -> None:
        self._charts: LatestCharts | None = None
        self._settled_for: tuple[object, ...] = ()
        self._sheet: tuple[ModelSpec, Specification] | None = None

    def quick(
        self,
        page: Page,
        session: PlannerSession,
        detail: FitDetail,
        options: PlanOptions,
        *,
        quant_formats: tuple[str, ...],
        is_here: bool = True,
    ) -> object:
        """Return what a page shows while a slider is dragged, `None` where it is to wait.

        `is_here` tells that the plan is for this computer and no other.
        """
        match page:
            case Page.MEMORY:
                charts = self._memory(detail, options, quant_formats, is_settled=False)
                due = AdviceValues(detail=detail, is_due=True)
                return MemoryValues(charts=charts, advice=due if _can_change(detail) else None)
            case Page.ARCHITECTURE:
                return _architecture(detail, options)
            case Page.SPECIFICATION:
                return self._specification(session, detail)
            case Page.SPEED:
                return _speed(session, detail, is_here=is_here)
            case Page.RUN_IT:
                return _run_it(session, detail)

    def settled(
        self,
        page: Page,
        session: PlannerSession,
        detail: FitDetail,
        options: PlanOptions,
        *,
        quant_formats: tuple[str, ...],
    ) -> object:
        """Return what takes hundreds of plans and waits until nothing moves, or `None`."""
        if page is Page.MEMORY:
            charts = self._memory(detail, options, quant_formats, is_settled=True)
            can_change = _can_change(detail)
            advice = _advice(session, detail, options) if can_change else None
            return MemoryValues(charts=charts, advice=advice)
        return None

    def _specification(self, session: PlannerSession, detail: FitDetail) -> Specification:
        """Return the sheet of a model, which no option changes."""
        if self._sheet is None or self._sheet[0] is not detail.model:
            self._sheet = (detail.model, session.specification(detail.model))
        return self._sheet[1]

    def _memory(
        self,
        detail: FitDetail,
        options: PlanOptions,
        quant_formats: tuple[str, ...],
        *,
        is_settled: bool,
    ) -> MemoryChartValues | None:
        if _is_other_model(detail):
            return None
        if self._charts is None:
            from planner.core.pictures.chart_values import LatestCharts

            self._charts = LatestCharts()
        # The frontier is of all contexts: while only the context moves, it is at hand.
        asked = (
            detail.model,
            replace(options, context_length=None),
            detail.machine,
            detail.target,
            detail.reserve,
            quant_formats,
        )
        if is_settled:
            self._settled_for = asked
        is_at_hand = asked == self._settled_for
        return self._charts.values(detail, options, quant_formats if is_at_hand else ())


def _can_change(detail: FitDetail) -> bool:
    """Tell whether another plan could be taken: not of what never runs, nor of a file."""
    from planner.core.inspection import OWN_FILE_ID

    return detail.result.plan is not None and not detail.model.id.startswith(OWN_FILE_ID)


def _is_other_model(detail: FitDetail) -> bool:
    """Tell whether this is somebody's own file of a model whose parts are not known here."""
    return detail.model.shape is None and detail.estimate is not None


def _why_not(detail: FitDetail) -> str:
    return OTHER_MODEL if _is_other_model(detail) else detail.result.reason or ""


def _architecture(detail: FitDetail, options: PlanOptions) -> ArchitectureValues:
    from planner.core.diagram import plan_diagram

    plan = detail.result.plan
    if _is_other_model(detail):
        return ArchitectureValues(diagram=None, reason=OTHER_MODEL)
    if plan is None:
        plan = options.plan(detail.model, detail.result.quant_format)
    try:
        return ArchitectureValues(diagram=plan_diagram(detail.model, plan))
    except PlannerError as refusal:
        return ArchitectureValues(diagram=None, reason=str(refusal))


def _speed(session: PlannerSession, detail: FitDetail, *, is_here: bool) -> SpeedValues:
    curve = session.speed_curve(detail)
    if not curve:
        return SpeedValues(detail=detail, estimate=None, reason=_why_not(detail))
    target, ram = detail.target, detail.machine.ram
    lacks_ram_rate = (
        curve[0].decode is None
        and ram is not None
        and ram.bandwidth_gb_per_s is None
        # Without the GPU's rate, that of RAM would not help.
        and (not target.is_gpu or target.bandwidth_gb_per_s is not None)
    )
    return SpeedValues(
        detail=detail,
        estimate=curve[0],
        curve=curve[1:],
        can_measure=is_here and lacks_ram_rate,
    )


def _run_it(session: PlannerSession, detail: FitDetail) -> RunValues:
    import sys

    from planner.core.launch import Shell

    starts = session.starts(detail)
    return RunValues(
        starts=starts,
        usual_shell=Shell.POWERSHELL if sys.platform == "win32" else Shell.POSIX,
        file=None if detail.estimate is None else detail.estimate.file,
        files=session.downloads(detail),
        disk_free_bytes=detail.machine.disk_free_bytes,
        reason="" if starts else _why_not(detail),
    )


def _advice(session: PlannerSession, detail: FitDetail, options: PlanOptions) -> AdviceValues:
    found = session.outlook(detail, options)
    return AdviceValues(
        detail=detail,
        advice=found.advice,
        if_closed=found.if_closed,
        gpu_bytes=found.gpu_bytes,
        devices=found.devices,
    )
