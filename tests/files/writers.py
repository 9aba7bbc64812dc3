"""Writes model files from nothing: GGUF and safetensors with headers as a test wants them.

The writers are the tests' own and know the formats from their descriptions, not from the
readers. Data are left out: a file is as long as its tensors need, and empty.
"""

import json
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planner.core.gguf_layout import TensorLayout
from planner.core.model_spec import ModelSpec
from planner.core.quant_format import find_quant_format
from planner.core.quant_mix import MixRules
from planner.core.runtimes.llama_cpp.weights import gguf_weights

U8, I8, U16, I16, U32, I32, F32, BOOL, TEXT, ARRAY, U64, I64, F64 = range(13)
_CODES = {U8: "B", I8: "b", U16: "H", I16: "h", U32: "I", I32: "i", F32: "f", BOOL: "?"}
_CODES |= {U64: "Q", I64: "q", F64: "d"}
# Number, values and bytes of a block, from `ggml.h` and `ggml-common.h`.
TYPES = {
    "F32": (0, 1, 4),
    "F16": (1, 1, 2),
    "Q4_0": (2, 32, 18),
    "Q5_0": (6, 32, 22),
    "Q8_0": (8, 32, 34),
    "Q2_K": (10, 256, 84),
    "Q3_K": (11, 256, 110),
    "Q4_K": (12, 256, 144),
    "Q5_K": (13, 256, 176),
    "Q6_K": (14, 256, 210),
    "BF16": (30, 1, 2),
    "MXFP4": (39, 32, 17),
}


def text(value: str | bytes) -> bytes:
    raw = value if isinstance(value, bytes) else value.encode()
    return struct.pack("<Q", len(raw)) + raw


@dataclass
class Typed:
    """A value whose GGUF kind the test chooses; `items` is the kind inside an array."""

    kind: int
    value: Any
    items: int = U32

    def packed(self) -> bytes:
        if self.kind == TEXT:
            return text(self.value)
        if self.kind != ARRAY:
            return struct.pack(f"<{_CODES[self.kind]}", self.value)
        head = struct.pack("<IQ", self.items, len(self.value))
        if self.items == TEXT:
            return head + b"".join(text(each) for each in self.value)
        return head + struct.pack(f"<{len(self.value)}{_CODES[self.items]}", *self.value)


def typed(value: object) -> Typed:
    if isinstance(value, Typed):
        return value
    if isinstance(value, bool):
        return Typed(BOOL, value)
    if isinstance(value, int):
        return Typed(U32, value)
    if isinstance(value, float):
        return Typed(F32, value)
    if isinstance(value, str):
        return Typed(TEXT, value)
    assert isinstance(value, list)
    items = TEXT if value and isinstance(value[0], str | bytes) else U32
    return Typed(ARRAY, value, items=items)


@dataclass
class Gguf:
    """What a file is written from; `shape` of a tensor is rows by columns."""

    metadata: dict[str, Any] = field(default_factory=dict)
    tensors: list[Any] = field(default_factory=list)
    version: int = 3
    alignment: int = 32

    def header(self) -> bytes:
        parts = [
            b"GGUF",
            struct.pack("<IQQ", self.version, len(self.tensors), len(self.metadata)),
        ]
        for key, value in self.metadata.items():
            each = typed(value)
            parts += [text(key), struct.pack("<I", each.kind), each.packed()]
        offset = 0
        for name, shape, storage in self.tensors:
            number = TYPES[storage][0]
            parts.append(tensor_info(name, shape[::-1], number, offset))
            offset += self._padded(self._size(shape, storage))
        return b"".join(parts)

    def data_start(self) -> int:
        return self._padded(len(self.header()))

    def length(self) -> int:
        sizes = [self._padded(self._size(shape, storage)) for _, shape, storage in self.tensors]
        return self.data_start() + sum(sizes)

    def write(self, path: Path) -> Path:
        with path.open("wb") as stream:
            stream.write(self.header())
            if self.tensors:
                stream.truncate(self.length())
        return path

    def _padded(self, size: int) -> int:
        return -(-size // self.alignment) * self.alignment

    @staticmethod
    def _size(shape: Sequence[int], storage: str) -> int:
        _, elements, size = TYPES[storage]
        count = 1
        for each in shape:
            count *= each
        return count // elements * size


def tensor_info(name: str, dims: Sequence[int], number: int, offset: int) -> bytes:
    return (
        text(name)
        + struct.pack("<I", len(dims))
        + struct.pack(f"<{len(dims)}Q", *dims)
        + struct.pack("<IQ", number, offset)
    )


PHI3_METADATA: Mapping[str, object] = {
    "general.architecture": "phi3",
    "general.name": "Tiny",
    "general.file_type": 15,
    "phi3.block_count": 2,
    "phi3.context_length": 4096,
    "phi3.embedding_length": 256,
    "phi3.feed_forward_length": 512,
    "phi3.attention.head_count": 4,
    "phi3.attention.head_count_kv": 2,
    "phi3.rope.dimension_count": 64,
    "phi3.rope.freq_base": 10000.0,
    "tokenizer.ggml.tokens": ["a", "b", "cd"],
}


def tiny_phi3(**changes: object) -> Gguf:
    """A Phi-3 of two layers; `changes` replace metadata, with dots as two underscores."""
    metadata = dict(PHI3_METADATA)
    metadata |= {key.replace("__", "."): value for key, value in changes.items()}
    layers: list[Any] = [
        tensor
        for layer in range(2)
        for tensor in (
            (f"blk.{layer}.attn_norm.weight", (256,), "F32"),
            (f"blk.{layer}.attn_qkv.weight", (512, 256), "Q5_K"),
            (f"blk.{layer}.attn_output.weight", (256, 256), "Q4_K"),
            (f"blk.{layer}.ffn_norm.weight", (256,), "F32"),
            (f"blk.{layer}.ffn_up.weight", (1024, 256), "Q4_K"),
            (f"blk.{layer}.ffn_down.weight", (256, 512), "Q6_K"),
        )
    ]
    outside: list[Any] = [
        ("token_embd.weight", (64, 256), "Q4_K"),
        ("output_norm.weight", (256,), "F32"),
        ("output.weight", (64, 256), "Q6_K"),
    ]
    return Gguf(metadata=metadata, tensors=outside + layers)


_ARCHITECTURES = {"phi": "phi2", "phi3": "phi3", "phimoe": "phimoe"}
_FILE_TYPES = {"F32": 0, "F16": 1, "Q8_0": 7, "Q4_K_M": 15, "Q5_K_M": 17, "Q6_K": 18}


def catalogue_gguf(
    model: ModelSpec,
    quant: str,
    *,
    rules: MixRules = MixRules.CURRENT,
    layout: TensorLayout = TensorLayout.DEFAULT,
    imatrix: bool = False,
) -> Gguf:
    """The file that llama.cpp's converter and quantiser make of a model of the catalogue."""
    shape = model.shape
    assert shape is not None
    weights = gguf_weights(
        shape, find_quant_format(quant), rules=rules, layout=layout, imatrix=imatrix
    )
    name = _ARCHITECTURES[shape.architecture.value]
    metadata: dict[str, object] = {
        "general.architecture": name,
        "general.name": model.name,
        "general.file_type": _FILE_TYPES[quant],
        f"{name}.block_count": shape.layer_count,
        f"{name}.context_length": shape.position_limit,
        f"{name}.embedding_length": shape.embedding_length,
        f"{name}.feed_forward_length": shape.feed_forward_length,
        f"{name}.attention.head_count": shape.head_count,
        f"{name}.attention.head_count_kv": shape.kv_head_count,
        f"{name}.rope.dimension_count": shape.rotary_dim,
    }
    if shape.rope_theta is not None:
        metadata[f"{name}.rope.freq_base"] = shape.rope_theta
    if shape.sliding_window is not None:
        metadata[f"{name}.attention.sliding_window"] = shape.sliding_window
    if shape.expert_count:
        metadata[f"{name}.expert_count"] = shape.expert_count
        metadata[f"{name}.expert_used_count"] = shape.experts_per_token
    tensors = [
        (stored.tensor_set.name.replace("{layer}", str(layer)), stored.tensor_set.shape, stored)
        for stored in weights.stored
        for layer in stored.layers or (None,)
    ]
    return Gguf(
        metadata=metadata,
        tensors=[(name, dims, str(stored.storage)) for name, dims, stored in tensors],
    )


def large_vocabulary(count: int) -> dict[str, object]:
    """Tokens, scores, types and merges of a vocabulary of that many tokens."""
    tokens = [f"token{number:06}" for number in range(count)]
    return {
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.tokens": tokens,
        "tokenizer.ggml.scores": Typed(ARRAY, [0.5] * count, items=F32),
        "tokenizer.ggml.token_type": Typed(ARRAY, [1] * count, items=I32),
        "tokenizer.ggml.merges": [f"to ken{number:06}" for number in range(count)],
        "tokenizer.chat_template": "{{ messages }}" * 500,
    }


_BYTES = {"F32": 4, "F16": 2, "BF16": 2, "U8": 1, "I64": 8}


def safetensors_header(tensors: Mapping[str, tuple[str, Sequence[int]]]) -> dict[str, Any]:
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    end = 0
    for name, (dtype, shape) in tensors.items():
        size = _BYTES[dtype]
        for each in shape:
            size *= each
        header[name] = {"dtype": dtype, "shape": list(shape), "data_offsets": [end, end + size]}
        end += size
    return header


def safetensors_bytes(header: object, *, data_bytes: int = 0) -> bytes:
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(raw)) + raw + bytes(data_bytes)


def write_safetensors(path: Path, tensors: Mapping[str, tuple[str, Sequence[int]]]) -> Path:
    header = safetensors_header(tensors)
    raw = safetensors_bytes(header)
    ends = [each["data_offsets"][1] for key, each in header.items() if key != "__metadata__"]
    with path.open("wb") as stream:
        stream.write(raw)
        stream.truncate(len(raw) + max(ends, default=0))
    return path


def write_json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path
