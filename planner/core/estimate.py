"""What one plan needs, whatever the machine: the door to the runtimes."""

from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from planner.core.ledger import Band, MemoryLedger
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, RuntimeName
from planner.core.records import dataclass
from planner.core.runtimes.common import find_name
from planner.core.runtimes.protocol import FileFigures, OwnRules, Runtime, Sums

if TYPE_CHECKING:
    from planner.core.runtimes.llama_cpp.quick_split import QuickSplits


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
    """Return the runtime of that name; each is imported when it is asked for."""
    match name:
        case RuntimeName.LLAMA_CPP:
            from planner.core.runtimes.llama_cpp import LlamaCpp

            return LlamaCpp()
        case RuntimeName.TRANSFORMERS:
            from planner.core.runtimes.transformers import Transformers

            return Transformers()
        case RuntimeName.VLLM:
            from planner.core.runtimes.vllm import Vllm

            return Vllm()
        case RuntimeName.MLX:
            from planner.core.runtimes.mlx import Mlx

            return Mlx()
        case RuntimeName.ONNX_GENAI:
            from planner.core.runtimes.onnx_genai import OnnxGenai

            return OnnxGenai()
        case _:
            assert_never(name)


@lru_cache
def own_rules_of(name: RuntimeName) -> OwnRules | None:
    """Return the runtime where it judges formats and pools itself, else `None`."""
    runtime = runtime_of(name)
    return runtime if isinstance(runtime, OwnRules) else None


@lru_cache
def sums_of(name: RuntimeName) -> Sums | None:
    """Return the runtime where it adds up without lines, else `None`."""
    runtime = runtime_of(name)
    return runtime if isinstance(runtime, Sums) else None


@lru_cache
def least_sums_of(name: RuntimeName) -> Sums | None:
    """Return sums that are never too high, where the true ones are dear, else `None`."""
    if name is not RuntimeName.LLAMA_CPP:
        return None
    from planner.core.runtimes.llama_cpp import LlamaCpp
    from planner.core.runtimes.llama_cpp.compute_buffer import least_buffers

    return LlamaCpp(buffers=least_buffers)


def quick_splits(model: ModelSpec, whole: Plan) -> "QuickSplits":
    """Return what tells of a plan's splits without a search, where `least_sums_of` has sums.

    `whole` is the plan with every layer on the GPU, in any quant format.
    """
    from planner.core.runtimes.llama_cpp.quick_split import QuickSplits

    return QuickSplits(model, whole)


def runtime_quant_format(name: RuntimeName, quant_format: str) -> str:
    """Return a runtime's own spelling of a quant format, whatever its letter case.

    Raises:
        UnknownNameError: the runtime has none of that name; the message offers the nearest.
    """
    return find_name(f"{name} quant format", quant_format, runtime_of(name).quant_formats)


def estimate(model: ModelSpec, plan: Plan) -> Estimate:
    """Return what a plan needs, line by line, and the file it takes.

    Raises:
        PlannerError: the plan is out of range, or the runtime refuses it.
    """
    runtime = runtime_of(plan.runtime)
    runtime.check(model, plan)
    own_rules = own_rules_of(plan.runtime)
    if own_rules is not None:
        own_rules.check_format(model, plan)
    lines = runtime.weight_lines(model, plan) + runtime.step_lines(model, plan)
    return Estimate(
        model=model,
        plan=plan,
        figures=runtime.file_figures(model, plan),
        ledger=MemoryLedger(lines.lines),
    )
