"""GGUF files of catalogue models that a size simulation can load: a header and no weights.

They are as long as their tensors need and hold nothing, so a 30 GB model takes some kilobytes
of disk. There is no vocabulary in them, only its size.
"""

from pathlib import Path
from typing import Final

from planner.core.model_spec import ModelSpec
from tests.files.writers import catalogue_gguf

# So that contexts beyond the model's own can be simulated too.
_LONG_CONTEXT: Final = 131_072


def make_gguf(model: ModelSpec, quant_format: str, folder: Path) -> Path:
    """Write the file of a model in a format, unless it is there, and return its path."""
    path = folder / f"{model.id}-{quant_format}.gguf"
    if path.exists():
        return path
    file = catalogue_gguf(model, quant_format)
    shape = model.shape
    assert shape is not None
    name = file.metadata["general.architecture"]
    file.metadata |= {
        "tokenizer.ggml.model": "no_vocab",
        f"{name}.vocab_size": shape.vocab_size,
        f"{name}.context_length": max(shape.position_limit, _LONG_CONTEXT),
        f"{name}.attention.layer_norm_epsilon": 1e-5,
        f"{name}.attention.layer_norm_rms_epsilon": 1e-5,
    }
    file.write(path)
    return path
