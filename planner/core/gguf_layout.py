"""How llama.cpp's converter stores a Phi model: the same values under other names.

Names and transformations from ggml-org/llama.cpp `gguf-py/gguf/tensor_mapping.py` and
`convert_hf_to_gguf.py`. The text part alone goes into the model file; images and speech have
files of their own (mmproj) or none.
"""

from dataclasses import replace
from enum import StrEnum
from functools import lru_cache
from typing import Final

from planner.core.blocks import Role
from planner.core.errors import UnsupportedPlanError
from planner.core.model_spec import Architecture, TransformerShape
from planner.core.tensors import TensorSet, text_tensor_sets


class TensorLayout(StrEnum):
    """How the converter stored the tensors that can stand together or apart.

    `default` keeps what the checkpoint has. `fused` joins q, k and v, as early conversions of
    Phi-2 did; `split` takes q, k, v and gate, up apart, as "llamafied" conversions do.
    """

    DEFAULT = "default"
    FUSED = "fused"
    SPLIT = "split"


_NAMES: Final = {
    Role.TOKEN_EMBEDDING: "token_embd",
    Role.OUTPUT: "output",
    Role.OUTPUT_NORM: "output_norm",
    Role.ATTENTION_NORM: "blk.{layer}.attn_norm",
    Role.FEED_FORWARD_NORM: "blk.{layer}.ffn_norm",
    Role.ATTENTION_QKV: "blk.{layer}.attn_qkv",
    Role.ATTENTION_Q: "blk.{layer}.attn_q",
    Role.ATTENTION_K: "blk.{layer}.attn_k",
    Role.ATTENTION_V: "blk.{layer}.attn_v",
    Role.ATTENTION_OUTPUT: "blk.{layer}.attn_output",
    # A fused gate and up goes by the name of "up" in llama.cpp's phi3.
    Role.FEED_FORWARD_GATE_UP: "blk.{layer}.ffn_up",
    Role.FEED_FORWARD_GATE: "blk.{layer}.ffn_gate",
    Role.FEED_FORWARD_UP: "blk.{layer}.ffn_up",
    Role.FEED_FORWARD_DOWN: "blk.{layer}.ffn_down",
    Role.ROUTER: "blk.{layer}.ffn_gate_inp",
}
_GGUF_ARCHITECTURES: Final = (Architecture.PHI, Architecture.PHI3, Architecture.PHIMOE)


def require_gguf_architecture(shape: TransformerShape) -> None:
    """Refuse a block that llama.cpp does not know.

    Raises:
        UnsupportedPlanError: llama.cpp has no such architecture.
    """
    if shape.architecture not in _GGUF_ARCHITECTURES:
        raise UnsupportedPlanError(
            f"llama.cpp has no {shape.architecture.value} architecture, so there is no GGUF "
            "file."
        )


@lru_cache(maxsize=256)
def gguf_tensor_sets(
    shape: TransformerShape, layout: TensorLayout = TensorLayout.DEFAULT
) -> tuple[TensorSet, ...]:
    """Return the tensors of the GGUF file; a matrix's shape stays rows by columns.

    Raises:
        UnsupportedPlanError: llama.cpp has no such architecture.
    """
    require_gguf_architecture(shape)
    sets: list[TensorSet] = []
    for tensor_set in text_tensor_sets(shape):
        sets.extend(_stored(tensor_set, shape, layout))
    return (*_fused(sets, layout), *_rope_factors(shape))


def _stored(
    tensor_set: TensorSet, shape: TransformerShape, layout: TensorLayout
) -> tuple[TensorSet, ...]:
    """Rename one set, stack its experts, and take it apart where the layout asks for it."""
    if layout is TensorLayout.SPLIT:
        if tensor_set.role is Role.ATTENTION_QKV:
            return _split_qkv(tensor_set, shape)
        if tensor_set.role is Role.FEED_FORWARD_GATE_UP:
            rows = tensor_set.shape[0] // 2
            return tuple(
                _renamed(tensor_set, role, rows=rows)
                for role in (Role.FEED_FORWARD_GATE, Role.FEED_FORWARD_UP)
            )
    return (_renamed(tensor_set, tensor_set.role),)


def _split_qkv(tensor_set: TensorSet, shape: TransformerShape) -> tuple[TensorSet, ...]:
    query = shape.head_count * shape.head_dim
    key_value = shape.kv_head_count * shape.head_dim
    return (
        _renamed(tensor_set, Role.ATTENTION_Q, rows=query),
        _renamed(tensor_set, Role.ATTENTION_K, rows=key_value),
        _renamed(tensor_set, Role.ATTENTION_V, rows=key_value),
    )


def _renamed(tensor_set: TensorSet, role: Role, *, rows: int | None = None) -> TensorSet:
    """Return the set under its GGUF name, with `rows` rows where only some of them go there."""
    suffix = "bias" if tensor_set.name.endswith(".bias") else "weight"
    tensor_shape = tensor_set.shape if rows is None else (rows, *tensor_set.shape[1:])
    name = _NAMES[role]
    if tensor_set.copies > 1:
        name, tensor_shape = f"{name}_exps", (tensor_set.copies, *tensor_shape)
    return replace(tensor_set, name=f"{name}.{suffix}", role=role, shape=tensor_shape, copies=1)


def _fused(sets: list[TensorSet], layout: TensorLayout) -> tuple[TensorSet, ...]:
    """Join q, k and v of each kind (weights, biases) where the layout asks for it."""
    if layout is not TensorLayout.FUSED:
        return tuple(sets)
    kept: list[TensorSet] = []
    for tensor_set in sets:
        if tensor_set.role is Role.ATTENTION_Q:
            suffix = tensor_set.name.rpartition(".")[2]
            rows = sum(
                each.shape[0]
                for each in sets
                if each.role in (Role.ATTENTION_Q, Role.ATTENTION_K, Role.ATTENTION_V)
                and each.name.endswith(suffix)
            )
            kept.append(_renamed(tensor_set, Role.ATTENTION_QKV, rows=rows))
        elif tensor_set.role not in (Role.ATTENTION_K, Role.ATTENTION_V):
            kept.append(tensor_set)
    return tuple(kept)


def _rope_factors(shape: TransformerShape) -> tuple[TensorSet, ...]:
    """The two longrope factor lists, which the converter writes as tensors of their own."""
    if not shape.rope_factor_count:
        return ()
    return tuple(
        TensorSet(name=name, role=Role.ROPE_FACTORS, shape=(shape.rope_factor_count,))
        for name in ("rope_factors_long.weight", "rope_factors_short.weight")
    )
