"""The fields of a specification by the names that people read."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate


def field_name(key: str) -> str:
    """Return a field's name; a runtime or a part of a model has its own."""
    return {**_about(), **_shape(), **_blocks()}.get(key, key)


def _about() -> dict[str, str]:
    return {
        "released": translate("fields", "Released"),
        "release_note": translate("fields", "About the release"),
        "licence": translate("fields", "Licence"),
        "licence_history": translate("fields", "Licence before"),
        "repository": translate("fields", "Repository"),
        "modalities": translate("fields", "Takes in"),
        "instruct": translate("fields", "Follows instructions"),
        "closed": translate("fields", "Closed"),
        "label": translate("fields", "Size as marketed"),
        "parameter_count": translate("fields", "Parameters"),
        "active_parameter_count": translate("fields", "Active for a token"),
        "derived_count": translate("fields", "Parameters, derived"),
        "tensor_count": translate("fields", "Tensors"),
        "training_tokens": translate("fields", "Training tokens"),
        "training_compute": translate("fields", "Training compute"),
        "knowledge_cutoff": translate("fields", "Knowledge until"),
        "official_dtype": translate("fields", "Published in"),
        "checkpoint_note": translate("fields", "Checkpoint"),
        "download_formats": translate("fields", "Downloads"),
        "gguf_header_bytes": translate("fields", "GGUF header, bytes"),
        "benchmarks": translate("fields", "Benchmarks"),
        "sources": translate("fields", "Sources"),
    }


def _shape() -> dict[str, str]:
    return {
        "architecture": translate("fields", "Architecture"),
        "layer_count": translate("fields", "Layers"),
        "embedding_length": translate("fields", "Embedding length"),
        "feed_forward_length": translate("fields", "Feed-forward length"),
        "head_count": translate("fields", "Attention heads"),
        "kv_head_count": translate("fields", "KV heads"),
        "head_dim": translate("fields", "Head dimension"),
        "vocab_size": translate("fields", "Vocabulary"),
        "tied_embeddings": translate("fields", "Embedding is the head too"),
        "rotary_dim": translate("fields", "Rotated values of a head"),
        "context_length_limit": translate("fields", "Context limit"),
        "position_limit": translate("fields", "Positions in the config"),
        "rope_theta": translate("fields", "RoPE theta"),
        "rope_factor_count": translate("fields", "Longrope factors"),
        "sliding_window": translate("fields", "Sliding window"),
        "expert_count": translate("fields", "Experts"),
        "experts_per_token": translate("fields", "Experts for a token"),
        "state_dim": translate("fields", "State dimension"),
        "conv_width": translate("fields", "Convolution width"),
        "inner_dim": translate("fields", "Inner dimension"),
        "time_step_rank": translate("fields", "Time step rank"),
        "mamba_layers": translate("fields", "Mamba layers"),
        "window_attention_layers": translate("fields", "Layers with a window"),
        "full_attention_layers": translate("fields", "Layers with full attention"),
        "gated_memory_layers": translate("fields", "Gated memory layers"),
        "cross_attention_layers": translate("fields", "Cross-attention layers"),
    }


def _blocks() -> dict[str, str]:
    return {
        "architecture_class": translate("fields", "Class"),
        "tokenizer": translate("fields", "Tokenizer"),
        "block_shape": translate("fields", "Block"),
        "block_detail": translate("fields", "In the block"),
        "attention": translate("fields", "Attention"),
        "position_encoding": translate("fields", "Positions"),
        "sliding_window_note": translate("fields", "About the window"),
        "feed_forward": translate("fields", "Feed-forward"),
        "activation": translate("fields", "Activation"),
        "norm": translate("fields", "Norm"),
        "norm_epsilon": translate("fields", "Norm epsilon"),
        "attention_bias": translate("fields", "Bias in attention"),
        "feed_forward_bias": translate("fields", "Bias in feed-forward"),
        "output_head_bias": translate("fields", "Bias in the head"),
        "image_input": translate("fields", "Images"),
        "audio_input": translate("fields", "Audio"),
    }
