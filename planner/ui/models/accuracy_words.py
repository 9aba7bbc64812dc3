"""The table of errors in the words of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from planner.core.pictures.chart_table import ChartTable
from planner.ui import figures
from planner.ui.core_texts import core_text

if TYPE_CHECKING:
    from planner.core.accuracy import AccuracyRow, AccuracyTable

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

_NOTHING: Final = "–"
WORST_COLUMN: Final = 4
MISS_PERCENT: Final = 1.0


def accuracy_sentence(table: AccuracyTable) -> str:
    """Return how many figures were met."""
    words = translate(
        "accuracy",
        "{count} figures that were measured elsewhere, each beside what is computed here for "
        "the same plan: {exact} are met within 0.005 %, {close} within 1 %.",
    )
    return words.format(
        count=figures.number(table.case_count),
        exact=figures.number(table.exact_count),
        close=figures.number(table.close_count),
    )


def accuracy_note() -> str:
    """Return what the columns are."""
    return translate(
        "accuracy",
        "Errors without their sign. The naive rule is the one most calculators use: parameters "
        "× the bits in the format's name, and 20 % on top for a whole process. † marks rows "
        "where a constant was found on these same cases.",
    )


def error_table(table: AccuracyTable) -> ChartTable:
    """Return a row for each part of each runtime."""
    return ChartTable(
        title=translate("accuracy", "Errors by runtime and part"),
        heads=(
            translate("accuracy", "What"),
            translate("accuracy", "Cases"),
            translate("accuracy", "Exact"),
            translate("accuracy", "Median"),
            translate("accuracy", "Worst"),
            translate("accuracy", "Naive, median"),
            translate("accuracy", "Naive, worst"),
        ),
        rows=tuple(_row(row) for row in table.rows),
    )


def far_cells(table: AccuracyTable) -> frozenset[tuple[int, int]]:
    """Return the worst errors that are misses."""
    return frozenset(
        (index, WORST_COLUMN)
        for index, row in enumerate(table.rows)
        if row.worst_percent > MISS_PERCENT
    )


def miss_table(table: AccuracyTable) -> ChartTable:
    """Return the worst misses of each part, with the case."""
    share = translate("accuracy", "{missed} of {count}")
    return ChartTable(
        title=translate("accuracy", "Misses of more than 1 %"),
        heads=(
            translate("accuracy", "Case"),
            translate("accuracy", "What"),
            translate("accuracy", "Misses"),
            translate("accuracy", "Error"),
        ),
        rows=tuple(
            (
                miss.case,
                _what(miss.runtime, miss.part),
                share.format(missed=miss.missed_count, count=miss.case_count),
                _percent(miss.error_percent, digits=2, signed=True),
            )
            for miss in table.misses
        ),
    )


def _row(row: AccuracyRow) -> tuple[str, ...]:
    what = _what(row.runtime, row.part)
    return (
        f"{what} †" if row.is_fitted else what,
        figures.number(row.case_count),
        figures.number(row.exact_count),
        _percent(row.median_percent, digits=2),
        _percent(row.worst_percent, digits=2),
        _percent(row.naive_median_percent, digits=0),
        _percent(row.naive_worst_percent, digits=0),
    )


def _what(runtime: str, part: str) -> str:
    return translate("accuracy", "{runtime}: {part}").format(
        runtime=runtime, part=core_text(part)
    )


def _percent(percent: float | None, *, digits: int, signed: bool = False) -> str:
    if percent is None:
        return _NOTHING
    sign = ""
    if signed:
        sign = "−" if percent < 0 else "+"
    words = translate("accuracy", "{figure} %")
    return words.format(figure=f"{sign}{figures.number(abs(percent), digits)}")
