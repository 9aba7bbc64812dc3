"""Where what a person asks for meets the session: choices go in, values come out. No Qt.

Change flows one way: an intent (`choose_target`, `set_options`, …) stores a choice and asks for
an update; the update asks the session and hands the values to the view. Several intents before
an update make one, so a dragged slider never runs ahead of the display.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Final

from planner.core.errors import PlannerError
from planner.core.fit import Reserve
from planner.core.grid_values import GridFigures, GridMode
from planner.core.machine import PoolKind
from planner.settings import Language, Scheme
from planner.ui.controller.choices import Choices, nearest_common_format, with_known_cell
from planner.ui.controller.history import History
from planner.ui.controller.late_answers import LateAnswers
from planner.ui.controller.machines import Machines
from planner.ui.models.grid_formats import column_formats, format_near

if TYPE_CHECKING:
    from planner.core.grid import FitDetail, FitGrid
    from planner.core.machine import Machine
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import PlanOptions
    from planner.core.units import SizeUnit
    from planner.session import PlannerSession
    from planner.ui.controller.machines import Chosen
    from planner.ui.controller.pages import Pages
    from planner.ui.controller.ports import PlannerView, Services
    from planner.ui.models.cell import Cell
    from planner.ui.models.page import Page

logger = logging.getLogger(__name__)

# What figures that take long may have of one frame.
_FIGURES_S: Final = 0.006


class Controller(LateAnswers):
    """Holds the choices of one window and keeps what it shows in step with them."""

    def __init__(
        self, view: PlannerView, services: Services, *, machine: Machine, choices: Choices
    ) -> None:
        super().__init__(view, services, Machines(services.open_session, machine))
        self._choices = self._saved_choices = choices
        self._history = History()
        self._made_pages: Pages | None = None
        self._update_is_due = False
        self._grid_is_due = False
        self._figures = GridFigures(choices.grid_mode)
        self._figures_are_due = False

    @property
    def choices(self) -> Choices:
        """The choices in force."""
        return self._choices

    @property
    def cell(self) -> Cell:
        """The cell that the detail shows."""
        return self._choices.cell

    @property
    def seen(self) -> tuple[PlannerSession, FitDetail] | None:
        """The plan that is shown in full, and the session that judged it."""
        try:
            chosen = self._machines.chosen(self._choices)
            detail = self._detail(chosen)
        except PlannerError:
            return None
        return None if detail is None else (chosen.session, detail)

    @property
    def models(self) -> tuple[ModelSpec, ...]:
        """The models of the catalogue."""
        return self._machines.session(self._choices.reserve).models

    @property
    def quant_formats(self) -> tuple[str, ...]:
        """The quant formats that can be chosen."""
        return column_formats(self._choices.options.runtime, shows_all=True)

    def show_pages(self) -> None:
        """Fill the pages now that the view has them."""
        self._request_update(grid=False)

    # ------------------------------------------------------------------- the plan

    def start(self) -> None:
        """Show everything that is known at once."""
        self._choices = self._saved_choices = self._with_known_cell(self._choices)
        self.show_all()

    def show_all(self) -> None:
        """Show all there is once more, as to a window that was made anew."""
        self._grid_is_due = True
        self.update()

    def set_options(self, options: PlanOptions) -> None:
        """Plan with other options; each runtime has formats of its own."""
        choices = replace(self._choices, options=options)
        is_other = options.runtime is not self._choices.options.runtime
        if is_other:
            formats = column_formats(options.runtime, shows_all=choices.shows_all_formats)
            near = format_near(self.cell.quant_format, formats)
            choices = replace(choices, cell=self.cell._replace(quant_format=near))
        self._plan(choices, with_cell=is_other, is_dragged=not is_other)

    def set_reserve_bytes(self, reserve_bytes: int) -> None:
        """Leave more or less of the target free; RAM and GPUs have a reserve each."""
        reserve = self._choices.reserve
        chosen = self._chosen()
        if chosen is not None and chosen.target.kind is PoolKind.DEDICATED:
            reserve = replace(reserve, gpu_bytes=reserve_bytes)
        else:
            reserve = replace(reserve, ram_bytes=reserve_bytes)
        self._plan(replace(self._choices, reserve=reserve), is_dragged=True)

    def choose_target(self, target_id: str) -> None:
        """Fit into this pool from now on."""
        self._plan(replace(self._choices, target_id=target_id))

    def apply_plan(
        self, options: PlanOptions, quant_format: str, target_id: str | None = None
    ) -> None:
        """Do what an advice says, as one step.

        `target_id` is a pool of the machine that the target belongs to.
        """
        choices = replace(
            self._choices,
            options=options,
            cell=self.cell._replace(quant_format=quant_format),
            shows_all_formats=self._choices.shows_all_formats
            or quant_format not in self._formats(self._choices),
        )
        chosen = self._chosen()
        if target_id is not None and chosen is not None and target_id != chosen.target.id:
            key = chosen.key.removesuffix(chosen.target.id) + target_id
            choices = replace(choices, target_id=key)
        self._plan(choices, with_cell=True)

    def plan_command(self, command: str) -> None:
        """Take the plan, and where it names them the model and the format, from a command."""
        # Late: few people ever paste one.
        from planner.core.launch_parse import parse_launch

        try:
            parsed = parse_launch(command, self.models, defaults=self._choices.options)
        except PlannerError as reason:
            self._view.show_failure(str(reason))
            return
        options, cell = parsed.options, self.cell
        formats = column_formats(options.runtime, shows_all=True)
        quant_format = parsed.quant_format or cell.quant_format
        cell = cell._replace(quant_format=format_near(quant_format, formats))
        if parsed.model is not None:
            cell = cell._replace(model_id=parsed.model.id)
        self._history.seal()
        self._plan(replace(self._choices, options=options, cell=cell), with_cell=True)
        self._history.seal()
        self._view.show_command(parsed)

    def undo(self) -> None:
        """Take the last change of the plan back."""
        self._show_choices_of(self._history.undo(self._choices))

    def redo(self) -> None:
        """Change the plan again as it was before `undo`."""
        self._show_choices_of(self._history.redo(self._choices))

    # ------------------------------------------------------------------- what is looked at

    def choose_cell(self, cell: Cell) -> None:
        """Show another cell in full."""
        choices = self._with_known_cell(replace(self._choices, cell=cell))
        if choices != self._choices:
            self._choices = choices
            self._request_update(grid=False)

    def choose_format(self, quant_format: str) -> None:
        """Show the same model in another quant format, whether its column is shown or not."""
        self._show_choices_of(
            replace(self._choices, cell=self.cell._replace(quant_format=quant_format))
        )

    def choose_page(self, page: Page) -> None:
        """Show another page of the detail."""
        if page is not self._choices.page:
            self._choices = replace(self._choices, page=page)
            self._request_update(grid=False)

    def set_shows_all_formats(self, shows_all_formats: bool) -> None:
        """Show all quant formats, or those that most people load."""
        choices = replace(self._choices, shows_all_formats=shows_all_formats)
        if not self._has_column(choices):
            near = nearest_common_format(self.cell.quant_format)
            choices = replace(choices, cell=self.cell._replace(quant_format=near))
        if choices != self._choices:
            self._choices = choices
            self._request_update(grid=True)

    def set_grid_mode(self, mode: GridMode) -> None:
        """Show other figures in the cells of the grid."""
        if mode is not self._choices.grid_mode:
            self._choices = replace(self._choices, grid_mode=mode)
            self._figures = GridFigures(mode)
            self._request_update(grid=True)

    def set_scheme(self, name: str) -> None:
        """Remember which colours were chosen; the theme has them already."""
        self._choices = replace(self._choices, scheme=Scheme(name))

    def set_preferences(
        self,
        *,
        language: str,
        size_unit: SizeUnit,
        refresh_seconds: int,
        gpu_reserve_bytes: int,
        ram_reserve_bytes: int,
    ) -> None:
        """Take what the window speaks, how often figures are read, what is left free."""
        was = self._choices.refresh_seconds
        self._choices = replace(
            self._choices,
            language=Language(language),
            size_unit=size_unit,
            refresh_seconds=refresh_seconds,
        )
        if was != refresh_seconds:
            self.follow_figures()
        reserve = Reserve(gpu_bytes=gpu_reserve_bytes, ram_bytes=ram_reserve_bytes)
        self._plan(replace(self._choices, reserve=reserve))

    def finish(self) -> None:
        """Keep what was chosen for the next start; the window is going."""
        self._view.stop_live()
        if self._choices == self._saved_choices:
            return
        self._saved_choices = self._choices
        try:
            self._services.save_choices(self._choices)
        except PlannerError as reason:
            logger.warning("%s", reason)

    # ------------------------------------------------------------------- values

    def update(self) -> None:
        """Ask the session for what is due and show it."""
        grid_is_due, self._grid_is_due, self._update_is_due = self._grid_is_due, False, False
        try:
            chosen = self._machines.chosen(self._choices)
            if grid_is_due:
                self._show_machine()
                self._view.show_choices(self._choices, target=chosen.target)
                self._show_grid(self._grid(chosen))
            detail = self._detail(chosen)
            if detail is not None:
                self._view.show_detail(detail)
                self._show_page(chosen, detail)
        except PlannerError as reason:
            self._show_machine()
            self._view.show_choices(self._choices, target=None)
            self._view.show_problem(str(reason))
        self._view.show_history(
            can_undo=self._history.can_undo, can_redo=self._history.can_redo
        )
        self._view.update_when_settled(self._settle)

    def _settle(self) -> None:
        """Do what waits until nothing moves."""
        self._history.seal()
        seen = self.seen if self._view.shows_pages else None
        if seen is not None:
            page, options = self._choices.page, self._choices.options
            formats = self._formats(self._choices)
            values = self._pages.settled(page, *seen, options, quant_formats=formats)
            if values is not None:
                self._view.show_page(page, values)

    @property
    def _pages(self) -> Pages:
        if self._made_pages is None:
            # Late: the first verdicts are painted without pages.
            from planner.ui.controller.pages import Pages

            self._made_pages = Pages()
        return self._made_pages

    def _show_page(self, chosen: Chosen, detail: FitDetail) -> None:
        if not self._view.shows_pages:
            return
        page, options = self._choices.page, self._choices.options
        values = self._pages.quick(
            page,
            chosen.session,
            detail,
            options,
            quant_formats=self._formats(self._choices),
            is_here=chosen.key == chosen.target.id,
        )
        if values is not None:
            self._view.show_page(page, values)

    def _show_grid(self, grid: FitGrid) -> None:
        self._view.show_grid(grid)
        self._figures.show(grid)
        self._work_figures()

    def _work_figures(self) -> None:
        """Work out what takes long bit by bit, so that nothing waits for it."""
        self._figures_are_due = False
        ends_s = perf_counter() + _FIGURES_S
        is_complete = self._figures.is_complete or self._figures.work(
            lambda: perf_counter() > ends_s
        )
        self._view.show_figures(self._figures.mode, self._figures.rows, is_complete=is_complete)
        if not is_complete:
            self._figures_are_due = True
            self._view.update_later(self._go_on_with_figures)

    def _go_on_with_figures(self) -> None:
        if self._figures_are_due:
            self._work_figures()

    def _grid(self, chosen: Chosen) -> FitGrid:
        options, formats = self._choices.options, self._formats(self._choices)
        # The detail counts the layers of the one cell that is chosen.
        return chosen.session.grid(
            options,
            target_id=chosen.target.id,
            quant_formats=formats,
            files=tuple(self._files.values()),
            counts_layers=False,
        )

    def _detail(self, chosen: Chosen) -> FitDetail | None:
        cell, options = self.cell, self._choices.options
        file = self._files.get(cell.model_id)
        if file is not None:
            return chosen.session.file_detail(file, options, target_id=chosen.target.id)
        models = (each for each in chosen.session.models if each.id == cell.model_id)
        model = next(models, None)
        if model is None:
            return None
        return chosen.session.detail(
            model, cell.quant_format, options, target_id=chosen.target.id
        )

    def _plan(
        self, choices: Choices, *, with_cell: bool = False, is_dragged: bool = False
    ) -> None:
        """Take another plan as a step that can be taken back.

        What is dragged makes one step with what it was dragged through.
        """
        if choices == self._choices:
            return
        if not is_dragged:
            self._history.seal()
        self._history.record(self._choices, choices, with_cell=with_cell)
        self._show_choices_of(choices)

    def _show_choices_of(self, choices: Choices) -> None:
        if choices != self._choices:
            choices = self._with_known_cell(choices)
            has_column = self._has_column(choices)
            self._choices = choices if has_column else replace(choices, shows_all_formats=True)
            self._request_update(grid=True)

    def _with_known_cell(self, choices: Choices) -> Choices:
        """Let what is gone since, such as a closed file, give way."""
        model_ids = tuple(model.id for model in self.models)
        return with_known_cell(choices, model_ids, file_ids=self._files)

    def _has_column(self, choices: Choices) -> bool:
        """Tell whether the cell is seen; a file's row has one format in every column."""
        cell = choices.cell
        return cell.model_id in self._files or cell.quant_format in self._formats(choices)

    def _formats(self, choices: Choices) -> tuple[str, ...]:
        return column_formats(choices.options.runtime, shows_all=choices.shows_all_formats)

    def _request_update(self, *, grid: bool) -> None:
        self._grid_is_due = self._grid_is_due or grid
        if not self._update_is_due:
            self._update_is_due = True
            self._view.update_later(self.update)
