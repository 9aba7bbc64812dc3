"""Every tensor in one block, and each block with the figures of its model."""

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from planner.catalogue import load_catalogue
from planner.core.blocks import Role
from planner.core.diagram import diagram, plan_diagram
from planner.core.diagram.builder import checkpoint_tensors
from planner.core.diagram.checkpoint_sizes import checkpoint_sizes
from planner.core.diagram.facts import Activation, AttentionFacts, ComponentFacts, NormKind
from planner.core.diagram.model import BlockKind, LayerKind, Modality
from planner.core.diagram.plan_diagram import plan_tensors
from planner.core.errors import PlannerError
from planner.core.estimate import runtime_of
from planner.core.gguf_layout import TensorLayout
from planner.core.model_spec import Component, TensorGroup
from planner.core.plan import PlanOptions, RuntimeName
from planner.core.tensors import model_parameter_count, tensor_sets

MODELS = {model.id: model for model in load_catalogue().models}
OPEN = [model for model in MODELS.values() if model.shape is not None]
FORMATS = [(name, each) for name in RuntimeName for each in runtime_of(name).quant_formats]


def drawn(model) -> Any:
    return diagram(model)


def of(model_id) -> Any:
    return diagram(MODELS[model_id])


def at(model_id, quant_format, runtime=RuntimeName.LLAMA_CPP, **options) -> Any:
    model = MODELS[model_id]
    return plan_diagram(
        model, PlanOptions(runtime=runtime, **options).plan(model, quant_format)
    )


def attention(model_id):
    facts = of(model_id).block("layer.attention").facts
    assert isinstance(facts, AttentionFacts)
    return facts


@pytest.mark.parametrize("model", OPEN, ids=lambda model: model.id)
def test_that_each_tensor_of_the_checkpoint_is_in_exactly_one_block(model):
    held = Counter(
        tensor.name
        for block in diagram(model).blocks()
        for each in block.tensors
        for tensor in each.tensors.tensors()
    )
    stored = Counter(
        tensor.name
        for tensors in tensor_sets(model.shape, model.components)
        for tensor in tensors.tensors()
    )
    assert held == stored
    assert set(held.values()) == {1}


@pytest.mark.parametrize("model", OPEN, ids=lambda model: model.id)
def test_that_the_blocks_hold_the_published_number_of_parameters(model):
    assert diagram(model).parameter_count == model.parameter_count


@pytest.mark.parametrize(("runtime", "quant_format"), FORMATS)
def test_that_the_blocks_take_what_the_runtime_says_the_weights_take(runtime, quant_format):
    for model in OPEN:
        plan = PlanOptions(runtime=runtime).plan(model, quant_format)
        shown = plan_diagram(model, plan)
        assert shown.parameter_count == model_parameter_count(model)
        shares = [shown.share(block) for block in shown.blocks()]
        assert sum(share for share in shares if share is not None) == pytest.approx(1)
        try:
            runtime_of(runtime).check(model, plan)
        except PlannerError:
            assert (shown.total_bytes, shown.format_name) == (None, None)
        else:
            weights = runtime_of(runtime).file_figures(model, plan).tensor_bytes
            assert (shown.total_bytes, shown.format_name) == (weights, quant_format)


@pytest.mark.parametrize("layout", TensorLayout)
@pytest.mark.parametrize("model_id", ["phi-2", "phi-4"])
def test_that_another_layout_of_the_file_is_drawn_as_it_is(model_id, layout):
    shown = at(model_id, "Q4_K_M", layout=layout)
    roles = {each.tensors.role for each in shown.block("layer.attention").tensors}
    facts = shown.block("layer.attention").facts
    assert facts.is_fused == (Role.ATTENTION_QKV in roles)
    assert facts.has_own_keys
    assert shown.parameter_count == MODELS[model_id].parameter_count


def test_that_rope_factors_are_bytes_of_the_file_and_no_parameters():
    block = at("phi-4-mini", "Q4_K_M").block("layer.attention")
    factors = [each for each in block.tensors if each.tensors.role is Role.ROPE_FACTORS]
    # Two lists of 48 values of 4 bytes.
    assert [each.total_bytes for each in factors] == [192, 192]
    assert sum(each.parameter_count for each in factors) == 0
    assert block.layer_parameter_count == 3072 * 5120 + 3072 * 3072


@pytest.mark.parametrize("model_id", MODELS)
def test_that_a_key_names_one_block(model_id):
    shown = of(model_id)
    keys = [block.key for block in shown.blocks()]
    assert len(set(keys)) == len(keys)
    for block in shown.blocks():
        assert shown.block(block.key) == block
    assert shown.block("nothing") is None


def test_that_a_closed_model_has_no_blocks():
    shown = at("phi-silica", "Q4_K_M")
    assert shown.text is None
    assert list(shown.blocks()) == []
    assert (shown.parameter_count, shown.total_bytes) == (0, None)
    assert checkpoint_tensors(MODELS["phi-silica"]) == ()


@pytest.mark.parametrize("model_id", [m.id for m in OPEN])
def test_that_only_the_first_phi_models_feed_both_branches_from_one_norm(model_id):
    layers = of(model_id).text.layers
    is_first = model_id in ("phi-1", "phi-1.5", "phi-2")
    assert layers.is_parallel == is_first
    assert (layers.feed_forward_norm is None) == is_first
    assert layers.attention_norm.facts.feeds_both == is_first


def test_that_the_block_of_phi_2_has_the_figures_of_its_config():
    shown = of("phi-2")
    facts = attention("phi-2")
    assert (facts.head_count, facts.kv_head_count, facts.head_dim) == (32, 32, 80)
    assert (facts.rotary_dim, facts.group_size) == (32, 1)
    assert facts.has_bias
    assert not facts.is_fused
    feed_forward = shown.block("layer.feed_forward").facts
    assert feed_forward.activation is Activation.GELU
    assert not feed_forward.is_gated
    assert shown.text.head.facts.has_bias
    assert not shown.text.head.facts.is_tied
    assert shown.text.layers.attention_norm.facts.kind is NormKind.LAYER_NORM


def test_that_the_block_of_phi_4_mini_has_the_figures_of_its_config():
    facts = attention("phi-4-mini")
    assert (facts.group_size, facts.rotary_dim, facts.head_dim) == (3, 96, 128)
    assert facts.is_fused
    assert not facts.has_bias
    # 262,144 in the config is beyond the longest context: it never takes effect.
    assert facts.sliding_window is None
    shown = of("phi-4-mini")
    assert shown.text.head.facts.is_tied
    assert shown.share(shown.text.head) == 0
    assert shown.text.final_norm.facts.kind is NormKind.RMS_NORM


def test_that_a_window_shorter_than_the_context_is_told():
    assert attention("phi-3-mini-4k").sliding_window == 2047
    assert attention("phi-3.5-moe").sliding_window is None


def test_that_every_second_layer_of_phi_3_small_is_dense():
    pattern = of("phi-3-small-8k").text.layers.pattern
    assert pattern == (LayerKind.BLOCK_SPARSE, LayerKind.DENSE) * 16
    assert attention("phi-3-small-8k").dense_every == 2
    assert of("phi-4").text.layers.pattern == ()


# The counts of their model cards; of Phi-tiny-MoE the card says 1.1B, the tensors give this.
@pytest.mark.parametrize(
    ("model_id", "used"),
    [
        ("phi-3.5-moe", 6_640_999_744),
        ("phi-mini-moe", 2_362_809_664),
        ("phi-tiny-moe", 1_288_969_536),
    ],
)
@pytest.mark.parametrize("runtime", [RuntimeName.LLAMA_CPP, RuntimeName.VLLM])
def test_that_a_token_meets_two_of_sixteen_experts(model_id, used, runtime):
    quant_format = "Q8_0" if runtime is RuntimeName.LLAMA_CPP else "bf16"
    shown = at(model_id, quant_format, runtime)
    assert shown.used_parameter_count == used
    router, experts = shown.text.layers.feed_forward
    assert (router.facts.experts_per_token, router.facts.expert_count) == (2, 16)
    assert experts.used_parameter_count * 8 == experts.parameter_count


def test_that_the_hybrid_model_has_five_kinds_of_layers():
    layers = of("phi-4-mini-flash-reasoning").text.layers
    assert [(block.kind, block.repeat_count) for block in layers.mixers] == [
        (BlockKind.MAMBA, 9),
        (BlockKind.WINDOW_ATTENTION, 8),
        (BlockKind.FULL_ATTENTION, 1),
        (BlockKind.GATED_MEMORY, 7),
        (BlockKind.CROSS_ATTENTION, 7),
    ]
    assert layers.pattern[:3] == (
        LayerKind.MAMBA,
        LayerKind.WINDOW_ATTENTION,
        LayerKind.MAMBA,
    )
    assert layers.pattern.index(LayerKind.FULL_ATTENTION) == 17
    # Parameters of one layer, as the tensors of microsoft/ArchScale have them.
    assert [block.layer_parameter_count for block in layers.mixers] == [
        41_241_600,
        19_668_864,
        19_668_864,
        26_214_400,
        13_112_704,
    ]


def test_that_the_hybrid_models_attention_says_what_it_sees():
    mixers = {
        block.kind: block.facts for block in of("phi-4-mini-flash-reasoning").text.layers.mixers
    }
    window, cross = mixers[BlockKind.WINDOW_ATTENTION], mixers[BlockKind.CROSS_ATTENTION]
    assert (window.sliding_window, window.has_own_keys, window.rotary_dim) == (512, True, 0)
    assert (cross.sliding_window, cross.has_own_keys) == (None, False)
    assert window.is_differential
    assert mixers[BlockKind.FULL_ATTENTION].sliding_window is None


def test_that_the_multimodal_model_has_two_towers_and_two_adapters():
    shown = of("phi-4-multimodal")
    image, speech = shown.towers
    assert (image.modality, speech.modality) == (Modality.IMAGE, Modality.SPEECH)
    assert [block.kind for block in image.blocks] == [
        BlockKind.ENCODER,
        BlockKind.SEPARATORS,
        BlockKind.PROJECTOR,
    ]
    assert [block.kind for block in image.aside] == [BlockKind.POOLING_HEAD]
    assert [block.facts.name for block in speech.blocks] == [
        "speech normalisation",
        "Conformer",
        "speech projections",
    ]
    assert [block.facts.rank for block in shown.text.layers.adapters] == [256, 320]
    # The sums of the parts that the technical report (arXiv 2503.01743) rounds.
    assert [block.parameter_count for block in shown.text.layers.adapters] == [
        369_098_752,
        461_373_440,
    ]
    encoder = image.blocks[0].facts
    assert isinstance(encoder, ComponentFacts)
    assert (encoder.layer_count, encoder.rank) == (27, None)
    assert (image.blocks[2].facts.in_width, image.blocks[2].facts.out_width) == (1152, 3072)


def test_that_a_gguf_file_holds_no_tower():
    shown = at("phi-4-multimodal", "Q4_K_M")
    beside = [block for tower in shown.towers for block in (*tower.blocks, *tower.aside)]
    assert {block.total_bytes for block in beside} == {None}
    assert {shown.share(block) for block in beside} == {None}
    assert beside[0].layer_bytes is None
    whole = at("phi-4-multimodal", "bf16", RuntimeName.VLLM)
    assert whole.block(beside[0].key).total_bytes == 2 * beside[0].parameter_count


def test_that_parts_of_an_unknown_kind_are_drawn_all_the_same():
    extra = Component(
        name="something",
        kind="something-new",
        source="test",
        tensors=(TensorGroup(name="weight", shape=(3, 4)),),
    )
    alone = replace(MODELS["phi-4"], components=(extra,))
    (block,) = drawn(alone).text.layers.adapters
    assert (block.kind, block.parameter_count) == (BlockKind.OTHER, 12)
    assert (block.facts.rank, block.facts.layer_count) == (None, 0)
    vision = MODELS["phi-3-vision-128k"]
    with_tower = drawn(replace(vision, components=(*vision.components, extra)))
    assert with_tower.towers[0].blocks[-1].facts.name == "something"
    assert with_tower.text.layers.adapters == ()


def test_that_layers_of_a_mix_take_different_amounts():
    assert not at("phi-2", "Q4_K_M").text.layers.is_even
    assert at("phi-2", "Q8_0").text.layers.is_even


def test_that_a_gguf_file_is_not_sized_as_a_checkpoint():
    model = MODELS["phi-2"]
    plan = PlanOptions().plan(model, "Q4_K_M")
    with pytest.raises(ValueError, match="GGUF"):
        checkpoint_sizes(model, plan)
    assert {each.storage for each in plan_tensors(model, plan)} == {"Q4_K", "Q6_K", "F32"}
