"""What can be chosen about a report's file, beside what the report says."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.core.pictures.picture import Picture


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


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoices:
    """How a report becomes a file.

    `pictures` are those of `report_pictures`; a page without them shows their figures as
    tables. `table` is the one of a CSV file, `picture` the one of an SVG or PNG file.
    """

    pictures: Mapping[PictureKey, Picture] = field(default_factory=dict)
    paper: Paper = Paper.A4
    table: CsvTable | None = None
    picture: PictureKey = PictureKey.MEMORY


DEFAULT_CHOICES = FileChoices()
