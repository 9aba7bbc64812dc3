"""`report`: the fit report, into a file or to standard output."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from planner.cli.command import Command, Surroundings, UsageError
from planner.cli.machines import MachineQuestion, asked_session
from planner.cli.options import (
    add_machine_options,
    add_plan_options,
    options_for_model,
    plan_options,
)
from planner.core.estimate import runtime_of, runtime_quant_format
from planner.core.plan import GpuLayers, check_context_length

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.core.model_spec import ModelSpec
    from planner.core.plan import PlanOptions
    from planner.report.fit_report import FitReport

_STANDARD_OUTPUT = "-"


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("model", nargs="?", metavar="MODEL", help="leads the report")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        required=True,
        help="FILE.json or FILE.md; '-' is standard output",
    )
    parser.add_argument("--format", choices=("md", "json"), help="for '-o -' (default: md)")
    parser.add_argument("--json", action="store_true", help="the same as --format json")
    add_plan_options(parser, default_gpu_layers=GpuLayers.AUTO)
    add_machine_options(parser)


def _run(options: Namespace, around: Surroundings) -> int:
    suffix = _check_usage(options)
    # Only now: pydantic takes longer than everything before it.
    from planner.report.writer import RENDERERS, suffix_of, write_report

    if options.output == _STANDARD_OUTPUT:
        around.out.write(RENDERERS[suffix](_report(options, around)))
        return 0
    found = suffix_of(options.output)
    if options.format is not None and found != suffix:
        raise UsageError(f"--format {options.format} contradicts the name {options.output!r}.")
    write_report(_report(options, around), options.output)
    around.out.line(f"Written: {os.path.abspath(options.output)}")  # noqa: PTH100 - as typed
    return 0


def _check_usage(options: Namespace) -> str:
    """Return the wished format's suffix.

    Raises:
        UsageError: the options contradict one another, or something is missing.
    """
    if (options.model is None) != (options.quant is None):
        raise UsageError("MODEL and --quant FORMAT go together: they name the plan that leads.")
    if options.json and options.format == "md":
        raise UsageError("--json and --format md contradict one another.")
    if options.json:
        options.format = "json"
    return f".{options.format or 'md'}"


def _report(options: Namespace, around: Surroundings) -> FitReport:
    from datetime import UTC, datetime

    from planner.catalogue import load_catalogue
    from planner.cli.device_catalogue import device_options
    from planner.report.fit_report import build_report

    choices = plan_options(options)
    formats = runtime_of(choices.runtime).quant_formats
    quant_format = ""
    if options.quant is not None:
        quant_format = runtime_quant_format(choices.runtime, options.quant)
    question = MachineQuestion(options, around)
    catalogue = load_catalogue()
    model = None
    if options.model is not None:
        model = catalogue.find(options.model)
        _check_context(model, choices)
    choices = options_for_model(choices, options, model)
    asked = asked_session(catalogue.models, options, question.machine())
    detail = None
    if model is not None:
        detail = asked.session.detail(model, quant_format, choices, target_id=asked.target_id)
    grid = asked.session.grid(choices, target_id=asked.target_id, quant_formats=formats)
    now = datetime.now(UTC).replace(microsecond=0)
    return build_report(
        grid,
        created=now,
        detail=detail,
        budget=asked.budget,
        devices=lambda: device_options(choices.runtime),
    )


def _check_context(model: ModelSpec, choices: PlanOptions) -> None:
    if model.shape is not None and choices.context_length is not None:
        check_context_length(model, choices.context_length)


COMMAND = Command(
    summary="The fit report: the machine, the plan, every line of its memory, and the grid.",
    add_options=_add_options,
    run=_run,
)
