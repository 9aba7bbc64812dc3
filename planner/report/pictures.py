"""The pictures of a report: the same descriptions that the window draws."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.diagram import plan_diagram
from planner.core.diagram.picture import diagram_picture
from planner.core.pictures.bar_picture import bar_picture, split_picture
from planner.core.pictures.curve_picture import curve_picture
from planner.core.pictures.device_bars import memory_bar, split_bars
from planner.core.pictures.frontier_picture import frontier_picture
from planner.core.pictures.memory_curve import memory_curve
from planner.core.pictures.speed_picture import speed_picture
from planner.core.report_choices import PictureKey
from planner.report.further import report_frontier, report_speeds
from planner.report.machine_records import detail_for_print

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.core.grid import FitDetail
    from planner.core.pictures.picture import Picture
    from planner.core.plan import PlanOptions

# As wide as a page of A4 between its margins.
WIDTH_PX: Final = 656.0
_CARD_AND_RAM: Final = 2


def report_pictures(detail: FitDetail, options: PlanOptions) -> dict[PictureKey, Picture]:
    """Return the pictures of the plan that leads; none where nothing can be said of it."""
    return dict(_pictures(detail_for_print(detail), options))


def _pictures(detail: FitDetail, options: PlanOptions) -> Iterator[tuple[PictureKey, Picture]]:
    bar, bars = memory_bar(detail), split_bars(detail)
    if _is_divided(detail) or len(bars) > _CARD_AND_RAM:
        yield PictureKey.MEMORY, split_picture(bars, width=WIDTH_PX)
    elif bar is not None:
        yield PictureKey.MEMORY, bar_picture(bar, width=WIDTH_PX)
    curve = memory_curve(detail, options)
    if curve is not None:
        yield PictureKey.CONTEXT, curve_picture(curve, width=WIDTH_PX)
    plan = detail.result.plan
    if plan is None:
        return
    context_length = plan.context_length
    yield (
        PictureKey.FRONTIER,
        frontier_picture(
            report_frontier(detail, options), context_length=context_length, width=WIDTH_PX
        ),
    )
    speeds = report_speeds(detail)
    if speeds:
        drawn = speed_picture(speeds, width=WIDTH_PX, context_length=context_length)
        yield PictureKey.SPEED, drawn
    yield PictureKey.ARCHITECTURE, diagram_picture(plan_diagram(detail.model, plan))


def _is_divided(detail: FitDetail) -> bool:
    """Whether layers are on both sides, so that either bar alone says too little."""
    plan, layers = detail.result.plan, detail.result.layer_count
    return plan is not None and plan.gpu_layer_count not in (0, layers)
