"""What one plan needs, whatever the machine: the door to the runtimes."""

from dataclasses import dataclass
from functools import lru_cache

from planner.core.errors import UnsupportedPlanError
from planner.core.ledger import Band, MemoryLedger
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, RuntimeName
from planner.core.runtimes.protocol import FileFigures, Runtime


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """The figures of one plan: what its file holds, and every line of its memory."""

    model: ModelSpec
    plan: Plan
    figures: FileFigures
    ledger: MemoryLedger

    @property
    def parameter_count(self) -> int:
        """The values that the file holds; a multimodal model's GGUF has the text part alone."""
        return self.figures.parameter_count

    @property
    def tensor_bytes(self) -> int:
        """What the file's tensors take, padding included."""
        return self.figures.tensor_bytes

    @property
    def file(self) -> Band | None:
        """The size of the file, `None` where it cannot be known."""
        return self.figures.file

    @property
    def bits_per_weight(self) -> float:
        """The average bits of one parameter in the file's tensors, scales included."""
        return self.tensor_bytes * 8 / self.parameter_count


@lru_cache
def runtime_of(name: RuntimeName) -> Runtime:
    """Return the runtime of that name; each is imported when it is asked for.

    Raises:
        UnsupportedPlanError: this version cannot estimate it.
    """
    if name is RuntimeName.LLAMA_CPP:
        from planner.core.runtimes.llama_cpp import LlamaCpp

        return LlamaCpp()
    raise UnsupportedPlanError(f"{name} is not estimated yet: this version knows llama.cpp.")


def estimate(model: ModelSpec, plan: Plan) -> Estimate:
    """Return what a plan needs, line by line, and the file it takes.

    Raises:
        PlannerError: the plan is out of range, or the runtime refuses it.
    """
    runtime = runtime_of(plan.runtime)
    runtime.check(model, plan)
    lines = runtime.weight_lines(model, plan) + runtime.step_lines(model, plan)
    return Estimate(
        model=model,
        plan=plan,
        figures=runtime.file_figures(model, plan),
        ledger=MemoryLedger(lines.lines),
    )
