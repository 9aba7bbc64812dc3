"""What the specification sheet shows beside the sizes: origin, training, benchmarks, conflicts.

These are pydantic models, read only when somebody opens a sheet; nothing that a command needs
at its start may import this module.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict


class CardRecord(BaseModel):
    """A checked part of a card: immutable, and an unknown key is an error."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_default=True, allow_inf_nan=False
    )


class Biases(CardRecord):
    """Which matrices carry a bias."""

    attention: bool
    feed_forward: bool
    output_head: bool


class Benchmarks(CardRecord):
    """Scores that stand in one source, in its order; a text where it is not one number."""

    source: str
    scores: dict[str, float | str]
    note: str | None = None


class Conflict(CardRecord):
    """A public source that says something else than is shown here."""

    field: str
    shown_here: str
    other_value: str
    other_source: str
    why: str


class CardSources(CardRecord):
    """Where each group of fields comes from: public addresses, or `owner/repository: path`.

    `release` covers licence and dates, `architecture` the block, tokenizer and attention,
    `parameter_count` what confirms the count, `training` tokens, compute and cutoff, `files`
    the data type, the checkpoint and the downloads.
    """

    release: str
    architecture: str | None = None
    parameter_count: str | None = None
    training: str | None = None
    files: str
    further: tuple[str, ...] = ()


class ModelCard(CardRecord):
    """Everything about a model that no sum depends on. What is not published is `None`."""

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
