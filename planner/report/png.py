"""A picture as PNG, drawn from its PDF, so that both show the same and no screen is needed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from planner.report.pdf_picture import POINTS_PER_PX, picture_pdf
from planner.report.pdfium import opened

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.core.pictures.picture import Ink, Picture
    from planner.report.pdfium import PdfDocument

# Pixels of the file to one of the picture: sharp on a dense screen and in print.
DENSITY: Final = 2


def picture_png(picture: Picture, colours: Mapping[Ink, str]) -> bytes:
    """Return a picture as PNG on the background of its panel."""
    with opened(picture_pdf(picture, colours)) as document:
        return _first_page(document)


def _first_page(document: PdfDocument) -> bytes:
    content = io.BytesIO()
    document[0].render(scale=DENSITY / POINTS_PER_PX).to_pil().save(content, "PNG")
    return content.getvalue()
