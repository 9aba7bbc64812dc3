"""The band of speed: its figures, its gaps, and that it says that it is modelled."""

import pytest

from planner.core.pictures.picture import Path
from planner.core.pictures.speed_picture import speed_picture, speed_table
from planner.core.speed import SpeedBand, SpeedEstimate
from tests.core.pictures.plans import marks_of, outside, texts_of


def at(context_length: int, rate: float | None) -> SpeedEstimate:
    band = None
    if rate is not None:
        band = SpeedBand(
            low_tokens_per_s=rate * 0.8,
            expected_tokens_per_s=rate,
            high_tokens_per_s=rate * 1.2,
        )
    return SpeedEstimate(context_length=context_length, decode=band, prefill=None)


CURVE = (at(1024, 100), at(2048, 90), at(4096, 50))


def test_that_the_band_and_its_expected_line_are_drawn():
    picture = speed_picture(CURVE, width=400, context_length=2048)
    (group,) = picture.groups()
    assert group.words == "100 tokens per second (80.0 to 120)"
    band, line = group.marks
    assert isinstance(band, Path)
    assert isinstance(line, Path)
    assert len(band.points) == 6
    heights = [y for _, y in line.points]
    assert heights == sorted(heights)
    assert "Planned context" in texts_of(picture)
    assert outside(picture) == []


def test_that_it_is_called_modelled_everywhere():
    picture = speed_picture(CURVE, width=400)
    assert "modelled" in picture.title
    assert picture.description == (
        "Decoding 100 tokens per second at 1,024 tokens of context, 50.0 at 4,096. "
        "Modelled, not measured."
    )
    assert "Planned context" not in texts_of(picture)


def test_that_a_context_without_a_figure_leaves_a_gap():
    curve = (*CURVE, at(8192, None), at(16384, 20))
    picture = speed_picture(curve, width=400)
    assert len(list(picture.groups())) == 2
    assert speed_table(curve).rows[3] == ("8,192", "", "not known", "")


def test_that_a_machine_of_unknown_speed_says_so():
    picture = speed_picture((at(1024, None), at(2048, None)), width=400)
    assert picture.description == "not known"
    assert not list(picture.groups())
    assert list(marks_of(picture.marks))


def test_that_the_table_goes_from_slowest_to_fastest():
    table = speed_table(CURVE)
    assert table.heads == ("Tokens", "Slowest", "Expected", "Fastest")
    assert table.rows[0] == ("1,024", "80.0", "100", "120")


def test_that_no_context_at_all_is_refused():
    with pytest.raises(ValueError, match="at least one"):
        speed_picture((), width=400)
