"""The sums of a plan's cache, buffers and overhead without their lines, for searches.

`memory.step_lines` writes a ledger: words, formulas, sources. A search over hundreds of context
lengths needs four numbers of each. They come from the same functions, and the tests hold the
two equal.
"""

from typing import Final

from planner.core.ledger import Band, PlacedLines
from planner.core.model_spec import TransformerShape
from planner.core.plan import CacheType, Plan
from planner.core.runtimes.llama_cpp.compute_buffer import (
    cpu_compute_stage,
    gpu_compute_stage,
    gpu_host_compute_bytes,
    has_closed_form,
    output_buffer_bytes,
)
from planner.core.runtimes.llama_cpp.graph.peak import Peaks
from planner.core.runtimes.llama_cpp.graph.step import step_peaks
from planner.core.runtimes.llama_cpp.kv_cache import (
    cuda_padding_per_layer,
    kv_bytes_per_layer,
)
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.lines import (
    CPU_OVERHEAD,
    GPU_OVERHEAD,
    HOST_OVERHEAD_WITH_GPU,
)

_NOWHERE: Final = Band(0, 0, 0)
# Quantised types need the same buffers, and another set than each of these.
_KINDS: Final = {CacheType.F16: 1, CacheType.F32: 2, CacheType.BF16: 3}


class WholeStepTotals:
    """The sums of `step_lines` where all layers stand together, for one model.

    The compute buffers depend on the cache's types only through which of its sides are
    quantised, f16 or f32, so eight cache types share a few sets of them.
    """

    def __init__(self, shape: TransformerShape) -> None:
        self._shape = shape
        self._compute: dict[tuple[int, ...], Peaks] = {}

    def totals(self, plan: Plan) -> PlacedLines:
        """Return the sums for a plan whose layers are all on the GPU or all in RAM."""
        cache = self._shape.layer_count * kv_bytes_per_layer(self._shape, plan)
        compute = self._peaks(plan)
        output = output_buffer_bytes(self._shape, plan)
        if plan.gpu_layer_count == 0:
            host = Band.exact(cache + output + compute.host_bytes) + CPU_OVERHEAD
            return PlacedLines((), _NOWHERE, host)
        cache += self._shape.layer_count * cuda_padding_per_layer(self._shape, plan)
        return PlacedLines(
            (),
            Band.exact(cache + compute.gpu_bytes) + GPU_OVERHEAD,
            Band.exact(compute.host_bytes + output) + HOST_OVERHEAD_WITH_GPU,
        )

    def _peaks(self, plan: Plan) -> Peaks:
        """Return the compute buffers of both sides, one pair for all equal plans.

        A search changes the context, the sequences, the cache's types and the layers' side;
        everything else stays as it was at the first call.
        """
        types = (plan.cache_type_k, plan.cache_type_v)
        sides = (_KINDS.get(each, 0) for each in types)
        key = (plan.context_length, plan.parallel_sequences, *sides, plan.gpu_layer_count)
        known = self._compute.get(key)
        if known is None:
            known = self._compute[key] = whole_peaks(self._shape, plan)
        return known


def whole_peaks(shape: TransformerShape, plan: Plan) -> Peaks:
    """Return the buffers where all layers stand together."""
    if not has_closed_form(plan):
        return step_peaks(shape, plan, LayerSplit.of_plan(shape, plan))
    if plan.gpu_layer_count == 0:
        return Peaks(gpu_bytes=0, host_bytes=cpu_compute_stage(shape, plan).size_bytes)
    return Peaks(
        gpu_bytes=gpu_compute_stage(shape, plan).size_bytes,
        host_bytes=gpu_host_compute_bytes(shape, plan),
    )


def shrinking_cells(shape: TransformerShape, plan: Plan) -> int:
    """Return the cells of a sequence at which the compute buffer may get smaller.

    An attention mask as large as the residual stream no longer waits beside it for the logits
    (`compute_buffer`), so a longer context can take less there. Below and above, it never does.
    """
    return shape.embedding_length * (2 if plan.flash_attention else 1)
