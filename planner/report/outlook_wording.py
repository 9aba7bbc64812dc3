"""Advice, the frontier, speed and commands in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, assert_never

from planner.core.advice import AdviceKind
from planner.core.fit import FitVerdict
from planner.core.launch import Shell
from planner.core.units import format_gib
from planner.report.outlook import tokens_of_one
from planner.report.wording import VERDICT_WORDS

if TYPE_CHECKING:
    from planner.core.advice import Advice, Situation
    from planner.core.fit import FitResult
    from planner.core.frontier import FrontierCell, SequenceLimit
    from planner.core.launch import Launch
    from planner.core.machine import MemoryPool
    from planner.core.speed import SpeedBand, SpeedEstimate
    from planner.report.outlook import Outlook

_THEN: Final = {
    FitVerdict.FITS: "then it fits",
    FitVerdict.TIGHT: "then it is a tight fit",
    FitVerdict.PARTIAL: "then it runs with part of it in RAM",
}
_COMMAND_WIDTH: Final = 92
_MOST_HOLDERS: Final = 6
# An argument that is a call of plain arguments, no comma or bracket in any of them.
_CALL: Final = re.compile(r"( *)(\w+=\w+)\((\w+=[\w.']+(?:, \w+=[\w.']+)*)\)(,?)")


def advice_text(advice: Advice) -> str:
    """Return one advice as a sentence: what to change, what that saves, and the new verdict."""
    changes = " and ".join(_change(kind, advice) for kind in advice.kinds)
    gains = []
    if advice.saved_bytes > 0 and AdviceKind.ANOTHER_POOL not in advice.kinds:
        gains.append(f"{format_gib(advice.saved_bytes)} less")
    if advice.freed_bytes > 0:
        gains.append(f"{format_gib(advice.freed_bytes)} have to come free")
    gains.append(_THEN.get(advice.result.verdict, VERDICT_WORDS[advice.result.verdict]))
    return f"{changes[0].upper()}{changes[1:]}: {', '.join(gains)}."


def holders_text(advice: Advice) -> str:
    """Return which programs hold the memory that has to come free, as a further sentence."""
    named = [
        holder.name
        if holder.used_bytes is None
        else f"{holder.name} {format_gib(holder.used_bytes)}"
        for holder in advice.holders[:_MOST_HOLDERS]
    ]
    return f" They are: {', '.join(named)}." if named else ""


def _change(kind: AdviceKind, advice: Advice) -> str:
    changed, plan = advice.changed, advice.result.plan
    options = changed.options
    match kind:
        case AdviceKind.NO_REPACK:
            text = "start with --no-repack, which reads prompts more slowly"
        case AdviceKind.LOWER_UTILIZATION:
            text = f"start with --gpu-memory-utilization {options.gpu_memory_utilization:g}"
        case AdviceKind.CACHE_TYPE:
            text = f"store the KV cache as {options.cache_type_k.value}"
        case AdviceKind.SHORTER_CONTEXT:
            text = f"take a context of {_context(advice):,} tokens"
        case AdviceKind.FEWER_SEQUENCES:
            count = options.parallel_sequences
            each = 0 if plan is None else tokens_of_one(plan)
            text = f"run {count} sequence{'' if count == 1 else 's'} of {each:,} tokens"
        case AdviceKind.SMALLER_MICRO_BATCH:
            text = f"take micro-batches of {options.micro_batch_size} tokens"
        case AdviceKind.SMALLER_FORMAT:
            text = f"take {changed.quant_format}"
        case _:
            text = _move(kind, advice)
    return text


_Move = Literal[
    AdviceKind.EXPERTS_TO_RAM,
    AdviceKind.LAYERS_TO_RAM,
    AdviceKind.ANOTHER_POOL,
    AdviceKind.CLOSE_PROGRAMS,
]


def _move(kind: _Move, advice: Advice) -> str:
    """Return what is to be somewhere else."""
    changed, plan = advice.changed, advice.result.plan
    match kind:
        case AdviceKind.EXPERTS_TO_RAM:
            layers = changed.options.cpu_expert_layers
            text = f"keep the experts of the first {layers} layers in RAM"
        case AdviceKind.LAYERS_TO_RAM:
            layers = 0 if plan is None else plan.gpu_layer_count
            text = f"put {layers} of {advice.result.layer_count} layers on the GPU"
        case AdviceKind.ANOTHER_POOL:
            text = f"run it on {_pool(changed)}"
        case AdviceKind.CLOSE_PROGRAMS:
            text = f"close other programs that hold memory of {_pool(changed)}"
        case _:
            assert_never(kind)
    return text


def _context(advice: Advice) -> int:
    plan = advice.result.plan
    return 0 if plan is None else plan.context_length


def _pool(changed: Situation) -> str:
    return f"{changed.target.name} ({changed.target.id})"


def outlook_sentences(outlook: Outlook, result: FitResult, target: MemoryPool) -> list[str]:
    """Return how far the plan could go, in sentences; nothing where nothing can be said."""
    found = []
    if outlook.longest_context is not None:
        found.append(_longest_text(outlook.longest_context, result, target))
    is_nothing = outlook.longest_context is not None and _has_none(outlook.longest_context)
    if outlook.most_sequences is not None and not is_nothing:
        found.append(_sequences_text(outlook.most_sequences, target))
    if outlook.if_closed is not None and outlook.if_closed.verdict is not result.verdict:
        found.append(_closed_text(outlook.if_closed))
    if outlook.speed is not None and outlook.speed.decode is not None:
        found.append(speed_text(outlook.speed, outlook.speed.decode))
    return found


def _longest_text(cell: FrontierCell, result: FitResult, target: MemoryPool) -> str:
    lead = f"Longest context with everything on {target.id}"
    if not _has_none(cell):
        lengths = _up_to(cell.fits_context_length, cell.tight_context_length, " tokens")
        return f"{lead}: {lengths}."
    reason = cell.reason or ""
    if result.reason is not None and result.reason in reason:
        reason = ""  # the verdict has said it
    return f"{lead}: none. {reason}".rstrip()


def _has_none(cell: FrontierCell) -> bool:
    return cell.fits_context_length is None and cell.tight_context_length is None


def _sequences_text(limit: SequenceLimit, target: MemoryPool) -> str:
    lead = f"Most sequences of {limit.context_length:,} tokens each on {target.id}"
    if limit.fits_count is None and limit.tight_count is None:
        return f"{lead}: none. {limit.reason or ''}".rstrip()
    return f"{lead}: {_up_to(limit.fits_count, limit.tight_count)}."


def _up_to(fits: int | None, tight: int | None, unit: str = "") -> str:
    if fits is None:
        return f"{tight or 0:,}{unit} as a tight fit"
    further = "" if tight is None or tight <= fits else f", {tight:,} as a tight fit"
    return f"{fits:,}{unit}{further}"


def _closed_text(result: FitResult) -> str:
    return f"With other programs closed the verdict would be: {VERDICT_WORDS[result.verdict]}."


def speed_text(found: SpeedEstimate, decode: SpeedBand) -> str:
    """Return a speed as a sentence that says that nothing was run."""
    text = (
        f"Speed, modelled and not measured: {_speeds(decode)} tokens per second with "
        f"{found.context_length:,} tokens in the cache"
    )
    if found.prefill is not None:
        text += f"; a prompt of that length is read at {_speeds(found.prefill)} a second"
    return f"{text}."


def _speeds(band: SpeedBand) -> str:
    low, high = band.low_tokens_per_s, band.high_tokens_per_s
    digits = 1 if high < 20 else 0
    return f"{low:,.{digits}f} to {high:,.{digits}f}"


def gpu_text(outlook: Outlook, verdict: FitVerdict) -> str | None:
    """Return what a GPU would have to have free, where this one does not hold the plan."""
    if outlook.gpu_bytes is None or verdict not in (FitVerdict.PARTIAL, FitVerdict.NO):
        return None
    text = (
        f"All of it, with the reserve, takes one GPU with {format_gib(outlook.gpu_bytes)} free."
    )
    if not outlook.devices:
        return text
    named = "; ".join(
        f"{each.name} ({format_gib(each.usable_bytes)})" for each in outlook.devices
    )
    return f"{text} The smallest of the catalogue that have it: {named}."


def command_lines(launch: Launch, shell: Shell = Shell.POSIX) -> list[str]:
    """Return what to copy as lines; a long command goes on after a backslash or a backtick."""
    lines = launch.text.splitlines()
    if launch.is_python:
        return [line for each in lines for line in _broken_call(each)]
    sign = "\\" if shell is Shell.POSIX else "`"
    return [line for each in lines for line in _broken(each, sign)]


def _broken(command: str, sign: str) -> list[str]:
    """Break a command before its options, unless something in it is quoted."""
    if len(command) <= _COMMAND_WIDTH or not _is_plain(command):
        return [command]
    lines, line = [], ""
    for part in command.replace(" -", "\n-").split("\n"):
        if line and len(line) + len(part) + 3 > _COMMAND_WIDTH:
            lines.append(f"{line} {sign}")
            line = f"  {part}"
        else:
            line = f"{line} {part}" if line else part
    return [*lines, line]


def _broken_call(line: str) -> list[str]:
    """Give each argument of a long call a line of its own; any other line stays as it is."""
    found = _CALL.fullmatch(line) if len(line) > _COMMAND_WIDTH else None
    if found is None:
        return [line]
    indent, name, arguments, tail = found.groups()
    inner = [f"{indent}    {each}," for each in arguments.split(", ")]
    return [f"{indent}{name}(", *inner, f"{indent}){tail}"]


def _is_plain(command: str) -> bool:
    return not any(sign in command for sign in "'\"$;`\\")
