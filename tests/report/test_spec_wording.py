"""The specification's words: no field without a name, values as one reads them."""

import pytest

from planner.catalogue import load_card, load_catalogue
from planner.core.spec_sheet import SheetField, SheetPart, SheetSection, spec_sheet
from planner.report.further_records import ReportFact
from planner.report.markdown import render_markdown
from planner.report.spec_wording import field_note, field_source, field_words, value_words

MODELS = load_catalogue().models


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.id)
def test_that_every_field_of_the_sheet_is_in_the_report(make_full, model):
    report, _ = make_full(model.id)
    sheet = spec_sheet(model, load_card(model.id))
    wanted = [(each.part.value, len(each.fields)) for each in sheet.sections]
    facts = report.further.specification.facts
    found = [
        (part, sum(fact.part == part for fact in facts))
        for part in dict.fromkeys(fact.part for fact in facts)
    ]
    assert found == wanted
    assert all(fact.value and "_" not in fact.name for fact in facts)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "not published"),
        (True, "yes"),
        (False, "no"),
        (51200, "51,200"),
        (10000.0, "10,000"),
        (1e-05, "1e-05"),
        ((0, 2), "0, 2"),
        (("GGUF", "ONNX"), "GGUF; ONNX"),
        ("gelu", "gelu"),
    ],
)
def test_that_a_value_is_as_one_reads_it(value, words):
    field = SheetField(key="released", value=value)
    assert value_words(field, SheetPart.RELEASE) == words


def test_that_runtimes_and_parts_have_their_own_names():
    assert field_words("onnx-genai", SheetPart.RUNTIMES) == "onnx-genai"
    assert field_words("audio encoder", SheetPart.COMPONENTS) == "audio encoder"
    assert field_words("kv_head_count") == "KV heads"
    assert field_words("sliding_window") == "Sliding window"
    runtime = SheetField(key="mlx", value="text-only")
    assert value_words(runtime, SheetPart.RUNTIMES) == "runs its text part"
    encoder = SheetField(key="encoder", value=1_000)
    assert value_words(encoder, SheetPart.COMPONENTS) == "1,000 parameters"


def test_that_what_is_counted_here_has_no_other_source():
    section = SheetSection(part=SheetPart.SIZE, source="https://a.example", fields=())
    counted = SheetField(key="tensor_count", value=3, is_derived=True)
    assert field_source(counted, section) is None
    assert field_note(counted) == "Counted here from the named tensors."
    copied = SheetField(key="label", value="3B", note="As marketed.")
    assert field_source(copied, section) == "https://a.example"
    assert field_note(copied) == "As marketed."
    own = SheetField(key="encoder", value=3, source="https://b.example", is_derived=True)
    assert field_source(own, section) == "https://b.example"


def test_that_a_report_from_before_the_parts_has_one_table(make_full):
    report, _ = make_full()
    facts = (ReportFact(name="Licence", value="MIT"),)
    sheet = report.further.specification.model_copy(update={"facts": facts})
    further = report.further.model_copy(update={"specification": sheet})
    text = render_markdown(report.model_copy(update={"further": further}))
    assert "### Specification" in text
    assert "| Licence | MIT |  |" in text
