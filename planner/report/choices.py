"""How a report becomes a file, beside what the report says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from planner.core.report_choices import CsvTable, Paper, PictureKey, PictureScheme

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.core.pictures.picture import Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoices:
    """How a report becomes a file.

    `pictures` are those of `report_pictures`; a page without them shows their figures as
    tables. `table` is the one of a CSV file, `picture` the one of an SVG or PNG file, which is
    in the colours of `scheme`.
    """

    pictures: Mapping[PictureKey, Picture] = field(default_factory=dict)
    paper: Paper = Paper.A4
    table: CsvTable | None = None
    picture: PictureKey = PictureKey.MEMORY
    scheme: PictureScheme = PictureScheme.LIGHT


DEFAULT_CHOICES = FileChoices()
