"""A cell of the grid and a model in words, for tooltips and for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from planner.core.fit import FitVerdict
from planner.ui import text
from planner.ui.core_texts import core_text

if TYPE_CHECKING:
    from planner.core.fit import FitResult
    from planner.core.machine import MemoryPool
    from planner.core.model_spec import ModelSpec

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate


def file_cell(result: FitResult, figure: str) -> str:
    """Return what stands in the one cell of a user's own file: its format and the figure."""
    return translate("cell_words", "{quant_format} · {figure}").format(
        quant_format=result.quant_format, figure=figure
    )


def spoken_cell(model: ModelSpec, result: FitResult, target: MemoryPool) -> str:
    """Return a cell as one phrase, such as `Phi-4 Q4_K_M: fits, needs 8.9 of 10.6 GiB free`."""
    if result.needed is None:
        words = translate("cell_words", "{model} {quant_format}: {verdict}. {reason}")
        needed = ""
    else:
        words = translate(
            "cell_words", "{model} {quant_format}: {verdict}, needs {needed} of {free} free"
        )
        needed = text.gib(result.needed.expected_bytes, 1)
    return words.format(
        model=model.name,
        quant_format=result.quant_format,
        verdict=text.verdict_word(result.verdict),
        needed=needed,
        free=text.gib(target.free_bytes, 1),
        reason=core_text(result.reason or ""),
    ).strip()


def explained_cell(model: ModelSpec, result: FitResult, target: MemoryPool) -> str:
    """Return a tooltip: which plan, the verdict with its figures, or the reason for none."""
    head = translate("cell_words", "{model} · {quant_format}").format(
        model=model.name, quant_format=result.quant_format
    )
    if result.verdict in (FitVerdict.UNSUPPORTED, FitVerdict.UNKNOWN) and result.reason:
        return f"{head}\n{core_text(result.reason)}"
    return f"{head}\n{text.verdict_sentence(result, target)}"


def model_summary(model: ModelSpec) -> str:
    """Return what a person asks first, as `14.7B parameters · context up to 16,384 tokens`."""
    parts = []
    if model.shape is not None:
        parts.append(
            translate("cell_words", "{size} parameters").format(size=core_text(model.label))
        )
    if model.context_length_limit is not None:
        limit = text.token_text(model.context_length_limit)
        parts.append(translate("cell_words", "context up to {limit}").format(limit=limit))
    parts.append(
        translate("cell_words", "released {date}").format(date=text.day_text(model.released))
    )
    return " · ".join(parts)
