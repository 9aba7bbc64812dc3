"""The grid or the ledger as CSV: one table a file, bytes as whole numbers."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from planner.core.errors import PlannerError
from planner.core.report_choices import CsvTable
from planner.report.document import plain
from planner.report.fit_report import FitReport, ReportResult
from planner.report.records import ReportBand

# A spreadsheet runs a cell that begins so; with a quotation mark before it, it is text
# (OWASP, CSV Injection).
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_BAND: Final = ("low_bytes", "expected_bytes", "high_bytes")
_GRID_HEAD: Final = (
    *("machine", "target", "model", "quant_format", "verdict"),
    *(f"needed_{name}" for name in _BAND),
    *("gpu_layer_count", "layer_count", "max_context_length", "reason"),
)
_LEDGER_HEAD: Final = (*("part", "place", "device"), *_BAND, "formula", "reason", "source")
_Value = str | int | None


def render_csv(report: FitReport, table: CsvTable | None = None) -> str:
    """Return one table; by default the ledger of a report on one plan, else the grid.

    Raises:
        PlannerError: the report has no plan, and so no ledger.
    """
    if table is None:
        table = CsvTable.LEDGER if report.scope == "plan" else CsvTable.GRID
    rows = _ledger(report) if table is CsvTable.LEDGER else _grid(report)
    head = _LEDGER_HEAD if table is CsvTable.LEDGER else _GRID_HEAD
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(_neutral(row) for row in rows)
    return out.getvalue()


def _neutral(row: Iterable[_Value]) -> list[_Value]:
    return [harmless(value) if isinstance(value, str) else value for value in row]


def harmless(text: str) -> str:
    """Return text on one line that no spreadsheet takes for a formula."""
    line = plain(text)
    return f"'{line}" if line.startswith(_FORMULA_STARTS) else line


def _grid(report: FitReport) -> Iterator[Sequence[_Value]]:
    yield from _results(report.pool().name, report.target, report.results)
    for other in report.other_machines:
        yield from _results(other.name, other.target, other.results)


def _results(
    machine: str, target: str, results: Sequence[ReportResult]
) -> Iterator[Sequence[_Value]]:
    for each in results:
        yield (
            *(machine, target, each.model, each.quant_format, each.verdict),
            *_sizes(each.needed_bytes),
            each.gpu_layer_count,
            each.layer_count,
            each.max_context_length,
            each.reason,
        )


def _ledger(report: FitReport) -> Iterator[Sequence[_Value]]:
    plan = None if report.answer is None else report.answer.plan
    if plan is None:
        raise PlannerError(
            "This report has no plan that leads, so there is no ledger to write as CSV; the "
            "grid can be written."
        )
    for line in plan.ledger:
        yield (
            *(line.part, line.place, line.device),
            *_sizes(line.bytes),
            *(line.formula, line.reason, line.source),
        )


def _sizes(band: ReportBand | None) -> tuple[int | None, int | None, int | None]:
    if band is None:
        return (None, None, None)
    return (band.low, band.expected, band.high)
