"""What the specification sheet shows beside the sizes: origin, training, benchmarks, conflicts.

Plain records like those of `planner.core.model_spec`, whose annotations are the schema too.
They are read only when somebody opens a sheet; nothing that a command needs at its start may
import this module.
"""

from dataclasses import dataclass
from typing import ClassVar, Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Biases:
    """Which matrices carry a bias."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    attention: bool
    feed_forward: bool
    output_head: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Benchmarks:
    """Scores that stand in one source, in its order; a text where it is not one number."""

    __pydantic_config__: ClassVar = {"extra": "forbid", "allow_inf_nan": False}

    source: str
    scores: dict[str, float | str]
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """A public source that says something else than is shown here."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    field: str
    shown_here: str
    other_value: str
    other_source: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSources:
    """Where each group of fields comes from: public addresses, or `owner/repository: path`.

    `release` covers licence and dates, `architecture` the block, tokenizer and attention,
    `parameter_count` what confirms the count, `training` tokens, compute and cutoff, `files`
    the data type, the checkpoint and the downloads.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    release: str
    architecture: str | None = None
    parameter_count: str | None = None
    training: str | None = None
    files: str
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """Everything about a model that no sum depends on. What is not published is `None`."""

    __pydantic_config__: ClassVar = {"extra": "forbid", "allow_inf_nan": False}

    modalities: tuple[Literal["text", "image", "audio"], ...]
    instruct: bool
    closed: bool = False

    licence: str
    licence_history: str | None = None
    release_note: str | None = None
    training_tokens: str | None = None
    training_compute: str | None = None
    knowledge_cutoff: str | None = None

    official_dtype: str | None = None
    checkpoint_note: str | None = None
    download_formats: tuple[str, ...]

    architecture_class: str | None = None
    tokenizer: str | None = None
    activation: str | None = None
    feed_forward: str | None = None
    norm: str | None = None
    norm_epsilon: float | None = None
    block_shape: Literal["parallel", "sequential"] | None = None
    block_detail: str | None = None
    biases: Biases | None = None
    attention: str | None = None
    position_encoding: str | None = None
    sliding_window_note: str | None = None
    image_input: str | None = None
    audio_input: str | None = None

    parameter_count_note: str | None = None
    uncertain: tuple[str, ...] = ()
    benchmarks: tuple[Benchmarks, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    sources: CardSources
