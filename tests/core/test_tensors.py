"""The inventory against the parameter counts that are published."""

import dataclasses

import pytest

from planner.core.blocks import Role, block_tensors
from planner.core.model_spec import Architecture
from planner.core.tensors import (
    active_parameter_count,
    model_parameter_count,
    parameter_count,
    tensor_sets,
    text_tensor_sets,
)

# Totals on the Hugging Face Hub (safetensors), or where none is shown the count of the
# published shapes: Phi-3-small, Phi-tiny-MoE and Phi-4-reasoning-vision.
PUBLISHED = {
    "phi-1": 1_418_270_720,
    "phi-1.5": 1_418_270_720,
    "phi-2": 2_779_683_840,
    "phi-3-mini-4k": 3_821_079_552,
    "phi-3-mini-128k": 3_821_079_552,
    "phi-3-small-8k": 7_392_272_384,
    "phi-3-small-128k": 7_392_272_384,
    "phi-3-medium-4k": 13_960_238_080,
    "phi-3-medium-128k": 13_960_238_080,
    "phi-3-vision-128k": 4_146_621_440,
    "phi-3.5-mini": 3_821_079_552,
    "phi-3.5-moe": 41_873_153_344,
    "phi-3.5-vision": 4_146_621_440,
    "phi-4": 14_659_507_200,
    "phi-4-mini": 3_836_021_760,
    "phi-4-multimodal": 5_574_460_384,
    "phi-4-mini-reasoning": 3_836_021_760,
    "phi-4-reasoning": 14_659_507_200,
    "phi-4-reasoning-plus": 14_659_507_200,
    "phi-4-mini-flash-reasoning": 3_852_562_944,
    "phi-mini-moe": 7_647_632_704,
    "phi-tiny-moe": 3_755_220_288,
    "phi-4-reasoning-vision-15b": 15_119_518_144,
}
ACTIVE = {
    "phi-3.5-moe": 6_640_999_744,
    "phi-mini-moe": 2_362_809_664,
    "phi-tiny-moe": 1_288_969_536,
}
open_models = pytest.mark.parametrize("model_id", PUBLISHED)


def test_that_every_model_but_the_closed_one_is_counted_here(catalogue):
    assert set(catalogue) - set(PUBLISHED) == {"phi-silica"}


@open_models
def test_that_the_derived_count_is_the_published_one(catalogue, model_id):
    model = catalogue[model_id]
    assert model_parameter_count(model) == PUBLISHED[model_id] == model.parameter_count


@pytest.mark.parametrize("model_id", ACTIVE)
def test_that_the_active_count_is_the_published_one(catalogue, model_id):
    model = catalogue[model_id]
    derived = active_parameter_count(model.shape)
    assert derived == ACTIVE[model_id] == model.active_parameter_count


def test_that_a_closed_model_has_no_count(catalogue):
    assert model_parameter_count(catalogue["phi-silica"]) is None


@open_models
def test_that_every_tensor_has_a_name_of_its_own(catalogue, model_id):
    model = catalogue[model_id]
    sets = tensor_sets(model.shape, model.components)
    tensors = [tensor for each in sets for tensor in each.tensors()]
    assert len({tensor.name for tensor in tensors}) == len(tensors)
    assert len(tensors) == sum(each.tensor_count for each in sets)
    assert sum(tensor.parameter_count for tensor in tensors) == parameter_count(sets)
    assert not any("{" in tensor.name for tensor in tensors)


def test_that_phi_2_has_one_norm_a_block_and_biases_everywhere(catalogue):
    tensors = {
        tensor.name: tensor.shape
        for each in text_tensor_sets(catalogue["phi-2"].shape)
        for tensor in each.tensors()
    }
    assert tensors["model.layers.31.mlp.fc1.weight"] == (10240, 2560)
    assert tensors["lm_head.bias"] == (51200,)
    assert not any("post_attention" in name for name in tensors)


def test_that_the_flash_model_mixes_five_kinds_of_layer(catalogue):
    layers = {
        each.role: each.layers
        for each in text_tensor_sets(catalogue["phi-4-mini-flash-reasoning"].shape)
    }
    assert len(layers[Role.MAMBA]) == 9
    assert len(layers[Role.GATED_MEMORY]) == 7
    assert len(layers[Role.ATTENTION_QKV]) == 9
    assert len(layers[Role.ATTENTION_Q]) == 7


def test_that_a_flash_shape_without_its_layers_is_refused(catalogue):
    broken = dataclasses.replace(catalogue["phi-2"].shape, architecture=Architecture.PHI4FLASH)
    with pytest.raises(ValueError, match="hybrid"):
        block_tensors(broken)


def test_that_experts_are_named_one_by_one(catalogue):
    names = {
        tensor.name
        for each in text_tensor_sets(catalogue["phi-3.5-moe"].shape)
        for tensor in each.tensors()
    }
    assert "model.layers.31.block_sparse_moe.experts.15.w2.weight" in names
