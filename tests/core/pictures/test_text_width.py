"""Widths against the typeface's own figures: Inter has 2,816 units to the em."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.pictures.text_width import elided, text_width

SIZES = st.floats(min_value=0, max_value=500)


def test_that_figures_are_of_one_width():
    # `zero.tf` of Inter 3.19 is 1,824 units wide, 1,888 in semibold.
    assert text_width("0123456789", 2816) == pytest.approx(10 * 1824)
    assert text_width("11111", 2816, is_bold=True) == pytest.approx(5 * 1888)


def test_that_a_larger_size_is_wider_in_proportion():
    assert text_width("Weights", 24) == pytest.approx(2 * text_width("Weights", 12))


@pytest.mark.parametrize(
    ("words", "em"),
    [("权重", 2.0), ("カー", 2.0), ("e\N{COMBINING ACUTE ACCENT}", 1640 / 2816), ("☃", 0.65)],
    ids=["chinese", "japanese", "combining", "not-in-the-typeface"],
)
def test_that_letters_of_other_typefaces_have_a_width_too(words: str, em: float):
    assert text_width(words, 100) == pytest.approx(100 * em)


def test_that_every_letter_of_a_monospaced_text_is_as_wide():
    assert text_width("iiii", 10, is_mono=True) == text_width("WWWW", 10, is_mono=True)
    assert text_width("权", 10, is_mono=True) == pytest.approx(10)


@given(words=st.text(max_size=40), room=SIZES)
def test_that_what_is_elided_fits_and_begins_as_the_whole(words: str, room: float):
    cut = elided(words, 12, room)
    assert text_width(cut, 12) <= room
    assert cut in ("", words) or words.startswith(cut.removesuffix("…"))


def test_that_as_much_as_fits_stays():
    cut = elided("Overheads", 12, 40)
    assert cut.endswith("…")
    longer = "Overheads"[: len(cut)] + "…"
    assert text_width(longer, 12) > 40
    assert elided("Runtime overhead", 12, 500) == "Runtime overhead"
    assert elided("Runtime overhead", 12, 5) == ""
