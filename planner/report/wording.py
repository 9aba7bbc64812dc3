"""Verdicts in words, the same in every place that is plain text."""

from collections.abc import Sequence
from typing import Final

from planner.core.budget import Budget
from planner.core.estimate import Estimate
from planner.core.fit import FitResult, FitVerdict, Reserve
from planner.core.ledger import Band, Place
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.plan import RuntimeName, SplitMode
from planner.core.units import format_gib
from planner.report.part_wording import gib_range, layers_text

GLYPHS: Final = {
    FitVerdict.FITS: "●",
    FitVerdict.TIGHT: "◐",
    FitVerdict.PARTIAL: "◔",
    FitVerdict.NO: "○",
    FitVerdict.UNSUPPORTED: "–",
    FitVerdict.UNKNOWN: "–",
}
VERDICT_WORDS: Final = {
    FitVerdict.FITS: "fits",
    FitVerdict.TIGHT: "tight",
    FitVerdict.PARTIAL: "part of it in RAM",
    FitVerdict.NO: "does not fit",
    FitVerdict.UNSUPPORTED: "cannot run",
    FitVerdict.UNKNOWN: "not known",
}
# One of each size that people download, from large to small: what a page or a terminal holds.
READABLE_FORMATS: Final = ("F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K")
# Of transformers' formats, fp16 is as large as bf16, and nf4 with its scales packed once more
# a little smaller than nf4. vLLM's last one exists in Unsloth's build of it alone.
_TWINS: Final = {
    RuntimeName.TRANSFORMERS: ("fp16", "nf4-dq"),
    RuntimeName.VLLM: ("bnb-nf4-dq",),
}
_ARE_FREE: Final = {
    Budget.FREE_NOW: "are free now",
    Budget.PROGRAMS_CLOSED: "would be free with other programs closed",
}
FREE_WORDS: Final = {
    Budget.FREE_NOW: "is free now",
    Budget.PROGRAMS_CLOSED: "would be free with other programs closed",
}
LEGEND: Final = tuple(
    f"{GLYPHS[verdict]} {words}"
    for verdict, words in (
        (FitVerdict.FITS, "fits"),
        (FitVerdict.TIGHT, "tight"),
        (FitVerdict.PARTIAL, "part of it in RAM"),
        (FitVerdict.NO, "does not fit"),
        (FitVerdict.UNSUPPORTED, "cannot run, or not known"),
    )
)


def readable_formats(runtime: RuntimeName, quant_formats: Sequence[str]) -> tuple[str, ...]:
    """Return the formats that a table has columns for, of those that were asked about.

    They are all of them where none of the usual ones is there.
    """
    if runtime is RuntimeName.LLAMA_CPP:
        chosen = tuple(name for name in quant_formats if name in READABLE_FORMATS)
    else:
        twins = _TWINS.get(runtime, ())
        chosen = tuple(name for name in quant_formats if name not in twins)
    return chosen or tuple(quant_formats)


def pool_text(pool: MemoryPool, budget: Budget = Budget.FREE_NOW) -> str:
    """Return a pool's memory: free of total."""
    total = "not known" if pool.total_bytes is None else format_gib(pool.total_bytes)
    if pool.free_bytes is None:
        return f"{total} in all, free: not known"
    tail = "" if budget is Budget.FREE_NOW else " with other programs closed"
    return f"{format_gib(pool.free_bytes)} free of {total}{tail}"


def verdict_sentence(
    result: FitResult,
    *,
    model_name: str,
    target: MemoryPool,
    reserve: Reserve,
    figures: Estimate | None = None,
    budget: Budget = Budget.FREE_NOW,
    machine: Machine | None = None,
) -> str:
    """Return the verdict as one or more sentences with its figures.

    `target` is the pool, and `machine` all of them, as the budget sees them; only a plan over
    several GPUs needs the machine.
    """
    who = f"{model_name} in {result.quant_format}"
    is_unknown = result.verdict is FitVerdict.UNKNOWN
    if result.needed is None or target.free_bytes is None or is_unknown:
        return f"{who}: {VERDICT_WORDS[result.verdict]}. {result.reason or ''}".rstrip()
    needs = f"it needs {gib_range(result.needed)}"
    cards = _cards(result, target, machine)
    where = target.name if len(cards) == 1 else f"{len(cards)} GPUs together"
    is_free = FREE_WORDS[budget] if len(cards) == 1 else _ARE_FREE[budget]
    free = f"{' and '.join(_free(card) for card in cards)} {is_free}"
    kept = reserve.of(target)
    match result.verdict:
        case FitVerdict.FITS:
            held = _held(result)
            return f"{who} fits on {where}: {needs}, and {free}.{held}"
        case FitVerdict.PARTIAL:
            plan = result.plan
            layers = "" if plan is None else layers_text(plan, result.layer_count)
            return (
                f"{who} runs in part on {where}: {layers}."
                f"{_parts(result.needed, free, figures)}"
            )
        case verdict:
            is_tight = verdict is FitVerdict.TIGHT
            lead = "is a tight fit for" if is_tight else "does not fit on"
            tail = f", and {format_gib(kept)} is to stay free" if is_tight and kept else ""
            is_short = result.needed.high_bytes + kept > target.free_bytes or len(cards) > 1
            why = _why(result, target, figures, is_short=is_short)
            return f"{who} {lead} {where}: {needs}; {free}{tail}.{why}"


def _cards(
    result: FitResult, target: MemoryPool, machine: Machine | None
) -> tuple[MemoryPool, ...]:
    """Return the GPUs that layers are spread over, or the target alone."""
    plan = result.plan
    is_spread = plan is not None and plan.split_mode is SplitMode.LAYER
    if machine is None or not is_spread or target.kind is not PoolKind.DEDICATED:
        return (target,)
    return tuple(pool for pool in machine.gpus if pool.kind is PoolKind.DEDICATED)


def _free(pool: MemoryPool) -> str:
    return "an unknown part" if pool.free_bytes is None else format_gib(pool.free_bytes)


def _held(result: FitResult) -> str:
    """Say what a runtime that takes a share of the card will be seen to hold."""
    if result.occupied_bytes is None:
        return ""
    return (
        f" It will be seen to hold {format_gib(result.occupied_bytes)}: its share of the card."
    )


def _parts(needed: Band, free: str, figures: Estimate | None) -> str:
    """Say what the GPU's part takes, and what all of it would take."""
    if figures is None:
        return ""
    part = figures.ledger.total(Place.GPU)
    text = f" The GPU's part takes {gib_range(part)}, and {free}."
    return text if part == needed else f"{text} All of it would take {gib_range(needed)}."


def _why(
    result: FitResult, target: MemoryPool, figures: Estimate | None, *, is_short: bool
) -> str:
    """Say why it is no plain fit where the target's own figures (`is_short`) do not show it."""
    if result.reason is not None:
        return f" {result.reason}"
    if result.occupied_bytes is not None or target.kind is PoolKind.UNIFIED:
        return _held(result)
    if is_short:
        return ""
    if figures is None:
        return " What is short is the RAM beside it."
    host = gib_range(figures.ledger.total(Place.HOST))
    return f" What is short is the RAM beside it, of which it takes {host}."
