"""Arrow heads and what is where, on figures that can be checked on paper."""

from typing import Any

import pytest

from planner.core.pictures.legend import moved_mark, titled
from planner.core.pictures.marks import arrow_head, group_at, text_left
from planner.core.pictures.picture import Anchor, Box, Group, Ink, Path, Picture, Text
from planner.core.pictures.safe_words import safe_words
from planner.core.pictures.text_width import text_width


def picture_of(*marks: Any) -> Picture:
    return Picture(width=100, height=100, title="T", description="D", marks=marks)


def group(key: str, *marks: Any) -> Group:
    return Group(key=key, words=key, marks=marks)


def key_at(picture: Picture, x: float, y: float) -> str | None:
    found = group_at(picture, x, y)
    return None if found is None else found.key


def test_that_an_arrow_points_along_the_last_stretch():
    head = arrow_head(Path(points=((0, 0), (0, 5), (20, 5))))
    assert head == ((20.0, 5.0), (12.0, 9.0), (12.0, 1.0))


@pytest.mark.parametrize("points", [(), ((1, 1),), ((1, 1), (1, 1))])
def test_that_a_path_without_length_has_no_arrow(points: Any):
    assert arrow_head(Path(points=points)) is None


def test_that_the_last_and_innermost_group_is_found():
    low = group("low", Box(x=0, y=0, width=50, height=50))
    inner = group("inner", Box(x=10, y=10, width=10, height=10))
    high = group("high", Box(x=10, y=10, width=30, height=30), inner)
    picture = picture_of(Box(x=0, y=0, width=100, height=100), low, high)
    assert key_at(picture, 5, 5) == "low"
    assert key_at(picture, 15, 15) == "inner"
    assert key_at(picture, 35, 35) == "high"
    assert key_at(picture, 80, 80) is None


def test_that_a_group_is_found_beside_one_inside_that_is_elsewhere():
    inner = group("inner", Box(x=60, y=60, width=10, height=10))
    picture = picture_of(group("outer", Box(x=0, y=0, width=50, height=50), inner))
    assert key_at(picture, 20, 20) == "outer"


def test_that_a_filled_path_is_hit_inside_and_a_line_near_it():
    triangle = Path(points=((0, 0), (40, 0), (0, 40)), fill=Ink.INK)
    line = Path(points=((50, 0), (50, 100)), line=Ink.INK)
    dot = Path(points=((80, 80), (80, 80)), line=Ink.INK)
    picture = picture_of(group("filled", triangle), group("line", line), group("dot", dot))
    assert key_at(picture, 10, 10) == "filled"
    assert key_at(picture, 35, 35) is None
    assert key_at(picture, 54, 50) == "line"
    assert key_at(picture, 57, 50) is None
    assert key_at(picture, 83, 84) == "dot"


def test_that_a_text_is_hit_where_it_stands_whatever_its_anchor():
    wide = text_width("memory", 12)
    for anchor, left in (
        (Anchor.START, 50),
        (Anchor.MIDDLE, 50 - wide / 2),
        (Anchor.END, 50 - wide),
    ):
        text = Text(x=50, y=50, words="memory", anchor=anchor)
        assert text_left(text) == pytest.approx(left)
        picture = picture_of(group("text", text))
        assert key_at(picture, left + 1, 45) == "text"
        assert key_at(picture, left - 1, 45) is None
        assert key_at(picture, left + 1, 60) is None


def test_that_the_groups_are_told_outer_ones_first():
    picture = picture_of(group("one", group("two")), Box(x=0, y=0, width=1, height=1))
    assert [each.key for each in picture.groups()] == ["one", "two"]


def test_that_a_title_is_drawn_over_the_picture_and_everything_moves_with_it():
    inner = group("g", Text(x=1, y=2, words="x"), Path(points=((0, 0), (3, 4)), line=Ink.INK))
    picture = picture_of(Box(x=5, y=6, width=1, height=1), inner)
    whole = titled(picture)
    ground, heading, box, moved = whole.marks
    assert isinstance(ground, Box)
    assert (ground.width, ground.height) == (whole.width, whole.height)
    assert isinstance(heading, Text)
    assert heading.words == "T"
    assert isinstance(box, Box)
    by_x, by_y = box.x - 5, box.y - 6
    assert moved == moved_mark(inner, by_x, by_y)
    assert isinstance(moved, Group)
    assert moved.marks[1] == Path(points=((by_x, by_y), (by_x + 3, by_y + 4)), line=Ink.INK)


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("Phi-4 · Q4_K_M ≥ 1 · 权重", "Phi-4 · Q4_K_M ≥ 1 · 权重"),
        ("a\nb\tc", "a b c"),
        ("a\x00b\x1b[1m\x85", "a\ufffdb\ufffd[1m\ufffd"),
        (
            "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
            "\ufffdgnp.exe\ufffd \ufffdx\ufffd \ufffd\ufffd",
        ),
        ("\ud800 \uffff", "\ufffd \ufffd"),
    ],
)
def test_that_words_are_made_harmless_and_nothing_else_is_lost(words: str, safe: str):
    assert safe_words(words) == safe
