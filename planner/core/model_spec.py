"""A model as its published configuration gives it: the shape that every figure follows from.

The records are plain dataclasses, so that a command starts without pydantic. The same
annotations are the schema: `planner.catalogue` checks every file in `specs/models` against
them with pydantic and refuses unknown keys.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Any, ClassVar

from planner.core.records import dataclass


class AtLeast:
    """The lowest value that a checked file may give; pydantic asks for it, nothing else does.

    It stands in for `annotated_types.Ge`, whose import alone takes a third of a command's time.
    """

    def __init__(self, lowest: int) -> None:
        self.lowest = lowest

    def __get_pydantic_core_schema__(
        self, source: type[int], handler: Callable[[type[int]], dict[str, Any]]
    ) -> dict[str, Any]:
        """Add the bound to the schema of the annotated type."""
        return {**handler(source), "ge": self.lowest}


Count = Annotated[int, AtLeast(1)]
CountOrZero = Annotated[int, AtLeast(0)]


class Architecture(StrEnum):
    """Which block the model is built of; the values are the `model_type` of its config."""

    PHI = "phi"
    PHI3 = "phi3"
    PHIMOE = "phimoe"
    PHI3SMALL = "phi3small"
    PHI4FLASH = "phi4flash"


class Support(StrEnum):
    """How much of a model a runtime can run."""

    FULL = "full"
    TEXT_ONLY = "text-only"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class HybridShape:
    """The layers of Phi-4-mini-flash that are not plain attention (SambaY, arXiv 2507.06607).

    Layers that are listed nowhere do not exist: the five tuples together are all layers.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    state_dim: Count
    conv_width: Count
    inner_dim: Count
    time_step_rank: Count
    mamba_layers: tuple[int, ...]
    window_attention_layers: tuple[int, ...]
    full_attention_layers: tuple[int, ...]
    gated_memory_layers: tuple[int, ...]
    cross_attention_layers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransformerShape:
    """The text part of a model.

    `context_length_limit` is what the model's makers support and `position_limit` what its
    config allows; they differ for two models. `rope_factor_count` is the length of each of the
    two longrope factor lists, 0 where there are none. `sliding_window` is the config's value,
    which runtimes treat in different ways.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    source: str
    architecture: Architecture
    layer_count: Count
    embedding_length: Count
    feed_forward_length: Count
    head_count: Count
    kv_head_count: Count
    head_dim: Count
    vocab_size: Count
    tied_embeddings: bool
    rotary_dim: CountOrZero
    context_length_limit: Count
    position_limit: Count
    rope_theta: float | None = None
    rope_factor_count: CountOrZero = 0
    sliding_window: Count | None = None
    expert_count: CountOrZero = 0
    experts_per_token: CountOrZero = 0
    hybrid: HybridShape | None = None

    def __post_init__(self) -> None:
        """Refuse shapes that contradict themselves."""
        if self.head_count % self.kv_head_count:
            raise ValueError(
                f"head_count ({self.head_count}) must be a multiple of "
                f"kv_head_count ({self.kv_head_count})"
            )
        if self.experts_per_token > self.expert_count:
            raise ValueError(
                f"experts_per_token ({self.experts_per_token}) must not exceed "
                f"expert_count ({self.expert_count})"
            )
        if self.rotary_dim > self.head_dim:
            raise ValueError(
                f"rotary_dim ({self.rotary_dim}) must not exceed head_dim ({self.head_dim})"
            )
        if self.context_length_limit > self.position_limit:
            raise ValueError(
                f"context_length_limit ({self.context_length_limit}) must not exceed "
                f"position_limit ({self.position_limit})"
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class TensorGroup:
    """`count` tensors of one shape; `{}` in the name stands for the index."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    name: str
    shape: tuple[Count, ...]
    count: Count = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A part beside the text model: a vision or speech encoder, a projector, a LoRA.

    `prefix` is what the names of all its tensors begin with in the checkpoint.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    name: str
    kind: str
    source: str
    tensors: tuple[TensorGroup, ...]
    prefix: str = ""
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuntimeSupport:
    """Whether a runtime can run the model, and the reason where it cannot or only in part."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    support: Support
    source: str
    note: str | None = None

    def __post_init__(self) -> None:
        """Ask for a reason wherever something is left out."""
        if self.support is not Support.FULL and not self.note:
            raise ValueError(f"note is required where support is {self.support.value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSpec:
    """One Phi model. `shape` is `None` for a closed model, of which no sizes are known.

    `parameter_count` and `active_parameter_count` are the published counts; the inventory in
    `planner.core.tensors` derives them again, and the tests hold the two equal.
    `runtimes` is keyed by the runtime's name as the command line spells it. `label` is the size
    as marketed (`3.8B`), `released` a date as far as it is known (`2024-12-12`, `2025-06`).
    `gguf_header_bytes` is what a GGUF file holds before its tensors: mostly the vocabulary.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    id: str
    name: str
    label: str
    released: str
    description: str
    repository: str | None = None
    parameter_count: Count | None = None
    active_parameter_count: Count | None = None
    shape: TransformerShape | None = None
    components: tuple[Component, ...] = ()
    runtimes: dict[str, RuntimeSupport]
    gguf_header_bytes: Count | None = None
    gguf_header_source: str | None = None

    @property
    def context_length_limit(self) -> int | None:
        """The longest context that the model's makers support, in tokens."""
        return None if self.shape is None else self.shape.context_length_limit
