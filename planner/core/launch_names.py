"""A model file's name: what a plan calls it, and which model and format a name tells of."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from planner.core.model_spec import ModelSpec
from planner.core.quant_format import QUANT_FORMATS

# Words of a file or repository name that say nothing about which model it is: formats of
# files, who converted them, and how.
_SILENT_WORDS: Final = frozenset(
    (
        *("gguf", "ggml", "onnx", "mlx", "hf", "instruct", "it"),
        *("imat", "imatrix", "i1", "ud", "xl", "quantized"),
        *("f32", "f16", "fp16", "bf16", "fp8", "bnb", "awq", "gptq", "int4"),
        *("8bit", "6bit", "4bit", "3bit"),
        *("microsoft", "unsloth", "bartowski", "thebloke", "lmstudio", "community"),
    )
)
_SPLIT_FILE: Final = re.compile(r"-\d{5}-of-\d{5}$")
_WORDS: Final = re.compile(r"[a-z0-9.]+")
# The longest names first: Q4_K_M before Q4_K.
_FORMATS: Final = sorted((each.name for each in QUANT_FORMATS), key=len, reverse=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameReading:
    """What a name tells; `None` where it does not, and nothing is guessed."""

    model_id: str | None
    quant_format: str | None


def gguf_file_name(model: ModelSpec, quant_format: str) -> str:
    """Return the name of a GGUF file as converters write it."""
    return f"{model.id}-{quant_format}.gguf"


def read_name(name: str, models: Iterable[ModelSpec]) -> NameReading:
    """Read the path of a GGUF file, or a repository's name with or without `:Q4_K_M`."""
    stem = re.split(r"[/\\]", name)[-1].removesuffix(".gguf")
    stem = _SPLIT_FILE.sub("", stem).replace(":", "-")
    quant_format = _quant_format(stem)
    if quant_format is not None:
        stem = re.sub(re.escape(quant_format) + r"(?=\b|_|$)", "", stem, flags=re.IGNORECASE)
    words = _telling_words(stem)
    for model in models:
        known = (model.id, model.name, (model.repository or "").rpartition("/")[2])
        if words and any(words == _telling_words(each) for each in known):
            return NameReading(model_id=model.id, quant_format=quant_format)
    return NameReading(model_id=None, quant_format=quant_format)


def _quant_format(stem: str) -> str | None:
    folded = stem.casefold()
    for name in _FORMATS:
        if re.search(rf"(?<![a-z0-9]){re.escape(name.casefold())}(?![a-z0-9_])", folded):
            return name
    return None


def _telling_words(name: str) -> list[str]:
    words = _WORDS.findall(name.casefold().replace("_", "-"))
    return [word.strip(".") for word in words if word not in _SILENT_WORDS]
