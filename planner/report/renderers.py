"""From a report to the bytes of a file; a format's library is loaded when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.errors import PlannerError
from planner.core.pictures.colours import COLOURS
from planner.core.report_choices import ReportFormat
from planner.report.choices import DEFAULT_CHOICES

if TYPE_CHECKING:
    from planner.core.pictures.picture import Picture
    from planner.report.choices import FileChoices
    from planner.report.fit_report import FitReport

FORMATS: Final = tuple(each.value for each in ReportFormat)
BINARY_FORMATS: Final = frozenset({"pdf", "png"})


def render(report: FitReport, name: str, choices: FileChoices = DEFAULT_CHOICES) -> bytes:
    """Return the content of a report's file; the same report gives the same bytes.

    Args:
        report: What to say.
        name: One of `FORMATS`.
        choices: Pictures, paper, and which part where a file holds one part.

    Raises:
        PlannerError: the report has no such table or picture.
    """
    if name == "pdf":
        from planner.report.pdf import render_pdf

        return render_pdf(report, pictures=choices.pictures, paper=choices.paper)
    if name == "png":
        from planner.report.png import picture_png

        return picture_png(_picture(choices), COLOURS[choices.scheme])
    return _text(report, name, choices).encode("utf-8", "replace")


def picture_pages(choices: FileChoices) -> bytes:
    """Return the chosen picture as a PDF of one page, in the colours of its file.

    Raises:
        PlannerError: there is no such picture.
    """
    from planner.report.pdf_picture import picture_pdf

    return picture_pdf(_picture(choices), COLOURS[choices.scheme])


def _text(report: FitReport, name: str, choices: FileChoices) -> str:
    match name:
        case "md":
            from planner.report.markdown import render_markdown

            return render_markdown(report)
        case "json":
            from planner.report.json_format import render_json

            return render_json(report)
        case "html":
            from planner.report.html import render_html

            return render_html(report, pictures=choices.pictures)
        case "csv":
            from planner.report.csv_format import render_csv

            return render_csv(report, choices.table)
        case "svg":
            from planner.core.pictures.svg import picture_svg

            colours = COLOURS[choices.scheme]
            return picture_svg(_picture(choices), colours, prefix=choices.picture)
        case _:
            raise ValueError(f"there is no format {name!r}")


def _picture(choices: FileChoices) -> Picture:
    """Return the chosen picture, to stand for itself."""
    from planner.core.pictures.legend import titled

    found = choices.pictures.get(choices.picture)
    if found is not None:
        return titled(found)
    known = ", ".join(choices.pictures)
    has = f"It has: {known}." if known else "It has none: no plan leads it."
    raise PlannerError(f"This report has no picture {choices.picture.value!r}. {has}")
