"""Where what a person asks for meets the session: choices go in, values come out. No Qt.

Change flows one way: an intent (`choose_target`, `set_options`, …) stores a choice and asks for
an update; the update asks the session and hands the values to the view. Several intents before
an update make one, so a dragged slider never runs ahead of the display.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from planner.core.errors import PlannerError
from planner.core.fit import Reserve
from planner.core.machine import PoolKind
from planner.core.plan import PlanOptions
from planner.core.quant_format import QUANT_FORMATS
from planner.settings import Scheme
from planner.ui.models.cell import Cell

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.core.grid import FitDetail, FitGrid
    from planner.core.machine import Machine, MemoryPool
    from planner.core.model_spec import ModelSpec
    from planner.session import PlannerSession

logger = logging.getLogger(__name__)

ALL_FORMATS: Final = tuple(quant_format.name for quant_format in QUANT_FORMATS)
# One of each size that people download, from large to small.
COMMON_FORMATS: Final = ("F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")
_DEFAULT_OPTIONS: Final = PlanOptions()
_DEFAULT_RESERVE: Final = Reserve()
# What stands in the detail before anyone has chosen: the family's namesake, as most load it.
FIRST_CELL: Final = Cell("phi-4", "Q4_K_M")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person has chosen, and finds again at the next start."""

    options: PlanOptions = _DEFAULT_OPTIONS
    reserve: Reserve = _DEFAULT_RESERVE
    scheme: Scheme = Scheme.SYSTEM
    shows_all_formats: bool = False


class Detection(Protocol):
    """A look at the hardware that is under way."""

    def result(self) -> Machine:
        """Wait for the answer; called off the GUI thread."""

    def cancel(self) -> None:
        """Give up; called from another thread than `result`."""


@dataclass(frozen=True, slots=True)
class DetectionAnswer:
    """What a numbered look at the hardware found."""

    number: int
    machine: Machine


class PlannerView(Protocol):
    """What the controller needs of a window."""

    def show_machine(
        self, machine: Machine, *, target_id: str | None, is_looking: bool
    ) -> None:
        """Show the pools of memory, and whether GPUs are still being looked for."""

    def show_choices(self, choices: Choices, *, target: MemoryPool | None) -> None:
        """Show the options; the reserve that counts is the target's, where there is one."""

    def show_grid(self, grid: FitGrid) -> None:
        """Show the verdicts."""

    def show_detail(self, detail: FitDetail) -> None:
        """Show one cell in full, and which cell it is."""

    def show_problem(self, sentence: str) -> None:
        """Say why there are no verdicts at all."""

    def show_message(self, sentence: str) -> None:
        """Say what became of something that was asked for."""

    def show_exported(self, path: Path) -> None:
        """Say where the report went."""

    def run_detection(
        self, job: Callable[[], DetectionAnswer], cancel: Callable[[], None]
    ) -> None:
        """Run the job off the GUI thread and hand its answer to `machine_detected`."""

    def run_export(self, job: Callable[[], Path]) -> None:
        """Run the job off the GUI thread and hand its answer to `report_written`."""

    def update_later(self, update: Callable[[], None]) -> None:
        """Call `update` once what is waiting to be handled has been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOrder:
    """What a report is about: what was shown when it was asked for."""

    session: PlannerSession
    options: PlanOptions
    target_id: str
    cell: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What lies below the window, as functions that a test can stand in for."""

    open_session: Callable[[Machine, Reserve], PlannerSession]
    start_detection: Callable[[], Detection]
    write_report: Callable[[ReportOrder, Path], None]
    save_choices: Callable[[Choices], None]


class Controller:
    """Holds the choices of one window and keeps what it shows in step with them."""

    def __init__(
        self, view: PlannerView, services: Services, *, machine: Machine, choices: Choices
    ) -> None:
        self._view = view
        self._services = services
        self._machine = machine
        self._choices = self._saved_choices = choices
        self._session = services.open_session(machine, choices.reserve)
        self._chosen_target_id: str | None = None
        self._cell = FIRST_CELL
        self._detection_number = 0
        self._is_looking = False
        self._update_is_due = False
        self._grid_is_due = False

    @property
    def choices(self) -> Choices:
        """The choices in force."""
        return self._choices

    @property
    def cell(self) -> Cell:
        """The cell that the detail shows."""
        return self._cell

    # ------------------------------------------------------------------- intents

    def start(self) -> None:
        """Show everything that is known at once."""
        models = self._session.models
        if models and all(model.id != self._cell.model_id for model in models):
            self._cell = Cell(models[0].id, self._cell.quant_format)
        self._grid_is_due = True
        self.update()

    def set_options(self, options: PlanOptions) -> None:
        """Plan with other options."""
        self._choose(replace(self._choices, options=options))

    def set_reserve_bytes(self, reserve_bytes: int) -> None:
        """Leave more or less of the target free; RAM and GPUs have a reserve each."""
        reserve = self._choices.reserve
        target = self._target()
        if target is not None and target.kind is PoolKind.DEDICATED:
            reserve = replace(reserve, gpu_bytes=reserve_bytes)
        else:
            reserve = replace(reserve, ram_bytes=reserve_bytes)
        self._choose(replace(self._choices, reserve=reserve))

    def set_shows_all_formats(self, shows_all_formats: bool) -> None:
        """Show all quant formats, or those that most people load."""
        if not shows_all_formats and self._cell.quant_format not in COMMON_FORMATS:
            near = _nearest_common_format(self._cell.quant_format)
            self._cell = self._cell._replace(quant_format=near)
        self._choose(replace(self._choices, shows_all_formats=shows_all_formats))

    def set_scheme(self, name: str) -> None:
        """Remember which colours were chosen; the theme has them already."""
        self._choices = replace(self._choices, scheme=Scheme(name))

    def choose_target(self, target_id: str) -> None:
        """Fit into this pool from now on."""
        self._chosen_target_id = target_id
        self._request_update(grid=True)

    def choose_cell(self, cell: Cell) -> None:
        """Show another cell in full."""
        if cell != self._cell:
            self._cell = cell
            self._request_update(grid=False)

    def detect(self, detection: Detection | None = None) -> None:
        """Look at the hardware anew; `detection` is one that was started already."""
        self._detection_number += 1
        self._is_looking = True
        number = self._detection_number
        under_way = self._services.start_detection() if detection is None else detection
        self._view.run_detection(
            lambda: DetectionAnswer(number, under_way.result()), under_way.cancel
        )
        self._show_machine()

    def export_report(self, path: Path) -> None:
        """Write what is shown now to a file."""
        try:
            target = self._session.target(self._chosen_target_id)
        except PlannerError as reason:
            self._view.show_message(str(reason))
            return
        order = ReportOrder(
            session=self._session,
            options=self._choices.options,
            target_id=target.id,
            cell=self._cell,
        )
        self._view.run_export(lambda: self._write(order, path))

    def finish(self) -> None:
        """Keep what was chosen for the next start; the window is going."""
        if self._choices == self._saved_choices:
            return
        self._saved_choices = self._choices
        try:
            self._services.save_choices(self._choices)
        except PlannerError as reason:
            logger.warning("%s", reason)

    # ------------------------------------------------------------------- late answers

    def machine_detected(self, answer: DetectionAnswer) -> None:
        """Show what was found, unless a newer look is under way."""
        if answer.number != self._detection_number:
            return
        self._is_looking = False
        self._machine = answer.machine
        if self._chosen_target_id not in {None, *(pool.id for pool in answer.machine.pools)}:
            # What was chosen is gone, such as a card that was lost: the freest is next.
            self._chosen_target_id = None
        self._session = self._services.open_session(self._machine, self._choices.reserve)
        self._request_update(grid=True)

    def detection_failed(self, sentence: str) -> None:
        """Go on with what is known."""
        self._is_looking = False
        self._view.show_message(sentence)
        self._show_machine()

    def report_written(self, path: Path) -> None:
        """Say where the report went."""
        self._view.show_exported(path)

    def report_failed(self, sentence: str) -> None:
        """Say why there is no report."""
        self._view.show_message(sentence)

    # ------------------------------------------------------------------- values

    def update(self) -> None:
        """Ask the session for what is due and show it."""
        grid_is_due, self._grid_is_due, self._update_is_due = self._grid_is_due, False, False
        try:
            target = self._session.target(self._chosen_target_id)
            if grid_is_due:
                self._show_machine()
                self._view.show_choices(self._choices, target=target)
                self._view.show_grid(self._grid(target))
            model = self._model(self._cell.model_id)
            if model is not None:
                self._view.show_detail(
                    self._session.detail(
                        model,
                        self._cell.quant_format,
                        self._choices.options,
                        target_id=target.id,
                    )
                )
        except PlannerError as reason:
            self._show_machine()
            self._view.show_choices(self._choices, target=None)
            self._view.show_problem(str(reason))

    def _write(self, order: ReportOrder, path: Path) -> Path:
        """Write a report; called off the GUI thread."""
        self._services.write_report(order, path)
        return path

    def _grid(self, target: MemoryPool) -> FitGrid:
        formats = ALL_FORMATS if self._choices.shows_all_formats else COMMON_FORMATS
        return self._session.grid(
            self._choices.options, target_id=target.id, quant_formats=formats
        )

    def _model(self, model_id: str) -> ModelSpec | None:
        return next((model for model in self._session.models if model.id == model_id), None)

    def _target(self) -> MemoryPool | None:
        try:
            return self._session.target(self._chosen_target_id)
        except PlannerError:
            return None

    def _show_machine(self) -> None:
        target = self._target()
        self._view.show_machine(
            self._machine,
            target_id=None if target is None else target.id,
            is_looking=self._is_looking,
        )

    def _choose(self, choices: Choices) -> None:
        if choices == self._choices:
            return
        if choices.reserve != self._choices.reserve:
            self._session = self._services.open_session(self._machine, choices.reserve)
        self._choices = choices
        self._request_update(grid=True)

    def _request_update(self, *, grid: bool) -> None:
        self._grid_is_due = self._grid_is_due or grid
        if not self._update_is_due:
            self._update_is_due = True
            self._view.update_later(self.update)


def _nearest_common_format(quant_format: str) -> str:
    """Return the common format that stands nearest in the order of size."""
    place = ALL_FORMATS.index(quant_format)
    return min(COMMON_FORMATS, key=lambda name: abs(ALL_FORMATS.index(name) - place))
