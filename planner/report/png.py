"""A picture as PNG, drawn from its PDF, so that both show the same and no screen is needed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

import pypdfium2

from planner.report.pdf_picture import POINTS_PER_PX, picture_pdf

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.core.pictures.picture import Ink, Picture

# Pixels of the file to one of the picture: sharp on a dense screen and in print.
DENSITY: Final = 2


def picture_png(picture: Picture, colours: Mapping[Ink, str]) -> bytes:
    """Return a picture as PNG on the background of its panel."""
    document = pypdfium2.PdfDocument(picture_pdf(picture, colours))
    try:
        page = document[0]
        bitmap = page.render(scale=DENSITY / POINTS_PER_PX)
        content = io.BytesIO()
        bitmap.to_pil().save(content, "PNG")
    finally:
        document.close()
    return content.getvalue()
