"""The blocks that Phi models are built of, one function an architecture.

Names and shapes are those of the published checkpoints (weights are rows by columns, outputs
first), read from the modelling code of transformers 5.23 (`models/phi`, `phi3`, `phimoe`) and,
for the two that need remote code, from the repositories named at their functions.
"""

from enum import StrEnum
from typing import assert_never

from planner.core.model_spec import Architecture, HybridShape, TransformerShape
from planner.core.records import dataclass


class Role(StrEnum):
    """What a tensor does in the block; quantisers and the diagram go by it."""

    TOKEN_EMBEDDING = "token embedding"
    OUTPUT = "output head"
    OUTPUT_NORM = "final norm"
    ATTENTION_NORM = "attention norm"
    FEED_FORWARD_NORM = "feed-forward norm"
    ATTENTION_QKV = "attention q, k, v"
    ATTENTION_Q = "attention q"
    ATTENTION_K = "attention k"
    ATTENTION_V = "attention v"
    ATTENTION_OUTPUT = "attention output"
    ATTENTION_EXTRA = "differential attention"
    FEED_FORWARD_GATE_UP = "feed-forward gate and up"
    FEED_FORWARD_GATE = "feed-forward gate"
    FEED_FORWARD_UP = "feed-forward up"
    FEED_FORWARD_DOWN = "feed-forward down"
    ROUTER = "expert router"
    MAMBA = "Mamba"
    GATED_MEMORY = "gated memory unit"
    ROPE_FACTORS = "rope factors"
    COMPONENT = "component"


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockTensor:
    """A tensor of one block; `layers` is `None` where every layer has it."""

    name: str
    role: Role
    shape: tuple[int, ...]
    layers: tuple[int, ...] | None = None


def block_tensors(shape: TransformerShape) -> tuple[BlockTensor, ...]:
    """Return the distinct tensors of a text model in checkpoint order."""
    match shape.architecture:
        case Architecture.PHI:
            return _phi(shape)
        case Architecture.PHI3:
            return _phi3(shape)
        case Architecture.PHIMOE:
            return _phimoe(shape)
        case Architecture.PHI3SMALL:
            return _phi3small(shape)
        case Architecture.PHI4FLASH:
            return _phi4flash(shape)
        case _:
            assert_never(shape.architecture)


def _weight(
    name: str, role: Role, *dims: int, layers: tuple[int, ...] | None = None
) -> BlockTensor:
    return BlockTensor(name=f"{name}.weight", role=role, shape=dims, layers=layers)


def _linear(
    name: str, role: Role, rows: int, columns: int, layers: tuple[int, ...] | None = None
) -> tuple[BlockTensor, ...]:
    """Return a biased matrix: its weight and its bias."""
    return (
        _weight(name, role, rows, columns, layers=layers),
        BlockTensor(name=f"{name}.bias", role=role, shape=(rows,), layers=layers),
    )


def _layer_norm(name: str, role: Role, width: int) -> tuple[BlockTensor, ...]:
    return (
        _weight(name, role, width),
        BlockTensor(name=f"{name}.bias", role=role, shape=(width,)),
    )


def _phi(shape: TransformerShape) -> tuple[BlockTensor, ...]:
    """Phi-1, 1.5 and 2: one norm feeds attention and a two-matrix MLP in parallel."""
    width, inner = shape.embedding_length, shape.feed_forward_length
    block = "model.layers.{layer}"
    return (
        _weight("model.embed_tokens", Role.TOKEN_EMBEDDING, shape.vocab_size, width),
        *_layer_norm(f"{block}.input_layernorm", Role.ATTENTION_NORM, width),
        *_separate_attention(shape, f"{block}.self_attn", output="dense"),
        *_linear(f"{block}.mlp.fc1", Role.FEED_FORWARD_UP, inner, width),
        *_linear(f"{block}.mlp.fc2", Role.FEED_FORWARD_DOWN, width, inner),
        *_layer_norm("model.final_layernorm", Role.OUTPUT_NORM, width),
        *_linear("lm_head", Role.OUTPUT, shape.vocab_size, width),
    )


def _separate_attention(
    shape: TransformerShape, prefix: str, *, output: str
) -> tuple[BlockTensor, ...]:
    """Return biased q, k, v and output projections that stand apart."""
    width = shape.embedding_length
    query = shape.head_count * shape.head_dim
    key_value = shape.kv_head_count * shape.head_dim
    return (
        *_linear(f"{prefix}.q_proj", Role.ATTENTION_Q, query, width),
        *_linear(f"{prefix}.k_proj", Role.ATTENTION_K, key_value, width),
        *_linear(f"{prefix}.v_proj", Role.ATTENTION_V, key_value, width),
        *_linear(f"{prefix}.{output}", Role.ATTENTION_OUTPUT, width, query),
    )


def _phi3(shape: TransformerShape) -> tuple[BlockTensor, ...]:
    """Phi-3 mini and medium, Phi-4: RMS norms, fused q, k, v, fused gate and up, no biases."""
    width, inner = shape.embedding_length, shape.feed_forward_length
    query = shape.head_count * shape.head_dim
    fused = query + 2 * shape.kv_head_count * shape.head_dim
    block = "model.layers.{layer}"
    head = (
        ()
        if shape.tied_embeddings
        else (_weight("lm_head", Role.OUTPUT, shape.vocab_size, width),)
    )
    return (
        _weight("model.embed_tokens", Role.TOKEN_EMBEDDING, shape.vocab_size, width),
        _weight(f"{block}.input_layernorm", Role.ATTENTION_NORM, width),
        _weight(f"{block}.self_attn.qkv_proj", Role.ATTENTION_QKV, fused, width),
        _weight(f"{block}.self_attn.o_proj", Role.ATTENTION_OUTPUT, width, query),
        _weight(f"{block}.post_attention_layernorm", Role.FEED_FORWARD_NORM, width),
        _weight(f"{block}.mlp.gate_up_proj", Role.FEED_FORWARD_GATE_UP, 2 * inner, width),
        _weight(f"{block}.mlp.down_proj", Role.FEED_FORWARD_DOWN, width, inner),
        _weight("model.norm", Role.OUTPUT_NORM, width),
        *head,
    )


def _phimoe(shape: TransformerShape) -> tuple[BlockTensor, ...]:
    """Phi-3.5-MoE, Phi-mini-MoE, Phi-tiny-MoE: biased attention, a router and its experts."""
    width, inner = shape.embedding_length, shape.feed_forward_length
    block = "model.layers.{layer}"
    experts = f"{block}.block_sparse_moe.experts.{{expert}}"
    return (
        _weight("model.embed_tokens", Role.TOKEN_EMBEDDING, shape.vocab_size, width),
        *_layer_norm(f"{block}.input_layernorm", Role.ATTENTION_NORM, width),
        *_separate_attention(shape, f"{block}.self_attn", output="o_proj"),
        *_layer_norm(f"{block}.post_attention_layernorm", Role.FEED_FORWARD_NORM, width),
        _weight(f"{block}.block_sparse_moe.gate", Role.ROUTER, shape.expert_count, width),
        _weight(f"{experts}.w1", Role.FEED_FORWARD_GATE, inner, width),
        _weight(f"{experts}.w3", Role.FEED_FORWARD_UP, inner, width),
        _weight(f"{experts}.w2", Role.FEED_FORWARD_DOWN, width, inner),
        *_layer_norm("model.norm", Role.OUTPUT_NORM, width),
        *_linear("lm_head", Role.OUTPUT, shape.vocab_size, width),
    )


def _phi3small(shape: TransformerShape) -> tuple[BlockTensor, ...]:
    """Phi-3-small: q, k, v interleaved by group, gate and up interleaved, biases, tied head.

    Shapes from `modeling_phi3_small.py` of microsoft/Phi-3-small-8k-instruct.
    """
    width, inner = shape.embedding_length, shape.feed_forward_length
    query = shape.head_count * shape.head_dim
    fused = query + 2 * shape.kv_head_count * shape.head_dim
    block = "model.layers.{layer}"
    attention = f"{block}.self_attn"
    return (
        _weight("model.embed_tokens", Role.TOKEN_EMBEDDING, shape.vocab_size, width),
        *_layer_norm(f"{block}.input_layernorm", Role.ATTENTION_NORM, width),
        *_linear(f"{attention}.query_key_value", Role.ATTENTION_QKV, fused, width),
        *_linear(f"{attention}.dense", Role.ATTENTION_OUTPUT, width, query),
        *_layer_norm(f"{block}.post_attention_layernorm", Role.FEED_FORWARD_NORM, width),
        *_linear(f"{block}.mlp.up_proj", Role.FEED_FORWARD_GATE_UP, 2 * inner, width),
        *_linear(f"{block}.mlp.down_proj", Role.FEED_FORWARD_DOWN, width, inner),
        *_layer_norm("model.final_layernorm", Role.OUTPUT_NORM, width),
    )


def _phi4flash(shape: TransformerShape) -> tuple[BlockTensor, ...]:
    """Phi-4-mini-flash (SambaY): a mixer that differs by layer, then a gated MLP.

    Shapes from `phi4flash.py` of vLLM 0.10 and from microsoft/ArchScale.

    Raises:
        ValueError: the shape does not say which layers are of which kind.
    """
    hybrid = shape.hybrid
    if hybrid is None:
        raise ValueError("a phi4flash shape needs the [shape.hybrid] table with its layers")
    width, inner = shape.embedding_length, shape.feed_forward_length
    block = "model.layers.{layer}"
    return (
        _weight("model.embed_tokens", Role.TOKEN_EMBEDDING, shape.vocab_size, width),
        *_layer_norm(f"{block}.input_layernorm", Role.ATTENTION_NORM, width),
        *_mamba(hybrid, f"{block}.attn", width),
        *_gated_memory(hybrid, f"{block}.attn", width),
        *_differential_attention(shape, hybrid, f"{block}.attn"),
        *_layer_norm(f"{block}.post_attention_layernorm", Role.FEED_FORWARD_NORM, width),
        _weight(f"{block}.mlp.fc1", Role.FEED_FORWARD_GATE_UP, 2 * inner, width),
        _weight(f"{block}.mlp.fc2", Role.FEED_FORWARD_DOWN, width, inner),
        *_layer_norm("model.final_layernorm", Role.OUTPUT_NORM, width),
    )


def _mamba(hybrid: HybridShape, prefix: str, width: int) -> tuple[BlockTensor, ...]:
    layers, inner = hybrid.mamba_layers, hybrid.inner_dim
    state, rank = hybrid.state_dim, hybrid.time_step_rank

    def named(name: str, *dims: int) -> BlockTensor:
        return BlockTensor(name=f"{prefix}.{name}", role=Role.MAMBA, shape=dims, layers=layers)

    return (
        named("in_proj.weight", 2 * inner, width),
        named("conv1d.weight", inner, 1, hybrid.conv_width),
        named("conv1d.bias", inner),
        named("x_proj.weight", rank + 2 * state, inner),
        named("dt_proj.weight", inner, rank),
        named("dt_proj.bias", inner),
        named("A_log", inner, state),
        named("D", inner),
        named("out_proj.weight", width, inner),
    )


def _gated_memory(hybrid: HybridShape, prefix: str, width: int) -> tuple[BlockTensor, ...]:
    layers, inner = hybrid.gated_memory_layers, hybrid.inner_dim
    return (
        _weight(f"{prefix}.in_proj", Role.GATED_MEMORY, inner, width, layers=layers),
        _weight(f"{prefix}.out_proj", Role.GATED_MEMORY, width, inner, layers=layers),
    )


def _differential_attention(
    shape: TransformerShape, hybrid: HybridShape, prefix: str
) -> tuple[BlockTensor, ...]:
    """Return both kinds of attention: with its own keys and values, and with layer 17's."""
    width, head_dim = shape.embedding_length, shape.head_dim
    query = shape.head_count * head_dim
    fused = query + 2 * shape.kv_head_count * head_dim
    own = hybrid.window_attention_layers + hybrid.full_attention_layers
    every = own + hybrid.cross_attention_layers
    lambdas = tuple(
        BlockTensor(
            name=f"{prefix}.inner_cross_attn.{name}",
            role=Role.ATTENTION_EXTRA,
            shape=(head_dim,),
            layers=every,
        )
        for name in ("lambda_q1", "lambda_k1", "lambda_q2", "lambda_k2")
    )
    return (
        *_linear(f"{prefix}.Wqkv", Role.ATTENTION_QKV, fused, width, own),
        *_linear(f"{prefix}.Wq", Role.ATTENTION_Q, query, width, hybrid.cross_attention_layers),
        *_linear(f"{prefix}.out_proj", Role.ATTENTION_OUTPUT, width, query, every),
        *lambdas,
        _weight(
            f"{prefix}.inner_cross_attn.subln",
            Role.ATTENTION_EXTRA,
            2 * head_dim,
            layers=every,
        ),
    )
