"""What the pages of the detail show, as they are handed it. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.core.advice import Advice
    from planner.core.device_choice import DeviceOption
    from planner.core.diagram import Diagram
    from planner.core.fit import FitResult
    from planner.core.grid import FitDetail
    from planner.core.launch import Shell
    from planner.core.launch_start import Start
    from planner.core.ledger import Band
    from planner.core.pictures.chart_values import MemoryChartValues
    from planner.core.published import FileComparison
    from planner.core.speed import SpeedEstimate


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryValues:
    """The charts of a plan's memory, and what would make room.

    What does not run has neither. A user's own file has no advice: nothing is known of it in
    another format.
    """

    charts: MemoryChartValues | None
    advice: AdviceValues | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchitectureValues:
    """The block diagram, or why there is none."""

    diagram: Diagram | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedValues:
    """The modelled speed at the plan's context and along the context; always modelled.

    `estimate` is `None`, and `curve` empty, where `reason` says why. `can_measure` tells that
    a bandwidth is missing which can be found out here: that of this computer's RAM.
    """

    detail: FitDetail
    estimate: SpeedEstimate | None
    curve: tuple[SpeedEstimate, ...] = ()
    reason: str = ""
    can_measure: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RunValues:
    """What to copy, tool by tool, and the download beside the room on the disk.

    `starts` is empty where `reason` says why there is nothing to start. `files` are ready to
    download, the likest to the plan first. `usual_shell` is that of this system.
    """

    starts: tuple[Start, ...]
    usual_shell: Shell
    file: Band | None
    files: tuple[FileComparison, ...] = ()
    disk_free_bytes: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceValues:
    """What would make the plan fit, and the smallest devices where nothing would.

    `is_due` says that this is still worked out, so that older advice must not be followed.
    """

    detail: FitDetail
    is_due: bool = False
    advice: tuple[Advice, ...] = ()
    if_closed: FitResult | None = None
    gpu_bytes: int | None = None
    devices: tuple[DeviceOption, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPlan:
    """One of the plans that stand side by side; its speed is modelled."""

    detail: FitDetail
    speed: SpeedEstimate | None = None
