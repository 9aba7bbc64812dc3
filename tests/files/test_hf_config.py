"""Configs of Hugging Face against the catalogue's shapes."""

from dataclasses import replace
from typing import Any

import pytest

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.foreign_shape import kv_values_per_token
from planner.files.bounded_json import LARGEST_CONFIG_BYTES
from planner.files.hf_config import hf_config, read_hf_config
from tests.files.writers import write_json

SHAPES: dict[str, Any] = {model.id: model.shape for model in load_catalogue().models}
# What the published config.json of each repository says; fields no shape needs are left out.
PHI_4 = {
    "model_type": "phi3",
    "torch_dtype": "bfloat16",
    "hidden_size": 5120,
    "intermediate_size": 17920,
    "num_hidden_layers": 40,
    "num_attention_heads": 40,
    "num_key_value_heads": 10,
    "vocab_size": 100352,
    "max_position_embeddings": 16384,
    "original_max_position_embeddings": 16384,
    "rope_theta": 250000,
    "rope_scaling": None,
    "sliding_window": None,
    "tie_word_embeddings": False,
}
PHI_2 = {
    "model_type": "phi",
    "hidden_size": 2560,
    "intermediate_size": 10240,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": None,
    "partial_rotary_factor": 0.4,
    "vocab_size": 51200,
    "max_position_embeddings": 2048,
    "rope_theta": 10000.0,
    "tie_word_embeddings": False,
}
PHI_4_MINI: dict[str, Any] = {
    "model_type": "phi3",
    "hidden_size": 3072,
    "intermediate_size": 8192,
    "num_hidden_layers": 32,
    "num_attention_heads": 24,
    "num_key_value_heads": 8,
    "partial_rotary_factor": 0.75,
    "vocab_size": 200064,
    "max_position_embeddings": 131072,
    "rope_theta": 10000.0,
    "rope_scaling": {"type": "longrope", "long_factor": [1] * 48, "short_factor": [1.0] * 48},
    "sliding_window": 262144,
    "tie_word_embeddings": True,
}
PHI_TINY_MOE = {
    "model_type": "phimoe",
    "hidden_size": 4096,
    "head_dim": 128,
    "intermediate_size": 448,
    "num_hidden_layers": 32,
    "num_attention_heads": 16,
    "num_key_value_heads": 4,
    "num_local_experts": 16,
    "num_experts_per_tok": 2,
    "vocab_size": 32064,
    "max_position_embeddings": 4096,
    "rope_theta": 10000.0,
    "sliding_window": 2047,
    "tie_word_embeddings": False,
}


def shape_of(values):
    return hf_config(values, "config.json").shape


@pytest.mark.parametrize(
    ("model_id", "config"),
    [
        ("phi-4", PHI_4),
        ("phi-2", PHI_2),
        ("phi-4-mini", PHI_4_MINI),
        ("phi-tiny-moe", PHI_TINY_MOE),
    ],
)
def test_that_a_published_config_gives_the_catalogues_shape(model_id, config):
    known = SHAPES[model_id]
    assert shape_of(config) == replace(
        known, source="config.json", context_length_limit=known.position_limit
    )


def test_that_the_form_of_transformers_5_says_the_same():
    moved = {key: value for key, value in PHI_4_MINI.items() if not key.startswith("rope")}
    factor = moved.pop("partial_rotary_factor")
    rope = {
        **PHI_4_MINI["rope_scaling"],
        "rope_theta": 10000.0,
        "partial_rotary_factor": factor,
    }
    assert shape_of(moved | {"rope_parameters": rope}) == shape_of(PHI_4_MINI)


def test_that_the_first_configs_of_phi_2_say_the_same():
    # microsoft/phi-2 before January 2024: phi-msft, with GPT-2's names.
    first = {
        "model_type": "phi-msft",
        "n_embd": 2560,
        "n_inner": None,
        "n_layer": 32,
        "n_head": 32,
        "n_head_kv": None,
        "rotary_dim": 32,
        "vocab_size": 51200,
        "n_positions": 2048,
        "tie_word_embeddings": False,
    }
    assert shape_of(first) == replace(shape_of(PHI_2), rope_theta=None)


def test_that_a_stated_head_size_is_believed_and_a_missing_one_divided():
    assert shape_of(PHI_TINY_MOE).head_dim == 128
    without = {key: value for key, value in PHI_TINY_MOE.items() if key != "head_dim"}
    assert shape_of(without).head_dim == 256


def test_that_the_text_part_of_several_is_the_shape():
    config = hf_config({"model_type": "llava", "text_config": PHI_4}, "config.json")
    assert config.shape == shape_of(PHI_4)
    assert config.notes == ("The shape is that of the text part; images or sound come on top.",)


LLAMA = {
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 14336,
    "num_hidden_layers": 32,
    "num_attention_heads": 32,
    "num_key_value_heads": 8,
    "vocab_size": 128256,
    "max_position_embeddings": 8192,
}


def test_that_llama_3_8b_caches_128_kib_for_a_token():
    shape = shape_of(LLAMA)
    assert 2 * kv_values_per_token(shape) == 128 * 1024
    assert not shape.tied_embeddings


def test_that_gemma_looks_back_over_a_window_in_all_layers_but_each_sixth():
    gemma = LLAMA | {"model_type": "gemma3_text", "sliding_window": 1024, "head_dim": 256}
    windows = [each.sliding_window for each in shape_of(gemma).caches]
    assert windows[:7] == [1024] * 5 + [None, 1024]
    assert shape_of(gemma).tied_embeddings
    other = gemma | {"sliding_window_pattern": 2}
    assert [each.sliding_window for each in shape_of(other).caches][:3] == [1024, None, 1024]


def test_that_experts_have_a_width_of_their_own():
    moe = LLAMA | {
        "model_type": "qwen3_moe",
        "num_experts": 128,
        "num_experts_per_tok": 8,
        "moe_intermediate_size": 768,
    }
    shape = shape_of(moe)
    assert (shape.expert_count, shape.experts_per_token, shape.feed_forward_length) == (
        128,
        8,
        768,
    )


@pytest.mark.parametrize(
    ("config", "missing"),
    [
        ({}, "model_type is missing"),
        ({"model_type": "rwkv"}, "the model type 'rwkv' is not known here"),
        ({"model_type": "phi3"}, "num_attention_heads is missing"),
        ({"model_type": "phimoe"} | PHI_4 | {"model_type": "phimoe"}, "num_local_experts"),
    ],
)
def test_that_what_a_config_lacks_is_named(config, missing):
    read = hf_config(config, "config.json")
    assert read.shape is None
    assert missing in read.missing[0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"num_hidden_layers": 0}, "num_hidden_layers as 0, which is not from 1 to 1,024"),
        ({"num_hidden_layers": -3}, "num_hidden_layers as -3"),
        ({"num_hidden_layers": 10**30}, "num_hidden_layers as a number of more than 20 digits"),
        ({"num_hidden_layers": 40.5}, "num_hidden_layers as 40.5, which is not a whole number"),
        ({"num_hidden_layers": float("nan")}, "num_hidden_layers as nan"),
        ({"num_hidden_layers": float("inf")}, "num_hidden_layers as inf"),
        ({"num_hidden_layers": "40"}, "num_hidden_layers as '40'"),
        ({"num_hidden_layers": [40]}, "num_hidden_layers as list"),
        ({"num_hidden_layers": True}, "num_hidden_layers as True"),
        ({"hidden_size": 5121}, "its hidden_size of 5,121 does not divide into 40 heads"),
        ({"num_key_value_heads": 7}, "contradicts itself: head_count"),
        ({"rope_theta": 0}, "rope_theta as 0, which is not above 0"),
        ({"rope_theta": float("inf")}, "rope_theta as inf"),
        ({"partial_rotary_factor": 1.5}, "partial_rotary_factor as 1.5"),
        ({"sliding_window": 0}, "sliding_window as 0"),
    ],
)
def test_that_values_that_cannot_be_are_refused_by_name_and_value(changes, sentence):
    with pytest.raises(PlannerError) as refusal:
        hf_config(PHI_4 | changes, "'config.json'")
    assert str(refusal.value).startswith("'config.json' ")
    assert sentence in str(refusal.value)


def test_that_a_whole_number_written_as_a_fraction_is_one():
    assert shape_of(PHI_4 | {"num_hidden_layers": 40.0}).layer_count == 40


def test_that_a_config_of_megabytes_is_not_read(tmp_path):
    path = write_json(tmp_path / "config.json", {"x": "x" * LARGEST_CONFIG_BYTES})
    with pytest.raises(PlannerError, match=r"1\.00 MiB long; a real one is at most"):
        read_hf_config(path)


def test_that_a_config_that_is_no_object_is_refused(tmp_path):
    with pytest.raises(PlannerError, match="holds no JSON object"):
        read_hf_config(write_json(tmp_path / "config.json", [1, 2]))
