"""What is painted, read back pixel by pixel, and the widths that layouts reckon with."""

import pytest
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from planner.core.pictures.colours import COLOURS
from planner.core.pictures.marks import HATCH_TILES
from planner.core.pictures.picture import (
    Anchor,
    Box,
    Group,
    Hatch,
    Ink,
    Path,
    Picture,
    Text,
)
from planner.core.pictures.text_width import text_width
from planner.ui.fonts import REGULAR, SEMIBOLD, ui_font
from planner.ui.picture_painter import paint_picture, picture_image

LIGHT = COLOURS["light"]


def image_of(*marks, scale: float = 1.0) -> QImage:
    picture = Picture(width=40, height=40, title="T", description="D", marks=marks)
    return picture_image(picture, LIGHT, scale)


def colours_of(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
    }


def inked_columns(image: QImage) -> list[int]:
    panel = LIGHT[Ink.PANEL]
    return [
        x
        for x in range(image.width())
        if any(image.pixelColor(x, y).name() != panel for y in range(image.height()))
    ]


@pytest.mark.parametrize("is_bold", [False, True])
@pytest.mark.parametrize(
    "words",
    [
        "Weights: 8.43 GiB",
        "Memory against context length",
        "fits up to 131,072 tokens",
        "Größe · Überhang ≥ ½",
        "2 × 40 layers × 10 heads",
    ],
)
def test_that_a_reckoned_width_is_what_qt_draws_or_a_little_more(look, words, is_bold):
    metrics = QFontMetricsF(ui_font(64, SEMIBOLD if is_bold else REGULAR))
    drawn = metrics.horizontalAdvance(words)
    reckoned = text_width(words, 64, is_bold=is_bold)
    assert drawn * 0.998 <= reckoned <= drawn * 1.03


def test_that_an_image_has_the_size_and_sharpness_asked_for(look):
    image = image_of(scale=2)
    assert (image.width(), image.height()) == (80, 80)
    assert image.dotsPerMeterX() == round(2 * 96 / 0.0254)
    assert colours_of(image) == {LIGHT[Ink.PANEL]}


def test_that_a_box_fills_just_its_place(look):
    image = image_of(Box(x=10, y=10, width=20, height=5, fill=Ink.WEIGHTS))
    filled = LIGHT[Ink.WEIGHTS]
    assert image.pixelColor(10, 10).name() == filled
    assert image.pixelColor(29, 14).name() == filled
    assert inked_columns(image) == list(range(10, 30))


def test_that_corners_are_round_and_lines_have_their_colour(look):
    box = Box(x=5, y=5, width=30, height=30, fill=Ink.FREE, line=Ink.ACCENT, radius=10)
    image = image_of(box)
    assert image.pixelColor(5, 5).name() == LIGHT[Ink.PANEL]
    assert image.pixelColor(20, 20).name() == LIGHT[Ink.FREE]
    assert image.pixelColor(20, 4).name() != LIGHT[Ink.PANEL]


@pytest.mark.parametrize("hatch", list(HATCH_TILES))
def test_that_a_hatch_changes_some_of_a_fill(look, hatch: Hatch):
    for mark in (
        Box(x=0, y=0, width=40, height=40, fill=Ink.KV_CACHE, hatch=hatch),
        Path(points=((0, 0), (40, 0), (40, 40), (0, 40)), fill=Ink.KV_CACHE, hatch=hatch),
    ):
        image = image_of(mark)
        plain = sum(
            image.pixelColor(x, y).name() == LIGHT[Ink.KV_CACHE]
            for x in range(40)
            for y in range(40)
        )
        assert 0.3 < plain / 1600 < 0.95


def test_that_a_hatch_without_a_fill_shows_what_is_below(look):
    below = Box(x=0, y=0, width=40, height=40, fill=Ink.WEIGHTS)
    over = Box(x=0, y=0, width=40, height=40, hatch=Hatch.CROSS)
    assert LIGHT[Ink.WEIGHTS] in colours_of(image_of(below, over))


def test_that_a_dashed_line_has_gaps(look):
    line = Path(points=((0, 20.5), (40, 20.5)), line=Ink.INK, is_dashed=True)
    row = [image_of(line).pixelColor(x, 20).name() for x in range(40)]
    assert LIGHT[Ink.INK] in row
    assert LIGHT[Ink.PANEL] in row


def test_that_an_arrow_is_wider_than_its_line_at_its_end(look):
    image = image_of(Path(points=((5, 20), (35, 20)), line=Ink.INK, has_arrow=True))
    heights = [
        sum(image.pixelColor(x, y).name() != LIGHT[Ink.PANEL] for y in range(40))
        for x in (10, 28)
    ]
    assert heights[1] > heights[0] + 3


@pytest.mark.parametrize("is_mono", [False, True])
def test_that_a_text_stands_by_its_anchor(look, is_mono: bool):
    columns = {
        anchor: inked_columns(
            image_of(Text(x=20, y=25, words="HH", anchor=anchor, is_mono=is_mono))
        )
        for anchor in Anchor
    }
    assert min(columns[Anchor.START]) >= 20
    assert max(columns[Anchor.END]) <= 20
    middle = columns[Anchor.MIDDLE]
    assert (min(middle) + max(middle)) / 2 == pytest.approx(20, abs=1)


def test_that_the_marks_of_a_group_are_painted_and_the_painter_is_as_it_was(look):
    box = Box(x=0, y=0, width=4, height=4, fill=Ink.WEIGHTS)
    group = Group(key="k", words="w", marks=(box,))
    picture = Picture(width=4, height=4, title="", description="", marks=(group,))
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        pen = painter.pen()
        paint_picture(painter, picture, LIGHT)
        assert painter.pen() == pen
    finally:
        painter.end()
    assert image.pixelColor(2, 2).name() == LIGHT[Ink.WEIGHTS]
