"""The words for what can be chosen about a report, and for what it becomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from planner.core.report_choices import (
    CsvTable,
    Paper,
    PictureKey,
    PictureScheme,
    ReportFormat,
    ReportScope,
)
from planner.ui.figures import readable_size
from planner.ui.text import FACT_MARK

if TYPE_CHECKING:
    from planner.ui.models.report_values import RenderedReport, ReportSubject

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

Entries = tuple[tuple[object, str], ...]


def format_entries() -> Entries:
    """Return the formats, those that people attach first."""
    return (
        (ReportFormat.PDF, translate("report", "PDF, to print and attach")),
        (ReportFormat.HTML, translate("report", "HTML, one page for a browser")),
        (ReportFormat.MARKDOWN, translate("report", "Markdown, for a ticket")),
        (ReportFormat.JSON, translate("report", "JSON, for programs")),
        (ReportFormat.CSV, translate("report", "CSV, for a spreadsheet")),
        (ReportFormat.SVG, translate("report", "SVG, one picture")),
        (ReportFormat.PNG, translate("report", "PNG, one picture")),
    )


def scope_entries() -> Entries:
    """Return what a report can be about, from little to much."""
    return (
        (ReportScope.PLAN, translate("report", "This plan")),
        (ReportScope.MODEL, translate("report", "This model, every format")),
        (ReportScope.ALL, translate("report", "All models, every format")),
    )


def paper_entries() -> Entries:
    """Return the sizes of paper."""
    return (
        (Paper.A4, translate("report", "A4")),
        (Paper.LETTER, translate("report", "Letter")),
    )


def table_entries() -> Entries:
    """Return the tables of a CSV file."""
    return (
        (CsvTable.GRID, translate("report", "Verdicts")),
        (CsvTable.LEDGER, translate("report", "Memory, line by line")),
    )


def picture_entries() -> Entries:
    """Return the pictures."""
    return (
        (PictureKey.MEMORY, translate("report", "Memory")),
        (PictureKey.CONTEXT, translate("report", "Memory against context")),
        (PictureKey.FRONTIER, translate("report", "Longest contexts")),
        (PictureKey.SPEED, translate("report", "Speed")),
        (PictureKey.ARCHITECTURE, translate("report", "Architecture")),
    )


def scheme_entries() -> Entries:
    """Return the colours of a picture."""
    return (
        (PictureScheme.LIGHT, translate("report", "Light")),
        (PictureScheme.DARK, translate("report", "Dark")),
    )


def facts_text(rendered: RenderedReport) -> str:
    """Return what a file is, such as `PDF · 5 pages · 120 KiB`."""
    facts = [rendered.wish.choices.format.name.replace("MARKDOWN", "Markdown")]
    if rendered.wish.choices.format is ReportFormat.PDF:
        facts.append(_pages_text(len(rendered.page_sizes)))
    facts.append(readable_size(len(rendered.content)))
    return FACT_MARK.join(facts)


def page_text(page: int, count: int) -> str:
    """Return which page is read; `page` counts from 0."""
    return translate("report", "Page {number} of {count}").format(number=page + 1, count=count)


def shown_as_text(report_format: ReportFormat) -> str:
    """Return how what is shown differs from the file, nothing where it does not."""
    if report_format is ReportFormat.HTML:
        return translate(
            "report",
            "Shown on paper. A browser shows the same content as wide as its window, in light "
            "or dark as the system is.",
        )
    return ""


def scope_reason(subject: ReportSubject, report_format: ReportFormat) -> str:
    """Return why what a report is about cannot be chosen, nothing where it can."""
    if report_format.is_picture:
        return translate("report", "A picture is of this plan.")
    if not subject.plan:
        return translate(
            "report", "Your own file leads no report: choose a model of the catalogue for that."
        )
    return ""


def pictures_reason() -> str:
    """Return why there are no pictures."""
    return translate("report", "There is no picture: nothing can be said of this plan.")


def _pages_text(count: int) -> str:
    if count == 1:
        return translate("report", "1 page")
    return translate("report", "{count} pages").format(count=count)
