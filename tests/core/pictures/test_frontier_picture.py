"""The map of the frontier: every cell's answer in words, in colour and without colour."""

import pytest

from planner.core.frontier import Frontier, FrontierCell
from planner.core.pictures.frontier_picture import (
    answers_of,
    cell_words,
    frontier_picture,
    frontier_table,
)
from planner.core.pictures.picture import Box, Group, Ink, Path, Text
from planner.core.plan import CacheType
from tests.core.pictures.plans import outside, texts_of


def cell(
    quant_format: str,
    cache_type: CacheType,
    fits: int | None = None,
    tight: int | None = None,
    reason: str | None = None,
) -> FrontierCell:
    return FrontierCell(
        quant_format=quant_format,
        cache_type=cache_type,
        fits_context_length=fits,
        tight_context_length=tight,
        reason=reason,
    )


F16, Q8 = CacheType.F16, CacheType.Q8_0
FRONTIER = Frontier(
    model_id="m",
    target_id="gpu0",
    max_context_length=16384,
    quant_formats=("Q8_0", "Q4_K_M"),
    cache_types=(F16, Q8),
    cells=(
        cell("Q8_0", F16, reason="Even one token is too much."),
        cell("Q8_0", Q8, fits=2560, tight=4096),
        cell("Q4_K_M", F16, fits=7680, tight=10752),
        cell("Q4_K_M", Q8, fits=16384, tight=16384),
    ),
)
PLANNED = 8192


def group_of(key: str, width: float = 500) -> Group:
    picture = frontier_picture(FRONTIER, context_length=PLANNED, width=width)
    return next(each for each in picture.groups() if each.key == key)


@pytest.mark.parametrize(
    ("key", "fill", "label"),
    [
        ("Q8_0/f16", None, "–"),
        ("Q8_0/q8_0", Ink.NO_FILL, "2.5k"),
        ("Q4_K_M/f16", Ink.TIGHT_FILL, "7.5k"),
        ("Q4_K_M/q8_0", Ink.FITS_FILL, "16k"),
    ],
)
def test_that_a_cell_tells_the_largest_context_and_how_the_planned_one_does(key, fill, label):
    ground, *_, text = group_of(key).marks
    assert isinstance(ground, Box)
    assert ground.fill is fill
    assert isinstance(text, Text)
    assert text.words == label


def test_that_the_signs_differ_without_colour():
    def sign(key: str) -> tuple[bool, bool]:
        ring, *half = group_of(key).marks[1:-1]
        assert isinstance(ring, Box)
        return ring.fill is not None, any(isinstance(each, Path) for each in half)

    signs = [sign(key) for key in ("Q4_K_M/q8_0", "Q4_K_M/f16", "Q8_0/q8_0")]
    assert signs == [(True, False), (False, True), (False, False)]
    assert len(group_of("Q8_0/f16").marks) == 2


def test_that_narrow_cells_tell_by_weight_and_outline():
    def look(key: str) -> tuple[bool, Ink | None]:
        ground, text = group_of(key, width=150).marks
        assert isinstance(ground, Box)
        assert isinstance(text, Text)
        return text.is_bold, ground.line

    assert look("Q4_K_M/q8_0") == (True, None)
    assert look("Q4_K_M/f16") == (False, None)
    assert look("Q8_0/q8_0") == (False, Ink.OUTLINE)


def test_that_a_label_that_is_too_wide_is_rounded_down():
    labels = [
        mark.words for mark in group_of("Q4_K_M/f16", width=115).marks if isinstance(mark, Text)
    ]
    assert labels == ["7k"]


def test_that_the_words_of_a_cell_say_all_of_it():
    assert [cell_words(each) for each in FRONTIER.cells] == [
        "Q8_0, KV cache f16: Even one token is too much.",
        "Q8_0, KV cache q8_0: up to 2,560 tokens fit, 4,096 if it is tight",
        "Q4_K_M, KV cache f16: up to 7,680 tokens fit, 10,752 if it is tight",
        "Q4_K_M, KV cache q8_0: up to 16,384 tokens fit",
    ]
    only_tight = cell("Q6_K", F16, tight=512, reason="It is not promised.")
    assert cell_words(only_tight) == "Q6_K, KV cache f16: 512 tokens at most, and tight"
    assert cell_words(cell("Q6_K", F16)) == "Q6_K, KV cache f16: –"


def test_that_a_small_context_that_fits_only_tightly_is_shown():
    only_tight = Frontier(
        model_id="m",
        target_id="gpu0",
        max_context_length=512,
        quant_formats=("Q6_K",),
        cache_types=(F16,),
        cells=(cell("Q6_K", F16, tight=512),),
    )
    assert "512" in texts_of(frontier_picture(only_tight, context_length=256, width=90))


def test_that_the_table_has_the_tokens_in_full():
    table = frontier_table(FRONTIER)
    assert table.heads == ("Quant format", "KV cache f16", "KV cache q8_0")
    assert table.rows == (("Q8_0", "–", "2,560"), ("Q4_K_M", "7,680", "16,384"))


def test_that_the_answers_change_only_where_the_planned_context_passes_one():
    assert answers_of(FRONTIER, 8192) == answers_of(FRONTIER, 9000)
    assert answers_of(FRONTIER, 8192) != answers_of(FRONTIER, 7680)


@pytest.mark.parametrize("width", [160, 300, 900])
def test_that_nothing_stands_out_of_the_map(width: float):
    picture = frontier_picture(FRONTIER, context_length=PLANNED, width=width)
    assert outside(picture) == []
    assert picture.description.startswith("Quant formats by KV cache types, in tokens: Q8_0")
