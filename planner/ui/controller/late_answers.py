"""What is asked for off the GUI thread, and what becomes of the answers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import replace
from typing import TYPE_CHECKING

from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.ui.controller.choices import FIRST_CELL, with_recent
from planner.ui.controller.ports import DetectionAnswer, LiveAnswer, OpenedAnswer, ReportOrder
from planner.ui.models.grid_formats import column_formats, format_near
from planner.ui.models.what_if_key import what_if_key, what_if_pool

if TYPE_CHECKING:
    from pathlib import Path

    from planner.core.device_spec import DeviceSpec
    from planner.core.file_fit import OwnFile
    from planner.core.report_choices import ReportChoices
    from planner.ui.controller.choices import Choices
    from planner.ui.controller.machines import Chosen, Machines
    from planner.ui.controller.ports import Detection, PlannerView, Services
    from planner.ui.models.what_if import WhatIfOrder


class LateAnswers(ABC):
    """The half of the controller that reads hardware and files."""

    _choices: Choices

    def __init__(self, view: PlannerView, services: Services, machines: Machines) -> None:
        self._view = view
        self._services = services
        self._machines = machines
        self._detection_number = 0
        self._is_looking = False
        self._files: dict[str, OwnFile] = {}

    @abstractmethod
    def _plan(
        self, choices: Choices, *, with_cell: bool = False, is_dragged: bool = False
    ) -> None:
        """Take another plan as a step that can be taken back."""

    @abstractmethod
    def _request_update(self, *, grid: bool) -> None:
        """Show what has changed once the events that wait have been handled."""

    # ------------------------------------------------------------------- hardware

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

    def machine_detected(self, answer: DetectionAnswer) -> None:
        """Show what was found, unless a newer look is under way."""
        if answer.number != self._detection_number:
            return
        self._is_looking = False
        self._replace_machine(answer.machine)
        self.follow_figures()

    def detection_failed(self, sentence: str) -> None:
        """Go on with what is known."""
        self._is_looking = False
        self._view.show_message(sentence)
        self._show_machine()

    def follow_figures(self) -> None:
        """Read what is free again and again, as often as was chosen."""
        seconds, number = self._choices.refresh_seconds, self._detection_number
        source = self._services.start_live(self._machines.live) if seconds else None
        if source is None:
            self._view.stop_live()
            return
        read = source.read
        self._view.run_live(lambda: LiveAnswer(number, read()), source.close, seconds=seconds)

    def figures_read(self, answer: LiveAnswer) -> None:
        """Show fresh figures; verdicts follow once they have moved far enough."""
        if answer.number != self._detection_number or self._is_looking:
            return
        known = [pool.id for pool in self._machines.live.pools]
        if [pool.id for pool in answer.machine.pools] != known:
            # A card came or went, and the source has looked at all of the hardware again.
            self._replace_machine(answer.machine)
        elif self._machines.read(answer.machine):
            self._request_update(grid=True)
        else:
            self._show_machine()

    def bandwidth_measured(self, gb_per_s: float) -> None:
        """Plan with what this computer's memory was measured to move, now and later."""
        from planner.core.corrections import MEASURED, with_correction

        machine = self._machines.live
        if machine.ram is not None:
            corrections = with_correction(
                self._choices.corrections,
                machine,
                machine.ram.id,
                {"bandwidth_gb_per_s": gb_per_s},
                rates_source=MEASURED,
            )
            self._choices = replace(self._choices, corrections=corrections)
            self._replace_machine(machine)
            self.follow_figures()

    @property
    def machine(self) -> Machine:
        """This computer as it was read last."""
        return self._machines.live

    def _replace_machine(self, machine: Machine) -> None:
        # Late: the first verdicts stand on RAM alone.
        from planner.core.corrections import corrected

        machine = corrected(machine, self._choices.corrections)
        wish = self._machines.replace(machine, self._choices.target_id)
        self._choices = replace(self._choices, target_id=wish)
        self._request_update(grid=True)

    def _chosen(self) -> Chosen | None:
        try:
            return self._machines.chosen(self._choices)
        except PlannerError:
            return None

    def _show_machine(self) -> None:
        chosen = self._chosen()
        self._view.show_machine(
            self._machines.live,
            target_id=None if chosen is None else chosen.key,
            is_looking=self._is_looking,
            what_if=self._choices.what_if,
        )

    # ------------------------------------------------------------------- what if

    def devices(self) -> tuple[DeviceSpec, ...]:
        """Return the hardware that one can ask about."""
        return self._services.load_devices()

    @property
    def ram_bytes(self) -> int | None:
        """The memory of this computer, which another GPU would stand beside."""
        ram = self._machines.live.ram
        return None if ram is None else ram.total_bytes

    def ask_what_if(self, order: WhatIfOrder) -> None:
        """Put a machine beside this computer, and fit into its freest pool."""
        try:
            self._set_what_if(self._services.make_what_if(order))
        except PlannerError as reason:
            self._view.show_message(str(reason))

    def remove_what_if(self) -> None:
        """Let this computer stand alone again."""
        if self._choices.what_if is not None:
            kept = self._choices.target_id
            if kept is not None and what_if_pool(kept) is not None:
                kept = None
            self._plan(replace(self._choices, what_if=None, target_id=kept))

    def _set_what_if(self, machine: Machine) -> None:
        first = (machine.gpus or machine.pools)[:1]
        if not first:
            self._view.show_message("That machine has no memory, so nothing can be compared.")
            return
        target_id = what_if_key(first[0].id)
        self._plan(replace(self._choices, what_if=machine, target_id=target_id))

    # ------------------------------------------------------------------- files

    def open_path(self, path: Path) -> None:
        """Find out what a file or folder is, and show it where it belongs."""
        services = self._services
        self._view.run_opening(lambda: OpenedAnswer(path, services.open_path(path)))

    def path_opened(self, answer: OpenedAnswer) -> None:
        """Show what was opened."""
        # Late: whoever opened a file has loaded it, and most windows open none.
        from planner.core.file_fit import OwnFile

        recent = with_recent(self._choices.recent_files, str(answer.path))
        self._choices = replace(self._choices, recent_files=recent)
        match answer.opened:
            case Machine() as machine:
                self._set_what_if(machine)
            case OwnFile() as file:
                self._files[file.id] = file
                # A file has one format, whichever column is looked at.
                cell = self._choices.cell._replace(model_id=file.id)
                self._choices = replace(self._choices, cell=cell)
                self._request_update(grid=True)
            case _:
                self._view.show_opened(answer)

    def close_files(self) -> None:
        """Take a person's own files out of the grid."""
        if self._files:
            if self._choices.cell.model_id in self._files:
                formats = column_formats(self._choices.options.runtime, shows_all=True)
                near = format_near(FIRST_CELL.quant_format, formats)
                cell = FIRST_CELL._replace(quant_format=near)
                self._choices = replace(self._choices, cell=cell)
            self._files.clear()
            self._request_update(grid=True)

    def opening_failed(self, sentence: str) -> None:
        """Say why a file cannot be used."""
        self._view.show_failure(sentence)

    def forget_recent_files(self) -> None:
        """Offer no file again."""
        self._choices = replace(self._choices, recent_files=())

    # ------------------------------------------------------------------- the report

    def report_order(self) -> ReportOrder:
        """Return what a report is about if it is asked for now.

        Raises:
            PlannerError: no memory could be read.
        """
        services, choices = self._services, self._choices
        chosen = self._machines.chosen(choices)
        return ReportOrder(
            session=chosen.session,
            options=choices.options,
            target_id=chosen.target.id,
            cell=choices.cell,
            open_path=services.open_path,
            open_session=lambda machine: services.open_session(machine, choices.reserve),
            others=self._machines.beside(choices),
        )

    def set_report_choices(self, report: ReportChoices) -> None:
        """Remember how reports are wanted."""
        self._choices = replace(self._choices, report=report)
