"""What one plan needs, whatever the machine: the door to the runtimes."""

from dataclasses import dataclass

from planner.core.errors import UnsupportedPlanError
from planner.core.ledger import Band, MemoryLedger
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, RuntimeName, require_shape
from planner.core.runtimes.llama_cpp import memory as llama_cpp
from planner.core.runtimes.llama_cpp.memory import PlacedLines
from planner.core.tensors import parameter_count, text_tensor_sets


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The figures of one plan. `file` is `None` where the vocabulary's size is not known.

    `parameter_count` counts the text model, which is what the file holds.
    """

    model: ModelSpec
    plan: Plan
    parameter_count: int
    tensor_bytes: int
    file: Band | None
    ledger: MemoryLedger

    @property
    def bits_per_weight(self) -> float:
        """The average bits of one parameter in the file's tensors, scales included."""
        return self.tensor_bytes * 8 / self.parameter_count


def plan_ledger(model: ModelSpec, plan: Plan) -> MemoryLedger:
    """Return every line of a plan's memory.

    Raises:
        PlannerError: the plan is out of range, or the runtime refuses it.
    """
    return MemoryLedger(checked_lines(model, plan).lines)


def checked_lines(model: ModelSpec, plan: Plan) -> PlacedLines:
    """Return a plan's lines with their sums.

    Raises:
        PlannerError: the plan is out of range, or the runtime refuses it.
    """
    check(model, plan)
    return llama_cpp.plan_lines(model, plan)


def check(model: ModelSpec, plan: Plan) -> None:
    """Refuse what the plan's runtime cannot run.

    Raises:
        PlannerError: the plan is out of range, or the runtime refuses it.
    """
    if plan.runtime is not RuntimeName.LLAMA_CPP:
        raise UnsupportedPlanError(
            f"{plan.runtime} is not estimated yet: this version knows llama.cpp."
        )
    llama_cpp.check(model, plan)


def estimate(model: ModelSpec, plan: Plan) -> Estimate:
    """Return what a plan needs, line by line, and the file it takes.

    Raises:
        PlannerError: the plan is out of range, or the runtime refuses it.
    """
    ledger = plan_ledger(model, plan)
    weights = llama_cpp.plan_weights(model, plan)
    return Estimate(
        model=model,
        plan=plan,
        parameter_count=parameter_count(text_tensor_sets(require_shape(model))),
        tensor_bytes=weights.tensor_bytes,
        file=llama_cpp.file_band(model, weights),
        ledger=ledger,
    )
