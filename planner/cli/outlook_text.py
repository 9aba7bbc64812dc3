"""What goes with one verdict, for people: advice, how far it could go, the command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.output import fold
from planner.report.outlook_wording import (
    advice_text,
    command_lines,
    gpu_text,
    holders_text,
    outlook_sentences,
)

if TYPE_CHECKING:
    from planner.cli.output import Output
    from planner.core.fit import FitResult, FitVerdict
    from planner.core.machine import MemoryPool
    from planner.report.outlook import Outlook


def write_advice(out: Output, outlook: Outlook, verdict: FitVerdict) -> None:
    """Write what would make the plan fit, the cheapest in quality first."""
    gpu = gpu_text(outlook, verdict)
    if not outlook.advice and gpu is None:
        return
    out.line()
    if outlook.advice:
        out.line(out.coloured("What would help", "1"))
    for number, advice in enumerate(outlook.advice, 1):
        folded = fold(f"{advice_text(advice)}{holders_text(advice)}", indent="   ")
        out.line(f"{number}. {folded[3:]}")
    if gpu is not None:
        out.prose(gpu)


def write_outlook(out: Output, outlook: Outlook, result: FitResult, target: MemoryPool) -> None:
    """Write how far the plan could go, and how it is started."""
    from planner.cli.launch import usual_shell

    sentences = outlook_sentences(outlook, result, target)
    if sentences:
        out.line()
    for sentence in sentences:
        out.prose(sentence)
    if outlook.launch is not None:
        out.line()
        out.line(out.coloured("To start it", "1"))
        # A Python program that is copied with an indent does not run.
        indent = "" if outlook.launch.is_python else "  "
        write_command(out, command_lines(outlook.launch, usual_shell()), indent=indent)
        for note in outlook.launch.notes:
            out.prose(note, indent="  ")
    elif outlook.launch_reason is not None:
        out.line()
        out.prose(f"No command to start it: {outlook.launch_reason}")


def write_command(out: Output, lines: list[str], *, indent: str = "") -> None:
    """Write lines to be copied: never folded."""
    for line in lines:
        out.line(f"{indent}{line}".rstrip())
