"""What every runtime answers, so that a plan is a plan whatever runs it."""

from dataclasses import dataclass
from typing import Protocol

from planner.core.ledger import Band, PlacedLines
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
