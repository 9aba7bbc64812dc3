"""Cards and quoted figures of unchanged files: the same as after a check, without pydantic."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import planner
from planner.catalogue import load_card, load_catalogue
from planner.catalogue.card_form import CARD_FIELDS, CARDS_KEY, checked_card
from planner.catalogue.checked import write_checked_specs
from planner.catalogue.reference_figures import REFERENCES_NAME, load_reference_figures

IMPORTS = """
import sys
from pathlib import Path
from planner.catalogue import load_card
from planner.catalogue.reference_figures import load_reference_figures
form = Path(sys.argv[1])
assert load_card("phi-4", checked=form).licence == "MIT"
assert load_reference_figures(checked=form)
print("pydantic" in sys.modules)
"""
CARD = """
[card]
modalities = ["text", "audio"]
instruct = true
licence = "MIT"
download_formats = ["safetensors", "gguf"]
knowledge_cutoff = 2024-06-01
[card.sources]
release = "https://example.org"
files = "https://example.org"
further = ["https://example.org/more"]
[[card.benchmarks]]
source = "https://example.org"
scores = { MMLU = 56, ScreenSpot = "87 / 88" }
"""


@pytest.mark.parametrize("model", load_catalogue().models, ids=lambda model: model.id)
def test_that_an_unchanged_card_is_the_one_that_was_checked(model, checked_form, tmp_path):
    checked = load_card(model.id, checked=tmp_path / "absent")
    assert load_card(model.id, checked=checked_form) == checked


def test_that_unchanged_cards_and_figures_are_read_without_pydantic(checked_form):
    root = Path(planner.__file__).resolve().parents[1]
    run = subprocess.run(
        [sys.executable, "-c", IMPORTS, str(checked_form)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert run.stdout.strip() == "False"


def test_that_dates_counts_and_lists_become_what_the_record_has():
    card = checked_card(CARD.encode())
    assert card.knowledge_cutoff == "2024-06-01"
    assert card.modalities == ("text", "audio")
    assert card.sources.further == ("https://example.org/more",)
    (table,) = card.benchmarks
    assert [type(score) for score in table.scores.values()] == [float, str]


def test_that_an_edited_card_is_checked_again(make_specs, checked_form):
    specs = make_specs({"phi-2": ('licence = "MIT', 'licence = "other')})
    assert load_card("phi-2", specs, checked=checked_form).licence.startswith("other")


def test_that_a_form_for_other_cards_is_not_trusted(checked_form, tmp_path, monkeypatch):
    form = json.loads(checked_form.read_text("utf-8"))
    assert form[CARDS_KEY] == CARD_FIELDS
    other = tmp_path / "form.json"
    other.write_text(json.dumps(form | {CARDS_KEY: "ModelCard(id)"}), encoding="utf-8")
    monkeypatch.setattr("planner.catalogue.card_form.checked_card", lambda _content: None)
    assert load_card("phi-2", checked=checked_form) is None
    assert load_card("phi-2", checked=other) is not None


def test_that_quoted_figures_come_from_the_form_until_the_file_is_edited(
    make_specs, shipped_specs, tmp_path
):
    specs = make_specs({"phi-1": ("", "")})
    text = (shipped_specs / REFERENCES_NAME).read_text("utf-8")
    file, form = specs / REFERENCES_NAME, tmp_path / "form.json"
    file.write_text(text, encoding="utf-8")
    write_checked_specs(specs, form)
    first = load_reference_figures(specs, checked=form)
    assert first == load_reference_figures(specs, checked=tmp_path / "absent")
    kept = json.loads(form.read_text("utf-8"))
    kept["references"]["records"][0]["note"] = "from the form"
    form.write_text(json.dumps(kept), encoding="utf-8")
    assert load_reference_figures(specs, checked=form)[0].note == "from the form"
    file.write_text(f"{text}\n# read again\n", encoding="utf-8")
    assert load_reference_figures(specs, checked=form) == first
