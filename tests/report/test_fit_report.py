"""The report's record: figures, anonymity, sameness."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from planner.catalogue import load_card
from planner.core.budget import Budget
from planner.core.plan import CacheType, GpuLayers, PlanOptions, RuntimeName
from planner.core.spec_sheet import spec_sheet
from planner.report.fit_report import FitReport, build_report
from planner.report.json_format import render_json
from planner.report.markdown import render_markdown
from planner.session import PlannerSession

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def test_that_the_same_question_gives_the_same_bytes(make_report):
    first, second = make_report("phi-4"), make_report("phi-4")
    assert render_json(first) == render_json(second)
    assert render_markdown(first) == render_markdown(second)


@pytest.mark.parametrize("render", [render_json, render_markdown])
def test_that_no_report_identifies_a_board(make_report, machine, render):
    named = machine.pools[0]
    text = render(make_report("phi-4"))
    assert named.name in text
    assert named.uuid not in text
    assert "6f1d8a52" not in text
    assert "01:00.0" not in text
    assert "left out" in text


@pytest.mark.parametrize("render", [render_json, render_markdown])
def test_that_no_report_names_a_path_or_an_address(make_report, machine, render):
    note = "/home/anna/models was not read; the card is at 00000000:01:00.0."
    told = replace(machine, notes=(note,))
    text = render(make_report("phi-4", machine=told))
    assert "was not read; the card is at" in text
    assert "anna" not in text
    assert "00000000:01:00.0" not in text


def test_that_a_report_can_be_read_back(make_report):
    report = make_report("phi-4", gpu_layers=GpuLayers.ALL)
    again = FitReport.model_validate_json(render_json(report))
    assert again == report


def test_that_a_report_with_an_unknown_key_is_refused(make_report):
    text = render_json(make_report("phi-4")).replace('"target"', '"tarket"')
    with pytest.raises(ValidationError):
        FitReport.model_validate_json(text)


def test_that_a_time_without_a_zone_is_refused(make_report):
    with pytest.raises(ValidationError):
        make_report(created=datetime(2026, 11, 21))  # noqa: DTZ001 - what is refused


def test_that_the_grid_holds_every_model_and_format(make_report):
    report = make_report()
    assert report.answer is None
    assert len(report.results) == len(report.models) * len(report.quant_formats) == 24 * 30
    assert report.pool().id == "gpu0"


def test_that_the_plans_totals_are_the_sums_of_its_lines(make_report):
    plan = make_report("phi-4", "F16").answer.plan
    assert plan.gpu_layer_count < 41
    for place, total in (("gpu", plan.gpu_bytes), ("host", plan.host_bytes)):
        lines = [line.bytes for line in plan.ledger if line.place == place]
        assert sum(line.expected for line in lines) == total.expected
        assert sum(line.high for line in lines) == total.high


def test_that_a_closed_model_has_an_answer_without_a_plan(make_report):
    answer = make_report("phi-silica").answer
    assert answer.plan is None
    assert answer.result.verdict == "unsupported"
    assert "closed" in answer.sentence


def test_that_a_file_of_unknown_size_stays_unknown(catalogue, machine):
    # The vocabulary's share of the file is what is not known.
    model = replace(catalogue.find("phi-4"), gguf_header_bytes=None)
    session = PlannerSession(models=(model,), machine=machine)
    detail = session.detail(model, "Q8_0", PlanOptions())
    report = build_report(session.grid(PlanOptions()), created=NOON, detail=detail)
    assert report.answer is not None
    assert report.answer.plan is not None
    assert report.answer.plan.file_bytes is None
    assert "- File: not known; " in render_markdown(report)


def test_that_a_report_names_its_budget_and_what_it_rests_on(make_report, catalogue, machine):
    session = PlannerSession(models=catalogue.models, machine=machine)
    choices = PlanOptions(runtime=RuntimeName.VLLM)
    grid = session.grid(choices, quant_formats=("bf16",))
    report = build_report(grid, created=NOON, budget=Budget.PROGRAMS_CLOSED)
    assert report.budget == "programs-closed"
    assert report.versions.keys() == {"phi-planner"}
    assert "with other programs closed" in report.assumptions[1]
    assert "vLLM takes its share" in " ".join(report.assumptions)
    assert "- Counted on: what would have been free with other programs closed" in (
        render_markdown(report)
    )
    assert make_report().budget == "free-now"


def test_that_the_outlook_has_the_figures_of_the_core(make_report):
    outlook = make_report("phi-4", "F16").answer.outlook
    assert outlook.verdict_if_closed == "partial"
    assert outlook.longest_context.fits_context_length is None
    assert outlook.most_sequences.fits_count is None
    assert outlook.speed.is_modelled is True
    assert outlook.speed.decode_tokens_per_s is None  # the RAM's bandwidth is not known
    assert outlook.advice[0].verdict == "fits"
    fitting = make_report("phi-4").answer.outlook
    assert fitting.longest_context.fits_context_length == 16_384
    assert fitting.speed.decode_tokens_per_s.high > 90
    assert fitting.advice == ()


def test_that_different_cache_types_have_no_longest_context(make_report):
    outlook = make_report("phi-4", cache_type_k=CacheType.Q8_0).answer.outlook
    assert outlook.longest_context is None


def test_that_a_report_of_the_first_version_can_be_read(make_report):
    values = make_report("phi-4").model_dump(mode="json", by_alias=True)
    del values["budget"], values["answer"]["outlook"]
    for name in ("attention", "enforce_eager", "split_mode", "unified_cache"):
        del values["options"][name]
    again = FitReport.model_validate(values)
    assert again.budget == "free-now"
    assert again.answer is not None
    assert again.answer.outlook is None


def test_that_the_hash_does_not_know_in_which_order_a_file_was_read(catalogue, machine):
    def built(models):
        session = PlannerSession(models=models, machine=machine)
        return build_report(session.grid(PlanOptions()), created=NOON)

    turned = tuple(
        replace(model, runtimes=dict(reversed(model.runtimes.items())))
        for model in catalogue.models
    )
    assert list(turned[0].runtimes) != list(catalogue.models[0].runtimes)
    assert built(turned).inputs_sha256 == built(catalogue.models).inputs_sha256
    other = (replace(catalogue.models[0], label="1.4B"), *catalogue.models[1:])
    assert built(other).inputs_sha256 != built(catalogue.models).inputs_sha256


def test_that_a_specification_has_its_runtimes_in_one_order(catalogue):
    model = catalogue.find("phi-4")
    turned = replace(model, runtimes=dict(reversed(model.runtimes.items())))
    card = load_card("phi-4")
    assert spec_sheet(turned, card) == spec_sheet(model, card)
