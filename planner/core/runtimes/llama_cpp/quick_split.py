"""About how many layers of a split fit, told without its graph: for a slider that is dragged.

What a split's compute buffers take hangs on the holes that the allocator leaves, and only the
graph tells it. They lie between bounds that need none, which the tests hold against the graph,
and within them most verdicts are sure.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from planner.core.ledger import Place, PlacedLines
from planner.core.plan import require_shape
from planner.core.runtimes.llama_cpp.amounts import step_amounts, sums
from planner.core.runtimes.llama_cpp.compute_buffer import step_buffers
from planner.core.runtimes.llama_cpp.kv_cache import kv_bytes_per_layer
from planner.core.runtimes.llama_cpp.layer_split import LayerSplit
from planner.core.runtimes.llama_cpp.memory import plan_weights
from planner.core.runtimes.llama_cpp.step_sizes import Peaks

if TYPE_CHECKING:
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import Plan
    from planner.core.runtimes.llama_cpp.weights import GgufWeights


class SplitBuffers(NamedTuple):
    """The compute buffers of every split of a plan: what bounds them, and what is likely."""

    least: Peaks
    likely: Peaks
    most: Peaks

    @classmethod
    def of(cls, together: Peaks, copied_bytes: int) -> SplitBuffers:
        """Return the bounds; of 28,000 plans drawn, none came nearer than by a quarter.

        Args:
            together: The buffers with every layer on the GPU.
            copied_bytes: The most that one layer in RAM has the GPU copy at once: its keys and
                values, and a matrix.
        """
        likely_bytes = together.gpu_bytes + copied_bytes
        # A step of a few tokens computes its last layer in RAM.
        in_ram_bytes = 2 * (together.gpu_bytes + together.host_bytes)
        return cls(
            least=Peaks(together.gpu_bytes // 2, together.host_bytes),
            likely=Peaks(likely_bytes, together.host_bytes),
            most=Peaks(2 * likely_bytes, in_ram_bytes),
        )


class QuickSplits:
    """Splits of one model between a GPU and RAM, format after format."""

    def __init__(self, model: ModelSpec, whole: Plan) -> None:
        """Take what no format changes; `whole` is the plan with every layer on the GPU."""
        self._model = model
        self._shape = shape = require_shape(model)
        self._together = step_buffers(shape, whole, LayerSplit.of_plan(shape, whole), None)
        self._cache_bytes = kv_bytes_per_layer(shape, whole)
        # Layer by layer the cache goes from one side to the other, and nothing else changes.
        self._one, two = (self._without_buffers(whole, count) for count in (1, 2))
        self._layer_gpu_bytes = two.gpu.high_bytes - self._one.gpu.high_bytes
        self._layer_host_bytes = self._one.host.expected_bytes - two.host.expected_bytes

    def layers(self, plan: Plan, *, gpu_bytes: int, host_bytes: int | None) -> int | None:
        """Return about how many layers fit, 0 if surely none, `None` if only the graph tells.

        Args:
            plan: What a format makes of the plan that this was made for.
            gpu_bytes: What the high figures on the GPU may come to.
            host_bytes: What the expected figures in RAM may come to; `None` sets no limit.
        """
        weights = plan_weights(self._model, plan)
        buffers = self.buffers(weights)
        split = _weights_split(weights)

        def most_layers(compute: Peaks) -> int:
            return bisect_right(
                range(len(split)),
                gpu_bytes - self._one.gpu.high_bytes - compute.gpu_bytes,
                key=lambda more: split[more].gpu_bytes + more * self._layer_gpu_bytes,
            )

        def fits_in_ram(count: int, compute: Peaks) -> bool:
            if host_bytes is None:
                return True
            step = self._one.host.expected_bytes - (count - 1) * self._layer_host_bytes
            return split[count - 1].host_bytes + step + compute.host_bytes <= host_bytes

        possible = most_layers(buffers.least)
        if not possible or not fits_in_ram(possible, buffers.least):
            return 0
        sure = most_layers(buffers.most)
        if sure and fits_in_ram(sure, buffers.most):
            return most_layers(buffers.likely)
        return None

    def buffers(self, weights: GgufWeights) -> SplitBuffers:
        """Return what bounds the compute buffers of a split of this file."""
        copied_bytes = self._cache_bytes + _largest_matrix_bytes(weights)
        return SplitBuffers.of(self._together, copied_bytes)

    def _without_buffers(self, whole: Plan, count: int) -> PlacedLines:
        plan = whole.changed(gpu_layer_count=count)
        split = LayerSplit.of(self._shape, count)
        return sums(step_amounts(self._shape, plan, split, None, lambda *_: Peaks(0, 0)))


class _Sides(NamedTuple):
    gpu_bytes: int
    host_bytes: int


@lru_cache(maxsize=4096)
def _weights_split(weights: GgufWeights) -> tuple[_Sides, ...]:
    """Return the weights on both sides with 1, 2, ... layers on the GPU, but not all."""
    one = LayerSplit(len(weights.layer_bytes), 1)
    on_gpu, in_ram = (one.weights_bytes(weights, place) for place in Place)
    moved = accumulate(reversed(weights.layer_bytes[1:]), initial=0)
    return tuple(_Sides(on_gpu + each, in_ram - each) for each in moved)


@lru_cache(maxsize=4096)
def _largest_matrix_bytes(weights: GgufWeights) -> int:
    return max(stored.bytes_each for stored in weights.stored if stored.layers)
