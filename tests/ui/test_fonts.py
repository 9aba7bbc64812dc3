import logging

import pytest
from PySide6.QtGui import QFont, QFontInfo, QFontMetricsF, QRawFont

from planner.paths import shipped
from planner.ui import fonts
from planner.ui.fonts import (
    BODY_PX,
    FAMILY,
    FILES,
    REGULAR,
    SECONDARY_PX,
    SEMIBOLD,
    load_fonts,
    sized,
    ui_font,
)

FOLDER = shipped("resources") / "fonts"
WEIGHTS = pytest.mark.parametrize("weight", [REGULAR, SEMIBOLD])


@WEIGHTS
def test_that_the_bundled_typeface_is_what_qt_draws_with(look, weight: int):
    info = QFontInfo(ui_font(BODY_PX, weight))
    assert (info.family(), info.weight(), info.pixelSize()) == (FAMILY, weight, BODY_PX)


@WEIGHTS
def test_that_all_figures_are_of_one_width(look, weight: int):
    metrics = QFontMetricsF(ui_font(64, weight))
    widths = {metrics.horizontalAdvance(figure) for figure in "0123456789"}
    assert len(widths) == 1
    assert metrics.horizontalAdvance("11,111.11") == metrics.horizontalAdvance("88,888.88")


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    "letters",
    [
        "The quick brown fox 0123456789 !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
        "ÄÖÜäöüßéèêçñøåÆŒœŁłŠšŽžĞğİı",
        "ΑΒΓΔΩαβγδω",
        "×÷±≤≥≈≠−·•…–—’“”→←↑↓●○■□▲▼µ°²³½€™",
    ],
    ids=["ascii", "latin", "greek", "signs"],
)
def test_that_the_typeface_has_the_letters_of_the_window(look, name: str, letters: str):
    font = QRawFont(str(FOLDER / name), 16)
    assert [letter for letter in letters if not font.supportsCharacter(ord(letter))] == []


def test_that_the_typeface_is_small_and_has_its_licence_beside_it():
    assert all((FOLDER / name).stat().st_size < 60_000 for name in FILES)
    licence = (FOLDER / "PlannerSans-OFL.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence
    assert "The Inter Project Authors" in licence


def test_that_it_does_not_carry_the_name_it_was_made_from(look):
    for name in FILES:
        assert "Inter" not in QRawFont(str(FOLDER / name), 16).familyName()


def test_that_the_sizes_grow_with_the_text_of_the_application(look):
    large = ui_font(26)
    assert sized(large, SECONDARY_PX).pixelSize() == 24
    assert sized(large, BODY_PX, SEMIBOLD).weight() == QFont.Weight.DemiBold
    assert large.pixelSize() == 26, "the font it was asked about stays as it was"


def test_that_a_font_without_a_pixel_size_counts_as_body_text(look):
    assert sized(QFont(FAMILY, 40), SECONDARY_PX).pixelSize() == SECONDARY_PX


@pytest.mark.logs_warnings
def test_that_a_missing_font_is_a_warning_and_no_more(look, monkeypatch, tmp_path, caplog):
    monkeypatch.setattr(fonts, "shipped", lambda _name: tmp_path)
    with caplog.at_level(logging.WARNING):
        load_fonts()
    assert "PlannerSans-Regular.otf" in caplog.text
