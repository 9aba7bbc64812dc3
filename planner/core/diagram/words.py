"""The words and figures of a diagram, in English; the window hands in its own.

A template is whole, with places for figures in braces, so that a translator can turn it round.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from planner.core.diagram.model import BlockKind, LayerKind, Modality
from planner.core.units import GIB, KIB, MIB

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


def parameters_text(count: int) -> str:
    """Return a count in three digits or four: `41.9 B`, `131.1 M`, `10.2 K`, `160`."""
    for size, unit in ((10**9, "B"), (10**6, "M"), (10**3, "K")):
        if count >= size:
            number = count / size
            return f"{number:.{2 if unit == 'B' and number < 10 else 1}f} {unit}"
    return f"{count}"


def bytes_text(size_bytes: int) -> str:
    """Return a size in three digits or four: `1.66 GiB`, `46.4 MiB`, `320 KiB`."""
    for size, unit in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if size_bytes >= size:
            number = size_bytes / size
            digits = 2 if unit == "GiB" else int(number < 100 and number != int(number))
            return f"{number:.{digits}f} {unit}"
    return f"{size_bytes} B"


def count_text(count: int) -> str:
    """Return `131,072`."""
    return f"{count:,}"


def share_text(ratio: float) -> str:
    """Return `29 %`, `0.4 %` or, for what would read as nothing, `< 0.1 %`."""
    percent = ratio * 100
    if 0 < percent < 0.1:
        return "< 0.1 %"
    return f"{percent:.0f} %" if percent >= 1 or not percent else f"{percent:.1f} %"


_TITLES: Final = MappingProxyType(
    {
        BlockKind.EMBEDDING: "Token embedding",
        BlockKind.NORM: "{norm}",
        BlockKind.ATTENTION: "Self-attention",
        BlockKind.WINDOW_ATTENTION: "Window attention",
        BlockKind.FULL_ATTENTION: "Full attention",
        BlockKind.CROSS_ATTENTION: "Cross-attention",
        BlockKind.MAMBA: "Mamba",
        BlockKind.GATED_MEMORY: "Gated memory",
        BlockKind.FEED_FORWARD: "Feed-forward",
        BlockKind.ROUTER: "Router",
        BlockKind.EXPERTS: "Experts",
        BlockKind.FINAL_NORM: "Final {norm}",
        BlockKind.HEAD: "Output head",
    }
)
_LAYERS: Final = MappingProxyType(
    {
        LayerKind.MAMBA: "Mamba",
        LayerKind.WINDOW_ATTENTION: "window attention",
        LayerKind.FULL_ATTENTION: "full attention",
        LayerKind.GATED_MEMORY: "gated memory",
        LayerKind.CROSS_ATTENTION: "cross-attention",
        LayerKind.BLOCK_SPARSE: "block-sparse",
        LayerKind.DENSE: "dense",
    }
)
_INPUTS: Final = MappingProxyType({Modality.IMAGE: "Image", Modality.SPEECH: "Speech"})


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagramWords:
    """Every word of the picture. `block_titles` has no entry for parts that have own names."""

    parameters: Callable[[int], str] = parameters_text
    size: Callable[[int], str] = bytes_text
    count: Callable[[int], str] = count_text
    share: Callable[[float], str] = share_text

    block_titles: Mapping[BlockKind, str] = field(default_factory=lambda: _TITLES)
    layer_kinds: Mapping[LayerKind, str] = field(default_factory=lambda: _LAYERS)
    inputs: Mapping[Modality, str] = field(default_factory=lambda: _INPUTS)

    title: str = "{model} at {format}"
    colour_by_bytes: str = "Colour: share of the {size} of weights"
    colour_by_parameters: str = "Colour: share of the {count} parameters"
    used_per_token: str = "{used} of {count} parameters are used for one token of text"
    closed_title: str = "No sizes are published"
    closed_reason: str = "{model} is closed: neither its layers nor its weights are known."

    input_tokens: str = "Input tokens"
    up_to_tokens: str = "up to {count}"
    joined: str = "one sequence of tokens"
    logits: str = "Logits"
    residual: str = "residual"
    one_of_these: str = "one of these in each layer"
    layers: str = "× {count} layers"
    each_layer: str = "each layer {parameters} · {size}"
    mean_layer: str = "a layer on average {parameters} · {size}"
    each_layer_alone: str = "each layer {parameters}"
    all_layers: str = "all {parameters} · {size}"
    all_layers_alone: str = "all {parameters}"
    pattern_title: str = "Layer by layer"

    parameters_and_size: str = "{parameters} · {size}"
    on_layers: str = "on {count} layers"
    on_one_layer: str = "on 1 layer"

    matrix: str = "{rows} × {columns}"
    feeds_both: str = "one norm feeds both branches"
    grouped_heads: str = "{heads} query · {kv_heads} key-value heads × {dim}"
    rope_on_part: str = "RoPE on {part} of {dim} dims"
    rope_on_all: str = "RoPE on all {dim} dims"
    no_positions: str = "no position encoding"
    window: str = "window: {count} tokens"
    block_sparse: str = "block-sparse, 1 layer in {count} dense"
    query: str = "Q {heads} × {dim}"
    key: str = "K {heads} × {dim}"
    value: str = "V {heads} × {dim}"
    key_value: str = "K, V {heads} × {dim}"
    borrowed_keys: str = "K, V of full attention"
    softmax: str = "softmax · V → output projection"
    differential: str = "differential softmax"
    softmax_short: str = "softmax · V → output"

    gated: str = "{activation} gate, {count} matrices"
    plain: str = "{activation}, {count} matrices"
    with_bias: str = "{words}, with bias"
    gate_up: str = "gate and up {inputs} → 2 × {outputs}"
    gate: str = "gate {inputs} → {outputs}"
    up: str = "up {inputs} → {outputs}"
    down: str = "down {inputs} → {outputs}"

    router: str = "chooses {used} of {count}"
    experts: str = "{used} of {count} are used for a token"
    each_expert: str = "each: gate, up {inputs} → {outputs}, down"

    mamba: str = "state {state} · convolution {conv}"
    mamba_in: str = "in {inputs} → 2 × {outputs}"
    mamba_scan: str = "selective scan"
    out: str = "out {inputs} → {outputs}"
    gated_memory: str = "gates Mamba's memory"

    head_tied: str = "the token embedding again (tied)"
    head: str = "{inputs} → {outputs}"

    encoder: str = "{count} layers"
    projection: str = "{inputs} → {outputs}"
    lora: str = "rank {rank}"
    not_in_file: str = "not in this file"

    cache_title: str = "KV cache, per token ({cache_type})"
    cache_formula: str = "{formula} = {size}"
    cache_windows: str = "{layers} layers stop at {count} tokens"
    cache_states: str = "{layers} layers keep a state of fixed size"

    legend: tuple[str, ...] = ("< 1 %", "1 – 5 %", "5 – 20 %", "20 – 40 %", "> 40 %")

    spoken: str = "{title}: {facts}"
    spoken_parameters: str = "{parameters} parameters"
    spoken_size: str = "{size}, {share} of the weights"
    spoken_share: str = "{share} of the parameters"
    spoken_layers: str = "in {count} layers"
    spoken_no_weights: str = "no weights of its own"
    description: str = "Block diagram of {model}: {blocks}."
