"""Which model a file holds, by its tensors."""

from dataclasses import replace

import pytest

from planner.core.gguf_layout import TensorLayout
from planner.core.model_file import FileTensor
from planner.core.resemblance import checkpoint_resemblance, gguf_resemblance
from tests.core.model_files import checkpoint_file, gguf_file


def resembled(file, models):
    return gguf_resemblance(file.tensors, models)


def published(file, models):
    return checkpoint_resemblance(file.tensors, models)


def ids(found):
    return [model.id for model in found.models]


def test_that_every_model_of_the_catalogue_is_found_in_its_own_checkpoint(catalogue):
    models = tuple(catalogue.values())
    for model in models:
        if model.shape is not None:
            found = published(checkpoint_file(model), models)
            assert found.is_exact
            assert model.id in ids(found)
            assert {each.parameter_count for each in found.models} == {model.parameter_count}


@pytest.mark.parametrize(
    ("model_id", "layout"),
    [
        ("phi-4", TensorLayout.DEFAULT),
        ("phi-4", TensorLayout.SPLIT),
        ("phi-2", TensorLayout.DEFAULT),
        ("phi-2", TensorLayout.FUSED),
        ("phi-3.5-moe", TensorLayout.DEFAULT),
    ],
)
def test_that_a_gguf_is_found_in_the_layout_it_has(catalogue, model_id, layout):
    file = gguf_file(catalogue[model_id], "Q8_0", layout=layout)
    found = resembled(file, catalogue.values())
    assert found.is_exact
    assert ids(found)[0] == model_id
    assert found.layout is layout


def test_that_models_with_the_same_tensors_are_all_named(catalogue, phi_4):
    found = resembled(gguf_file(phi_4, "Q8_0"), catalogue.values())
    assert {"phi-4", "phi-4-reasoning", "phi-4-reasoning-plus"} <= set(ids(found))


def test_that_the_long_context_phi_3_mini_is_told_by_its_rope_factors(catalogue):
    short, long = catalogue["phi-3-mini-4k"], catalogue["phi-3-mini-128k"]
    models = (short, long)
    assert ids(resembled(gguf_file(short, "Q8_0"), models)) == [short.id]
    assert ids(resembled(gguf_file(long, "Q8_0"), models)) == [long.id]


def test_that_a_larger_vocabulary_is_named_as_the_difference(catalogue, phi_4):
    plain = gguf_file(phi_4, "Q8_0")
    tensors = [
        replace(each, shape=(100_384, 5120)) if each.name == "output.weight" else each
        for each in plain.tensors
    ]
    tensors.append(FileTensor("extra.weight", (8,), "F32", 32))
    without = [each for each in tensors if each.name != "output_norm.weight"]
    found = resembled(replace(plain, tensors=tuple(without)), catalogue.values())
    assert not found.is_exact
    assert {(each.name, each.here, each.there) for each in found.differences} == {
        ("output.weight", (100_384, 5120), (100_352, 5120)),
        ("extra.weight", (8,), None),
        ("output_norm.weight", None, (5120,)),
    }


def test_that_other_models_resemble_nothing(catalogue):
    tensors = [FileTensor(f"blk.{layer}.attn_q.weight", (8, 8), "F32", 256) for layer in (0, 1)]
    assert gguf_resemblance(tensors, catalogue.values()) is None
    assert checkpoint_resemblance(tensors, catalogue.values()) is None
    assert gguf_resemblance([], ()) is None
