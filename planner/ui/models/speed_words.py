"""A modelled speed in the words of the window: the band, and what it cannot go beyond."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from planner.core.speed import DECODE_EFFICIENCY, PREFILL_EFFICIENCY
from planner.ui import figures, text

if TYPE_CHECKING:
    from planner.core.grid import FitDetail
    from planner.core.machine import MemoryPool
    from planner.core.speed import EfficiencyRange, SpeedBand

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate


def modelled() -> str:
    """Return what stands beside every speed."""
    return translate("speed", "modelled, not measured")


def band_words(band: SpeedBand | None) -> str:
    """Return `62 to 93 tokens per second`."""
    if band is None:
        return text.not_known()
    words = translate("speed", "{rates} tokens per second")
    return words.format(rates=band_rates(band))


def band_rates(band: SpeedBand) -> str:
    """Return `62 to 93`, where the unit stands elsewhere."""
    low, high = band.low_tokens_per_s, band.high_tokens_per_s
    digits = 1 if high < 20 else 0
    words = translate("speed", "{low} to {high}")
    return words.format(low=figures.number(low, digits), high=figures.number(high, digits))


def decode_limit(detail: FitDetail) -> str:
    """Return what holds the answer's speed down: memory is read for every token."""
    words = translate(
        "speed",
        "Limited by memory bandwidth: each token reads all the weights that it uses and the "
        "cache. {rates}; programs reach {low} to {high} % of it.",
    )
    return words.format(rates=_bandwidths(detail), **_percents(DECODE_EFFICIENCY))


def prefill_limit(detail: FitDetail) -> str:
    """Return what holds the prompt's speed down."""
    words = translate(
        "speed",
        "Limited by compute, or by reading the weights where a prompt is short. {rates}; "
        "programs reach {low} to {high} % of it.",
    )
    return words.format(rates=_computes(detail), **_percents(PREFILL_EFFICIENCY))


def sides_of(detail: FitDetail) -> tuple[MemoryPool, ...]:
    """Return the pools that hold a part of the model, the GPU first."""
    plan, target, ram = detail.result.plan, detail.target, detail.machine.ram
    if plan is None or not target.is_gpu:
        return (target,)
    is_split = plan.gpu_layer_count < (detail.result.layer_count or 0)
    return (target, ram) if is_split and ram is not None else (target,)


def _bandwidths(detail: FitDetail) -> str:
    words = translate("speed", "{pool}: {rate} GB/s")
    return text.FACT_MARK.join(
        words.format(
            pool=text.pool_title(pool),
            rate=text.not_known()
            if pool.bandwidth_gb_per_s is None
            else figures.number(pool.bandwidth_gb_per_s),
        )
        for pool in sides_of(detail)
    )


def _computes(detail: FitDetail) -> str:
    words = translate("speed", "{pool}: {rate} TFLOPS in FP16")
    return text.FACT_MARK.join(
        words.format(
            pool=text.pool_title(pool),
            rate=text.not_known()
            if pool.fp16_tflops is None
            else figures.number(pool.fp16_tflops),
        )
        for pool in sides_of(detail)
    )


def _percents(found: EfficiencyRange) -> dict[str, str]:
    return {
        "low": f"{100 * found.low_ratio:.0f}",
        "high": f"{100 * found.high_ratio:.0f}",
    }
