"""Pages as pixels: sizes, sharpness, words, and pictures in both looks."""

import pytest

from planner.core.report_choices import PictureKey, PictureScheme
from planner.report.choices import FileChoices
from planner.report.pages import page_images, page_sizes
from planner.report.renderers import picture_pages, render


@pytest.fixture
def pdf(make_full):
    report, choices = make_full("phi-1", "F16")
    return render(report, "pdf", choices)


def test_that_a_page_of_a4_is_794_by_1123_pixels(pdf):
    # 210 by 297 mm at 96 pixels to an inch.
    assert {(round(width), round(height)) for width, height in page_sizes(pdf)} == {(794, 1123)}


def test_that_pages_are_drawn_as_large_as_asked_and_can_be_read(pdf):
    first, third = page_images(pdf, (0, 2), scale=2.0)
    assert (first.number, third.number) == (0, 2)
    assert (first.width, first.height) == (1588, 2246)
    assert len(first.pixels) == first.height * first.row_bytes
    assert first.row_bytes >= 3 * first.width
    assert "Phi-1 in F16" in first.words
    # The corner of a page is paper.
    assert first.pixels[:3] == b"\xff\xff\xff"


@pytest.mark.parametrize(
    ("scheme", "corner"),
    [(PictureScheme.LIGHT, b"\xff\xff\xff"), (PictureScheme.DARK, b"\x26\x1f\x1c")],
)
def test_that_a_picture_stands_on_the_panel_of_its_colours(make_full, scheme, corner):
    report, choices = make_full("phi-1", "F16")
    wished = FileChoices(pictures=choices.pictures, picture=PictureKey.SPEED, scheme=scheme)
    (image,) = page_images(picture_pages(wished), (0,), scale=1.0)
    middle = 3 * (image.width // 2)
    # Blue, green, red, near the upper edge.
    assert image.pixels[image.row_bytes * 2 + middle :][:3] == corner
    colour = f"#{corner[2]:02x}{corner[1]:02x}{corner[0]:02x}"
    assert colour in render(report, "svg", wished).decode()
