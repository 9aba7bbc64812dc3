"""The sums of a plan's cache, buffers and overhead for a search over one model."""

from typing import Final

from planner.core.ledger import PlacedLines
from planner.core.model_spec import TransformerShape
from planner.core.plan import CacheType, Plan
from planner.core.runtimes.llama_cpp.amounts import step_amounts, sums
from planner.core.runtimes.llama_cpp.compute_buffer import Buffers, step_buffers
from planner.core.runtimes.llama_cpp.layer_devices import GraphCard
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.step_sizes import Peaks
from planner.core.runtimes.llama_cpp.weights import GgufWeights

# Quantised types need the same buffers, and another set than each of these.
_KINDS: Final = {CacheType.F16: 1, CacheType.F32: 2, CacheType.BF16: 3}


class WholeStepTotals:
    """The sums of `step_lines` where all layers stand together, for one model.

    The compute buffers depend on the cache's types only through which of its sides are
    quantised, f16 or f32, so eight cache types share a few sets of them.
    """

    def __init__(self, shape: TransformerShape, buffers: Buffers = step_buffers) -> None:
        """Size the step of `shape` with these buffers."""
        self._shape = shape
        self._buffers = buffers
        self._known: dict[tuple[int, ...], Peaks] = {}

    def totals(self, plan: Plan) -> PlacedLines:
        """Return the sums for a plan whose layers are all on the GPU or all in RAM."""
        split = LayerSplit.of_plan(self._shape, plan)
        return sums(step_amounts(self._shape, plan, split, None, self._shared))

    def _shared(
        self,
        shape: TransformerShape,
        plan: Plan,
        split: LayerSplit,
        weights: GgufWeights | None,
        card: GraphCard | None = None,
    ) -> Peaks:
        """Return the buffers of both sides, one pair for all equal plans.

        A search changes the context, the sequences, the cache's types and the layers' side;
        everything else stays as it was at the first call.
        """
        types = (plan.cache_type_k, plan.cache_type_v)
        sides = (_KINDS.get(each, 0) for each in types)
        key = (plan.context_length, plan.parallel_sequences, *sides, plan.gpu_layer_count)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._buffers(shape, plan, split, weights, card)
        return known


def shrinking_cells(shape: TransformerShape, plan: Plan) -> int:
    """Return the cells of a sequence at which the compute buffer may get smaller.

    An attention mask as large as the residual stream no longer waits beside it for the logits
    (`compute_buffer`), so a longer context can take less there. Below and above, it never does
    where the buffer has a closed form.
    """
    return shape.embedding_length * (2 if plan.flash_attention else 1)
