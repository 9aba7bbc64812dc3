"""The accuracy page is what the code says now, and its cases are what the data says."""

from pathlib import Path

import pytest

from planner.catalogue.accuracy import load_accuracy
from planner.core.ledger import Band
from tests.accuracy.cases import BandCase, Case, all_cases, band_cases, published_bytes
from tests.accuracy.page import page
from tests.accuracy.table import accuracy_table

PAGE = Path(__file__).parents[2] / "ACCURACY.md"


@pytest.fixture(scope="module")
def cases():
    return all_cases()


def test_that_the_page_in_the_repository_is_what_the_code_says_now():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make accuracy`"


def test_that_the_table_in_the_app_is_what_the_code_says_now(cases):
    assert load_accuracy() == accuracy_table(cases), "run `make accuracy`"


def worst(cases, runtime: str, *parts: str) -> float:
    chosen: list[float] = [
        abs(case.error_percent)
        for case in cases
        if case.runtime == runtime and case.part.startswith(parts)
    ]
    assert chosen
    return max(chosen)


@pytest.mark.parametrize(
    ("runtime", "parts", "bar_percent"),
    [
        ("llama.cpp", ("weights",), 0),
        # Their source rounds to a thousandth of a MiB.
        ("llama.cpp", ("KV cache",), 0.001),
        ("llama.cpp", ("compute buffer on the CPU",), 0.5),
        ("llama.cpp", ("compute buffer on the GPU", "compute buffer on each"), 2),
        ("llama.cpp", ("pinned buffer",), 2),
        ("llama.cpp", ("compute buffer in",), 5),
        ("transformers", ("weights, truncated", "KV cache, truncated"), 0),
        ("transformers", ("activations, truncated models, fp32",), 0.001),
        ("transformers", ("activations, truncated models, bf16 on a CPU without",), 0.001),
        ("vllm", ("weights",), 3),
    ],
)
def test_that_the_worst_case_is_within_its_bar(cases, runtime, parts, bar_percent):
    assert worst(cases, runtime, *parts) <= bar_percent


def test_that_the_naive_rule_is_asked_of_weights_and_whole_processes_alone(cases):
    asked = {case.part for case in cases if case.naive is not None}
    assert all(part.startswith(("weights", "whole process", "published")) for part in asked)


def test_that_no_case_is_counted_twice(cases):
    assert len(set(cases)) == len(cases)


def test_that_every_band_holds_what_was_measured():
    assert all(case.is_inside for case in band_cases())


def test_that_an_error_is_ours_less_what_was_measured():
    case = Case(runtime="r", part="p", name="n", measured=200, ours=190, naive=260)
    assert case.error_percent == pytest.approx(-5)
    assert case.naive_error_percent == pytest.approx(30)


@pytest.mark.parametrize(("measured", "is_inside"), [(9, False), (10, True), (31, False)])
def test_that_a_figure_outside_its_band_is_said_to_be(measured, is_inside):
    case = BandCase(runtime="r", part="p", name="n", measured=measured, band=Band(10, 20, 30))
    assert case.is_inside is is_inside


@pytest.mark.parametrize(
    ("text", "size"),
    [("2393231072", 2_393_231_072), ("1.79 GB", 1_790_000_000), ("796 MB", 796_000_000)],
)
def test_that_a_published_size_is_read_in_its_own_unit(text, size):
    assert published_bytes(text) == pytest.approx(size)
