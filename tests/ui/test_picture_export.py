"""Saving a picture: whole or not at all, and by its suffix."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from planner.core.errors import PlannerError
from planner.core.pictures.colours import COLOURS
from planner.core.pictures.legend import titled
from planner.core.pictures.picture import Box, Ink, Picture
from planner.core.pictures.svg import picture_svg
from planner.ui.picture_export import save_picture

BOX = Box(x=0, y=0, width=100, height=50, fill=Ink.WEIGHTS)
PICTURE = Picture(width=100, height=50, title="Bars", description="A box.", marks=(BOX,))


def test_that_a_png_is_sharp_and_says_what_it_shows(look, tmp_path: Path):
    path = tmp_path / "bars.PNG"
    save_picture(PICTURE, path)
    image = QImage(str(path))
    whole = titled(PICTURE)
    assert (image.width(), image.height()) == (2 * whole.width, 2 * whole.height)
    assert image.text("Title") == "Bars"
    assert image.text("Description") == "A box."
    assert image.pixelColor(4, 4).name() == COLOURS["light"][Ink.PANEL]
    middle = image.pixelColor(image.width() // 2, image.height() - 60)
    assert middle.name() == COLOURS["light"][Ink.WEIGHTS]


def test_that_a_svg_is_the_titled_picture_in_the_scheme_asked_for(look, tmp_path: Path):
    path = tmp_path / "bars.svg"
    save_picture(PICTURE, str(path), "dark")
    assert path.read_text(encoding="utf-8") == picture_svg(titled(PICTURE), COLOURS["dark"])


def test_that_another_suffix_is_refused_with_those_there_are(tmp_path: Path):
    with pytest.raises(PlannerError, match=r"must end in \.png or \.svg"):
        save_picture(PICTURE, tmp_path / "bars.gif")
    assert list(tmp_path.iterdir()) == []


def test_that_a_folder_that_is_not_there_is_said(look, tmp_path: Path):
    with pytest.raises(PlannerError, match=r"was not saved: .+ Nothing was changed\."):
        save_picture(PICTURE, tmp_path / "nowhere" / "bars.svg")


def test_that_a_picture_too_large_for_an_image_is_said(look, tmp_path: Path):
    huge = Picture(width=40_000, height=1_000_000, title="", description="", marks=())
    with pytest.raises(PlannerError, match="too large"):
        save_picture(huge, tmp_path / "huge.png")
    assert list(tmp_path.iterdir()) == []


def test_that_a_file_that_could_not_be_replaced_is_as_it_was(look, tmp_path: Path):
    path = tmp_path / "taken.svg"
    path.mkdir()
    with pytest.raises(PlannerError):
        save_picture(PICTURE, path)
    assert path.is_dir()
