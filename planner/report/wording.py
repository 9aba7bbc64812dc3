"""Verdicts in words, the same in every place that is plain text."""

from typing import Final

from planner.core.estimate import Estimate
from planner.core.fit import FitResult, FitVerdict, Reserve
from planner.core.ledger import Band, Place
from planner.core.machine import MemoryPool
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


def pool_text(pool: MemoryPool) -> str:
    """Return a pool's memory: free of total."""
    total = "not known" if pool.total_bytes is None else format_gib(pool.total_bytes)
    if pool.free_bytes is None:
        return f"{total} in all, free: not known"
    return f"{format_gib(pool.free_bytes)} free of {total}"


def verdict_sentence(
    result: FitResult,
    *,
    model_name: str,
    target: MemoryPool,
    reserve: Reserve,
    figures: Estimate | None = None,
) -> str:
    """Return the verdict as one or two sentences with its figures."""
    who = f"{model_name} in {result.quant_format}"
    if result.needed is None or target.free_bytes is None:
        return f"{who}: {VERDICT_WORDS[result.verdict]}. {result.reason or ''}".rstrip()
    needs = f"it needs {gib_range(result.needed)}"
    free = format_gib(target.free_bytes)
    kept = reserve.of(target)
    match result.verdict:
        case FitVerdict.FITS:
            return f"{who} fits on {target.name}: {needs}, and {free} is free."
        case FitVerdict.PARTIAL:
            plan = result.plan
            layers = "" if plan is None else layers_text(plan, result.layer_count)
            return (
                f"{who} runs in part on {target.name}: {layers}."
                f"{_parts(result.needed, free, figures)}"
            )
        case verdict:
            is_tight = verdict is FitVerdict.TIGHT
            lead = "is a tight fit for" if is_tight else "does not fit on"
            tail = f", and {format_gib(kept)} is to stay free" if is_tight and kept else ""
            where = _beside(result.needed, target, kept, figures)
            return f"{who} {lead} {target.name}: {needs}; {free} is free{tail}.{where}"


def _parts(needed: Band, free: str, figures: Estimate | None) -> str:
    """Say what the GPU's part takes, and what all of it would take."""
    if figures is None:
        return ""
    part = figures.ledger.total(Place.GPU)
    text = f" The GPU's part takes {gib_range(part)}, and {free} is free."
    return text if part == needed else f"{text} All of it would take {gib_range(needed)}."


def _beside(needed: Band, target: MemoryPool, kept: int, figures: Estimate | None) -> str:
    """Say so where it is the RAM beside the target that is short."""
    if target.free_bytes is None or needed.high_bytes + kept > target.free_bytes:
        return ""
    if figures is None:
        return " What is short is the RAM beside it."
    host = gib_range(figures.ledger.total(Place.HOST))
    return f" What is short is the RAM beside it, of which it takes {host}."
