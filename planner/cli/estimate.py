"""`estimate`: what one plan needs, whatever the machine; or many plans, line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.command import Command, Surroundings, UsageError
from planner.cli.options import (
    add_machine_options,
    add_plan_options,
    options_for_model,
    plan_options,
)
from planner.cli.planned import planned
from planner.cli.training import add_training_options
from planner.core.plan import GpuLayers, SplitMode

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.cli.output import Output
    from planner.core.estimate import Estimate


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("model", nargs="?", metavar="MODEL", help="a model's id or name")
    parser.add_argument(
        "--plans",
        metavar="FILE",
        help="plans as JSON lines ('-' is standard input); other options are their defaults",
    )
    parser.add_argument("--json", action="store_true", help="JSON instead of text")
    add_plan_options(parser, default_gpu_layers=GpuLayers.ALL)
    # They matter with `--gpu-layers auto`, which asks a machine.
    add_machine_options(parser)
    add_training_options(parser)


def _run(options: Namespace, around: Surroundings) -> int:
    if options.train is not None:
        from planner.cli.training import answer_training

        answer_training(options, around)
        return 0
    _check_usage(options)
    choices = plan_options(options)
    if options.plans is not None:
        from planner.cli.plan_lines import answer_plans

        answer_plans(options.plans, choices, options.quant, around)
        return 0
    from planner.catalogue import load_model
    from planner.core.estimate import estimate, runtime_quant_format

    quant_format = runtime_quant_format(choices.runtime, options.quant)
    model = load_model(options.model)
    choices = options_for_model(choices, options, model)
    figures = estimate(model, planned(model, quant_format, choices, options, around))
    if options.json:
        from planner.cli.json_output import estimate_object
        from planner.cli.published_file import published_object

        around.out.json(estimate_object(figures) | {"published": published_object(figures)})
    else:
        _write_estimate(around.out, figures)
    return 0


def _check_usage(options: Namespace) -> None:
    """Refuse what contradicts itself.

    Raises:
        UsageError: with what is missing or too much.
    """
    if options.plans is not None:
        if options.model is not None:
            raise UsageError(
                "MODEL and --plans exclude one another: each plan names its model."
            )
        if options.cpu_moe:
            raise UsageError("--cpu-moe is about one model; --plans takes 'cpu_expert_layers'.")
        if options.gpu_layers is GpuLayers.AUTO:
            raise UsageError(
                "--gpu-layers auto asks a machine; --plans takes 'all' or a number."
            )
        return
    if options.model is None:
        raise UsageError("MODEL is missing, or --plans FILE.")
    if options.quant is None:
        raise UsageError("--quant FORMAT is missing, such as --quant Q4_K_M.")


def _write_estimate(out: Output, figures: Estimate) -> None:
    from planner.cli.published_file import published_sentences
    from planner.cli.tables import write_ledger
    from planner.core.ledger import Place
    from planner.core.plan import offloadable_layer_count, require_shape
    from planner.report.part_wording import gib_range, layers_text, plan_text

    plan, ledger = figures.plan, figures.ledger
    layers = offloadable_layer_count(require_shape(figures.model))
    gpu, host = (gib_range(ledger.total(place)) for place in (Place.GPU, Place.HOST))
    gpus = "the GPU" if plan.split_mode is SplitMode.NONE else "all GPUs together"
    needs = f"{host} of RAM"
    if plan.gpu_layer_count:
        needs = f"{gpu} of {gpus}, {needs}"
    out.prose(f"{figures.model.name} in {plan.quant_format} needs {needs}.")
    out.prose(f"{plan_text(plan)}; {layers_text(plan, layers)}.")
    out.prose(file_text(figures))
    for sentence in published_sentences(figures):
        out.prose(sentence)
    out.line()
    write_ledger(out, figures)


def file_text(figures: Estimate) -> str:
    """Return what the file holds, in one sentence."""
    from planner.report.part_wording import gib_range

    size = "not known" if figures.file is None else gib_range(figures.file)
    return (
        f"File: {size}; {figures.parameter_count:,} parameters at "
        f"{figures.bits_per_weight:.2f} bits."
    )


COMMAND = Command(
    summary="What one plan needs, whatever the machine.", add_options=_add_options, run=_run
)
