"""Figures that others publish, beside ours."""

from dataclasses import replace

import pytest

from planner.catalogue import load_model
from planner.core.estimate import estimate
from planner.core.ledger import Place
from planner.core.plan import PlanOptions, RuntimeName
from planner.core.reference_figures import ReferenceFigure, compare_references

FIGURE = ReferenceFigure(
    model="phi-1",
    publisher="A page",
    context_length=2048,
    value_bytes=5_080_000_000,
    quant_format="f16",
    read_on="2026-11-21",
    url="https://example.org/phi-1",
    note="It names no precision.",
)


def plan_of(name="phi-1", quant="Q4_K_M", **options):
    model = load_model(name)
    return model, PlanOptions(**options).plan(model, quant)


def test_that_ours_is_what_the_gpu_holds_with_every_layer_on_it():
    model, plan = plan_of(gpu_layers=3)
    (found,) = compare_references([FIGURE], model, plan)
    whole = estimate(model, plan_of(quant="F16")[1]).ledger.total(Place.GPU)
    assert found.ours == whole
    assert found.difference_bytes == 5_080_000_000 - whole.expected_bytes


def test_that_figures_of_other_models_and_formats_are_left_out():
    model, plan = plan_of()
    others = [
        replace(FIGURE, model="phi-2"),
        replace(FIGURE, quant_format="4bit"),
        replace(FIGURE, context_length=4096),
    ]
    assert compare_references(others, model, plan) == ()
    model, plan = plan_of(quant="fp16", runtime=RuntimeName.TRANSFORMERS)
    assert compare_references([FIGURE], model, plan) == ()


@pytest.mark.parametrize(
    ("name", "value"), [("url", "http://example.org"), ("read_on", "yesterday")]
)
def test_that_a_quotation_needs_a_source_and_a_day(name, value):
    with pytest.raises(ValueError, match=name):
        replace(FIGURE, **{name: value})
