"""The frontier: the longest context that fits, for each quant format and KV cache type.

Every answer is found by bisection over the memory of real plans, judged as `fit` judges them:
one step further would not fit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from planner.core.cards import with_shares
from planner.core.context_steps import ContextSteps
from planner.core.errors import PlannerError
from planner.core.estimate import runtime_of
from planner.core.fit import Reserve
from planner.core.frontier_search import NeedsOf, SharedNeeds, VerdictNeeds
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.model_spec import ModelSpec
from planner.core.plan import (
    CACHE_TYPES,
    MAX_PARALLEL_SEQUENCES,
    CacheType,
    Plan,
    PlanOptions,
    RuntimeName,
    SplitMode,
    require_shape,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontierCell:
    """The longest context of one quant format with one cache type.

    Values have another type than keys where `cache_type_v` is not `None`.

    `fits_context_length` is the longest that is promised, `tight_context_length` the longest
    of which at least the expected figure fits; `None` where no context does, and `reason` then
    says why.
    """

    quant_format: str
    cache_type: CacheType
    cache_type_v: CacheType | None = None
    fits_context_length: int | None = None
    tight_context_length: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """Quant formats by cache types for one model; `cells` go format by format.

    In `cells` keys and values have one type. `mixed_cells` has a cell for each format with the
    two types that were asked about, where these differ.
    """

    model_id: str
    target_id: str
    max_context_length: int | None
    quant_formats: tuple[str, ...]
    cache_types: tuple[CacheType, ...]
    cells: tuple[FrontierCell, ...]
    mixed_cells: tuple[FrontierCell, ...] = ()

    def cell(self, quant_format: str, cache_type: CacheType) -> FrontierCell:
        """Return one cell.

        Raises:
            ValueError: the frontier was made without this format or cache type.
        """
        row = self.quant_formats.index(quant_format)
        return self.cells[row * len(self.cache_types) + self.cache_types.index(cache_type)]


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceLimit:
    """The most sequences that hold a cache at once, each of `context_length` tokens."""

    context_length: int
    fits_count: int | None = None
    tight_count: int | None = None
    reason: str | None = None


def frontier(
    model: ModelSpec,
    *,
    options: PlanOptions,
    machine: Machine,
    target: MemoryPool,
    reserve: Reserve,
    quant_formats: Sequence[str],
    cache_types: Sequence[CacheType] | None = None,
) -> Frontier:
    """Return the longest context for each format with each cache type, for keys and values.

    `options` gives everything else of the plan; its own context plays no part, and its cache
    types only where keys and values differ: `mixed_cells` are about them.
    With `auto` everything is on the target; layers that a number leaves in RAM stay there, and
    both sides must fit. Without `cache_types` it is every type that the runtime has.
    """
    search = _Search(model, options, machine, target, reserve)
    types = CACHE_TYPES[options.runtime] if cache_types is None else tuple(cache_types)
    columns = [tuple(search.cells(quant_formats, each, each)) for each in types]
    type_k, type_v = options.cache_type_k, options.cache_type_v
    mixed = () if type_k is type_v else search.cells(quant_formats, type_k, type_v)
    return Frontier(
        model_id=model.id,
        target_id=target.id,
        max_context_length=model.context_length_limit,
        quant_formats=tuple(quant_formats),
        cache_types=types,
        cells=tuple(cell for row in zip(*columns, strict=True) for cell in row),
        mixed_cells=tuple(mixed),
    )


def longest_contexts(
    model: ModelSpec,
    *,
    options: PlanOptions,
    machine: Machine,
    target: MemoryPool,
    reserve: Reserve,
    quant_formats: Sequence[str],
) -> tuple[FrontierCell, ...]:
    """Return the longest context for each format with the cache types of `options`."""
    search = _Search(model, options, machine, target, reserve)
    return tuple(search.cells(quant_formats, options.cache_type_k, options.cache_type_v))


def most_sequences(
    model: ModelSpec,
    quant_format: str,
    *,
    context_length: int,
    options: PlanOptions,
    machine: Machine,
    target: MemoryPool,
    reserve: Reserve,
) -> SequenceLimit:
    """Return how many sequences of `context_length` tokens each fit at once.

    With llama.cpp the sequences share a cache of all their tokens (`-c`), and a plan's whole
    context may not go beyond the model's limit.
    """
    search = _Search(model, options, machine, target, reserve)
    return search.sequences(quant_format, context_length)


class _Search:
    """Looks for the longest context, or the most sequences, of one model on one target."""

    def __init__(
        self,
        model: ModelSpec,
        options: PlanOptions,
        machine: Machine,
        target: MemoryPool,
        reserve: Reserve,
    ) -> None:
        plan = with_shares(options.plan(model, quant_format=""), machine)
        if target.kind is PoolKind.SYSTEM:
            plan = replace(plan, gpu_layer_count=0)
        self._model = model
        self._plan = plan
        self._needs: NeedsOf = (
            SharedNeeds(model, plan, machine, target, reserve)
            if _is_simple(plan)
            else VerdictNeeds(model, machine, target, reserve)
        )

    def cells(
        self, quant_formats: Sequence[str], cache_type: CacheType, cache_type_v: CacheType
    ) -> Iterator[FrontierCell]:
        """Yield one cell for each format, all with one pair of types in a search."""
        first = replace(
            self._plan,
            cache_type_k=cache_type,
            cache_type_v=cache_type_v,
            # Short, and yet enough for every sequence: what is refused now is refused at all.
            context_length=self._plan.parallel_sequences,
        )
        refusal = self._refusal(first)
        other = None if cache_type is cache_type_v else cache_type_v
        if refusal is not None:
            for name in quant_formats:
                yield FrontierCell(
                    quant_format=name,
                    cache_type=cache_type,
                    cache_type_v=other,
                    reason=refusal,
                )
            return
        shape = require_shape(self._model)
        steps = ContextSteps.of(first, shape.context_length_limit)
        ranges = steps.rising_ranges(shape, first)
        for name in quant_formats:
            plan = replace(first, quant_format=name)
            found = self._needs.search(plan, _ContextChange(plan, steps), ranges)
            yield FrontierCell(
                quant_format=name,
                cache_type=cache_type,
                cache_type_v=other,
                fits_context_length=None if found.fits is None else steps[found.fits],
                tight_context_length=None if found.tight is None else steps[found.tight],
                reason=None if found.why_not is None else f"Even one token {found.why_not}",
            )

    def sequences(self, quant_format: str, context_length: int) -> SequenceLimit:
        """Return the most sequences of that length."""
        change = _SequenceChange(replace(self._plan, quant_format=quant_format), context_length)
        refusal = self._refusal(change(1))
        if refusal is not None:
            return SequenceLimit(context_length=context_length, reason=refusal)
        most = MAX_PARALLEL_SEQUENCES
        if self._plan.runtime is RuntimeName.LLAMA_CPP:
            limit = require_shape(self._model).context_length_limit
            most = min(most, limit // context_length)
        found = self._needs.search(change(1), change, (range(1, most + 1),))
        return SequenceLimit(
            context_length=context_length,
            fits_count=found.fits,
            tight_count=found.tight,
            reason=None if found.why_not is None else f"Even one sequence {found.why_not}",
        )

    def _refusal(self, plan: Plan) -> str | None:
        """Return why the runtime refuses the plan in every format, `None` where it does not."""
        try:
            runtime_of(plan.runtime).check(self._model, plan)
        except PlannerError as refusal:
            return str(refusal)
        return None


def _is_simple(plan: Plan) -> bool:
    """Whether one GPU and RAM hold the plan by layers, as llama.cpp does unless told."""
    is_llama = plan.runtime is RuntimeName.LLAMA_CPP
    return is_llama and plan.split_mode is SplitMode.NONE and not plan.cpu_expert_layers


@dataclass(frozen=True, slots=True)
class _ContextChange:
    """The plan at each context length, by its index."""

    plan: Plan
    steps: ContextSteps

    def __call__(self, index: int) -> Plan:
        return replace(self.plan, context_length=self.steps[index])


@dataclass(frozen=True, slots=True)
class _SequenceChange:
    """The plan with each number of sequences, all of one length."""

    plan: Plan
    context_length: int

    def __call__(self, count: int) -> Plan:
        # llama.cpp shares one context among the sequences.
        shared = count if self.plan.runtime is RuntimeName.LLAMA_CPP else 1
        return replace(
            self.plan,
            parallel_sequences=count,
            context_length=shared * self.context_length,
        )
