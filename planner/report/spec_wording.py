"""The specification of a model in words: its parts, its fields and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.model_spec import Support
from planner.core.spec_sheet import SheetPart

if TYPE_CHECKING:
    from planner.core.spec_sheet import SheetField, SheetSection

PART_NAMES: Final = {
    SheetPart.RELEASE: "Release and licence",
    SheetPart.SIZE: "Size",
    SheetPart.SHAPE: "Shape",
    SheetPart.BLOCKS: "How it is built",
    SheetPart.TRAINING: "Training",
    SheetPart.COMPONENTS: "Beside the text model",
    SheetPart.RUNTIMES: "Runtimes",
    SheetPart.FILES: "Checkpoint and downloads",
}
# Fields whose names do not say by themselves what they are.
_FIELD_NAMES: Final = {
    "release_note": "About the release",
    "licence_history": "Licence before",
    "modalities": "Takes in",
    "instruct": "Follows instructions",
    "label": "Size as marketed",
    "parameter_count": "Parameters",
    "active_parameter_count": "Active per token",
    "derived_count": "Parameters, derived",
    "tensor_count": "Tensors",
    "knowledge_cutoff": "Knowledge until",
    "layer_count": "Layers",
    "feed_forward_length": "Feed-forward length",
    "head_count": "Heads",
    "kv_head_count": "KV heads",
    "head_dim": "Head dimension",
    "vocab_size": "Vocabulary",
    "tied_embeddings": "Embedding is the head too",
    "rotary_dim": "Rotated values of a head",
    "context_length_limit": "Context limit",
    "position_limit": "Positions in the config",
    "rope_theta": "RoPE theta",
    "rope_factor_count": "Longrope factors",
    "expert_count": "Experts",
    "state_dim": "State dimension",
    "conv_width": "Convolution width",
    "inner_dim": "Inner dimension",
    "window_attention_layers": "Layers with a window",
    "full_attention_layers": "Layers with full attention",
    "cross_attention_layers": "Cross-attention layers",
    "architecture_class": "Class",
    "block_shape": "Block",
    "block_detail": "In the block",
    "position_encoding": "Positions",
    "sliding_window_note": "About the window",
    "feed_forward": "Feed-forward",
    "attention_bias": "Bias in attention",
    "feed_forward_bias": "Bias in feed-forward",
    "output_head_bias": "Bias in the head",
    "image_input": "Images",
    "audio_input": "Audio",
    "official_dtype": "Published as",
    "checkpoint_note": "Checkpoint",
    "download_formats": "Downloads",
    "gguf_header_bytes": "GGUF header, bytes",
}
_SUPPORT_WORDS: Final = {
    Support.FULL.value: "runs it",
    Support.TEXT_ONLY.value: "runs its text part",
    Support.NONE.value: "does not run it",
}
_DERIVED: Final = "Counted here from the named tensors."


def field_words(key: str, part: SheetPart | None = None) -> str:
    """Return a field's name; a runtime or a part of a model has its own, as it is spelled."""
    if part in (SheetPart.RUNTIMES, SheetPart.COMPONENTS):
        return key
    words = _FIELD_NAMES.get(key, key.replace("_", " "))
    return f"{words[:1].upper()}{words[1:]}"


def value_words(field: SheetField, part: SheetPart) -> str:
    """Return a value as it is read; what nobody published is said to be so."""
    if part is SheetPart.RUNTIMES:
        return _SUPPORT_WORDS[str(field.value)]
    text = "not published"
    match field.value:
        case bool(value):
            text = "yes" if value else "no"
        case int(value):
            text = f"{value:,} parameters" if part is SheetPart.COMPONENTS else f"{value:,}"
        case float(value):
            text = f"{value:,.15g}"
        case tuple(values):
            joint = ", " if all(isinstance(each, int) for each in values) else "; "
            text = joint.join(str(each) for each in values)
        case str(value):
            text = value
    return text


def field_source(field: SheetField, section: SheetSection) -> str | None:
    """Return where a field comes from; what is counted here comes from nowhere else."""
    return field.source or (None if field.is_derived else section.source)


def field_note(field: SheetField) -> str | None:
    """Return what goes with the value."""
    if field.note is None and field.is_derived:
        return _DERIVED
    return field.note
