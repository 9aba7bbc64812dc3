"""`check`: will it run here? Every model and quant format, one model's formats, or one plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.cli.command import Command, Surroundings, UsageError
from planner.cli.machines import MachineQuestion, reserve_for
from planner.cli.options import add_machine_options, add_plan_options, plan_options
from planner.core.fit import FitVerdict
from planner.core.plan import GpuLayers, PlanOptions, check_context_length
from planner.core.quant_format import find_quant_format
from planner.report.wording import READABLE_FORMATS
from planner.session import ALL_QUANT_FORMATS, PlannerSession

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.core.model_spec import ModelSpec

# With --exit-code; 0 is an answer of yes.
_EXIT_CODES: Final = {
    FitVerdict.FITS: 0,
    FitVerdict.TIGHT: 0,
    FitVerdict.PARTIAL: 3,
    FitVerdict.NO: 4,
    FitVerdict.UNSUPPORTED: 5,
    FitVerdict.UNKNOWN: 5,
}


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("model", nargs="?", metavar="MODEL", help="a model's id or name")
    parser.add_argument("--json", action="store_true", help="JSON instead of text")
    parser.add_argument(
        "--exit-code",
        action="store_true",
        help="with MODEL and --quant: 3 part of it in RAM, 4 no, 5 unsupported or not known",
    )
    add_plan_options(parser, default_gpu_layers=GpuLayers.AUTO)
    add_machine_options(parser)


def _run(options: Namespace, around: Surroundings) -> int:
    if options.exit_code and (options.model is None or options.quant is None):
        raise UsageError("--exit-code is about one verdict: it needs MODEL and --quant.")
    choices = plan_options(options)
    formats = ALL_QUANT_FORMATS
    if options.quant is not None:
        formats = (find_quant_format(options.quant).name,)
    # First of all: drivers take their time, and answer while the catalogue is read.
    question = MachineQuestion(options, around)
    models = _models(options.model, choices)
    machine = question.machine()
    session = PlannerSession(
        models=models, machine=machine, reserve=reserve_for(options, machine)
    )
    if options.json:
        return _json(session, formats, choices, options, around)
    from planner.cli import check_text

    if options.model is None:
        shown = READABLE_FORMATS if options.quant is None else formats
        grid = session.grid(choices, target_id=options.target, quant_formats=shown)
        check_text.write_grid(around.out, grid)
        return 0
    details = [
        session.detail(models[0], quant, choices, target_id=options.target) for quant in formats
    ]
    if options.quant is None:
        check_text.write_formats(around.out, details, choices)
        return 0
    check_text.write_detail(around.out, details[0])
    return _EXIT_CODES[details[0].result.verdict] if options.exit_code else 0


def _models(name: str | None, choices: PlanOptions) -> tuple[ModelSpec, ...]:
    """Return the model that is asked about, or all.

    Raises:
        PlannerError: there is no such model, or it has no such context.
    """
    from planner.catalogue import load_catalogue, load_model

    if name is None:
        return load_catalogue().models
    model = load_model(name)
    if model.shape is not None and choices.context_length is not None:
        check_context_length(model, choices.context_length)
    return (model,)


def _json(
    session: PlannerSession,
    formats: tuple[str, ...],
    choices: PlanOptions,
    options: Namespace,
    around: Surroundings,
) -> int:
    from planner.cli.json_output import check_text

    grid = session.grid(choices, target_id=options.target, quant_formats=formats)
    around.out.write(check_text(grid, ensure_ascii=not around.out.is_unicode))
    return _EXIT_CODES[grid.results[0].verdict] if options.exit_code else 0


COMMAND = Command(
    summary="Will it run here? Every model in every quant format, on this machine or another.",
    add_options=_add_options,
    run=_run,
)
