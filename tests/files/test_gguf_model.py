"""GGUF keys in our words."""

from dataclasses import replace
from typing import Any

import pytest

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.foreign_shape import LayerCache
from planner.core.gguf_layout import TensorLayout
from planner.files.gguf_model import read_gguf_model
from tests.files.writers import ARRAY, BOOL, F32, I32, Gguf, Typed, catalogue_gguf, tiny_phi3

MODELS: dict[str, Any] = {model.id: model for model in load_catalogue().models}


def opened(path):
    return read_gguf_model(path)


@pytest.mark.parametrize(
    "model_id",
    [
        "phi-1.5",
        "phi-2",
        "phi-3-mini-4k",
        "phi-3.5-mini",
        "phi-4-mini",
        "phi-4",
        "phi-tiny-moe",
    ],
)
@pytest.mark.parametrize("layout", [TensorLayout.DEFAULT, TensorLayout.FUSED])
def test_that_a_converted_model_has_the_catalogues_shape(tmp_path, model_id, layout):
    model = MODELS[model_id]
    gguf = catalogue_gguf(model, "Q8_0", layout=layout)
    # The data are not there: the header alone is read, and the length is what must be right.
    file = opened(gguf.write(tmp_path / "model.gguf"))
    assert file.shape == replace(
        model.shape, source="'model.gguf'", context_length_limit=model.shape.position_limit
    )
    assert file.parameter_count == model.parameter_count
    assert file.title == model.name
    assert file.labels[0].quant_format == "Q8_0"


def test_that_heads_of_another_size_are_seen_in_the_tensors(tmp_path):
    # Phi-tiny-MoE: heads of 128, where the width over the heads is 256.
    gguf = catalogue_gguf(MODELS["phi-tiny-moe"], "Q8_0")
    assert "phimoe.attention.key_length" not in gguf.metadata
    assert opened(gguf.write(tmp_path / "a.gguf")).shape.head_dim == 128


def read(tmp_path, gguf: Gguf):
    return opened(gguf.write(tmp_path / "model.gguf"))


def test_that_a_label_in_the_name_stands_beside_the_files_own(tmp_path):
    file = opened(tiny_phi3().write(tmp_path / "tiny-q8_0.gguf"))
    assert [(each.source, each.quant_format) for each in file.labels] == [
        ("general.file_type", "Q4_K_M"),
        ("the file's name", "Q8_0"),
    ]


def llama(family="llama", **changes) -> Gguf:
    """A model of another family with two layers; `changes` add keys of it."""
    gguf = tiny_phi3()
    metadata = {
        key.replace("phi3.", f"{family}."): value for key, value in gguf.metadata.items()
    }
    metadata |= {"general.architecture": family}
    metadata |= {f"{family}.{key.replace('__', '.')}": value for key, value in changes.items()}
    tensors: list[Any] = []
    for name, shape, storage in gguf.tensors:
        if "attn_qkv" in name:
            tensors += [
                (name.replace("qkv", "q"), (256, 256), storage),
                (name.replace("qkv", "k"), (128, 256), storage),
                (name.replace("qkv", "v"), (128, 256), storage),
            ]
        else:
            tensors.append((name, shape, storage))
    return Gguf(metadata, tensors)


@pytest.mark.parametrize("family", ["llama", "qwen2", "qwen3", "gemma", "mistral3"])
def test_that_other_families_have_their_cache(tmp_path, family):
    shape = read(tmp_path, llama(family)).shape
    cache = LayerCache(kv_head_count=2, key_length=64, value_length=64)
    assert shape.caches == (cache, cache)
    assert (shape.vocab_size, shape.head_count, shape.tied_embeddings) == (64, 4, False)
    assert shape.expert_count == 0


def test_that_stated_head_sizes_and_counts_of_each_layer_count(tmp_path):
    gguf = llama(
        attention__key_length=32,
        attention__value_length=48,
        attention__head_count_kv=[1, 4],
        feed_forward_length=[512, 768],
    )
    shape = read(tmp_path, gguf).shape
    assert [each.kv_head_count for each in shape.caches] == [1, 4]
    assert {(each.key_length, each.value_length) for each in shape.caches} == {(32, 48)}
    assert shape.feed_forward_length == 768


def test_that_experts_are_read_for_other_families_too(tmp_path):
    gguf = llama("qwen3moe", expert_count=8, expert_used_count=2, expert_feed_forward_length=96)
    shape = read(tmp_path, gguf).shape
    assert (shape.expert_count, shape.experts_per_token, shape.feed_forward_length) == (
        8,
        2,
        96,
    )


def windows(shape):
    return [each.sliding_window for each in shape.caches]


def test_that_sliding_windows_follow_the_familys_period_or_the_files_own(tmp_path):
    # llama.cpp's set_swa_pattern: 2 for gemma2, 6 for gemma3; llama has none.
    assert windows(read(tmp_path, llama("gemma2", attention__sliding_window=64)).shape) == [
        64,
        None,
    ]
    assert windows(read(tmp_path, llama("gemma3", attention__sliding_window=64)).shape) == [
        64,
        64,
    ]
    assert (
        windows(read(tmp_path, llama("llama", attention__sliding_window=64)).shape)
        == [None] * 2
    )
    own = llama(
        "gemma3",
        attention__sliding_window=64,
        attention__sliding_window_pattern=Typed(ARRAY, [False, True], items=BOOL),
    )
    assert windows(read(tmp_path, own).shape) == [None, 64]
    period = llama("gemma3", attention__sliding_window=64, attention__sliding_window_pattern=1)
    assert windows(read(tmp_path, period).shape) == [None, None]
    # A window of 0 is none at all.
    assert (
        windows(read(tmp_path, llama("gemma2", attention__sliding_window=0)).shape)
        == [None] * 2
    )


def without(gguf: Gguf, key: str) -> Gguf:
    del gguf.metadata[key]
    return gguf


@pytest.mark.parametrize(
    ("key", "missing"),
    [
        ("general.architecture", "general.architecture is missing"),
        ("phi3.block_count", "phi3.block_count is missing"),
        ("phi3.embedding_length", "phi3.embedding_length is missing"),
        ("phi3.attention.head_count", "phi3.attention.head_count is missing"),
        ("phi3.feed_forward_length", "phi3.feed_forward_length is missing"),
        ("phi3.context_length", "phi3.context_length is missing"),
    ],
)
def test_that_what_a_shape_lacks_is_named_and_the_weights_still_count(tmp_path, key, missing):
    file = read(tmp_path, without(tiny_phi3(), key))
    assert file.shape is None
    assert file.missing == (missing,)
    assert file.parameter_count > 0


def test_that_an_unknown_architecture_is_missing_its_rules(tmp_path):
    file = read(tmp_path, tiny_phi3(general__architecture="rwkv7"))
    assert file.missing == ("the architecture 'rwkv7' is not known here",)


def test_that_a_model_without_an_embedding_has_no_shape(tmp_path):
    gguf = tiny_phi3()
    gguf.tensors = [each for each in gguf.tensors if each[0] != "token_embd.weight"]
    assert read(tmp_path, gguf).missing == ("the tensor token_embd.weight is missing",)


def test_that_kv_heads_default_to_heads_and_head_sizes_to_the_quotient(tmp_path):
    gguf = without(tiny_phi3(), "phi3.attention.head_count_kv")
    gguf.tensors = [each for each in gguf.tensors if "attn_qkv" not in each[0]]
    shape = read(tmp_path, gguf).shape
    assert (shape.kv_head_count, shape.head_dim) == (4, 64)
    gguf.metadata["phi3.attention.head_count"] = 3
    assert read(tmp_path, gguf).missing == ("phi3.attention.key_length is missing",)


def test_that_a_phi_with_different_layers_is_no_phi(tmp_path):
    file = read(tmp_path, tiny_phi3(phi3__attention__head_count_kv=[1, 2]))
    assert "different numbers of heads" in file.missing[0]


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("phi3.block_count", Typed(I32, -2), "phi3.block_count as -2, which is not from 1"),
        ("phi3.block_count", 0, "phi3.block_count as 0"),
        ("phi3.block_count", 4_000_000_000, "phi3.block_count as 4000000000"),
        ("phi3.block_count", "two", "phi3.block_count as 'two', which is not a whole number"),
        ("phi3.block_count", True, "phi3.block_count as True, which is not a whole number"),
        ("phi3.rope.freq_base", float("nan"), "phi3.rope.freq_base as nan"),
        ("phi3.rope.freq_base", float("inf"), "phi3.rope.freq_base as inf"),
        ("phi3.rope.freq_base", -1.0, "phi3.rope.freq_base as -1.0"),
        ("phi3.rope.freq_base", "x", "phi3.rope.freq_base as 'x', which is not a number"),
        ("phi3.embedding_length", Typed(F32, float("nan")), "embedding_length as nan"),
        ("phi3.attention.head_count_kv", [1, 2, 3], "head_count_kv 3 values for 2 layers"),
        ("phi3.attention.head_count_kv", [0, 0], "head_count_kv as 0"),
        ("phi3.attention.head_count_kv", 3, "contradicts itself: head_count"),
        ("phi3.rope.dimension_count", 512, "contradicts itself: rotary_dim"),
        ("phi3.attention.sliding_window", Typed(I32, -1), "sliding_window as -1"),
    ],
)
def test_that_values_that_cannot_be_are_refused_by_name_and_value(
    tmp_path, key, value, sentence
):
    gguf = tiny_phi3()
    gguf.metadata[key] = value
    with pytest.raises(PlannerError, match=sentence):
        read(tmp_path, gguf)


def test_that_a_pattern_for_other_layers_is_refused(tmp_path):
    gguf = llama(
        "gemma3", attention__sliding_window=64, attention__sliding_window_pattern=[1, 0, 1]
    )
    with pytest.raises(PlannerError, match="sliding_window_pattern as 3, values, not one"):
        read(tmp_path, gguf)


def test_that_a_vocabulary_beyond_all_bounds_is_refused(tmp_path):
    gguf = tiny_phi3()
    gguf.tensors[0] = ("token_embd.weight", (1 << 25, 256), "Q4_K")
    with pytest.raises(PlannerError, match=r"token_embd\.weight as 33554432"):
        read(tmp_path, gguf)


def test_that_bytes_nobody_owns_become_a_note(tmp_path):
    path = tiny_phi3().write(tmp_path / "model.gguf")
    with path.open("ab") as stream:
        stream.write(bytes(64))
    assert opened(path).notes[0].startswith("64 bytes of 'model.gguf'")


def test_that_a_name_of_blanks_is_no_name(tmp_path):
    assert read(tmp_path, tiny_phi3(general__name="  ")).title is None
