"""The 24 files that ship: whole, consistent, and with a source for everything."""

import re
from dataclasses import asdict
from itertools import chain

import pytest

from planner.catalogue import load_card, load_catalogue, load_model
from planner.core.model_spec import Architecture, ModelSpec, Support

# Every first-party Phi model on the Hub by November 2026, and Windows' closed one.
IDS_BY_RELEASE = (
    "phi-1", "phi-1.5", "phi-2",
    "phi-3-mini-128k", "phi-3-mini-4k",
    "phi-3-medium-128k", "phi-3-medium-4k", "phi-3-small-128k", "phi-3-small-8k",
    "phi-3-vision-128k", "phi-silica",
    "phi-3.5-mini", "phi-3.5-moe", "phi-3.5-vision",
    "phi-4", "phi-4-mini", "phi-4-multimodal",
    "phi-4-mini-reasoning", "phi-4-reasoning", "phi-4-reasoning-plus",
    "phi-mini-moe", "phi-tiny-moe", "phi-4-mini-flash-reasoning", "phi-4-reasoning-vision-15b",
)  # fmt: skip
RUNTIMES = {"llama.cpp", "transformers", "vllm", "mlx", "onnx-genai"}
SOURCE = re.compile(r"https://\S+( \(.+)?|[\w.-]+/[\w.-]+(@[0-9a-f]{7})?(: \S.*)?")

every_model = pytest.mark.parametrize("model_id", IDS_BY_RELEASE)


@pytest.fixture(scope="module")
def models(checked_form) -> dict[str, ModelSpec]:
    return {model.id: model for model in load_catalogue(checked=checked_form)}


def test_that_all_models_are_there_in_order_of_release(models):
    assert tuple(models) == IDS_BY_RELEASE


@every_model
def test_that_both_ways_in_give_the_same_spec(model_id, models, tmp_path):
    assert load_model(model_id, checked=tmp_path / "absent.json") == models[model_id]


@every_model
def test_that_every_runtime_is_answered_with_a_source(model_id, models):
    runtimes = models[model_id].runtimes
    assert set(runtimes) == RUNTIMES
    assert all(SOURCE.fullmatch(support.source) for support in runtimes.values())


@every_model
def test_that_a_refusal_is_a_sentence_that_can_be_shown(model_id, models):
    for support in models[model_id].runtimes.values():
        if support.note is not None:
            assert re.fullmatch(r"[A-Za-z].{15,}[.]", support.note)
        if support.support is not Support.FULL:
            assert support.note is not None


# llama.cpp: issues 7922, 8241, 7439 and 12117, pull requests 17687, 20880 and 20168.
@pytest.mark.parametrize(
    ("support", "ids"),
    [
        (
            Support.NONE,
            {
                "phi-3-small-8k", "phi-3-small-128k", "phi-3-vision-128k", "phi-3.5-vision",
                "phi-tiny-moe", "phi-4-mini-flash-reasoning", "phi-silica",
            },
        ),
        (Support.TEXT_ONLY, {"phi-4-multimodal"}),
    ],
)  # fmt: skip
def test_that_llama_cpp_refuses_what_it_is_known_to_refuse(support, ids, models):
    assert ids == {
        model.id for model in models.values() if model.runtimes["llama.cpp"].support is support
    }


@every_model
def test_that_a_gguf_header_is_known_where_llama_cpp_runs_the_model(model_id, models):
    model = models[model_id]
    runs = model.runtimes["llama.cpp"].support is not Support.NONE
    assert (model.gguf_header_bytes is not None) is runs
    assert (model.gguf_header_source is not None) is runs


def test_that_only_the_closed_model_has_no_sizes(models):
    without = {model.id for model in models.values() if model.shape is None}
    assert without == {"phi-silica"}
    silica = models["phi-silica"]
    assert silica.parameter_count is None
    assert silica.repository is None
    assert silica.context_length_limit is None


@every_model
def test_that_an_open_model_has_all_that_identifies_it(model_id, models):
    model = models[model_id]
    assert re.fullmatch(r"\d{4}-\d\d(-\d\d)?", model.released)
    assert model.description.endswith(".")
    if model.shape is not None:
        assert SOURCE.fullmatch(model.shape.source)
        assert model.repository is not None
        assert model.repository.startswith("microsoft/")


# config.json of the repositories: width, layers, heads, key-value heads, head size, context.
@pytest.mark.parametrize(
    ("model_id", "sizes"),
    [
        ("phi-2", (2560, 32, 32, 32, 80, 2048)),
        ("phi-3-mini-4k", (3072, 32, 32, 32, 96, 4096)),
        ("phi-3-small-8k", (4096, 32, 32, 8, 128, 8192)),
        ("phi-3-medium-128k", (5120, 40, 40, 10, 128, 131072)),
        ("phi-4", (5120, 40, 40, 10, 128, 16384)),
        ("phi-4-mini", (3072, 32, 24, 8, 128, 131072)),
        ("phi-tiny-moe", (4096, 32, 16, 4, 128, 4096)),
        ("phi-4-reasoning-vision-15b", (5120, 40, 40, 10, 128, 16384)),
    ],
)
def test_that_shapes_are_those_of_the_configs(model_id, sizes, models):
    shape = models[model_id].shape
    assert sizes == (
        shape.embedding_length,
        shape.layer_count,
        shape.head_count,
        shape.kv_head_count,
        shape.head_dim,
        shape.context_length_limit,
    )


@every_model
def test_that_longrope_has_a_factor_for_each_pair_of_rotated_values(model_id, models):
    shape = models[model_id].shape
    if shape is not None and shape.rope_factor_count:
        assert shape.rope_factor_count == shape.rotary_dim // 2


def test_that_the_hybrid_model_lists_each_layer_once(models):
    shape = models["phi-4-mini-flash-reasoning"].shape
    hybrid = shape.hybrid
    listed = sorted(
        chain(
            hybrid.mamba_layers,
            hybrid.window_attention_layers,
            hybrid.full_attention_layers,
            hybrid.gated_memory_layers,
            hybrid.cross_attention_layers,
        )
    )
    assert shape.architecture is Architecture.PHI4FLASH
    assert listed == list(range(shape.layer_count))


@every_model
def test_that_a_group_of_tensors_has_a_place_for_its_index(model_id, models):
    for component in models[model_id].components:
        assert SOURCE.fullmatch(component.source)
        for group in component.tensors:
            assert ("{}" in group.name) is (group.count > 1)


@every_model
def test_that_every_card_reads_and_names_its_sources(model_id):
    card = load_card(model_id)
    named = [value for value in asdict(card.sources).values() if isinstance(value, str)]
    named += [*card.sources.further, *(table.source for table in card.benchmarks)]
    named += [conflict.other_source for conflict in card.conflicts]
    assert all(SOURCE.fullmatch(source) for source in named), named
    assert len(named) >= 2


def test_that_the_card_shows_where_a_public_page_contradicts_the_config():
    conflicts = {conflict.field: conflict for conflict in load_card("phi-2").conflicts}
    width = conflicts["embedding_length"]
    assert (width.shown_here, width.other_value) == ("2,560", "2,048")
    assert width.other_source == "https://apxml.com/models/phi-2"


@every_model
def test_that_the_files_are_fit_to_read(model_id, shipped_specs):
    text = (shipped_specs / "models" / f"{model_id}.toml").read_text(encoding="utf-8")
    assert max(len(line) for line in text.splitlines()) <= 110
    assert text.endswith("\n")
    assert not re.search(r"= \d{5,}", text), "long numbers have underscores"
