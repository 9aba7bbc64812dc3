"""What the runtimes beside llama.cpp share: refusals, names, the size of a cached token."""

from collections.abc import Sequence
from typing import Final

from planner.core.errors import UnknownNameError, UnsupportedPlanError
from planner.core.model_spec import Architecture, ModelSpec, Support, TransformerShape
from planner.core.plan import Plan, check_plan, offloadable_layer_count, require_shape

_OWN_CODE: Final = frozenset({Architecture.PHI3SMALL, Architecture.PHI4FLASH})


def find_name(kind: str, name: str, known: Sequence[str]) -> str:
    """Return the known name that equals `name`, whatever the letter case.

    Raises:
        UnknownNameError: there is none; the message offers the nearest names.
    """
    folded = name.strip().casefold()
    for each in known:
        if each.casefold() == folded:
            return each
    # Only a wrong name pays for this import.
    from planner.core.nearest import unknown_name

    raise UnknownNameError(unknown_name(kind, name, known))


def check_runnable(model: ModelSpec, plan: Plan) -> TransformerShape:
    """Refuse a model that the catalogue says the runtime cannot run, and figures out of range.

    Raises:
        PlannerError: with the catalogue's reason, or with the figure that is out of range.
    """
    support = model.runtimes.get(plan.runtime)
    if support is not None and support.support is Support.NONE:
        raise UnsupportedPlanError(support.note or f"{plan.runtime} cannot run {model.name}.")
    check_plan(model, plan)
    return require_shape(model)


def check_all_or_nothing(shape: TransformerShape, plan: Plan, *, why: str) -> None:
    """Refuse a plan that leaves some layers in RAM.

    Raises:
        UnsupportedPlanError: with `why` the runtime cannot.
    """
    if plan.gpu_layer_count not in (0, offloadable_layer_count(shape)):
        raise UnsupportedPlanError(
            f"{plan.gpu_layer_count} of {offloadable_layer_count(shape)} layers on the GPU: "
            f"{why}"
        )


def is_on_cpu(plan: Plan) -> bool:
    """Whether the whole plan runs from RAM."""
    return plan.gpu_layer_count == 0


def cached_values_per_token(shape: TransformerShape) -> int:
    """Return the keys and values that all layers keep of one token."""
    return 2 * shape.layer_count * shape.kv_head_count * shape.head_dim


def round_up(value: int, step: int) -> int:
    """Return the next multiple of `step`."""
    return -(-value // step) * step


def loading_note(model: ModelSpec, plan: Plan) -> str:
    """Return the catalogue's note on how the runtime loads the model, a space before it.

    Only models with parts beside the text, or with code of their own, have such notes; the
    other notes are about the cache, of which its line tells.
    """
    support = model.runtimes.get(plan.runtime)
    shape = require_shape(model)
    if support is None or not support.note:
        return ""
    is_special = bool(model.components) or shape.architecture in _OWN_CODE
    return f" {support.note}" if is_special else ""
