"""The options in a report: all there are, in the report's own plain values."""

from dataclasses import fields, replace
from enum import Enum

import pytest

from planner.core.ledger import Part
from planner.core.plan import GpuLayers, PlanOptions, SplitMode
from planner.report.compare import _CAUSES, Area, compare
from planner.report.option_records import ReportOptions
from planner.report.option_words import option_words
from planner.report.saved import read_saved

NAMES = [each.name for each in fields(PlanOptions)]


def test_that_every_option_is_in_the_record():
    assert sorted(ReportOptions.model_fields) == sorted(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_that_an_option_has_the_same_default_and_value(name):
    value = getattr(PlanOptions(), name)
    kept = getattr(ReportOptions.of(PlanOptions()), name)
    assert kept == value
    assert not isinstance(kept, Enum)
    default = ReportOptions.model_fields[name].default
    assert ReportOptions.model_fields[name].is_required() or default == value


def test_that_what_is_chosen_is_what_is_kept():
    chosen = replace(
        PlanOptions(),
        gpu_layers=7,
        split_mode=SplitMode.LAYER,
        tensor_split=(3.0, 1.0),
        repack=False,
    )
    kept = ReportOptions.of(chosen)
    assert (kept.gpu_layers, kept.split_mode) == (7, "layer")
    assert (kept.tensor_split, kept.repack) == ((3.0, 1.0), False)
    assert ReportOptions.of(PlanOptions()).gpu_layers == GpuLayers.AUTO.value


def test_that_a_report_from_before_the_option_had_the_second_copy():
    values = ReportOptions.of(PlanOptions()).model_dump()
    del values["repack"]
    assert ReportOptions.model_validate(values).repack


def test_that_only_a_plan_without_a_second_copy_says_so():
    without = option_words(ReportOptions.of(PlanOptions(repack=False)))
    assert without["Second copy for the CPU"] == "none (--no-repack)"
    assert "Second copy for the CPU" not in option_words(ReportOptions.of(PlanOptions()))


def test_that_every_option_that_makes_a_line_can_be_a_cause():
    known = {name for names in _CAUSES.values() for name in names}
    # How much of the card vLLM takes is in no line of the ledger: it is set aside whole.
    assert set(NAMES) - known == {"gpu_memory_utilization"}


def test_that_the_second_copy_goes_because_of_its_option(make_report):
    def saved(**options):
        report = make_report("phi-4", "Q4_0", gpu_layers=0, **options)
        return read_saved(report.model_dump(mode="json", by_alias=True), file="a.json")

    found = compare(saved(), saved(repack=False), names=("a", "b"))
    (gone,) = (
        each
        for each in found.of(Area.LEDGER)
        if each.name.casefold().startswith(Part.REPACKED_WEIGHTS.value.partition("_")[0])
    )
    assert gone.why == ("repack: yes → no",)
    assert (gone.difference_bytes or 0) < 0
