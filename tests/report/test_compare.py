"""Two saved answers beside one another: what changed, by how much, and why."""

import json
from dataclasses import replace

import pytest

from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.core.plan import CacheType, SplitMode
from planner.core.units import GIB
from planner.report.compare import Area, Comparison, compare
from planner.report.comparison_page import comparison_json, comparison_page, difference_text
from planner.report.html import document_html
from planner.report.json_format import render_json
from planner.report.markdown import document_markdown
from planner.report.saved import read_saved

NAMES = ("a.json", "b.json")


def saved(report, **changed):
    """Return a report as `compare` reads it, with some keys replaced."""
    return read_saved(json.loads(render_json(report)) | changed, file="a.json")


def compared(before, after):
    return compare(saved(before), saved(after), names=NAMES)


def change(found, area, name):
    return next(each for each in found.of(area) if each.name == name)


def test_that_the_same_report_has_no_difference(make_report):
    found = compared(make_report("phi-4"), make_report("phi-4"))
    assert found.changes == ()
    assert found.sentence == "Nothing that both files say is different."


def test_that_a_longer_context_is_why_the_cache_grows(make_report):
    before = make_report("phi-4", context_length=4096)
    found = compared(before, make_report("phi-4", context_length=16_384))
    grown = change(found, Area.LEDGER, "KV cache, GPU")
    # 2 x 40 layers x 10 heads x 128 values x 2 B, for 12,288 tokens more.
    assert grown.difference_bytes == 2 * 40 * 10 * 128 * 2 * 12_288
    assert grown.why == ("context length: 4,096 → 16,384",)
    assert grown.before.startswith("800.00 MiB = 4,096 cells x 40 layers")
    assert change(found, Area.PLAN, "context length").after == "16,384"
    assert not [each for each in found.of(Area.LEDGER) if each.name.startswith("Weights")]
    assert "most of it in KV cache, GPU." in found.sentence
    assert found.sentence.startswith("The verdict stays: fits.")


def test_that_less_is_less(make_report):
    before = make_report("phi-4")
    after = make_report("phi-4", cache_type_k=CacheType.Q8_0, cache_type_v=CacheType.Q8_0)
    found = compared(before, after)
    assert "MiB less, most of it in KV cache, GPU." in found.sentence
    assert difference_text(change(found, Area.LEDGER, "KV cache, GPU")) == "−374.97 MiB"


def test_that_another_program_is_why_where_the_plan_is_the_same(make_report):
    report = make_report("phi-4")
    values = json.loads(render_json(report))
    first = values["answer"]["plan"]["ledger"][0]
    first["bytes"] = {name: size + 10 for name, size in first["bytes"].items()}
    values["versions"]["phi-planner"] = "9.0.0"
    after = read_saved(values, file="b.json")
    found = compare(saved(report), after, names=NAMES)
    (line,) = found.of(Area.LEDGER)
    assert line.difference_bytes == 10
    assert [each.endswith(" → 9.0.0") for each in line.why] == [True]


def test_that_a_line_that_nothing_explains_has_no_cause(make_report):
    report = make_report("phi-4")
    values = json.loads(render_json(report))
    values["answer"]["plan"]["ledger"][0]["part"] = "another part"
    values["answer"]["plan"]["ledger"][0]["place"] = "another place"
    found = compare(saved(report), read_saved(values, file="b.json"), names=NAMES)
    gone, new = found.of(Area.LEDGER)
    assert (gone.name, gone.after, gone.why) == ("Weights, GPU", "–", ())
    assert (new.name, new.before) == ("another part, another place", "–")


def test_that_another_machine_is_told_pool_by_pool(make_report, machine):
    card, ram = machine.pools
    other = Machine(pools=(replace(card, name="T4", free_bytes=8 * GIB, total_bytes=None), ram))
    found = compared(make_report("phi-4"), make_report("phi-4", machine=other))
    assert change(found, Area.MACHINE, "gpu0: free").after == "8.00 GiB"
    assert change(found, Area.MACHINE, "gpu0: total").after == "not known"
    assert change(found, Area.MACHINE, "driver").before == "575.64"
    assert found.sentence.startswith("The verdict was: fits. Now it is: part of it in RAM.")
    lead = change(found, Area.VERDICT, "phi-4 Q4_K_M")
    assert lead.after.startswith("part of it in RAM, needs ")


def test_that_each_of_several_gpus_has_its_own_lines(make_report, machine):
    card, ram = machine.pools
    both = replace(machine, pools=(card, replace(card, id="gpu1"), ram))
    words = {"machine": both, "split_mode": SplitMode.LAYER}
    before = make_report("phi-4", "F16", tensor_split=(1.0, 1.0), **words)
    found = compared(before, make_report("phi-4", "F16", tensor_split=(3.0, 1.0), **words))
    names = [each.name for each in found.of(Area.LEDGER)]
    assert "Weights, GPU 0" in names
    assert "Weights, GPU 1" in names
    assert change(found, Area.PLAN, "tensor split").before == "1.0, 1.0"


def test_that_verdicts_alone_can_differ(make_report):
    report = make_report(formats=("Q4_K_M",))
    values = json.loads(render_json(report))
    values["results"][0] |= {"verdict": "odd", "needed_bytes": None}
    found = compare(saved(report), read_saved(values, file="b"), names=NAMES)
    (only,) = found.changes
    assert (only.after, only.difference_bytes) == ("odd", None)
    assert found.sentence == "The verdicts are different."


def test_that_lines_of_one_name_are_kept_apart(make_report):
    values = json.loads(render_json(make_report("phi-4")))
    ledger = values["answer"]["plan"]["ledger"]
    ledger.append(ledger[0])
    before = read_saved(values, file="a")
    ledger.append(ledger[0])
    found = compare(before, read_saved(values, file="b"), names=NAMES)
    (line,) = found.of(Area.LEDGER)
    assert line.difference_bytes == ledger[0]["bytes"]["expected"]


def test_that_an_estimate_and_a_report_compare_what_both_have(make_report):
    report = make_report("phi-4")
    plan = report.answer.plan.model_dump(mode="json")
    estimate = read_saved(
        {
            "schema": "phi-planner/estimate/1",
            "plan": {"model": "phi-4", "context_length": 8192, "imatrix": True, "x": None},
            "ledger": plan["ledger"],
        },
        file="e.json",
    )
    found = compare(saved(report), estimate, names=NAMES)
    assert [each.name for each in found.changes] == ["context length", "imatrix"]
    assert (estimate.kind, saved(report).kind) == ("an estimate", "a fit report")
    assert estimate.choices["x"] == "the default"


def test_that_a_card_tells_its_program():
    card = read_saved(
        {
            "schema": "phi-planner/machine/1",
            "program": "phi-planner 0.1.0",
            "machine": {"pools": [{"id": "ram", "name": "RAM"}]},
        },
        file="card.json",
    )
    assert card.program_versions == {"phi-planner": "0.1.0"}


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ({}, "its schema is none of phi-planner/report"),
        ({"schema": 3}, "its schema is none of"),
        ({"schema": "phi-planner/models/1"}, "its schema is none of"),
        ({"schema": "phi-planner/check/1", "results": 3}, "results is not as our answers"),
        (
            {"schema": "phi-planner/check/1", "results": [{"model": "x"}]},
            r"results\.0\.quant_format is not as our answers have it \(Field required\)",
        ),
    ],
)
def test_that_what_cannot_be_compared_says_why(raw, words):
    with pytest.raises(PlannerError, match=words):
        read_saved(raw, file="'x.json'")


def test_that_a_comparison_is_a_page_and_json(make_report, same_as_stored):
    before = make_report("phi-4", context_length=4096, formats=("Q4_K_M",))
    after = make_report("phi-4", context_length=16_384, formats=("Q4_K_M",))
    found = compared(before, after)
    page = comparison_page(found)
    same_as_stored("comparison.md", document_markdown(page).encode())
    text = document_html(page, pictures={})
    assert "context length: 4,096 → 16,384" in text
    assert "<script" not in text
    values = json.loads(comparison_json(found))
    assert values["schema"] == "phi-planner/comparison/1"
    assert Comparison.model_validate(values) == found
