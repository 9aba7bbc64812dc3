"""The context lengths that a search has to look at, and between which memory only grows."""

from collections.abc import Callable
from dataclasses import dataclass

from planner.core.model_spec import TransformerShape
from planner.core.plan import Plan, RuntimeName
from planner.core.runtimes.llama_cpp.kv_cache import CELL_STEP, cache_cells
from planner.core.runtimes.llama_cpp.totals import shrinking_cells


@dataclass(frozen=True, slots=True)
class ContextSteps:
    """Context lengths in order: every one up to `single_until`, then each `step` further.

    llama.cpp rounds the cells of each sequence up to 256, so beyond a micro-batch only the
    longest context of each step matters; within one, each token is one more row of work.
    """

    lowest: int
    single_until: int
    step: int
    highest: int

    @classmethod
    def of(cls, plan: Plan, highest: int) -> "ContextSteps":
        """Return the lengths from the shortest that the plan's sequences can have."""
        if plan.runtime is not RuntimeName.LLAMA_CPP:
            return cls(1, highest, 1, highest)
        lowest = 1 if plan.unified_cache else plan.parallel_sequences
        step = CELL_STEP * lowest
        rows = min(plan.micro_batch_size, plan.batch_size)
        return cls(lowest, min(highest, -(-rows // step) * step), step, highest)

    def __len__(self) -> int:
        beyond = -(-(self.highest - self.single_until) // self.step)
        return self.single_until - self.lowest + 1 + beyond

    def __getitem__(self, index: int) -> int:
        singles = self.single_until - self.lowest + 1
        if index < singles:
            return self.lowest + index
        return min(self.single_until + (index - singles + 1) * self.step, self.highest)

    def rising_ranges(self, shape: TransformerShape, plan: Plan) -> tuple[range, ...]:
        """Return the indices, longest contexts first, cut where memory may fall.

        Within each range a longer context never takes less.
        """
        everything = range(len(self))
        if plan.runtime is not RuntimeName.LLAMA_CPP:
            return (everything,)
        cells = shrinking_cells(shape, plan)

        def is_below(index: int) -> bool:
            held = cache_cells(self[index], plan.parallel_sequences, unified=plan.unified_cache)
            return held.per_sequence < cells

        last = last_that(is_below, everything)
        cut = 0 if last is None else last + 1
        return tuple(part for part in (everything[cut:], everything[:cut]) if part)


def last_that(holds: Callable[[int], bool], indices: range) -> int | None:
    """Return the last index that holds, by bisection: none does after one that does not."""
    if not indices or not holds(indices[0]):
        return None
    if holds(indices[-1]):  # the common case: everything fits
        return indices[-1]
    low, high = indices[0], indices[-1] - 1
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
