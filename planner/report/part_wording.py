"""Parts of the memory and plans in words: nothing here needs a machine or a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.ledger import Band, Part, Place
from planner.core.units import format_gib

if TYPE_CHECKING:
    from planner.core.plan import Plan

PART_WORDS: Final = {
    Part.WEIGHTS: "Weights",
    Part.REPACKED_WEIGHTS: "Repacked weights",
    Part.KV_CACHE: "KV cache",
    Part.COMPUTE_BUFFER: "Compute buffer",
    Part.OUTPUT_BUFFER: "Output buffer",
    Part.RUNTIME_OVERHEAD: "Runtime overhead",
}
PLACE_WORDS: Final = {Place.GPU: "GPU", Place.HOST: "RAM"}


def gib_range(band: Band) -> str:
    """Return the expected figure, and both ends where they read differently."""
    low, expected, high = (
        format_gib(size) for size in (band.low_bytes, band.expected_bytes, band.high_bytes)
    )
    if low == high:
        return expected
    return f"{expected} ({low.removesuffix(' GiB')} to {high.removesuffix(' GiB')})"


def layers_text(plan: Plan, layer_count: int | None) -> str:
    """Return where the layers are."""
    if plan.gpu_layer_count == 0:
        return "everything in RAM"
    if plan.gpu_layer_count == layer_count:
        return f"all {layer_count} layers on the GPU"
    return f"{plan.gpu_layer_count} of {layer_count} layers on the GPU, the rest in RAM"


def plan_text(plan: Plan) -> str:
    """Return the choices of a plan on one line."""
    one = plan.parallel_sequences == 1
    sequences = f"{plan.parallel_sequences} sequence{'' if one else 's'}"
    flash = "on" if plan.flash_attention else "off"
    return (
        f"{plan.runtime.value}, context {plan.context_length:,} tokens, {sequences}, "
        f"KV cache {plan.cache_type_k.value}/{plan.cache_type_v.value}, flash attention {flash}"
    )
