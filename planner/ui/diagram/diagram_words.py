"""The diagram's words in the language of the window.

Each stands in full as an argument of `translate`, where `pyside6-lupdate` reads it.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from planner.core.diagram.model import BlockKind, LayerKind, Modality
from planner.core.diagram.words import DiagramWords, parameters_text, share_text
from planner.ui import figures

translate = QCoreApplication.translate


def diagram_words() -> DiagramWords:
    """Return every word of the diagram, made when a language is in use."""
    words = DiagramWords(
        parameters=_parameters,
        size=figures.readable_size,
        count=figures.number,
        share=_share,
        block_titles=_block_titles(),
        layer_kinds=_layer_kinds(),
        inputs=_inputs(),
    )
    for with_more in (_head, _flow, _attention, _other, _notes):
        words = with_more(words)
    return words


def _parameters(count: int) -> str:
    """Return `14.7 B`: the letters of the field stand in every language."""
    return figures.style_in_force().of_english(parameters_text(count))


def _share(ratio: float) -> str:
    return figures.style_in_force().of_english(share_text(ratio))


def _block_titles() -> dict[BlockKind, str]:
    return {
        BlockKind.EMBEDDING: translate("diagram", "Token embedding"),
        BlockKind.NORM: translate("diagram", "{norm}"),
        BlockKind.ATTENTION: translate("diagram", "Self-attention"),
        BlockKind.WINDOW_ATTENTION: translate("diagram", "Window attention"),
        BlockKind.FULL_ATTENTION: translate("diagram", "Full attention"),
        BlockKind.CROSS_ATTENTION: translate("diagram", "Cross-attention"),
        BlockKind.MAMBA: translate("diagram", "Mamba"),
        BlockKind.GATED_MEMORY: translate("diagram", "Gated memory"),
        BlockKind.FEED_FORWARD: translate("diagram", "Feed-forward"),
        BlockKind.ROUTER: translate("diagram", "Router"),
        BlockKind.EXPERTS: translate("diagram", "Experts"),
        BlockKind.FINAL_NORM: translate("diagram", "Final {norm}"),
        BlockKind.HEAD: translate("diagram", "Output head"),
    }


def _layer_kinds() -> dict[LayerKind, str]:
    return {
        LayerKind.MAMBA: translate("diagram", "Mamba"),
        LayerKind.WINDOW_ATTENTION: translate("diagram", "window attention"),
        LayerKind.FULL_ATTENTION: translate("diagram", "full attention"),
        LayerKind.GATED_MEMORY: translate("diagram", "gated memory"),
        LayerKind.CROSS_ATTENTION: translate("diagram", "cross-attention"),
        LayerKind.BLOCK_SPARSE: translate("diagram", "block-sparse"),
        LayerKind.DENSE: translate("diagram", "dense"),
    }


def _inputs() -> dict[Modality, str]:
    return {
        Modality.IMAGE: translate("diagram", "Image"),
        Modality.SPEECH: translate("diagram", "Speech"),
    }


def _head(words: DiagramWords) -> DiagramWords:
    """Return the words with those of what stands above the diagram."""
    return replace(
        words,
        title=translate("diagram", "{model} at {format}"),
        colour_by_bytes=translate("diagram", "Colour: share of the {size} of weights"),
        colour_by_parameters=translate("diagram", "Colour: share of the {count} parameters"),
        used_per_token=translate(
            "diagram", "{used} of {count} parameters are used for one token of text"
        ),
        closed_title=translate("diagram", "No sizes are published"),
        closed_reason=translate(
            "diagram", "{model} is closed: neither its layers nor its weights are known."
        ),
        legend=(
            translate("diagram", "< 1 %"),
            translate("diagram", "1 – 5 %"),
            translate("diagram", "5 – 20 %"),
            translate("diagram", "20 – 40 %"),
            translate("diagram", "> 40 %"),
        ),
    )


def _flow(words: DiagramWords) -> DiagramWords:
    """Return the words with those of the way of the tokens."""
    return replace(
        words,
        input_tokens=translate("diagram", "Input tokens"),
        up_to_tokens=translate("diagram", "up to {count}"),
        joined=translate("diagram", "one sequence of tokens"),
        logits=translate("diagram", "Logits"),
        residual=translate("diagram", "residual"),
        one_of_these=translate("diagram", "one of these in each layer"),
        layers=translate("diagram", "× {count} layers"),
        each_layer=translate("diagram", "each layer {parameters} · {size}"),
        mean_layer=translate("diagram", "a layer on average {parameters} · {size}"),
        each_layer_alone=translate("diagram", "each layer {parameters}"),
        all_layers=translate("diagram", "all {parameters} · {size}"),
        all_layers_alone=translate("diagram", "all {parameters}"),
        pattern_title=translate("diagram", "Layer by layer"),
        parameters_and_size=translate("diagram", "{parameters} · {size}"),
        on_layers=translate("diagram", "on {count} layers"),
        on_one_layer=translate("diagram", "on 1 layer"),
    )


def _attention(words: DiagramWords) -> DiagramWords:
    """Return the words with those of attention."""
    return replace(
        words,
        grouped_heads=translate(
            "diagram", "{heads} query · {kv_heads} key-value heads × {dim}"
        ),
        rope_on_part=translate("diagram", "RoPE on {part} of {dim} dims"),
        rope_on_all=translate("diagram", "RoPE on all {dim} dims"),
        no_positions=translate("diagram", "no position encoding"),
        window=translate("diagram", "window: {count} tokens"),
        block_sparse=translate("diagram", "block-sparse, 1 layer in {count} dense"),
        query=translate("diagram", "Q {heads} × {dim}"),
        key=translate("diagram", "K {heads} × {dim}"),
        value=translate("diagram", "V {heads} × {dim}"),
        key_value=translate("diagram", "K, V {heads} × {dim}"),
        borrowed_keys=translate("diagram", "K, V of full attention"),
        softmax=translate("diagram", "softmax · V → output projection"),
        differential=translate("diagram", "differential softmax"),
        softmax_short=translate("diagram", "softmax · V → output"),
    )


def _other(words: DiagramWords) -> DiagramWords:
    """Return the words with those of all other blocks."""
    return replace(
        words,
        matrix=translate("diagram", "{rows} × {columns}"),
        feeds_both=translate("diagram", "one norm feeds both branches"),
        gated=translate("diagram", "{activation} gate, {count} matrices"),
        plain=translate("diagram", "{activation}, {count} matrices"),
        with_bias=translate("diagram", "{words}, with bias"),
        gate_up=translate("diagram", "gate and up {inputs} → 2 × {outputs}"),
        gate=translate("diagram", "gate {inputs} → {outputs}"),
        up=translate("diagram", "up {inputs} → {outputs}"),
        down=translate("diagram", "down {inputs} → {outputs}"),
        router=translate("diagram", "chooses {used} of {count}"),
        experts=translate("diagram", "{used} of {count} are used for a token"),
        each_expert=translate("diagram", "each: gate, up {inputs} → {outputs}, down"),
        mamba=translate("diagram", "state {state} · convolution {conv}"),
        mamba_in=translate("diagram", "in {inputs} → 2 × {outputs}"),
        mamba_scan=translate("diagram", "selective scan"),
        out=translate("diagram", "out {inputs} → {outputs}"),
        gated_memory=translate("diagram", "gates Mamba's memory"),
        head_tied=translate("diagram", "the token embedding again (tied)"),
        head=translate("diagram", "{inputs} → {outputs}"),
        encoder=translate("diagram", "{count} layers"),
        projection=translate("diagram", "{inputs} → {outputs}"),
        lora=translate("diagram", "rank {rank}"),
        not_in_file=translate("diagram", "not in this file"),
    )


def _notes(words: DiagramWords) -> DiagramWords:
    """Return the words with those of the notes and of what a screen reader says."""
    return replace(
        words,
        cache_title=translate("diagram", "KV cache, per token ({cache_type})"),
        cache_formula=translate("diagram", "{formula} = {size}"),
        cache_windows=translate("diagram", "{layers} layers stop at {count} tokens"),
        cache_states=translate("diagram", "{layers} layers keep a state of fixed size"),
        spoken=translate("diagram", "{title}: {facts}"),
        spoken_parameters=translate("diagram", "{parameters} parameters"),
        spoken_size=translate("diagram", "{size}, {share} of the weights"),
        spoken_share=translate("diagram", "{share} of the parameters"),
        spoken_layers=translate("diagram", "in {count} layers"),
        spoken_no_weights=translate("diagram", "no weights of its own"),
        description=translate("diagram", "Block diagram of {model}: {blocks}."),
    )
