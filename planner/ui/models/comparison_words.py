"""The words around a comparison of two saved answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from planner.core.pictures.chart_table import ChartTable
from planner.ui.core_texts import core_text
from planner.ui.figures import number

if TYPE_CHECKING:
    from planner.ui.models.comparison_values import ComparedArea

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate


def area_words(key: str) -> str:
    """Return the head of an area."""
    return {
        "program": translate("comparison", "The program"),
        "machine": translate("comparison", "The machine"),
        "plan": translate("comparison", "The plan"),
        "ledger": translate("comparison", "Memory, line by line"),
        "verdict": translate("comparison", "Verdicts"),
    }[key]


def area_table(area: ComparedArea, *, most: int) -> ChartTable:
    """Return the first rows of an area, with the columns in which something stands."""
    heads = [
        translate("comparison", "What"),
        translate("comparison", "Before"),
        translate("comparison", "After"),
    ]
    has_difference = any(row.difference for row in area.rows)
    has_why = any(row.why for row in area.rows)
    if has_difference:
        heads.append(translate("comparison", "Difference"))
    if has_why:
        heads.append(translate("comparison", "Why"))
    rows = []
    for row in area.rows[:most]:
        cells = [row.name, row.before, row.after]
        cells += [row.difference] if has_difference else []
        cells += [row.why] if has_why else []
        rows.append(tuple(core_text(cell) for cell in cells))
    return ChartTable(title=area_words(area.key), heads=tuple(heads), rows=tuple(rows))


def more_words(count: int) -> str:
    """Return how many rows are left out, nothing where none is."""
    if count <= 0:
        return ""
    if count == 1:
        return translate("comparison", "1 more is in the exported file.")
    words = translate("comparison", "{count} more are in the exported file.")
    return words.format(count=number(count))
