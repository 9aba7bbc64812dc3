"""The sums of a plan's cache, buffers and overhead without their lines, for searches.

`memory.step_lines` writes a ledger: words, formulas, sources. A search over hundreds of context
lengths needs four numbers of each. They come from the same functions, and the tests hold the
two equal.
"""

from typing import Final

from planner.core.ledger import Band, PlacedLines
from planner.core.model_spec import TransformerShape
from planner.core.plan import Plan
from planner.core.runtimes.llama_cpp.compute_buffer import (
    STAGE_UNCERTAINTY,
    cpu_compute_stage,
    gpu_compute_stage,
    gpu_host_compute_bytes,
    is_exact,
    output_buffer_bytes,
)
from planner.core.runtimes.llama_cpp.kv_cache import (
    cuda_padding_per_layer,
    kv_bytes_per_layer,
)
from planner.core.runtimes.llama_cpp.lines import (
    CPU_OVERHEAD,
    GPU_OVERHEAD,
    HOST_OVERHEAD_WITH_GPU,
)

_NOWHERE: Final = Band(0, 0, 0)


class WholeStepTotals:
    """The sums of `step_lines` where all layers stand together, for one model.

    The compute buffers depend on the cache's type only through how many of its sides are
    quantised, so eight cache types share three sets of them.
    """

    def __init__(self, shape: TransformerShape) -> None:
        self._shape = shape
        self._compute: dict[tuple[int, int, int, int], int] = {}

    def totals(self, plan: Plan) -> PlacedLines:
        """Return the sums for a plan whose layers are all on the GPU or all in RAM."""
        cache = self._shape.layer_count * kv_bytes_per_layer(self._shape, plan)
        compute = self._compute_bytes(plan)
        slack = 0 if is_exact(plan) else int(STAGE_UNCERTAINTY * compute)
        output = output_buffer_bytes(self._shape, plan)
        if plan.gpu_layer_count == 0:
            host = _around(cache + output + compute, slack) + CPU_OVERHEAD
            return PlacedLines((), _NOWHERE, host)
        cache += self._shape.layer_count * cuda_padding_per_layer(self._shape, plan)
        inputs = gpu_host_compute_bytes(self._shape, plan)
        return PlacedLines(
            (),
            _around(cache + compute, slack) + GPU_OVERHEAD,
            Band.exact(inputs + output) + HOST_OVERHEAD_WITH_GPU,
        )

    def _compute_bytes(self, plan: Plan) -> int:
        """Return the compute buffer on the side that computes, one for all equal plans.

        A search changes the context, the sequences, the cache's types and the layers' side;
        everything else stays as it was at the first call.
        """
        sides = plan.cache_type_k.is_quantised + plan.cache_type_v.is_quantised
        key = (plan.context_length, plan.parallel_sequences, sides, plan.gpu_layer_count)
        known = self._compute.get(key)
        if known is None:
            stage = cpu_compute_stage if plan.gpu_layer_count == 0 else gpu_compute_stage
            known = stage(self._shape, plan).size_bytes
            self._compute[key] = known
        return known


def _around(size_bytes: int, slack_bytes: int) -> Band:
    return Band(size_bytes - slack_bytes, size_bytes, size_bytes + slack_bytes)


def shrinking_cells(shape: TransformerShape, plan: Plan) -> int:
    """Return the cells of a sequence at which the compute buffer may get smaller.

    An attention mask as large as the residual stream no longer waits beside it for the logits
    (`compute_buffer`), so a longer context can take less there. Below and above, it never does.
    """
    return shape.embedding_length * (2 if plan.flash_attention else 1)
