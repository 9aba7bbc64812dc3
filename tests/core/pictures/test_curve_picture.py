"""The chart of the curve: what is told, where it stands, and that nothing is cut off."""

from dataclasses import replace

import pytest

from planner.core.ledger import Part
from planner.core.pictures.chart_words import ChartWords
from planner.core.pictures.curve_picture import (
    crosshair_marks,
    curve_area,
    curve_picture,
    curve_table,
    largest_words,
    nearest_sample,
    planned_marks,
    same_picture,
    sample_rows,
    sample_words,
)
from planner.core.pictures.memory_curve import (
    CurveLimit,
    CurveSample,
    LimitKind,
    MemoryCurve,
    memory_curve,
)
from planner.core.pictures.picture import Box, Hatch, Ink, Path, Text
from planner.core.plan import PlanOptions
from planner.core.units import GIB
from tests.core.pictures.plans import RAM, gpu, marks_of, outside, texts_of


def sample(context_length: int, *part_gib: float) -> CurveSample:
    sizes = tuple(int(each * GIB) for each in part_gib)
    return CurveSample(
        context_length=context_length, part_bytes=sizes, high_bytes=sum(sizes) + GIB
    )


SMALL = MemoryCurve(
    parts=(Part.WEIGHTS, Part.KV_CACHE),
    samples=(sample(1024, 4, 1), sample(2048, 4, 2), sample(4096, 4, 4)),
    limits=(
        CurveLimit(kind=LimitKind.FREE, size_bytes=7 * GIB),
        CurveLimit(kind=LimitKind.TOTAL, size_bytes=10 * GIB),
    ),
    fits_context_length=2048,
    context_length=1024,
)
REFUSED = CurveSample(context_length=8192, reason="It is too long.")
GAP = replace(SMALL, samples=(SMALL.samples[0], REFUSED, sample(16384, 4, 16)))


def lines_of(curve: MemoryCurve, ink: Ink) -> list[Path]:
    marks = marks_of(curve_picture(curve, width=400).marks)
    return [mark for mark in marks if isinstance(mark, Path) and mark.line is ink]


def test_that_the_areas_stand_on_one_another_at_their_amounts():
    area = curve_area(SMALL, width=400)
    weights, cache = (
        group.marks[0]
        for group in curve_picture(SMALL, width=400).groups()
        if group.key in ("weights", "kv_cache")
    )
    assert isinstance(weights, Path)
    assert isinstance(cache, Path)
    xs = [area.x_at(each) for each in (1024, 2048, 4096)]
    for filled, tops in ((weights, (4, 4, 4)), (cache, (5, 6, 8))):
        for point, x, gib in zip(filled.points, xs, tops, strict=False):
            assert point == pytest.approx((x, area.y_at(gib * GIB)))
    assert weights.points[:3] == tuple(reversed(cache.points[3:]))
    assert (weights.hatch, cache.hatch) == (Hatch.NONE, Hatch.DIAGONAL)


def test_that_nothing_is_drawn_across_a_refusal():
    groups = [group.key for group in curve_picture(GAP, width=400).groups()]
    assert groups.count("weights") == 2
    area = curve_area(GAP, width=400)
    refused_x = area.x_at(8192)
    for mark in marks_of(curve_picture(GAP, width=400).marks):
        if isinstance(mark, Path) and mark.fill is Ink.WEIGHTS:
            xs = [x for x, _ in mark.points]
            assert not min(xs) < refused_x < max(xs)


def test_that_the_limits_and_the_largest_context_are_told_where_they_stand():
    area = curve_area(SMALL, width=400)
    words = texts_of(curve_picture(SMALL, width=400))
    assert {"7.00 GiB free", "10.00 GiB in all", "fits up to 2,048 tokens"} <= set(words)
    (fits,) = lines_of(SMALL, Ink.ACCENT)
    assert {x for x, _ in fits.points} == {area.x_at(2048)}
    heights = {line.points[0][1] for line in lines_of(SMALL, Ink.INK) if line.is_dashed}
    assert area.y_at(7 * GIB) in heights


def test_that_a_limit_that_is_far_above_is_told_in_words():
    limits = (
        CurveLimit(kind=LimitKind.SHARE, size_bytes=70 * GIB),
        CurveLimit(kind=LimitKind.TOTAL, size_bytes=80 * GIB),
    )
    far = replace(SMALL, limits=limits)
    words = texts_of(curve_picture(far, width=400))
    assert "70.00 GiB may be used (above this chart)" in words
    assert not any("80.00" in each for each in words)
    assert curve_area(far, width=400).highest < 12 * GIB


def test_that_of_two_near_limits_the_lower_one_is_labelled_below_its_line():
    limits = (
        CurveLimit(kind=LimitKind.FREE, size_bytes=int(9.8 * GIB)),
        CurveLimit(kind=LimitKind.TOTAL, size_bytes=10 * GIB),
    )
    curve = replace(SMALL, limits=limits)
    area = curve_area(curve, width=400)
    labels = {
        mark.words: mark.y
        for mark in marks_of(curve_picture(curve, width=400).marks)
        if isinstance(mark, Text)
    }
    assert labels["10.00 GiB in all"] < area.y_at(10 * GIB)
    assert labels["9.80 GiB free"] > area.y_at(9.8 * GIB) + 8


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({}, "Up to 2,048 tokens fit."),
        ({"fits_context_length": 4096}, "All of the model's 4,096 tokens fit."),
        ({"fits_context_length": None}, "No context fits."),
        (
            {"fits_context_length": None, "is_limit_known": False},
            "Which context fits is not known.",
        ),
    ],
)
def test_that_the_description_says_what_fits(changes, sentence):
    curve = replace(SMALL, **changes)
    assert largest_words(curve) == sentence
    description = curve_picture(curve, width=400).description
    assert description == f"5.00 GiB at 1,024 tokens to 8.00 GiB at 4,096 tokens. {sentence}"
    assert bool(lines_of(curve, Ink.ACCENT)) is (sentence.startswith("Up to"))


def test_that_a_curve_of_refusals_says_why():
    curve = MemoryCurve(parts=(), samples=(REFUSED,))
    picture = curve_picture(curve, width=400)
    assert picture.description == "Refused: It is too long."
    assert outside(picture) == []


def test_that_the_planned_context_is_marked_once_and_only_if_wanted():
    picture = curve_picture(SMALL, width=400)
    (planned,) = (group for group in picture.groups() if group.key == "planned")
    assert planned.words == "Planned: 1,024 tokens"
    (triangle,) = planned.marks
    assert isinstance(triangle, Path)
    area = curve_area(SMALL, width=400)
    assert triangle.points[0] == (area.left, area.bottom + 1)
    without = curve_picture(SMALL, width=400, shows_planned=False)
    assert "planned" not in {group.key for group in without.groups()}
    nobody = replace(SMALL, context_length=None)
    assert planned_marks(nobody, area) == ()
    assert "Planned context" not in texts_of(curve_picture(nobody, width=400))


def test_that_another_planned_context_is_the_same_picture_and_anything_else_is_not():
    assert same_picture(SMALL, SMALL)
    assert same_picture(SMALL, replace(SMALL, context_length=4096))
    assert not same_picture(SMALL, replace(SMALL, fits_context_length=4096))


def test_that_the_nearest_sample_is_found_from_both_sides():
    area = curve_area(SMALL, width=400)
    middle = area.x_at(2048)
    assert nearest_sample(SMALL, area, middle - 1) == 1
    assert nearest_sample(SMALL, area, middle + 1) == 1
    assert nearest_sample(SMALL, area, -100) == 0
    assert nearest_sample(SMALL, area, 9999) == 2


def test_that_the_rows_of_a_sample_go_from_the_top_area_down():
    assert sample_rows(SMALL, SMALL.samples[1]) == (
        ("2,048 tokens", ""),
        ("KV cache", "2.00 GiB"),
        ("Weights", "4.00 GiB"),
        ("Total", "6.00 GiB"),
        ("High estimate", "7.00 GiB"),
    )
    assert sample_words(SMALL, SMALL.samples[1]) == (
        "2,048 tokens; KV cache: 2.00 GiB; Weights: 4.00 GiB; Total: 6.00 GiB; "
        "High estimate: 7.00 GiB"
    )
    assert sample_words(GAP, REFUSED) == "8,192 tokens; Refused: It is too long."


@pytest.mark.parametrize("index", [0, 1, 2])
@pytest.mark.parametrize("width", [240, 400, 900])
def test_that_the_box_of_the_crosshair_stays_within_the_chart(index: int, width: float):
    area = curve_area(SMALL, width=width)
    line, box, *_ = crosshair_marks(SMALL, index, area)
    assert isinstance(line, Path)
    assert line.points[0][0] == area.x_at(SMALL.samples[index].context_length)
    assert isinstance(box, Box)
    assert box.x >= 0
    assert box.x + box.width <= width


def test_that_the_table_has_every_sample_with_its_sum():
    table = curve_table(GAP)
    assert table.heads == ("Tokens", "Weights", "KV cache", "Total", "High estimate")
    assert table.rows == (
        ("1,024", "4.00", "1.00", "5.00", "6.00"),
        ("8,192", "", "", "Refused: It is too long.", ""),
        ("16,384", "4.00", "16.00", "20.00", "21.00"),
    )


def test_that_words_can_be_of_another_language():
    german = ChartWords(curve_title="Speicher je Kontext", free_size="{size} frei")
    picture = curve_picture(SMALL, width=400, words=german)
    assert picture.title == "Speicher je Kontext"
    assert "7.00 GiB frei" in texts_of(picture)


@pytest.mark.parametrize("width", [260, 420, 900])
@pytest.mark.parametrize(
    ("model_id", "quant_format", "free_gib"),
    [("phi-4", "Q4_K_M", 10.6), ("phi-2", "Q4_K_M", 10.6), ("phi-3.5-moe", "F16", 80)],
)
def test_that_nothing_stands_out_of_the_chart(
    detail_of, width, model_id, quant_format, free_gib
):
    detail = detail_of(model_id, quant_format, gpu(free_gib + 1, free_gib), RAM)
    curve = memory_curve(detail, PlanOptions())
    assert curve is not None
    assert outside(curve_picture(curve, width=width)) == []
