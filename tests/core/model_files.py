"""Model files made from the catalogue, as a reader would hand them over."""

from dataclasses import replace

from planner.core.foreign_shape import ForeignShape, LayerCache
from planner.core.gguf_layout import TensorLayout
from planner.core.model_file import FileKind, FileTensor, Label, ModelFile
from planner.core.model_spec import ModelSpec
from planner.core.quant_format import BLOCKS, find_quant_format
from planner.core.quant_mix import MixRules
from planner.core.runtimes.llama_cpp.weights import gguf_weights
from planner.core.tensors import tensor_sets


def gguf_file(
    model: ModelSpec,
    quant: str,
    *,
    rules: MixRules = MixRules.CURRENT,
    layout: TensorLayout = TensorLayout.DEFAULT,
    imatrix: bool = False,
) -> ModelFile:
    """The GGUF file that the quantiser makes of a model, labelled as what it is."""
    assert model.shape is not None
    weights = gguf_weights(
        model.shape, find_quant_format(quant), rules=rules, layout=layout, imatrix=imatrix
    )
    tensors = []
    for stored in weights.stored:
        for layer in stored.layers or (None,):
            tensor = FileTensor(
                stored.tensor_set.name.replace("{layer}", str(layer)),
                stored.tensor_set.shape,
                str(stored.storage),
                0,
            )
            elements, size = next(
                block for storage, block in BLOCKS.items() if storage == stored.storage
            )
            tensors.append(
                replace(tensor, size_bytes=tensor.parameter_count // elements * size)
            )
    return ModelFile(
        kind=FileKind.GGUF,
        name="model.gguf",
        file_names=("model.gguf",),
        file_bytes=weights.tensor_bytes + 1_000_000,
        tensors=tuple(tensors),
        architecture="phi3",
        shape=model.shape,
        labels=(Label(source="general.file_type", quant_format=quant),),
    )


def checkpoint_file(model: ModelSpec) -> ModelFile:
    """The safetensors checkpoint of a model in bfloat16."""
    assert model.shape is not None
    tensors = tuple(
        FileTensor(tensor.name, tensor.shape, "BF16", 2 * tensor.parameter_count)
        for each in tensor_sets(model.shape, model.components)
        for tensor in each.tensors()
    )
    return ModelFile(
        kind=FileKind.SAFETENSORS,
        name="phi",
        file_names=("model.safetensors",),
        file_bytes=sum(tensor.size_bytes for tensor in tensors),
        tensors=tensors,
        shape=model.shape,
    )


def stored_as(file: ModelFile, part: str, storage: str) -> ModelFile:
    """The same file with the tensors of that name, such as `attn_qkv`, in another type."""
    elements, size = next(block for name, block in BLOCKS.items() if name == storage)
    return replace(
        file,
        tensors=tuple(
            FileTensor(each.name, each.shape, storage, each.parameter_count // elements * size)
            if part in each.name.split(".")
            else each
            for each in file.tensors
        ),
    )


def foreign_shape(**changes):
    """Llama 3 8B: 32 layers, 8 KV heads of 128."""
    shape = ForeignShape(
        source="llama.gguf",
        architecture="llama",
        layer_count=32,
        embedding_length=4096,
        feed_forward_length=14_336,
        head_count=32,
        vocab_size=128_256,
        tied_embeddings=False,
        context_length_limit=8192,
        caches=(LayerCache(kv_head_count=8, key_length=128, value_length=128),) * 32,
    )
    return replace(shape, **changes)
