"""GGUF names and shapes: the same values, however the converter stored them."""

import pytest

from planner.core.errors import UnsupportedPlanError
from planner.core.gguf_layout import TensorLayout, gguf_tensor_sets
from planner.core.tensors import parameter_count, text_tensor_sets

CONVERTIBLE = ("phi-1", "phi-2", "phi-3-mini-4k", "phi-4", "phi-4-mini", "phi-3.5-moe")


@pytest.mark.parametrize("layout", TensorLayout)
@pytest.mark.parametrize("model_id", CONVERTIBLE)
def test_that_no_layout_adds_or_drops_a_value(catalogue, model_id, layout):
    shape = catalogue[model_id].shape
    stored = parameter_count(gguf_tensor_sets(shape, layout))
    assert stored - 2 * shape.rope_factor_count == parameter_count(text_tensor_sets(shape))


def names_of(catalogue, model_id: str, layout: TensorLayout) -> dict[str, tuple[int, ...]]:
    sets = gguf_tensor_sets(catalogue[model_id].shape, layout)
    return {each.name: each.shape for each in sets}


def test_that_phi_4_keeps_its_fused_tensors_by_default(catalogue):
    names = names_of(catalogue, "phi-4", TensorLayout.DEFAULT)
    assert names["blk.{layer}.attn_qkv.weight"] == (7680, 5120)
    assert names["blk.{layer}.ffn_up.weight"] == (35840, 5120)


def test_that_a_split_layout_takes_them_apart(catalogue):
    names = names_of(catalogue, "phi-4", TensorLayout.SPLIT)
    assert names["blk.{layer}.attn_q.weight"] == (5120, 5120)
    assert names["blk.{layer}.attn_v.weight"] == (1280, 5120)
    assert names["blk.{layer}.ffn_gate.weight"] == (17920, 5120)
    assert "blk.{layer}.attn_qkv.weight" not in names


def test_that_a_fused_layout_joins_weights_and_biases(catalogue):
    names = names_of(catalogue, "phi-2", TensorLayout.FUSED)
    assert names["blk.{layer}.attn_qkv.weight"] == (7680, 2560)
    assert names["blk.{layer}.attn_qkv.bias"] == (7680,)
    assert not any("attn_q." in name for name in names)


def test_that_experts_are_stacked(catalogue):
    names = names_of(catalogue, "phi-3.5-moe", TensorLayout.DEFAULT)
    assert names["blk.{layer}.ffn_down_exps.weight"] == (16, 4096, 6400)
    assert names["blk.{layer}.ffn_gate_inp.weight"] == (16, 4096)


def test_that_longrope_models_carry_their_two_factor_lists(catalogue):
    # Published Phi-3-mini-128k files are 384 B larger than those of the 4k model.
    names = names_of(catalogue, "phi-3-mini-128k", TensorLayout.DEFAULT)
    assert names["rope_factors_long.weight"] == names["rope_factors_short.weight"] == (48,)


@pytest.mark.parametrize("model_id", ["phi-3-small-8k", "phi-4-mini-flash-reasoning"])
def test_that_blocks_llama_cpp_does_not_know_are_refused(catalogue, model_id):
    with pytest.raises(UnsupportedPlanError, match="no GGUF file"):
        gguf_tensor_sets(catalogue[model_id].shape)
