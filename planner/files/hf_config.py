"""A `config.json` of Hugging Face in our words: the one place where its names are mapped.

Names and defaults from the configuration classes of huggingface/transformers 5
(`src/transformers/models/*/configuration_*.py`), and for phi-msft and phi3small from the
repositories that bring code of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from planner.core.errors import PlannerError
from planner.core.foreign_shape import ForeignShape, LayerCache, OwnShape
from planner.core.model_spec import Architecture, TransformerShape
from planner.files import fields as bounds
from planner.files.bounded_json import LARGEST_CONFIG_BYTES, read_json_object
from planner.files.fields import Fields
from planner.files.opened import shown

# Our name -> what configs of different families call it.
_NAMES: Final[dict[str, tuple[str, ...]]] = {
    "layer_count": ("num_hidden_layers", "n_layer", "n_layers"),
    "embedding_length": ("hidden_size", "n_embd"),
    "feed_forward_length": ("intermediate_size", "ff_intermediate_size", "n_inner"),
    "expert_feed_forward_length": ("moe_intermediate_size",),
    "head_count": ("num_attention_heads", "n_head"),
    "kv_head_count": ("num_key_value_heads", "n_head_kv"),
    "head_dim": ("head_dim",),
    "rotary_dim": ("rotary_dim",),
    "vocab_size": ("vocab_size",),
    "position_limit": ("max_position_embeddings", "n_positions"),
    "expert_count": ("num_local_experts", "num_experts"),
    "experts_per_token": ("num_experts_per_tok",),
    "sliding_window": ("sliding_window",),
}
_HIGHEST: Final = {
    "layer_count": bounds.MOST_LAYERS,
    "head_count": bounds.MOST_HEADS,
    "kv_head_count": bounds.MOST_HEADS,
    "vocab_size": bounds.LARGEST_VOCABULARY,
    "position_limit": bounds.LONGEST_CONTEXT,
    "sliding_window": bounds.LONGEST_CONTEXT,
    "expert_count": bounds.MOST_EXPERTS,
    "experts_per_token": bounds.MOST_EXPERTS,
}


@dataclass(frozen=True, slots=True)
class _Family:
    """What a family of configs leaves unsaid: its defaults."""

    architecture: Architecture
    partial_rotary: float = 1.0
    tied: bool = False


_PHI: Final = {
    "phi": _Family(Architecture.PHI, partial_rotary=0.5),
    "phi-msft": _Family(Architecture.PHI, partial_rotary=0.5),
    "phi3": _Family(Architecture.PHI3),
    "phi3_v": _Family(Architecture.PHI3),
    "phi4mm": _Family(Architecture.PHI3),
    "phi4_multimodal": _Family(Architecture.PHI3),
    "phimoe": _Family(Architecture.PHIMOE),
    "phi3small": _Family(Architecture.PHI3SMALL, tied=True),
}
# Families whose cache follows from the heads: whether the head is tied by default, and the
# period of sliding windows (all layers of a period but the last), 0 where there is none.
_FOREIGN: Final = {
    "llama": (False, 0),
    "mistral": (False, 0),
    "mixtral": (False, 0),
    "qwen2": (False, 0),
    "qwen2_moe": (False, 0),
    "qwen3": (False, 0),
    "qwen3_moe": (False, 0),
    "gemma": (True, 0),
    "gemma2": (True, 2),
    "gemma3_text": (True, 6),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HfConfig:
    """What a config says; `shape` is `None` where `missing` says what it lacks."""

    model_type: str | None
    shape: OwnShape | None
    missing: tuple[str, ...]
    dtype: str | None
    notes: tuple[str, ...]


class _Missing(Exception):  # noqa: N818 - no error: what a shape lacks
    """A name without which there is no shape."""


def read_hf_config(path: Path) -> HfConfig:
    """Read a `config.json`.

    Raises:
        PlannerError: it cannot be read, or gives a field a value that cannot be.
    """
    return hf_config(read_json_object(path, largest_bytes=LARGEST_CONFIG_BYTES), shown(path))


def hf_config(values: Mapping[str, Any], source: str) -> HfConfig:
    """Return what a config says; `source` is what a sentence calls it.

    Raises:
        PlannerError: it gives a field a value that cannot be.
    """
    text = values.get("text_config")
    inner = text if isinstance(text, dict) and "model_type" in text else values
    fields = Fields(inner, source)
    model_type = fields.text("model_type")
    shape: OwnShape | None = None
    missing: tuple[str, ...] = ()
    try:
        shape = _shape(model_type, _Config(fields))
    except _Missing as what:
        missing = (str(what),)
    return HfConfig(
        model_type=model_type,
        shape=shape,
        missing=missing,
        dtype=fields.text("dtype") or fields.text("torch_dtype"),
        notes=_notes(values, inner is not values),
    )


def _notes(values: Mapping[str, Any], has_parts: bool) -> tuple[str, ...]:
    notes = []
    quantisation = values.get("quantization_config")
    if isinstance(quantisation, dict):
        method = quantisation.get("quant_method")
        notes.append(f"Its config says that the weights are quantised ({str(method)[:40]}).")
    if has_parts:
        notes.append("The shape is that of the text part; images or sound come on top.")
    return tuple(notes)


def _shape(model_type: str | None, config: "_Config") -> OwnShape:
    if model_type is None:
        raise _Missing("model_type is missing")
    if model_type in _PHI:
        return config.phi_shape(_PHI[model_type])
    if model_type in _FOREIGN:
        return config.foreign_shape(model_type, *_FOREIGN[model_type])
    raise _Missing(f"the model type {model_type[:40]!r} is not known here")


class _Config:
    """The fields of one config by our names."""

    def __init__(self, fields: Fields) -> None:
        self._fields = fields
        parameters = fields.get("rope_parameters")
        scaling = fields.get("rope_scaling")
        # transformers 5 keeps everything about rope in one table.
        rope = parameters if isinstance(parameters, dict) else scaling
        self._rope: dict[str, Any] = rope if isinstance(rope, dict) else {}

    def phi_shape(self, family: _Family) -> TransformerShape:
        head_count, head_dim = self._needed("head_count"), self._head_dim()
        positions = self._needed("position_limit")
        experts = 0
        if family.architecture is Architecture.PHIMOE:
            experts = self._needed("expert_count")
        try:
            return TransformerShape(
                source=self._fields.source,
                architecture=family.architecture,
                layer_count=self._needed("layer_count"),
                embedding_length=self._needed("embedding_length"),
                feed_forward_length=self._feed_forward(),
                head_count=head_count,
                kv_head_count=self._count("kv_head_count") or head_count,
                head_dim=head_dim,
                vocab_size=self._needed("vocab_size"),
                tied_embeddings=self._tied(default=family.tied),
                rotary_dim=self._rotary_dim(head_dim, family.partial_rotary),
                context_length_limit=positions,
                position_limit=positions,
                rope_theta=self._rope_theta(),
                rope_factor_count=self._rope_factor_count(),
                sliding_window=self._count("sliding_window"),
                expert_count=experts,
                experts_per_token=self._needed("experts_per_token") if experts else 0,
            )
        except ValueError as error:
            raise PlannerError(f"{self._fields.source} contradicts itself: {error}.") from error

    def foreign_shape(self, model_type: str, tied: bool, period: int) -> ForeignShape:
        layers, heads = self._needed("layer_count"), self._needed("head_count")
        head_dim = self._head_dim()
        kv_heads = self._count("kv_head_count") or heads
        window = self._count("sliding_window") if period else None
        step = self._fields.count("sliding_window_pattern", bounds.MOST_LAYERS) or period
        experts = self._count("expert_count") or 0
        inner = self._feed_forward()
        if experts:
            inner = self._count("expert_feed_forward_length") or inner
        return ForeignShape(
            source=self._fields.source,
            architecture=model_type,
            layer_count=layers,
            embedding_length=self._needed("embedding_length"),
            feed_forward_length=inner,
            head_count=heads,
            vocab_size=self._needed("vocab_size"),
            tied_embeddings=self._tied(default=tied),
            context_length_limit=self._needed("position_limit"),
            caches=tuple(
                LayerCache(
                    kv_head_count=kv_heads,
                    key_length=head_dim,
                    value_length=head_dim,
                    sliding_window=window if window and layer % step < step - 1 else None,
                )
                for layer in range(layers)
            ),
            expert_count=experts,
            experts_per_token=self._needed("experts_per_token") if experts else 0,
        )

    def _count(self, ours: str) -> int | None:
        """Return a number by our name; `null` is the same as none at all."""
        highest = _HIGHEST.get(ours, bounds.WIDEST)
        for name in _NAMES[ours]:
            value = self._fields.count(name, highest)
            if value is not None:
                return value
        return None

    def _needed(self, ours: str) -> int:
        value = self._count(ours)
        if value is None:
            raise _Missing(f"{_NAMES[ours][0]} is missing")
        return value

    def _feed_forward(self) -> int:
        value = self._count("feed_forward_length")
        # GPT-2's convention, which phi-msft keeps: null means four times the width.
        return 4 * self._needed("embedding_length") if value is None else value

    def _head_dim(self) -> int:
        """Return the head size; configs that leave it out mean the width over the heads."""
        stated = self._count("head_dim")
        if stated is not None:
            return stated
        width, heads = self._needed("embedding_length"), self._needed("head_count")
        if width % heads:
            raise PlannerError(
                f"{self._fields.source} gives no head_dim, and its hidden_size of {width:,} "
                f"does not divide into {heads:,} heads."
            )
        return width // heads

    def _rotary_dim(self, head_dim: int, default: float) -> int:
        stated = self._count("rotary_dim")
        if stated is not None:
            return stated
        for values in (self._rope, None):
            source = self._fields if values is None else Fields(values, self._fields.source)
            factor = source.number("partial_rotary_factor", 1.0)
            if factor is not None:
                return int(factor * head_dim)
        return int(default * head_dim)

    def _rope_theta(self) -> float | None:
        inside = Fields(self._rope, self._fields.source).number("rope_theta", 1e12)
        return inside or self._fields.number("rope_theta", 1e12)

    def _rope_factor_count(self) -> int:
        factors = self._rope.get("long_factor")
        return len(factors) if isinstance(factors, list) else 0

    def _tied(self, *, default: bool) -> bool:
        value = self._fields.get("tie_word_embeddings")
        return value if isinstance(value, bool) else default
