"""`check`: will it run here? Every model and quant format, one model's formats, or one plan."""

from __future__ import annotations

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
from planner.core.estimate import runtime_of, runtime_quant_format
from planner.core.fit import FitVerdict
from planner.core.plan import GpuLayers, PlanOptions, check_context_length

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.core.model_spec import ModelSpec
    from planner.files.machine_card import MachineCard

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
    parser.add_argument(
        "--frontier",
        action="store_true",
        help="with MODEL: the longest context that fits, by quant format and cache type",
    )
    add_plan_options(parser, default_gpu_layers=GpuLayers.AUTO)
    add_machine_options(parser)


def _run(options: Namespace, around: Surroundings) -> int:
    _check_usage(options)
    choices = plan_options(options)
    formats = runtime_of(choices.runtime).quant_formats
    if options.quant is not None:
        formats = (runtime_quant_format(choices.runtime, options.quant),)
    cards = given_cards(options)
    if len(cards) > 1:
        return _side_by_side(cards, formats, choices, options, around)
    # First of all: drivers take their time, and answer while the catalogue is read.
    question = MachineQuestion(options, around, given=cards[0].machine if cards else None)
    models, choices = _models(choices, options)
    asked = asked_session(models, options, question.machine())
    if options.frontier:
        _frontier(asked, formats, choices, options, around)
        return 0
    if options.model is not None and options.quant is not None:
        verdict = _one_plan(asked, formats[0], choices, options, around)
        return _EXIT_CODES[verdict] if options.exit_code else 0
    if options.json:
        from planner.cli.json_output import check_text as as_json

        grid = asked.session.grid(choices, target_id=asked.target_id, quant_formats=formats)
        text = as_json(grid, ensure_ascii=not around.out.is_unicode, budget=asked.budget.value)
        around.out.write(text)
        return 0
    _tables(asked, formats, choices, options, around)
    return 0


def _check_usage(options: Namespace) -> None:
    """Refuse what contradicts itself.

    Raises:
        UsageError: with what is missing or too much.
    """
    if options.exit_code and (options.model is None or options.quant is None):
        raise UsageError("--exit-code is about one verdict: it needs MODEL and --quant.")
    if not options.frontier:
        return
    if options.model is None:
        raise UsageError("--frontier is about one model: name MODEL.")
    if options.exit_code:
        raise UsageError("--exit-code is about one verdict, and --frontier has many.")
    if options.context is not None:
        raise UsageError("--frontier looks for the context, so --context says nothing there.")


def _side_by_side(
    cards: tuple[MachineCard, ...],
    formats: tuple[str, ...],
    choices: PlanOptions,
    options: Namespace,
    around: Surroundings,
) -> int:
    """Write what each of several machines can run.

    Raises:
        UsageError: an option is about one machine.
    """
    for name, value in (("--frontier", options.frontier), ("--exit-code", options.exit_code)):
        if value:
            raise UsageError(f"{name} is about one machine, and --machine names {len(cards)}.")
    # Only here: most questions are about one machine.
    from planner.cli.check_machines import answer_machines

    models, choices = _models(choices, options)
    answer_machines(cards, models, formats, choices, options=options, out=around.out)
    return 0


def _tables(
    asked: Asked,
    formats: tuple[str, ...],
    choices: PlanOptions,
    options: Namespace,
    around: Surroundings,
) -> None:
    """Write every model, or every format of one model."""
    from planner.cli import check_text
    from planner.report.wording import readable_formats

    session, model = asked.session, asked.session.models[0]
    if options.model is None:
        shown = readable_formats(choices.runtime, formats)
        grid = session.grid(choices, target_id=asked.target_id, quant_formats=shown)
        check_text.write_grid(around.out, grid, asked.budget, format_count=len(formats))
        return
    details = [
        session.detail(model, quant, choices, target_id=asked.target_id) for quant in formats
    ]
    check_text.write_formats(around.out, details, choices, asked.budget)


def _one_plan(
    asked: Asked,
    quant_format: str,
    choices: PlanOptions,
    options: Namespace,
    around: Surroundings,
) -> FitVerdict:
    """Write one verdict in full and return it."""
    # Only here: advice and the frontier try hundreds of plans.
    from planner.catalogue.device_options import device_options
    from planner.cli.launch import usual_shell
    from planner.report.outlook import outlook

    model = asked.session.models[0]
    detail = asked.session.detail(model, quant_format, choices, target_id=asked.target_id)
    further = outlook(
        detail,
        choices,
        shell=usual_shell(),
        devices=lambda: device_options(choices.runtime),
    )
    if options.json:
        from planner.cli.json_output import check_text as as_json
        from planner.cli.outlook_json import outlook_object

        grid = asked.session.grid(
            choices, target_id=asked.target_id, quant_formats=(quant_format,)
        )
        text = as_json(
            grid,
            ensure_ascii=not around.out.is_unicode,
            budget=asked.budget.value,
            more=outlook_object(detail, further),
        )
        around.out.write(text)
    else:
        from planner.cli.check_text import write_detail

        write_detail(around.out, detail, further, asked.budget)
    return detail.result.verdict


def _frontier(
    asked: Asked,
    formats: tuple[str, ...],
    choices: PlanOptions,
    options: Namespace,
    around: Surroundings,
) -> None:
    """Write the longest context for each format with each cache type."""
    from planner.core.frontier import frontier

    session = asked.session
    target = session.target(asked.target_id)
    only = None if options.cache_type is None else (choices.cache_type_k,)
    found = frontier(
        session.models[0],
        options=choices,
        machine=session.machine,
        target=target,
        reserve=session.reserve,
        quant_formats=formats,
        cache_types=only,
    )
    if options.json:
        from planner.cli.outlook_json import frontier_object

        around.out.json(frontier_object(found, asked, choices.runtime))
        return
    from planner.cli.frontier_text import write_frontier

    write_frontier(around.out, found, asked, choices)


def _models(
    choices: PlanOptions, options: Namespace
) -> tuple[tuple[ModelSpec, ...], PlanOptions]:
    """Return the model that is asked about, or all, and the choices that depend on it.

    Raises:
        PlannerError: there is no such model, or it has no such context.
    """
    from planner.catalogue import load_catalogue, load_model

    if options.model is None:
        return load_catalogue().models, options_for_model(choices, options, None)
    model = load_model(options.model)
    if model.shape is not None and choices.context_length is not None:
        check_context_length(model, choices.context_length)
    return (model,), options_for_model(choices, options, model)


COMMAND = Command(
    summary="Will it run here? Every model in every quant format, on this machine or another.",
    add_options=_add_options,
    run=_run,
)
