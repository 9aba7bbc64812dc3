"""A llama.cpp plan as a ledger: what it refuses, its file, and its lines."""

from functools import lru_cache
from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.gguf_layout import require_gguf_architecture
from planner.core.ledger import Band, PlacedLines
from planner.core.model_spec import ModelSpec, Support
from planner.core.plan import Plan, RuntimeName, SplitMode, check_plan, require_shape
from planner.core.quant_format import find_quant_format
from planner.core.runtimes.llama_cpp import lines
from planner.core.runtimes.llama_cpp.amounts import step_amounts, sums, weight_amounts
from planner.core.runtimes.llama_cpp.compute_buffer import Buffers, step_buffers
from planner.core.runtimes.llama_cpp.kv_cache import check_cache_types
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.weights import GgufWeights, gguf_weights
from planner.core.units import KIB

# Chat templates and added tokens change a header by kilobytes (published files of one model).
HEADER_TOLERANCE_BYTES: Final = 16 * KIB


def check_supported(model: ModelSpec) -> None:
    """Refuse a model that llama.cpp cannot run.

    Raises:
        UnsupportedPlanError: with the reason that the catalogue gives.
    """
    support = model.runtimes.get(RuntimeName.LLAMA_CPP)
    if support is not None and support.support is Support.NONE:
        raise UnsupportedPlanError(support.note or f"llama.cpp cannot run {model.name}.")
    require_gguf_architecture(require_shape(model))


def plan_weights(model: ModelSpec, plan: Plan) -> GgufWeights:
    """Return the tensors of the plan's file."""
    return gguf_weights(
        require_shape(model),
        find_quant_format(plan.quant_format),
        rules=plan.mix,
        layout=plan.layout,
        imatrix=plan.imatrix,
    )


def file_band(model: ModelSpec, weights: GgufWeights) -> Band | None:
    """Return the size of the file, `None` where the size of its vocabulary is not known."""
    header = model.gguf_header_bytes
    if header is None:
        return None
    expected = weights.tensor_bytes + header
    return Band(expected - HEADER_TOLERANCE_BYTES, expected, expected + HEADER_TOLERANCE_BYTES)


def check(model: ModelSpec, plan: Plan) -> None:
    """Refuse what llama.cpp cannot run.

    Raises:
        PlannerError: the plan is out of range, or llama.cpp refuses it.
    """
    check_supported(model)
    check_plan(model, plan)
    if plan.split_mode is not SplitMode.NONE:
        from planner.core.runtimes.llama_cpp import several_gpus

        several_gpus.check(plan)
    check_cache_types(require_shape(model), plan)


# What follows imports `several_gpus` where there are some: most plans start without it.
def has_several_gpus(plan: Plan) -> bool:
    """Whether the plan's layers go to more than one GPU."""
    spread = plan.split_mode is SplitMode.LAYER and plan.gpu_layer_count > 0
    return spread and len(plan.tensor_split) > 1


def weight_lines(
    model: ModelSpec, plan: Plan, weights: GgufWeights | None = None
) -> PlacedLines:
    """Return the lines that depend on the file; `weights` are those of a file that exists."""
    stored = weights or plan_weights(model, plan)
    split = LayerSplit.of_plan(require_shape(model), plan)
    if has_several_gpus(plan):
        from planner.core.runtimes.llama_cpp import several_gpus

        return several_gpus.weight_lines(plan, split, stored)
    amounts = weight_amounts(stored, split, repacks=plan.repack)
    return PlacedLines.of(lines.weight_lines(stored, split, amounts))


def step_lines(model: ModelSpec, plan: Plan, weights: GgufWeights | None = None) -> PlacedLines:
    """Return the cache, the buffers and the overhead.

    They depend on the quant format, or the `weights` of a file that exists, only where layers
    are split over GPU and RAM.
    """
    shape = require_shape(model)
    split = LayerSplit.of_plan(shape, plan)
    stored = _streamed(model, plan, split, weights)
    if has_several_gpus(plan):
        from planner.core.runtimes.llama_cpp import several_gpus

        return several_gpus.step_lines(shape, plan, split, stored)
    step = lines.StepOf(shape, plan, split, stored)
    amounts = step_amounts(shape, plan, split, stored, step_buffers)
    return PlacedLines.of(lines.step_lines(step, amounts))


def weight_sums(
    model: ModelSpec, plan: Plan, weights: GgufWeights | None = None
) -> PlacedLines:
    """Return the sums of `weight_lines` without the lines."""
    stored = weights or plan_weights(model, plan)
    split = LayerSplit.of_plan(require_shape(model), plan)
    if has_several_gpus(plan):
        from planner.core.runtimes.llama_cpp import several_gpus

        return several_gpus.weight_sums(plan, split, stored)
    return _weight_sums(stored, split, repacks=plan.repack)


@lru_cache(maxsize=8192)
def _weight_sums(weights: GgufWeights, split: LayerSplit, *, repacks: bool) -> PlacedLines:
    return sums(weight_amounts(weights, split, repacks=repacks))


def step_sums(
    model: ModelSpec,
    plan: Plan,
    weights: GgufWeights | None = None,
    buffers: Buffers = step_buffers,
) -> PlacedLines:
    """Return the sums of `step_lines` without the lines, with those buffers."""
    shape = require_shape(model)
    split = LayerSplit.of_plan(shape, plan)
    stored = _streamed(model, plan, split, weights)
    if has_several_gpus(plan):
        from planner.core.runtimes.llama_cpp import several_gpus

        amounts = several_gpus.step_amounts(shape, plan, split, stored, buffers)
        return sums(amounts, len(plan.tensor_split))
    return sums(step_amounts(shape, plan, split, stored, buffers))


def _streamed(
    model: ModelSpec, plan: Plan, split: LayerSplit, weights: GgufWeights | None
) -> GgufWeights | None:
    """Return the weights where some are copied to a GPU for a step."""
    if (split.is_all_gpu or split.is_all_host) and not split.expert_layers_in_ram:
        return None
    return weights or plan_weights(model, plan)
