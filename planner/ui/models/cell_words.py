"""A cell of the grid and a model in words, for tooltips and for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from planner.core.fit import FitVerdict
from planner.ui import text

if TYPE_CHECKING:
    from planner.core.fit import FitResult
    from planner.core.machine import MemoryPool
    from planner.core.model_spec import ModelSpec

DASH: Final = "–"


def _tr(words: str) -> str:
    return QCoreApplication.translate("cell_words", words)


def cell_text(result: FitResult) -> str:
    """Return what stands in a cell: the GiB needed, or a dash where there is no figure."""
    if result.needed is None:
        return DASH
    return text.gib_number(result.needed.expected_bytes)


def spoken_cell(model: ModelSpec, result: FitResult, target: MemoryPool) -> str:
    """Return a cell as one phrase, such as `Phi-4 Q4_K_M: fits, needs 8.9 of 10.6 GiB free`."""
    if result.needed is None:
        words = _tr("{model} {quant_format}: {verdict}. {reason}")
        needed = ""
    else:
        words = _tr("{model} {quant_format}: {verdict}, needs {needed} of {free} free")
        needed = text.gib(result.needed.expected_bytes, 1)
    return words.format(
        model=model.name,
        quant_format=result.quant_format,
        verdict=text.verdict_word(result.verdict),
        needed=needed,
        free=text.gib(target.free_bytes, 1),
        reason=result.reason or "",
    ).strip()


def explained_cell(model: ModelSpec, result: FitResult, target: MemoryPool) -> str:
    """Return a tooltip: which plan, the verdict with its figures, or the reason for none."""
    head = _tr("{model} · {quant_format}").format(
        model=model.name, quant_format=result.quant_format
    )
    if result.verdict in (FitVerdict.UNSUPPORTED, FitVerdict.UNKNOWN) and result.reason:
        return f"{head}\n{result.reason}"
    return f"{head}\n{text.verdict_sentence(result, target)}"


def model_summary(model: ModelSpec) -> str:
    """Return what a person asks first, as `14.7B parameters · context up to 16,384 tokens`."""
    parts = []
    if model.shape is not None:
        parts.append(_tr("{size} parameters").format(size=model.label))
    if model.context_length_limit is not None:
        limit = text.token_text(model.context_length_limit)
        parts.append(_tr("context up to {limit}").format(limit=limit))
    parts.append(_tr("released {date}").format(date=model.released))
    return " · ".join(parts)
