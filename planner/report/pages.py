"""The pages of a PDF as pixels: what a preview shows is what the file has."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from planner.core.pictures.page_image import PageImage
from planner.report.pdf_picture import POINTS_PER_PX
from planner.report.pdfium import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from planner.report.pdfium import PdfDocument


class PageSize(NamedTuple):
    """How large a page is, in the pixels of our pictures: 96 to an inch."""

    width: float
    height: float


def page_sizes(pdf: bytes) -> tuple[PageSize, ...]:
    """Return the sizes of all pages."""
    with opened(pdf) as document:
        return tuple(
            PageSize(*(points / POINTS_PER_PX for points in document.get_page_size(number)))
            for number in range(len(document))
        )


def page_images(pdf: bytes, numbers: Iterable[int], *, scale: float) -> tuple[PageImage, ...]:
    """Draw some of the pages.

    Args:
        pdf: The whole document.
        numbers: Which of its pages, counted from 0.
        scale: Pixels of the image to one of `page_sizes`.
    """
    with opened(pdf) as document:
        return tuple(_image(document, number, scale / POINTS_PER_PX) for number in numbers)


def _image(document: PdfDocument, number: int, scale: float) -> PageImage:
    page = document[number]
    bitmap = page.render(scale=scale)
    return PageImage(
        number=number,
        width=bitmap.width,
        height=bitmap.height,
        row_bytes=bitmap.stride,
        pixels=bytes(bitmap.buffer),
        words=page.get_textpage().get_text_bounded(),
    )
