"""The weights of a GGUF file that exists: its own tensors in place of the quantiser's."""

from collections.abc import Iterable
from typing import Final

from planner.core.blocks import Role
from planner.core.errors import UnsupportedPlanError
from planner.core.model_file import FileTensor, padded_bytes
from planner.core.runtimes.llama_cpp.weights import GgufWeights, StoredTensor, weights_of
from planner.core.tensors import TensorSet

_LAYER_PREFIX: Final = "blk."
_ROLES: Final = {
    "token_embd": Role.TOKEN_EMBEDDING,
    "output": Role.OUTPUT,
    "output_norm": Role.OUTPUT_NORM,
    "attn_norm": Role.ATTENTION_NORM,
    "ffn_norm": Role.FEED_FORWARD_NORM,
    "attn_qkv": Role.ATTENTION_QKV,
    "attn_q": Role.ATTENTION_Q,
    "attn_k": Role.ATTENTION_K,
    "attn_v": Role.ATTENTION_V,
    "attn_output": Role.ATTENTION_OUTPUT,
    "ffn_gate": Role.FEED_FORWARD_GATE,
    "ffn_gate_exps": Role.FEED_FORWARD_GATE,
    "ffn_up": Role.FEED_FORWARD_UP,
    "ffn_up_exps": Role.FEED_FORWARD_UP,
    "ffn_down": Role.FEED_FORWARD_DOWN,
    "ffn_down_exps": Role.FEED_FORWARD_DOWN,
    "ffn_gate_inp": Role.ROUTER,
    "rope_factors_long": Role.ROPE_FACTORS,
    "rope_factors_short": Role.ROPE_FACTORS,
    "rope_freqs": Role.ROPE_FACTORS,
}


def name_and_layer(name: str) -> tuple[str, int | None]:
    """Take `blk.7.attn_q.weight` apart into `blk.{layer}.attn_q.weight` and 7."""
    if name.startswith(_LAYER_PREFIX):
        number, dot, rest = name[len(_LAYER_PREFIX) :].partition(".")
        if dot and number.isascii() and number.isdigit() and len(number) <= 6:
            return f"{_LAYER_PREFIX}{{layer}}.{rest}", int(number)
    return name, None


def file_weights(
    tensors: Iterable[FileTensor], *, layer_count: int, alignment: int
) -> GgufWeights:
    """Return the tensors of a file as llama.cpp places them.

    A tensor that no Phi model has gets the role of a component; only its bytes and its layer
    matter here.

    Raises:
        UnsupportedPlanError: a tensor belongs to a layer that the metadata does not count.
    """
    groups: dict[tuple[str, tuple[int, ...], str, int], list[int]] = {}
    for tensor in tensors:
        pattern, layer = name_and_layer(tensor.name)
        if layer is not None and layer >= layer_count:
            raise UnsupportedPlanError(
                f"The tensor {tensor.name!r} is of a layer beyond the {layer_count:,} that the "
                "metadata counts, so it is not known where it would be placed."
            )
        key = (pattern, tensor.shape, tensor.storage, tensor.size_bytes)
        layers = groups.setdefault(key, [])
        if layer is not None:
            layers.append(layer)
    stored = tuple(
        StoredTensor(
            tensor_set=TensorSet(
                name=pattern, role=_role(pattern), shape=shape, layers=tuple(layers)
            ),
            storage=storage,
            layers=tuple(layers),
            bytes_each=padded_bytes(size_bytes, alignment),
        )
        for (pattern, shape, storage, size_bytes), layers in groups.items()
    )
    return weights_of(stored, layer_count)


def _role(pattern: str) -> Role:
    stem = pattern.removeprefix("blk.{layer}.").rpartition(".")[0]
    return _ROLES.get(stem, Role.COMPONENT)
