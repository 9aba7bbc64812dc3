"""A receipt in the words of the window: what a log printed beside what was predicted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from planner.core.pictures.chart_table import ChartTable
from planner.ui import figures, text
from planner.ui.core_texts import core_text

if TYPE_CHECKING:
    from planner.core.receipt import Receipt, ReceiptLine

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

_NOTHING: Final = "–"
# Beyond this an error stands out; the same bar as on the page of accuracy.
MISS_RATIO: Final = 0.01
ERROR_COLUMN: Final = 3


def receipt_title(found: Receipt) -> str:
    """Return which plan the log is of."""
    plan = found.estimate.plan
    words = translate("receipt", "{model} in {quant_format} with {tokens}, as {program} ran it")
    return words.format(
        model=found.estimate.model.name,
        quant_format=plan.quant_format,
        tokens=text.token_text(plan.context_length),
        program=found.log.program,
    )


def receipt_table(found: Receipt) -> ChartTable:
    """Return a row for each part that the log prints."""
    return ChartTable(
        title=translate("receipt", "Log against prediction"),
        heads=(
            translate("receipt", "Part"),
            translate("receipt", "Log"),
            translate("receipt", "Predicted"),
            translate("receipt", "Error"),
        ),
        rows=tuple(_row(line) for line in found.lines),
    )


def missed_cells(found: Receipt) -> frozenset[tuple[int, int]]:
    """Return the errors that stand out."""
    return frozenset(
        (row, ERROR_COLUMN)
        for row, line in enumerate(found.lines)
        if line.error_ratio is not None and abs(line.error_ratio) > MISS_RATIO
    )


def receipt_notes(found: Receipt) -> str:
    """Return why figures are missing and what was assumed, line by line."""
    reasons = [line.reason for line in found.lines if line.reason is not None]
    return "\n".join(map(core_text, dict.fromkeys((*reasons, *found.notes))))


def _row(line: ReceiptLine) -> tuple[str, ...]:
    name = translate("receipt", "{part} · {devices}")
    predicted = _NOTHING if line.predicted is None else _size(line.predicted.expected_bytes)
    return (
        name.format(part=text.part_name(line.part), devices=", ".join(line.devices)),
        _size(line.logged_bytes),
        predicted,
        _error(line),
    )


def _size(size_bytes: int) -> str:
    return figures.readable_size(size_bytes, digits=2)


def _error(line: ReceiptLine) -> str:
    error, ratio = line.error_bytes, line.error_ratio
    if error is None:
        return _NOTHING
    if error == 0:
        return translate("receipt", "none")
    sign = "+" if error > 0 else "−"
    size = f"{sign}{_size(abs(error))}"
    if ratio is None:
        return size
    words = translate("receipt", "{size} ({percent} %)")
    return words.format(size=size, percent=f"{sign}{figures.number(abs(100 * ratio), 1)}")
