"""The diagram of a plan: each runtime's tensors with what they take at the plan's format."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.core.diagram.builder import checkpoint_tensors, diagram
from planner.core.diagram.checkpoint_sizes import checkpoint_sizes
from planner.core.diagram.tensors import SizedTensors
from planner.core.errors import UnsupportedPlanError
from planner.core.model_spec import Support
from planner.core.plan import RuntimeName
from planner.core.runtimes.llama_cpp.memory import check_supported, plan_weights

if TYPE_CHECKING:
    from planner.core.diagram.model import Diagram
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import Plan


def plan_diagram(model: ModelSpec, plan: Plan) -> Diagram:
    """Return the blocks of a model with what the plan's runtime makes of their tensors.

    Where the runtime cannot run the model the blocks have parameters and no bytes.

    Raises:
        UnknownNameError: the runtime has no such quant format.
    """
    if model.shape is None or not _can_run(model, plan):
        return diagram(model, cache_type_k=plan.cache_type_k, cache_type_v=plan.cache_type_v)
    return diagram(
        model,
        plan_tensors(model, plan),
        format_name=plan.quant_format or None,
        cache_type_k=plan.cache_type_k,
        cache_type_v=plan.cache_type_v,
    )


def plan_tensors(model: ModelSpec, plan: Plan) -> tuple[SizedTensors, ...]:
    """Return the tensors of a plan that its runtime can run, with their storage.

    A GGUF file holds the text part alone: the other parts come without a size.
    """
    if plan.runtime is not RuntimeName.LLAMA_CPP:
        return checkpoint_sizes(model, plan)
    text = (
        SizedTensors(
            tensors=replace(each.tensor_set, layers=each.layers),
            storage=each.storage,
            bytes_each=each.bytes_each,
        )
        for each in plan_weights(model, plan).stored
    )
    beside = (each for each in checkpoint_tensors(model) if each.tensors.component)
    return (*text, *beside)


def _can_run(model: ModelSpec, plan: Plan) -> bool:
    if plan.runtime is RuntimeName.LLAMA_CPP:
        try:
            check_supported(model)
        except UnsupportedPlanError:
            return False
        return True
    support = model.runtimes.get(plan.runtime)
    return support is None or support.support is not Support.NONE
