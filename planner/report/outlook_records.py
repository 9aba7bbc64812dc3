"""The outlook of the plan that leads a report: advice, the frontier, speed, the command."""

from typing import Self

from planner.core.advice import Advice
from planner.core.fit import FitResult
from planner.core.frontier import FrontierCell, SequenceLimit
from planner.core.launch import Launch
from planner.core.machine import MemoryPool
from planner.core.speed import SpeedBand, SpeedEstimate
from planner.report.outlook import Outlook
from planner.report.outlook_wording import (
    advice_text,
    command_lines,
    gpu_text,
    holders_text,
    outlook_sentences,
)
from planner.report.records import ReportBand, ReportRecord


class ReportAdvice(ReportRecord):
    """One change that would help, with the verdict it leads to."""

    kinds: tuple[str, ...]
    text: str
    verdict: str
    needed_bytes: ReportBand | None
    saved_bytes: int
    freed_bytes: int
    target: str
    budget: str
    quant_format: str
    context_length: int | None
    gpu_layer_count: int | None

    @classmethod
    def of(cls, advice: Advice) -> Self:
        """Return the record of an advice."""
        result, changed = advice.result, advice.changed
        plan = result.plan
        return cls(
            kinds=tuple(kind.value for kind in advice.kinds),
            text=f"{advice_text(advice)}{holders_text(advice)}",
            verdict=result.verdict.value,
            needed_bytes=None if result.needed is None else ReportBand.of(result.needed),
            saved_bytes=advice.saved_bytes,
            freed_bytes=advice.freed_bytes,
            target=changed.target.id,
            budget=changed.budget.value,
            quant_format=changed.quant_format,
            context_length=None if plan is None else plan.context_length,
            gpu_layer_count=None if plan is None else plan.gpu_layer_count,
        )


class ReportFrontier(ReportRecord):
    """The longest context, with everything on the target."""

    cache_type: str
    fits_context_length: int | None
    tight_context_length: int | None
    reason: str | None

    @classmethod
    def of(cls, cell: FrontierCell) -> Self:
        """Return the record of a cell."""
        return cls(
            cache_type=cell.cache_type.value,
            fits_context_length=cell.fits_context_length,
            tight_context_length=cell.tight_context_length,
            reason=cell.reason,
        )


class ReportSequences(ReportRecord):
    """The most sequences of one length."""

    context_length: int
    fits_count: int | None
    tight_count: int | None
    reason: str | None

    @classmethod
    def of(cls, limit: SequenceLimit) -> Self:
        """Return the record of a limit."""
        return cls(
            context_length=limit.context_length,
            fits_count=limit.fits_count,
            tight_count=limit.tight_count,
            reason=limit.reason,
        )


class ReportSpeedBand(ReportRecord):
    """Tokens per second, slowest to fastest."""

    low: float
    expected: float
    high: float

    @classmethod
    def of(cls, band: SpeedBand | None) -> Self | None:
        """Return the record of a band, `None` where there is none."""
        if band is None:
            return None
        return cls(
            low=round(band.low_tokens_per_s, 2),
            expected=round(band.expected_tokens_per_s, 2),
            high=round(band.high_tokens_per_s, 2),
        )


class ReportSpeed(ReportRecord):
    """A modelled speed; nothing was run."""

    is_modelled: bool
    context_length: int
    decode_tokens_per_s: ReportSpeedBand | None
    prefill_tokens_per_s: ReportSpeedBand | None
    reasons: tuple[str, ...]
    sources: tuple[str, ...]

    @classmethod
    def of(cls, found: SpeedEstimate) -> Self:
        """Return the record of a speed."""
        return cls(
            is_modelled=found.is_modelled,
            context_length=found.context_length,
            decode_tokens_per_s=ReportSpeedBand.of(found.decode),
            prefill_tokens_per_s=ReportSpeedBand.of(found.prefill),
            reasons=found.reasons,
            sources=found.sources,
        )


class ReportLaunch(ReportRecord):
    """What starts the plan; `text` is exact, `lines` are it for a page."""

    tool: str
    text: str
    lines: tuple[str, ...]
    is_python: bool
    notes: tuple[str, ...]

    @classmethod
    def of(cls, launch: Launch) -> Self:
        """Return the record of a command."""
        return cls(
            tool=launch.tool.value,
            text=launch.text,
            lines=tuple(command_lines(launch)),
            is_python=launch.is_python,
            notes=launch.notes,
        )


class ReportOutlook(ReportRecord):
    """All that goes with the verdict; `sentences` say it for people."""

    sentences: tuple[str, ...]
    verdict_if_closed: str | None
    longest_context: ReportFrontier | None
    most_sequences: ReportSequences | None
    one_gpu_bytes: int | None
    one_gpu_text: str | None
    one_gpu_devices: tuple[str, ...] = ()
    advice: tuple[ReportAdvice, ...]
    speed: ReportSpeed | None
    launch: ReportLaunch | None
    launch_reason: str | None

    @classmethod
    def of(cls, outlook: Outlook, result: FitResult, target: MemoryPool) -> Self:
        """Return the record of an outlook."""
        cell, limit = outlook.longest_context, outlook.most_sequences
        closed, speed, launch = outlook.if_closed, outlook.speed, outlook.launch
        return cls(
            sentences=tuple(outlook_sentences(outlook, result, target)),
            verdict_if_closed=None if closed is None else closed.verdict.value,
            longest_context=None if cell is None else ReportFrontier.of(cell),
            most_sequences=None if limit is None else ReportSequences.of(limit),
            one_gpu_bytes=outlook.gpu_bytes,
            one_gpu_text=gpu_text(outlook, result.verdict),
            one_gpu_devices=tuple(each.name for each in outlook.devices),
            advice=tuple(ReportAdvice.of(each) for each in outlook.advice),
            speed=None if speed is None else ReportSpeed.of(speed),
            launch=None if launch is None else ReportLaunch.of(launch),
            launch_reason=outlook.launch_reason,
        )
