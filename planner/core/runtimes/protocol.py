"""What every runtime answers, so that a plan is a plan whatever runs it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from planner.core.records import dataclass

if TYPE_CHECKING:
    from planner.core.ledger import Band, PlacedLines
    from planner.core.machine import MemoryPool
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import Plan


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFigures:
    """What is downloaded and read: `file` is `None` where its size cannot be known.

    `parameter_count` counts the values that the file holds.
    """

    parameter_count: int
    tensor_bytes: int
    file: Band | None


class Runtime(Protocol):
    """A program that runs a model."""

    @property
    def quant_formats(self) -> tuple[str, ...]:
        """The formats it can run, from large to small."""
        ...

    @property
    def splits_layers(self) -> bool:
        """Whether some layers can stay in RAM beside a GPU."""
        ...

    def check(self, model: ModelSpec, plan: Plan) -> None:
        """Refuse what the runtime cannot run.

        Raises:
            PlannerError: the plan is out of range, or the runtime refuses it.
        """
        ...

    def weight_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """Return the lines that depend on the quant format, of a plan that `check` accepted."""
        ...

    def step_lines(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """Return the cache, the buffers and the overhead of a plan that `check` accepted.

        They depend on the quant format only where layers are split over GPU and RAM.
        """
        ...

    def file_figures(self, model: ModelSpec, plan: Plan) -> FileFigures:
        """Return what the weights take on disk."""
        ...


@runtime_checkable
class Sums(Runtime, Protocol):
    """A runtime that adds a plan up without writing its lines, for searches over many."""

    def weight_sums(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """Return the sums of `weight_lines`, without lines."""
        ...

    def step_sums(self, model: ModelSpec, plan: Plan) -> PlacedLines:
        """Return the sums of `step_lines`, without lines."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PoolLimits:
    """How much of a pool a runtime lets one plan take.

    The plan fits surely while its high figure is within `surely_bytes`, and perhaps while the
    expected one is within `perhaps_bytes`. `occupied_bytes` is what the program will be seen to
    hold, whatever the plan needs, where it takes a share at its start. `refusal` says why it
    does not start at all.
    """

    surely_bytes: int
    perhaps_bytes: int
    occupied_bytes: int | None = None
    refusal: str | None = None


@runtime_checkable
class OwnRules(Runtime, Protocol):
    """A runtime that judges formats one by one and pools by a rule of its own.

    Its `step_lines` may depend on the quant format; an empty format stands for 16 bits.
    """

    def check_format(self, model: ModelSpec, plan: Plan) -> None:
        """Refuse the quant format of a plan that `check` accepted.

        Raises:
            UnknownNameError: the runtime has no such format.
            UnsupportedPlanError: it has, but not for this model or in this place.
        """
        ...

    def may_split(self, plan: Plan) -> bool:
        """Whether some layers of this plan can stay in RAM beside a GPU."""
        ...

    def pool_limits(
        self, model: ModelSpec, plan: Plan, pool: MemoryPool, *, reserve_bytes: int
    ) -> PoolLimits | None:
        """Return what the plan may take of a pool; `None` where the pool does not say enough.

        Raises:
            UnsupportedPlanError: the runtime cannot use such a pool.
        """
        ...


def free_limits(free_bytes: int, reserve_bytes: int) -> PoolLimits:
    """Return the limits of a runtime that takes what it needs of what is free."""
    return PoolLimits(surely_bytes=free_bytes - reserve_bytes, perhaps_bytes=free_bytes)
