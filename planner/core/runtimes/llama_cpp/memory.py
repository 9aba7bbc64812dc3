"""A llama.cpp plan as a ledger: what it refuses, its file, and its lines."""

from typing import Final

from planner.core.errors import UnsupportedPlanError
from planner.core.gguf_layout import require_gguf_architecture
from planner.core.ledger import Band, PlacedLines
from planner.core.model_spec import ModelSpec, Support
from planner.core.plan import Plan, RuntimeName, check_plan, require_shape
from planner.core.quant_format import find_quant_format
from planner.core.runtimes.llama_cpp import several_gpus
from planner.core.runtimes.llama_cpp.kv_cache import check_cache_types
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.lines import (
    cache_lines,
    compute_lines,
    overhead_lines,
    placed_weights,
)
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
    several_gpus.check(plan)
    check_cache_types(require_shape(model), plan)


def weight_lines(
    model: ModelSpec, plan: Plan, weights: GgufWeights | None = None
) -> PlacedLines:
    """Return the lines that depend on the file; `weights` are those of a file that exists."""
    shape = require_shape(model)
    stored = weights or plan_weights(model, plan)
    if several_gpus.has_several(plan):
        return several_gpus.weight_lines(shape, plan, stored)
    return placed_weights(stored, LayerSplit.of_plan(shape, plan))


def step_lines(model: ModelSpec, plan: Plan, weights: GgufWeights | None = None) -> PlacedLines:
    """Return the cache, the buffers and the overhead.

    They depend on the quant format, or the `weights` of a file that exists, only where layers
    are split over GPU and RAM.
    """
    shape = require_shape(model)
    split = LayerSplit.of_plan(shape, plan)
    streams = not (split.is_all_gpu or split.is_all_host) or bool(split.expert_layers_in_ram)
    stored = None
    if streams:
        stored = weights or plan_weights(model, plan)
    if several_gpus.has_several(plan):
        return several_gpus.step_lines(shape, plan, stored)
    return PlacedLines.of(
        (
            *cache_lines(shape, plan, split),
            *compute_lines(shape, plan, split, stored),
            *overhead_lines(split),
        )
    )
