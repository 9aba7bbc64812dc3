"""What the controller needs of a window above it and of the computer below it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from planner.core.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.core.device_spec import DeviceSpec
    from planner.core.fit import Reserve
    from planner.core.grid import FitDetail, FitGrid
    from planner.core.grid_values import FigureRow, GridMode
    from planner.core.launch_words import ParsedLaunch
    from planner.core.machine import Machine, MemoryPool
    from planner.core.plan import PlanOptions
    from planner.session import Opened, PlannerSession
    from planner.ui.controller.choices import Choices
    from planner.ui.controller.machines import NamedSession
    from planner.ui.models.cell import Cell
    from planner.ui.models.page import Page
    from planner.ui.models.what_if import WhatIfOrder


class Detection(Protocol):
    """A look at the hardware that is under way."""

    def result(self) -> Machine:
        """Wait for the answer; called off the GUI thread."""

    def cancel(self) -> None:
        """Give up; called from another thread than `result`."""


class LiveSource(Protocol):
    """Gives fresh figures of one machine's pools, again and again."""

    def read(self) -> Machine:
        """Return the machine as it is now; called off the GUI thread."""

    def close(self) -> None:
        """Let go of what was held for it."""


class DetectionAnswer(NamedTuple):
    """What a numbered look at the hardware found."""

    number: int
    machine: Machine


class LiveAnswer(NamedTuple):
    """Fresh figures, and the number of the look at the hardware that they go on from."""

    number: int
    machine: Machine


class OpenedAnswer(NamedTuple):
    """What a file turned out to be; `path` is as it was asked for."""

    path: Path
    opened: Opened


class PlannerView(Protocol):
    """What the controller needs of a window."""

    @property
    def shows_pages(self) -> bool:
        """Whether there are pages yet: the first verdicts are painted without them."""

    def show_machine(
        self,
        machine: Machine,
        *,
        target_id: str | None,
        is_looking: bool,
        what_if: Machine | None = None,
    ) -> None:
        """Show the pools of memory, and whether GPUs are still being looked for.

        `what_if` stands beside the machine; `target_id` may be one of its pools' keys.
        """

    def show_choices(self, choices: Choices, *, target: MemoryPool | None) -> None:
        """Show the options; the reserve that counts is the target's, where there is one."""

    def show_grid(self, grid: FitGrid) -> None:
        """Show the verdicts."""

    def show_figures(
        self, mode: GridMode, rows: tuple[FigureRow | None, ...], *, is_complete: bool
    ) -> None:
        """Show what the figures in the cells are; `rows` are those that no grid has."""

    def show_detail(self, detail: FitDetail) -> None:
        """Show one cell's head and memory, and which cell it is."""

    def show_page(self, page: Page, values: object) -> None:
        """Show what a page of the detail is about; only of the page that is seen."""

    def show_history(self, *, can_undo: bool, can_redo: bool) -> None:
        """Say whether there is something to take back."""

    def show_problem(self, sentence: str) -> None:
        """Say why there are no verdicts at all."""

    def show_message(self, sentence: str) -> None:
        """Say what became of something that was asked for."""

    def show_failure(self, sentence: str) -> None:
        """Say what went wrong, with details that one can copy to ask for help."""

    def show_command(self, parsed: ParsedLaunch) -> None:
        """Say what a pasted command told of the plan, and what it did not."""

    def show_opened(self, answer: OpenedAnswer) -> None:
        """Show a file that has no place in the grid or beside the machine, such as a log."""

    def run_detection(
        self, job: Callable[[], DetectionAnswer], cancel: Callable[[], None]
    ) -> None:
        """Run the job off the GUI thread and hand its answer to `machine_detected`."""

    def run_opening(self, job: Callable[[], OpenedAnswer]) -> None:
        """Run the job off the GUI thread and hand its answer to `path_opened`."""

    def run_live(
        self, read: Callable[[], LiveAnswer], close: Callable[[], None], *, seconds: int
    ) -> None:
        """Run `read` every so many seconds off the GUI thread; answers go to `figures_read`.

        `close` is run there too, once `read` is not going to be run again.
        """

    def stop_live(self) -> None:
        """Run no more of what `run_live` was given."""

    def update_later(self, update: Callable[[], None]) -> None:
        """Call `update` once what is waiting to be handled has been."""

    def update_when_settled(self, update: Callable[[], None]) -> None:
        """Call `update` once nothing has been asked for during a moment; only the last."""


class ReportOrder(NamedTuple):
    """What a report is about: what was shown when it was asked for.

    `others` can stand beside it, and machines of cards, which the two functions open.
    """

    session: PlannerSession
    options: PlanOptions
    target_id: str
    cell: Cell
    open_path: Callable[[Path], Opened]
    open_session: Callable[[Machine], PlannerSession]
    others: tuple[NamedSession, ...] = ()


def no_live_figures(_machine: Machine) -> LiveSource | None:
    """Leave the figures as they were found."""
    return None


def nothing_opens(path: Path) -> Opened:
    """Refuse every file.

    Raises:
        PlannerError: always.
    """
    from planner.core.errors import PlannerError

    raise PlannerError(f"{path} cannot be opened here.")


def no_what_if(_order: WhatIfOrder) -> Machine:
    """Refuse every machine.

    Raises:
        PlannerError: always.
    """
    from planner.core.errors import PlannerError

    raise PlannerError("No other hardware is known here.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What lies below the window, as functions that a test can stand in for."""

    open_session: Callable[[Machine, Reserve], PlannerSession]
    start_detection: Callable[[], Detection]
    save_choices: Callable[[Choices], None]
    start_live: Callable[[Machine], LiveSource | None] = no_live_figures
    open_path: Callable[[Path], Opened] = nothing_opens
    make_what_if: Callable[[WhatIfOrder], Machine] = no_what_if
    load_devices: Callable[[], tuple[DeviceSpec, ...]] = tuple
