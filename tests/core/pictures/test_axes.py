import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.pictures.axes import PlotArea, round_ticks, token_marks, token_ticks
from planner.core.pictures.chart_words import short_tokens
from planner.core.pictures.picture import Text
from planner.core.pictures.text_width import text_width


def area_of(*, width: float = 400, shortest: int = 256, longest: int = 16384) -> PlotArea:
    return PlotArea(
        left=30,
        top=10,
        width=width,
        height=100,
        shortest=shortest,
        longest=longest,
        highest=50,
    )


def test_that_each_doubling_takes_as_much_of_the_axis():
    area = area_of()
    places = [area.x_at(256 << power) for power in range(7)]
    assert places[0] == area.left
    assert places[-1] == area.right
    steps = {round(after - before, 6) for before, after in itertools.pairwise(places)}
    assert len(steps) == 1


def test_that_amounts_stand_between_the_bottom_and_the_top():
    area = area_of()
    assert area.y_at(0) == area.bottom == 110
    assert area.y_at(25) == 60
    assert area.y_at(50) == area.top == 10
    assert area.y_at(1e9) == area.top
    assert area.y_at(-1) == area.bottom


def test_that_a_model_of_a_single_length_stands_at_the_left():
    assert area_of(shortest=64, longest=64).x_at(64) == 30


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        (11.9, (0, 5, 10)),
        (43, (0, 20, 40)),
        (3.4, (0, 1, 2, 3)),
        (10, (0, 2.5, 5, 7.5, 10)),
        (0.4, (0, 0.1, 0.2, 0.3, 0.4)),
    ],
)
def test_that_ticks_are_round(highest: float, ticks: tuple[float, ...]):
    assert round_ticks(highest) == pytest.approx(ticks)


@given(highest=st.floats(min_value=1e-3, max_value=1e9))
def test_that_there_are_two_to_five_ticks(highest: float):
    ticks = round_ticks(highest)
    assert 2 <= len(ticks) <= 5
    assert ticks[0] == 0
    assert ticks[-1] <= highest * (1 + 1e-6)


@given(
    width=st.floats(min_value=60, max_value=2000),
    longest=st.integers(min_value=256, max_value=1 << 18),
)
def test_that_the_labels_of_the_lengths_do_not_touch(width: float, longest: int):
    area = area_of(width=width, longest=longest)
    assert token_ticks(area, short_tokens)[-1] == longest
    labels = [mark for mark in token_marks(area, short_tokens) if isinstance(mark, Text)]
    ends = [(each.x, text_width(each.words, each.size_px) / 2) for each in labels]
    for (one, half), (other, other_half) in itertools.pairwise(ends):
        assert one + half < other - other_half


@pytest.mark.parametrize(
    ("tokens", "words"),
    [
        (512, "512"),
        (1024, "1k"),
        (10_752, "10.5k"),
        (131_072, "128k"),
        (1_048_576, "1,024k"),
        (8_533, "8,533"),
    ],
)
def test_that_short_tokens_are_exact(tokens: int, words: str):
    assert short_tokens(tokens) == words
