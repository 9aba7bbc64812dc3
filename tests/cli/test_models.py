"""`models`: the catalogue and its sources."""

import json

import pytest

from planner.catalogue import load_catalogue


def test_that_every_model_has_a_row_with_its_exact_count(run):
    out = run("models").out
    for model in load_catalogue():
        (row,) = (line for line in out.splitlines() if line.split()[:1] == [model.id])
        assert model.parameter_count is None or f"{model.parameter_count:,}" in row
        assert model.released in row
    assert max(map(len, out.splitlines())) <= 100


def test_that_a_closed_model_has_no_made_up_figures(run):
    (row,) = (line for line in run("models").out.splitlines() if line.startswith("phi-silica"))
    assert row.split() == [
        "phi-silica", "closed", "not", "known", "not", "known", "2024-05-21", "proprietary",
    ]  # fmt: skip


def test_that_json_has_the_shape_the_card_and_the_inventorys_count(run):
    told = json.loads(run("models", "microsoft/Phi-4", "--json").out)
    assert told["schema"] == "phi-planner/models/1"
    (model,) = told["models"]
    assert model["id"] == "phi-4"
    # 40 layers of qkv, o, gate_up, down and two norms; embedding, last norm and head.
    assert model["tensor_count"] == 243
    assert model["shape"]["layer_count"] == 40
    assert model["card"]["sources"]["release"] == "https://huggingface.co/microsoft/phi-4"


def test_that_json_without_a_model_has_them_all(run):
    told = json.loads(run("models", "--json").out)
    assert [model["id"] for model in told["models"]] == [model.id for model in load_catalogue()]


@pytest.mark.parametrize("name", ["phi-4", "phi-4-mini-flash-reasoning", "phi-4-multimodal"])
def test_that_a_sheet_names_shape_sources_and_benchmarks(run, name):
    out = run("models", name).out
    for word in (
        "parameter count:",
        "tensor count:",
        "licence:",
        "head dim:",
        "Sources",
        "http",
    ):
        assert word in out
    assert "HybridShape" not in out
    assert "None" not in out


def test_that_a_closed_models_sheet_leaves_out_what_is_not_known(run):
    out = run("models", "Phi Silica").out
    assert "Shape" not in out
    assert "parameter count" not in out.partition("\nOn llama.cpp")[0].partition("About")[0]
