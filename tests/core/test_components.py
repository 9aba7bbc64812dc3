"""The parts beside the text models, against the counts that are published for them."""

from math import prod

import pytest

from planner.catalogue import load_model
from planner.core.model_spec import Component

# CLIP ViT-L/14-336 and the projector: files of microsoft/Phi-3-vision-128k-instruct, whose
# total on the Hub is 4,146,621,440. SigLIP, Conformer, projections and LoRA: the parts of
# microsoft/Phi-4-multimodal-instruct, total 5,574,460,384; the report (arXiv 2503.01743) rounds
# them to 440M, 460M, 370M and 460M. SigLIP2: google/siglip2-so400m-patch16-naflex.
PUBLISHED = {
    "phi-3-vision-128k": {
        "CLIP ViT-L/14 at 336 px": 303_507_456,
        "image projection": 22_026_240,
        "separators": 8_192,
    },
    "phi-3.5-vision": {
        "CLIP ViT-L/14 at 336 px": 303_507_456,
        "image projection": 22_026_240,
        "separators": 8_192,
    },
    "phi-4-multimodal": {
        "SigLIP so400m": 428_565_440 - 15_238_352,
        "SigLIP pooling head": 15_238_352,
        "image projection": 12_982_272,
        "separators": 2_304,
        "Conformer": 441_238_144,
        "speech projections": 25_178_112,
        "vision LoRA": 369_098_752,
        "speech LoRA": 461_373_440,
        "speech normalisation": 160,
    },
    "phi-4-reasoning-vision-15b": {
        "SigLIP2 so400m NaFlex": 412_649_712,
        "SigLIP2 pooling head": 427_888_064 - 412_649_712,
        "image projection": 32_122_880,
    },
}
TEXT_PARTS = {
    "phi-3-vision-128k": 3_821_079_552,
    "phi-3.5-vision": 3_821_079_552,
    "phi-4-multimodal": 3_836_021_760,
    "phi-4-reasoning-vision-15b": 14_659_507_200,
}
# Values for each rank over the 32 layers: inputs and outputs of qkv, o, gate_up and down.
LORA_VALUES_PER_RANK = 1_441_792


def parameter_count(component: Component) -> int:
    return sum(prod(group.shape) * group.count for group in component.tensors)


@pytest.mark.parametrize(
    ("model_id", "name", "published"),
    [
        (model_id, name, count)
        for model_id, parts in PUBLISHED.items()
        for name, count in parts.items()
    ],
)
def test_that_a_component_has_the_published_count(model_id, name, published):
    components = {part.name: part for part in load_model(model_id).components}
    assert parameter_count(components[name]) == published


@pytest.mark.parametrize("model_id", PUBLISHED)
def test_that_text_and_components_make_up_the_model(model_id):
    model = load_model(model_id)
    assert {part.name for part in model.components} == set(PUBLISHED[model_id])
    extra = sum(parameter_count(part) for part in model.components)
    assert TEXT_PARTS[model_id] + extra == model.parameter_count


@pytest.mark.parametrize(("name", "rank"), [("vision LoRA", 256), ("speech LoRA", 320)])
def test_that_a_lora_grows_with_its_rank(name, rank):
    components = {part.name: part for part in load_model("phi-4-multimodal").components}
    assert parameter_count(components[name]) == rank * LORA_VALUES_PER_RANK


@pytest.mark.parametrize(
    ("model_id", "first"),
    [
        (
            "phi-3-vision-128k",
            "model.vision_embed_tokens.img_processor.vision_model.embeddings.class_embedding",
        ),
        (
            "phi-4-reasoning-vision-15b",
            "model.vision_tower.vision_tower.vision_model.embeddings.patch_embedding.weight",
        ),
    ],
)
def test_that_names_are_those_of_the_checkpoint(model_id, first):
    component = load_model(model_id).components[0]
    assert component.prefix + component.tensors[0].name == first


def test_that_text_models_have_no_components():
    assert load_model("phi-4").components == ()
