"""What is worked out again, and what a step of the context leaves as it was."""

from dataclasses import replace

import pytest

from planner.core.pictures.chart_values import LatestCharts
from planner.core.pictures.memory_curve import memory_curve
from planner.core.plan import CacheType, PlanOptions, RuntimeName
from tests.core.pictures.plans import RAM, gpu

CARD = gpu(12, 10.6)
FORMATS = ("Q8_0", "Q4_K_M")


def test_that_the_values_are_those_of_the_plan(detail_of):
    detail = detail_of("phi-4", "Q4_K_M", CARD, RAM)
    values = LatestCharts().values(detail, PlanOptions(), FORMATS)
    assert values is not None
    assert values.subject == "Phi-4 · Q4_K_M"
    assert values.context_length == 4096
    assert values.curve == memory_curve(detail, PlanOptions())
    assert values.frontier is not None
    assert values.frontier.quant_formats == FORMATS
    cell = values.frontier.cell("Q4_K_M", CacheType.F16)
    assert values.curve is not None
    assert cell.fits_context_length == values.curve.fits_context_length
    assert len(values.split) == 2


def test_that_another_context_moves_the_mark_and_nothing_else(detail_of):
    charts = LatestCharts()
    first = charts.values(detail_of("phi-4", "Q4_K_M", CARD, RAM), PlanOptions(), FORMATS)
    longer = PlanOptions(context_length=8192)
    detail = detail_of("phi-4", "Q4_K_M", CARD, RAM, options=longer)
    second = charts.values(detail, longer, FORMATS)
    assert first is not None
    assert first.curve is not None
    assert second is not None
    assert second.curve == replace(first.curve, context_length=8192)
    assert second.curve == memory_curve(detail, longer)
    assert second.frontier is first.frontier


@pytest.mark.parametrize(
    ("model_id", "quant_format", "free_gib"),
    [("phi-4", "Q4_K_M", 8), ("phi-4", "Q8_0", 10.6), ("phi-2", "Q4_K_M", 10.6)],
    ids=["less-free", "another-format", "another-model"],
)
def test_that_anything_else_is_worked_out_anew(detail_of, model_id, quant_format, free_gib):
    charts = LatestCharts()
    charts.values(detail_of("phi-4", "Q4_K_M", CARD, RAM), PlanOptions(), FORMATS)
    detail = detail_of(model_id, quant_format, gpu(12, free_gib), RAM)
    assert charts.values(detail, PlanOptions()) == LatestCharts().values(detail, PlanOptions())


def test_that_cache_types_nobody_saves_with_are_left_out_unless_in_use(detail_of):
    for options, has_bf16 in (
        (PlanOptions(), False),
        (PlanOptions(cache_type_k=CacheType.BF16, cache_type_v=CacheType.BF16), True),
    ):
        detail = detail_of("phi-4", "Q4_K_M", CARD, RAM, options=options)
        values = LatestCharts().values(detail, options, FORMATS)
        assert values is not None
        assert values.frontier is not None
        types = values.frontier.cache_types
        assert CacheType.Q4_0 in types
        assert CacheType.F32 not in types
        assert (CacheType.BF16 in types) is has_bf16


def test_that_a_plan_of_which_nothing_can_be_said_has_no_charts(detail_of):
    options = PlanOptions(runtime=RuntimeName.LLAMA_CPP)
    detail = detail_of("phi-silica", "Q4_K_M", CARD, RAM, options=options)
    assert LatestCharts().values(detail, options, FORMATS) is None
