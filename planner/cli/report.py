"""`report`: the fit report, into a file or to standard output."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from planner.cli.command import Command, Surroundings, UsageError
from planner.cli.given_machine import given_cards
from planner.cli.machines import Asked, MachineQuestion, asked_session
from planner.cli.options import (
    add_machine_options,
    add_plan_options,
    options_for_model,
    plan_options,
)
from planner.core.errors import PlannerError
from planner.core.estimate import runtime_of, runtime_quant_format
from planner.core.plan import GpuLayers, check_context_length
from planner.core.report_choices import (
    CsvTable,
    Paper,
    PictureKey,
    PictureScheme,
    ReportFormat,
    ReportScope,
)
from planner.report.choices import FileChoices

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Sequence

    from planner.core.grid import FitDetail, FitGrid
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import PlanOptions
    from planner.files.machine_card import MachineCard
    from planner.report.fit_report import FitReport
    from planner.report.further import Known, OtherMachine

_STANDARD_OUTPUT: Final = "-"
_FORMATS: Final = tuple(each.value for each in ReportFormat)
_PLAN, _MODEL, _ALL = (each.value for each in ReportScope)


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("model", nargs="?", metavar="MODEL", help="leads the report")
    add = parser.add_argument
    add(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help=f"FILE.{', .'.join(_FORMATS)}; '-' is standard output",
    )
    add("--format", choices=_FORMATS, help="for '-o -' (default: md)")
    add("--json", action="store_true", help="the same as --format json")
    add(
        "--scope",
        choices=(_PLAN, _MODEL, _ALL),
        default=_ALL,
        help="the plan alone, every format of the model, or all models (default: all)",
    )
    papers, tables = [each.value for each in Paper], [each.value for each in CsvTable]
    add("--paper", choices=papers, default=Paper.A4.value, help="of a PDF (default: a4)")
    add(
        "--table",
        choices=tables,
        help="of a CSV file (default: the ledger with --scope plan, else the grid)",
    )
    keys = [each.value for each in PictureKey]
    add(
        "--picture",
        choices=keys,
        default=PictureKey.MEMORY.value,
        metavar="NAME",
        help=f"of an SVG or PNG file: {' '.join(keys)} (default: {PictureKey.MEMORY})",
    )
    add(
        "--colours",
        choices=[each.value for each in PictureScheme],
        default=PictureScheme.LIGHT.value,
        help="of an SVG or PNG file (default: light)",
    )
    add(
        "--with-identity",
        action="store_true",
        help="keep UUIDs, PCI addresses and the names of programs that hold memory",
    )
    add("--no-overwrite", action="store_true", help="leave a file that is already there")
    add_plan_options(parser, default_gpu_layers=GpuLayers.AUTO)
    add_machine_options(parser)


def _run(options: Namespace, around: Surroundings) -> int:
    wished = _check_usage(options)
    # Only now: pydantic takes longer than everything before it.
    from planner.report.renderers import BINARY_FORMATS, render
    from planner.report.writer import format_of, write_report

    if options.output == _STANDARD_OUTPUT:
        content = render(*_report(options, around, wished))
        if wished in BINARY_FORMATS:
            around.out.write_bytes(content)
        else:
            around.out.write(content.decode("utf-8"))
        return 0
    found = format_of(options.output)
    if options.format is not None and found != wished:
        raise UsageError(f"--format {options.format} contradicts the name {options.output!r}.")
    if options.no_overwrite and os.path.lexists(options.output):
        raise PlannerError(
            f"The report {options.output!r} was not written: a file of that name is there, "
            "and --no-overwrite leaves it."
        )
    report, _, choices = _report(options, around, found)
    write_report(report, options.output, choices)
    around.out.line(f"Written: {os.path.abspath(options.output)}")  # noqa: PTH100 - as typed
    return 0


def _check_usage(options: Namespace) -> str:
    """Return the wished format.

    Raises:
        UsageError: the options contradict one another, or something is missing.
    """
    is_sheet = options.scope == _MODEL and options.quant is None
    if (options.model is None) != (options.quant is None) and not is_sheet:
        raise UsageError("MODEL and --quant FORMAT go together: they name the plan that leads.")
    if options.scope != _ALL and options.model is None:
        raise UsageError(f"--scope {options.scope} needs MODEL, which it is about.")
    if options.json and options.format not in (None, "json"):
        raise UsageError(f"--json and --format {options.format} contradict one another.")
    if options.json:
        options.format = "json"
    return options.format or "md"


def _report(
    options: Namespace, around: Surroundings, name: str
) -> tuple[FitReport, str, FileChoices]:
    """Return the report, its format and how it becomes a file."""
    from datetime import UTC, datetime

    from planner.catalogue import load_catalogue
    from planner.catalogue.device_options import device_options
    from planner.report.fit_report import build_report

    choices = plan_options(options)
    cards = given_cards(options)
    question = MachineQuestion(options, around, given=cards[0].machine if cards else None)
    catalogue = load_catalogue()
    model = None if options.model is None else catalogue.find(options.model)
    if model is not None:
        _check_context(model, choices)
    choices = options_for_model(choices, options, model)
    asked = asked_session(catalogue.models, options, question.machine())
    view = _View(options, choices, model)
    detail = view.detail(asked)
    report = build_report(
        view.grid(asked),
        created=datetime.now(UTC).replace(microsecond=0),
        detail=detail,
        budget=asked.budget,
        devices=lambda: device_options(choices.runtime),
        scope=ReportScope(options.scope),
        known=view.known(),
        others=view.others(cards[1:], catalogue.models),
        with_identity=options.with_identity,
    )
    return report, name, _file_choices(options, name, detail, choices)


class _View:
    """What of each machine goes into the report."""

    def __init__(
        self, options: Namespace, choices: PlanOptions, model: ModelSpec | None
    ) -> None:
        self._options = options
        self._choices = choices
        self._model = model
        self._quant = ""
        if options.quant is not None:
            self._quant = runtime_quant_format(choices.runtime, options.quant)

    def detail(self, asked: Asked) -> FitDetail | None:
        """Return the plan that leads, `None` where none was named."""
        if self._model is None or not self._quant:
            return None
        return asked.session.detail(
            self._model, self._quant, self._choices, target_id=asked.target_id
        )

    def grid(self, asked: Asked) -> FitGrid:
        """Return the grid as far as the scope goes."""
        formats = runtime_of(self._choices.runtime).quant_formats
        models = None
        if self._model is not None and self._options.scope != _ALL:
            models = (self._model,)
        if self._options.scope == _PLAN:
            formats = (self._quant,)
        return asked.session.grid(
            self._choices, target_id=asked.target_id, quant_formats=formats, models=models
        )

    def known(self) -> Known:
        """Return what the catalogue knows of the model."""
        from planner.report.further import NOTHING_KNOWN, Known

        if self._model is None:
            return NOTHING_KNOWN
        from planner.catalogue import load_card
        from planner.catalogue.published import load_published_files
        from planner.catalogue.reference_figures import load_reference_figures

        return Known(
            card=load_card(self._model.id),
            files=load_published_files(),
            references=load_reference_figures(),
        )

    def others(
        self, cards: Sequence[MachineCard], models: tuple[ModelSpec, ...]
    ) -> list[OtherMachine]:
        """Return the same of the other machines that were named."""
        from planner.report.further import OtherMachine

        found = []
        for card in cards:
            asked = asked_session(models, self._options, card.machine)
            found.append(
                OtherMachine(name=card.name, grid=self.grid(asked), detail=self.detail(asked))
            )
        return found


def _file_choices(
    options: Namespace, name: str, detail: FitDetail | None, choices: PlanOptions
) -> FileChoices:
    pictures = {}
    if detail is not None and name in ("html", "pdf", "png", "svg"):
        from planner.report.pictures import report_pictures

        pictures = report_pictures(detail, choices)
    return FileChoices(
        pictures=pictures,
        paper=Paper(options.paper),
        table=None if options.table is None else CsvTable(options.table),
        picture=PictureKey(options.picture),
        scheme=PictureScheme(options.colours),
    )


def _check_context(model: ModelSpec, choices: PlanOptions) -> None:
    if model.shape is not None and choices.context_length is not None:
        check_context_length(model, choices.context_length)


COMMAND = Command(
    summary="The fit report: the machine, the plan, every line of its memory, and the grid.",
    add_options=_add_options,
    run=_run,
)
