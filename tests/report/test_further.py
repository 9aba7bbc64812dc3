"""What goes with the plan that leads, and the scopes of a report."""

from dataclasses import replace

import pytest

from planner.core.errors import PlannerError
from planner.core.estimate import runtime_of
from planner.core.machine import Machine
from planner.core.plan import PlanOptions
from planner.core.report_choices import PictureKey, ReportScope
from planner.core.units import GIB
from planner.report.document import LONGEST_TEXT, plain
from planner.report.further import Known, OtherMachine
from planner.report.markdown import render_markdown
from planner.session import PlannerSession


def test_that_the_curve_ends_at_the_models_limit(make_full):
    curve = make_full("phi-4")[0].further.curve
    lengths = [point.context_length for point in curve]
    assert lengths == [1024, 2048, 4096, 8192, 16_384]
    at_4k = next(point for point in curve if point.context_length == 4096)
    plan = make_full("phi-4")[0].answer.plan
    assert at_4k.expected_bytes == plan.gpu_bytes.expected
    assert at_4k.high_bytes == plan.gpu_bytes.high


def test_that_lengths_that_a_runtime_refuses_are_left_open(make_full):
    report, _ = make_full("phi-4", "Q4_K_M")
    first = report.further.curve[0].model_copy(update={"expected_bytes": None})
    further = report.further.model_copy(update={"curve": (first,)})
    text = render_markdown(report.model_copy(update={"further": further}))
    assert "| 1,024 | – |" in text


def test_that_a_quoted_figure_stands_beside_ours_with_its_day(make_full):
    report, _ = make_full("phi-1", "F16")
    quoted = [each for each in report.further.references if each.read_on is not None]
    assert [each.value_bytes for each in quoted] == [4_650_000_000, 5_080_000_000]
    at_limit = quoted[1]
    assert at_limit.ours_bytes == report.answer.plan.gpu_bytes
    assert at_limit.difference_bytes == 5_080_000_000 - report.answer.plan.gpu_bytes.expected
    text = render_markdown(report)
    assert "https://apxml.com/models/phi-1 (2026-11-21)" in text
    assert "A quoted figure stands with the day" in text


def test_that_published_files_stand_beside_ours(make_full):
    report, _ = make_full("phi-4", "Q4_K_M")
    assert all(each.read_on is None for each in report.further.references)
    ollama = next(each for each in report.further.references if each.publisher == "ollama")
    assert ollama.value_bytes == pytest.approx(9.05e9, rel=0.001)
    assert "A quoted figure" not in render_markdown(report)


def test_that_the_specification_has_its_sources_and_conflicts(make_full):
    report, _ = make_full("phi-2", "Q4_K_M")
    sheet = report.further.specification
    facts = {fact.name: fact for fact in sheet.facts}
    assert facts["Parameters"].value == "2,779,683,840"
    assert facts["Embedding length"].value == "2,560"
    counted = {"Parameters, derived", "Tensors"}
    assert {fact.name for fact in sheet.facts if not fact.source} == counted
    assert ("2,560", "2,048") in [
        (each.shown_here, each.other_value) for each in sheet.conflicts
    ]
    assert "## The model" in render_markdown(report)


def test_that_a_model_without_conflicts_has_no_empty_table(make_full):
    report, _ = make_full("phi-4")
    sheet = report.further.specification.model_copy(
        update={"conflicts": (), "uncertain": ("Its age.",)}
    )
    further = report.further.model_copy(update={"specification": sheet})
    text = render_markdown(report.model_copy(update={"further": further}))
    assert "Where public sources differ" not in text
    assert "- Its age." in text


def test_that_a_closed_model_has_its_sheet_and_no_figures(make_full):
    report, choices = make_full("phi-silica")
    assert (report.further.curve, report.further.references) == ((), ())
    assert report.further.specification.model == "phi-silica"
    assert choices.pictures == {}


def test_that_nothing_known_is_nothing_said(make_report):
    further = make_report("phi-silica").further
    assert further.specification is None
    assert Known().card is None


@pytest.mark.parametrize(
    ("scope", "with_plan", "count", "title"),
    [
        (ReportScope.PLAN, True, 1, "Phi-4 in Q4_K_M on NVIDIA GeForce RTX 4090"),
        (ReportScope.MODEL, True, 30, "Phi-4 in Q4_K_M on NVIDIA GeForce RTX 4090"),
        (ReportScope.MODEL, False, 30, "Phi-4 on NVIDIA GeForce RTX 4090"),
        (ReportScope.ALL, False, 720, "Phi models on NVIDIA GeForce RTX 4090"),
    ],
)
def test_that_a_scope_is_as_wide_as_it_says(make_full, scope, with_plan, count, title):
    report, _ = make_full(scope=scope, with_plan=with_plan)
    assert (report.scope, len(report.results), report.title) == (scope.value, count, title)
    text = render_markdown(report)
    assert ("## Phi-4: every format on gpu0" in text) is (scope is ReportScope.MODEL)
    assert ("## All models" in text) is (scope is ReportScope.ALL)
    assert (report.further.specification is None) is (scope is ReportScope.ALL)


def test_that_a_format_that_cannot_run_has_a_row_without_figures(make_full):
    report, _ = make_full("phi-silica", scope=ReportScope.MODEL, with_plan=False)
    assert "| Q4\\_K\\_M | – cannot run |  |  |  |" in render_markdown(report).replace(
        "Q4_K_M", "Q4\\_K\\_M"
    )


@pytest.mark.parametrize("scope", list(ReportScope))
@pytest.mark.parametrize("with_plan", [True, False])
def test_that_other_machines_answer_the_same_question(
    make_full, catalogue, machine, scope, with_plan
):
    card, ram = machine.pools
    small = Machine(pools=(replace(card, name="T4", free_bytes=8 * GIB), ram))
    session = PlannerSession(models=catalogue.models, machine=small)
    model, choices = catalogue.find("phi-4"), PlanOptions()
    models = None if scope is ReportScope.ALL else (model,)
    formats = (
        ("Q4_K_M",) if scope is ReportScope.PLAN else runtime_of(choices.runtime).quant_formats
    )
    other = OtherMachine(
        name="workshop",
        grid=session.grid(choices, models=models, quant_formats=formats),
        detail=session.detail(model, "Q4_K_M", choices) if with_plan else None,
    )
    report, _ = make_full(scope=scope, others=(other,), with_plan=with_plan)
    (found,) = report.other_machines
    assert len(found.results) == len(report.results)
    assert report.title.endswith(" on 2 machines")
    text = render_markdown(report)
    assert "### workshop" in text
    if with_plan:
        assert found.result.verdict == "partial"
        assert "runs in part on T4" in text
    else:
        assert (found.result, found.sentence) == (None, None)


def test_that_a_csv_of_several_machines_names_them(make_full, catalogue, machine):
    from planner.report.csv_format import render_csv

    session = PlannerSession(models=catalogue.models, machine=machine)
    grid = session.grid(PlanOptions(), models=(catalogue.find("phi-4"),))
    report, _ = make_full(
        scope=ReportScope.MODEL, others=(OtherMachine(name="=other", grid=grid),)
    )
    rows = render_csv(report).splitlines()
    assert len(rows) == 61
    assert rows[-1].startswith("'=other,gpu0,phi-4,")


def test_that_a_report_whose_target_is_gone_says_so(make_report):
    report = make_report().model_copy(update={"target": "gpu7"})
    with pytest.raises(PlannerError, match="no memory pool 'gpu7'"):
        report.pool()


def test_that_a_split_plan_shows_both_sides(make_full):
    halves = make_full("phi-4", "F16")[1].pictures[PictureKey.MEMORY]
    whole = make_full("phi-4", "Q4_K_M")[1].pictures[PictureKey.MEMORY]
    assert "AMD Ryzen 7 7700" in str(halves.marks)
    assert "AMD Ryzen 7 7700" not in str(whole.marks)


def test_that_a_machine_without_bandwidth_has_no_speed(make_full, machine):
    card, ram = machine.pools
    slow = Machine(pools=(replace(card, bandwidth_gb_per_s=None), ram))
    report, choices = make_full(machine=slow)
    assert report.further.speeds == ()
    assert PictureKey.SPEED not in choices.pictures
    assert "## Speed" not in render_markdown(report)


def test_that_a_speed_that_is_not_known_is_left_open(make_full):
    report, _ = make_full()
    points = report.further.speeds
    unknown = points[0].model_copy(update={"decode_tokens_per_s": None})
    further = report.further.model_copy(update={"speeds": (unknown, *points[1:])})
    text = render_markdown(report.model_copy(update={"further": further}))
    assert f"| {unknown.context_length:,} | – | – | – |" in text


def test_that_without_figures_of_the_card_there_is_nothing_to_draw_but_what_is_known(
    make_full, machine
):
    card, ram = machine.pools
    lost = Machine(pools=(replace(card, total_bytes=None, free_bytes=None), ram))
    report, choices = make_full(machine=lost)
    assert report.answer.result.verdict == "unknown"
    for key in choices.pictures:
        assert isinstance(key, PictureKey)


def test_that_a_context_that_is_tight_is_marked(make_full, machine):
    card, ram = machine.pools
    small = Machine(pools=(replace(card, free_bytes=12 * GIB), ram))
    report, _ = make_full(machine=small)
    cells = report.further.frontier
    only_tight = [
        each
        for each in cells
        if each.fits_context_length is None and each.tight_context_length is not None
    ]
    assert only_tight
    text = render_markdown(report)
    assert f"| ◐ {only_tight[0].tight_context_length:,} |" in text


def test_that_a_report_from_before_the_hash_has_none(make_report):
    text = render_markdown(make_report().model_copy(update={"inputs_sha256": None}))
    assert text.rstrip().endswith("phi-planner 0.1.0, quantiser rules current.")


def test_that_text_for_a_page_is_one_line_with_an_end():
    assert plain("a\n\tb\u202ec") == "a b c"
    assert len(plain("x" * 9_000)) == LONGEST_TEXT
    assert plain("x" * 9_000).endswith("…")
