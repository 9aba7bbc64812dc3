"""GGUF keys in our words: the one place where they are mapped to a shape.

Keys from `gguf-py/gguf/constants.py` and `src/llama-arch.cpp` of ggml-org/llama.cpp; which
layers have a sliding window from the models' files in `src/models`.
"""

from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Final

from planner.core.errors import PlannerError
from planner.core.foreign_shape import ForeignShape, LayerCache, OwnShape
from planner.core.ggml_types import FILE_TYPES
from planner.core.model_file import FileKind, FileTensor, Label, ModelFile
from planner.core.model_spec import Architecture, TransformerShape
from planner.files import fields as bounds
from planner.files.fields import Fields
from planner.files.gguf_parts import GgufParts, read_gguf_parts
from planner.files.labels import label_in_name

_PHI: Final = {
    "phi2": Architecture.PHI,
    "phi3": Architecture.PHI3,
    "phimoe": Architecture.PHIMOE,
}
# Families whose cache follows from the keys alone, with their period of sliding windows: all
# layers of a period but its last look back over the window (`set_swa_pattern`); 0 has none.
_FOREIGN: Final = {
    "llama": 0,
    "mistral3": 0,
    "qwen2": 0,
    "qwen2moe": 0,
    "qwen3": 0,
    "qwen3moe": 0,
    "gemma": 0,
    "gemma2": 2,
    "gemma3": 6,
}


class _Missing(Exception):  # noqa: N818 - no error: what a shape lacks
    """A key without which there is no shape."""


def read_gguf_model(path: Path) -> ModelFile:
    """Read a GGUF file, or all parts of it, as a model.

    Raises:
        PlannerError: it cannot be used; see `read_gguf_parts`.
    """
    parts = read_gguf_parts(path)
    metadata = parts.first.metadata
    architecture = metadata.get("general.architecture")
    name = architecture if isinstance(architecture, str) else None
    shape: OwnShape | None = None
    missing: tuple[str, ...] = ()
    try:
        shape = _shape(name, metadata, parts)
    except _Missing as what:
        missing = (str(what),)
    title = metadata.get("general.name")
    return ModelFile(
        kind=FileKind.GGUF,
        name=path.name,
        file_names=tuple(each.name for each in parts.paths),
        file_bytes=parts.file_bytes,
        tensors=parts.tensors,
        alignment=parts.first.alignment,
        architecture=name,
        shape=shape,
        missing=missing,
        labels=_labels(metadata, path),
        title=title if isinstance(title, str) and title.strip() else None,
        notes=_notes(parts),
    )


def _labels(metadata: Mapping[str, object], path: Path) -> tuple[Label, ...]:
    labels: list[Label] = []
    file_type = metadata.get("general.file_type")
    if isinstance(file_type, int) and file_type in FILE_TYPES:
        labels.append(Label(source="general.file_type", quant_format=FILE_TYPES[file_type]))
    named = label_in_name(path.name)
    if named is not None:
        labels.append(Label(source="the file's name", quant_format=named))
    return tuple(labels)


def _notes(parts: GgufParts) -> tuple[str, ...]:
    notes = [
        f"{header.trailing_bytes:,} bytes of {header.name} follow its last tensor and belong "
        "to none."
        for header in parts.headers
        if header.trailing_bytes
    ]
    alignments = {header.alignment for header in parts.headers}
    if len(alignments) > 1:
        notes.append("The parts have different alignments, so sums are off by some padding.")
    return tuple(notes)


def _shape(
    architecture: str | None, metadata: Mapping[str, object], parts: GgufParts
) -> OwnShape:
    if architecture is None:
        raise _Missing("general.architecture is missing")
    if architecture not in _PHI and architecture not in _FOREIGN:
        raise _Missing(f"the architecture {architecture[:40]!r} is not known here")
    keys = _Keys(architecture, metadata, parts)
    if architecture in _PHI:
        return keys.phi_shape(_PHI[architecture])
    return keys.foreign_shape(_FOREIGN[architecture])


class _Keys:
    """The keys of one architecture and, where they do not say it, the tensors."""

    def __init__(
        self, architecture: str, metadata: Mapping[str, object], parts: GgufParts
    ) -> None:
        self._architecture = architecture
        self._fields = Fields(metadata, parts.first.name)
        self._tensors: dict[str, FileTensor] = {each.name: each for each in parts.tensors}
        self._layer_count = self._needed("block_count", bounds.MOST_LAYERS)
        self._embedding_length = self._needed("embedding_length", bounds.WIDEST)

    def phi_shape(self, architecture: Architecture) -> TransformerShape:
        heads, kv_heads = self._only(self._heads()), self._only(self._kv_heads())
        head_dim = self._head_dim(heads, kv_heads)
        context = self._needed("context_length", bounds.LONGEST_CONTEXT)
        experts = self._count("expert_count", bounds.MOST_EXPERTS, lowest=0) or 0
        factors = self._tensors.get("rope_factors_long.weight")
        try:
            return TransformerShape(
                source=self._fields.source,
                architecture=architecture,
                layer_count=self._layer_count,
                embedding_length=self._embedding_length,
                feed_forward_length=max(self._feed_forward()),
                head_count=heads,
                kv_head_count=kv_heads,
                head_dim=head_dim,
                vocab_size=self._vocab_size(),
                tied_embeddings="output.weight" not in self._tensors,
                rotary_dim=self._count("rope.dimension_count", bounds.WIDEST) or head_dim,
                context_length_limit=context,
                position_limit=context,
                rope_theta=self._fields.number(self._key("rope.freq_base"), 1e12),
                rope_factor_count=0 if factors is None else prod(factors.shape),
                sliding_window=self._window(),
                expert_count=experts,
                experts_per_token=self._experts_per_token(experts),
            )
        except ValueError as error:
            raise PlannerError(f"{self._fields.source} contradicts itself: {error}.") from error

    def foreign_shape(self, period: int) -> ForeignShape:
        heads, kv_heads = self._heads(), self._kv_heads()
        most = max(heads)
        default = self._head_dim(most, max(kv_heads))
        key = self._count("attention.key_length", bounds.WIDEST) or default
        value = self._count("attention.value_length", bounds.WIDEST) or default
        windows = self._windows(period)
        experts = self._count("expert_count", bounds.MOST_EXPERTS, lowest=0) or 0
        inner = max(self._feed_forward())
        if experts:
            inner = self._count("expert_feed_forward_length", bounds.WIDEST) or inner
        return ForeignShape(
            source=self._fields.source,
            architecture=self._architecture,
            layer_count=self._layer_count,
            embedding_length=self._embedding_length,
            feed_forward_length=inner,
            head_count=most,
            vocab_size=self._vocab_size(),
            tied_embeddings="output.weight" not in self._tensors,
            context_length_limit=self._needed("context_length", bounds.LONGEST_CONTEXT),
            caches=tuple(
                LayerCache(
                    kv_head_count=count,
                    key_length=key,
                    value_length=value,
                    sliding_window=window,
                )
                for count, window in zip(kv_heads, windows, strict=True)
            ),
            expert_count=experts,
            experts_per_token=self._experts_per_token(experts),
        )

    def _key(self, suffix: str) -> str:
        return f"{self._architecture}.{suffix}"

    def _count(self, suffix: str, highest: int, *, lowest: int = 1) -> int | None:
        return self._fields.count(self._key(suffix), highest, lowest=lowest)

    def _needed(self, suffix: str, highest: int) -> int:
        value = self._count(suffix, highest)
        if value is None:
            raise _Missing(f"{self._key(suffix)} is missing")
        return value

    def _by_layer(self, suffix: str, highest: int) -> tuple[int, ...] | None:
        """Return one value for each layer; a file may give one for all."""
        key = self._key(suffix)
        value = self._fields.get(key)
        if value is None:
            return None
        values = value if isinstance(value, tuple) else (value,) * self._layer_count
        if len(values) != self._layer_count:
            raise PlannerError(
                f"{self._fields.source} gives {key} {len(values):,} values for "
                f"{self._layer_count:,} layers."
            )
        counts = []
        for each in values:
            count = Fields({key: each}, self._fields.source).count(key, highest)
            counts.append(1 if count is None else count)
        return tuple(counts)

    def _heads(self) -> tuple[int, ...]:
        heads = self._by_layer("attention.head_count", bounds.MOST_HEADS)
        if heads is None:
            raise _Missing(f"{self._key('attention.head_count')} is missing")
        return heads

    def _kv_heads(self) -> tuple[int, ...]:
        """Return the KV heads; without the key there are as many as heads."""
        found = self._by_layer("attention.head_count_kv", bounds.MOST_HEADS)
        return self._heads() if found is None else found

    def _feed_forward(self) -> tuple[int, ...]:
        found = self._by_layer("feed_forward_length", bounds.WIDEST)
        if found is None:
            raise _Missing(f"{self._key('feed_forward_length')} is missing")
        return found

    def _only(self, values: tuple[int, ...]) -> int:
        if len(set(values)) > 1:
            raise _Missing("its layers have different numbers of heads, as no Phi model has")
        return values[0]

    def _head_dim(self, heads: int, kv_heads: int) -> int:
        """Return the head size: the key's, the tensors', or what the embedding divides into.

        The tensors come before the quotient: Phi-tiny-MoE has heads of 128 where that is 256.
        """
        stated = self._count("attention.key_length", bounds.WIDEST)
        if stated is not None:
            return stated
        for name, parts in (
            ("blk.0.attn_q.weight", heads),
            ("blk.0.attn_qkv.weight", heads + 2 * kv_heads),
        ):
            tensor = self._tensors.get(name)
            if tensor is not None and tensor.shape[0] % parts == 0:
                return tensor.shape[0] // parts
        if self._embedding_length % heads:
            raise _Missing(f"{self._key('attention.key_length')} is missing")
        return self._embedding_length // heads

    def _vocab_size(self) -> int:
        embedding = self._tensors.get("token_embd.weight")
        if embedding is None:
            raise _Missing("the tensor token_embd.weight is missing")
        rows = embedding.shape[0]
        if rows > bounds.LARGEST_VOCABULARY:
            raise self._fields.refusal("token_embd.weight", rows, "rows of which no model has")
        return rows

    def _experts_per_token(self, experts: int) -> int:
        if not experts:
            return 0
        return self._needed("expert_used_count", experts)

    def _window(self) -> int | None:
        # Converters write 0, or a window beyond the context, where there is none.
        window = self._count("attention.sliding_window", bounds.LONGEST_CONTEXT, lowest=0)
        return window or None

    def _windows(self, period: int) -> tuple[int | None, ...]:
        window = self._window()
        every = (None,) * self._layer_count
        if not period or window is None:
            return every
        key = self._key("attention.sliding_window_pattern")
        pattern = self._fields.get(key)
        if isinstance(pattern, tuple):
            if len(pattern) != self._layer_count:
                raise self._fields.refusal(key, len(pattern), "values, not one for each layer")
            return tuple(window if each else None for each in pattern)
        step = self._fields.count(key, bounds.MOST_LAYERS) or period
        return tuple(
            window if layer % step < step - 1 else None for layer in range(self._layer_count)
        )
