"""`launch`: the command that starts a plan; with `--parse` a pasted command becomes a plan."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, Final

from planner.cli.command import Command, Surroundings, UsageError
from planner.cli.options import (
    add_machine_options,
    add_plan_options,
    options_for_model,
    plan_options,
)
from planner.core.launch import TOOLS, Launch, LaunchTool, Shell
from planner.core.plan import GpuLayers

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from planner.core.launch_words import ParsedLaunch
    from planner.core.plan import Plan

LAUNCH_SCHEMA: Final = "phi-planner/launch/1"
PARSED_SCHEMA: Final = "phi-planner/parsed-launch/1"


def usual_shell() -> Shell:
    """Return the shell that people have on this system."""
    return Shell.POWERSHELL if sys.platform == "win32" else Shell.POSIX


def _add_options(parser: ArgumentParser) -> None:
    parser.add_argument("model", nargs="?", metavar="MODEL", help="a model's id or name")
    parser.add_argument(
        "--parse",
        metavar="COMMAND",
        help="a command of llama-server, llama-cli or `vllm serve`, in quotes: its plan",
    )
    parser.add_argument("--json", action="store_true", help="JSON instead of text")
    add = parser.add_argument_group("the command").add_argument
    add("--tool", metavar="NAME", help=f"{' '.join(LaunchTool)} (default: the runtime's first)")
    add("--source", metavar="NAME", help="the model's file, folder or repository")
    add(
        "--shell",
        choices=[each.value for each in Shell],
        default=usual_shell().value,
        help="whose rules of quoting to follow (default: this system's)",
    )
    add_plan_options(parser, default_gpu_layers=GpuLayers.ALL)
    # They matter with `--gpu-layers auto`, which asks a machine.
    add_machine_options(parser)


def _run(options: Namespace, around: Surroundings) -> int:
    if options.parse is not None:
        _parse(options, around)
        return 0
    if options.model is None:
        raise UsageError("MODEL is missing, or --parse COMMAND.")
    if options.quant is None:
        raise UsageError("--quant FORMAT is missing, such as --quant Q4_K_M.")
    _launch(options, around)
    return 0


def _launch(options: Namespace, around: Surroundings) -> None:
    from planner.catalogue import load_model
    from planner.cli.json_output import plan_object
    from planner.cli.outlook_json import launch_object
    from planner.cli.planned import planned
    from planner.core.estimate import estimate, runtime_quant_format
    from planner.core.launch import launch

    choices = plan_options(options)
    tool = _tool(options.tool, TOOLS[choices.runtime][0])
    quant_format = runtime_quant_format(choices.runtime, options.quant)
    model = load_model(options.model)
    choices = options_for_model(choices, options, model)
    plan = planned(model, quant_format, choices, options, around)
    # A command for what the runtime refuses would be no help.
    estimate(model, plan)
    shell = Shell(options.shell)
    found = launch(model, plan, tool, source=options.source, shell=shell)
    if options.json:
        around.out.json(
            {
                "schema": LAUNCH_SCHEMA,
                "plan": plan_object(plan),
                "launch": launch_object(found),
            }
        )
    else:
        _write(found, shell, around)


def _tool(name: str | None, usual: LaunchTool) -> LaunchTool:
    """Return the tool of that name.

    Raises:
        UnknownNameError: there is none.
    """
    if name is None:
        return usual
    from planner.core.runtimes.common import find_name

    return LaunchTool(find_name("tool", name, [each.value for each in LaunchTool]))


def _write(found: Launch, shell: Shell, around: Surroundings) -> None:
    """Write what to copy; what is about it stands in comments, so that all may be copied."""
    from planner.cli.outlook_text import write_command
    from planner.cli.output import fold
    from planner.report.outlook_wording import command_lines

    write_command(around.out, command_lines(found, shell))
    for file in found.files:
        around.out.line()
        around.out.line(f"# The file {file.name}:")
        write_command(around.out, file.content.splitlines())
    if found.notes:
        around.out.line()
    for note in found.notes:
        for line in fold(note, width=94).splitlines():
            around.out.line(f"# {line}")


def _parse(options: Namespace, around: Surroundings) -> None:
    """Show the plan of a pasted command; MODEL and --quant add what it does not tell."""
    from dataclasses import replace

    from planner.catalogue import load_catalogue
    from planner.core.estimate import runtime_quant_format
    from planner.core.launch_parse import parse_launch

    catalogue = load_catalogue()
    parsed = parse_launch(options.parse, catalogue.models, defaults=plan_options(options))
    if options.model is not None:
        parsed = replace(parsed, model=catalogue.find(options.model))
    if options.quant is not None:
        name = runtime_quant_format(parsed.options.runtime, options.quant)
        parsed = replace(parsed, quant_format=name)
    plan = parsed.plan()
    if options.json:
        around.out.json(_parsed_object(parsed, plan))
    else:
        _write_parsed(parsed, plan, around)


def _parsed_object(parsed: ParsedLaunch, plan: Plan) -> dict[str, Any]:
    from planner.cli.json_output import plan_object

    layers = parsed.options.gpu_layers
    return {
        "schema": PARSED_SCHEMA,
        "program": parsed.program,
        "source": parsed.source,
        "plan": plan_object(plan),
        "gpu_layers": layers.value if isinstance(layers, GpuLayers) else layers,
        "ignored": list(parsed.ignored),
        "notes": list(parsed.notes),
    }


def _write_parsed(parsed: ParsedLaunch, plan: Plan, around: Surroundings) -> None:
    from planner.core.plan import offloadable_layer_count, require_shape
    from planner.report.part_wording import layers_text, plan_text

    out, model = around.out, parsed.model
    if model is None:
        raise ValueError("a plan has a model")
    count = offloadable_layer_count(require_shape(model))
    layers = layers_text(plan, count)
    if parsed.options.gpu_layers is GpuLayers.AUTO:
        layers = f"as many of {count} layers on the GPU as fit"
    out.prose(f"{parsed.program}: {model.name} in {plan.quant_format}.")
    out.prose(f"{plan_text(plan)}; {layers}.")
    if parsed.ignored:
        out.prose(f"Without a say in memory, or not known: {', '.join(parsed.ignored)}.")
    for note in parsed.notes:
        out.prose(f"- {note}")


COMMAND = Command(
    summary="The command that starts a plan; or with --parse a pasted command's plan.",
    add_options=_add_options,
    run=_run,
)
