"""What can be chosen about a report: what it says, and which kind of file it becomes."""

from __future__ import annotations

from enum import StrEnum

from planner.core.records import dataclass


class ReportFormat(StrEnum):
    """The kinds of file, by their suffix; what is no text comes last."""

    MARKDOWN = "md"
    JSON = "json"
    HTML = "html"
    CSV = "csv"
    SVG = "svg"
    PDF = "pdf"
    PNG = "png"

    @property
    def is_picture(self) -> bool:
        """Whether the file holds one picture and nothing else."""
        return self in (ReportFormat.SVG, ReportFormat.PNG)


class ReportScope(StrEnum):
    """What a report is about: one plan, one model over all formats, or all models."""

    PLAN = "plan"
    MODEL = "model"
    ALL = "all"


class Paper(StrEnum):
    """What a PDF is printed on."""

    A4 = "a4"
    LETTER = "letter"


class CsvTable(StrEnum):
    """Which table a CSV file holds."""

    GRID = "grid"
    LEDGER = "ledger"


class PictureKey(StrEnum):
    """The pictures that a report may have."""

    MEMORY = "memory"
    CONTEXT = "context"
    FRONTIER = "frontier"
    SPEED = "speed"
    ARCHITECTURE = "architecture"


class PictureScheme(StrEnum):
    """The colours of a picture that stands alone; a page of paper is light."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportChoices:
    """What a person wants of a report; what the chosen format has no use for is kept."""

    format: ReportFormat = ReportFormat.PDF
    scope: ReportScope = ReportScope.ALL
    paper: Paper = Paper.A4
    table: CsvTable = CsvTable.GRID
    picture: PictureKey = PictureKey.MEMORY
    scheme: PictureScheme = PictureScheme.LIGHT
