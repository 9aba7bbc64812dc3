"""The tensors of a file that exists, placed as the quantiser's are."""

import pytest

from planner.core.blocks import Role
from planner.core.errors import UnsupportedPlanError
from planner.core.model_file import FileTensor
from planner.core.quant_format import find_quant_format
from planner.core.runtimes.llama_cpp.file_weights import file_weights, name_and_layer
from planner.core.runtimes.llama_cpp.weights import gguf_weights
from tests.core.model_files import gguf_file


@pytest.mark.parametrize(
    "model_id", ["phi-2", "phi-3.5-mini", "phi-4", "phi-4-mini", "phi-3.5-moe"]
)
@pytest.mark.parametrize("quant", ["F16", "Q4_K_M", "IQ2_M"])
def test_that_a_plain_file_weighs_what_the_quantiser_says(models, model_id, quant):
    model = models[model_id]
    planned = gguf_weights(model.shape, find_quant_format(quant))
    read = file_weights(
        gguf_file(model, quant).tensors, layer_count=model.shape.layer_count, alignment=32
    )
    for field in (
        "tensor_bytes",
        "layer_bytes",
        "token_embedding_bytes",
        "repacked_bytes",
        "is_tied",
    ):
        assert getattr(read, field) == getattr(planned, field)


def test_that_a_tensor_of_another_family_is_placed_by_its_layer_alone():
    tensors = (FileTensor("blk.1.attn_q_norm.weight", (128,), "F32", 512),)
    weights = file_weights(tensors, layer_count=2, alignment=64)
    assert weights.layer_bytes == (0, 512)
    assert weights.stored[0].role is Role.COMPONENT


def test_that_the_files_own_alignment_pads():
    tensors = (FileTensor("output_norm.weight", (3,), "F32", 12),)
    assert file_weights(tensors, layer_count=1, alignment=4096).tensor_bytes == 4096


def test_that_a_layer_beyond_the_count_is_refused():
    with pytest.raises(UnsupportedPlanError, match=r"'blk\.2\.x' is of a layer beyond the 2"):
        file_weights([FileTensor("blk.2.x", (1,), "F32", 4)], layer_count=2, alignment=32)


def test_that_only_numbers_are_layers():
    assert name_and_layer("blk.12.attn_q.weight") == ("blk.{layer}.attn_q.weight", 12)
    for name in ("token_embd.weight", "blk.x.y", "blk.7", "blk.²3.x", "blk.99999999.x"):
        assert name_and_layer(name) == (name, None)
