"""What else a cell of the grid can say: longest context, speed, share of the target.

The verdict is the same in every mode. The memory and its share are in the grid already; the
longest context and the speed are worked out here, row by row, since some take a while.
"""

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum

from planner.core.errors import PlannerError
from planner.core.fit import FitResult, FitVerdict
from planner.core.grid import FitGrid
from planner.core.machine import MemoryPool
from planner.core.plan import Plan, RuntimeName
from planner.core.records import dataclass


class GridMode(StrEnum):
    """What the figures in the cells are; the values are those of the settings file."""

    NEEDED = "needed"
    CONTEXT = "context"
    SPEED = "speed"
    SHARE = "share"

    @property
    def is_in_the_grid(self) -> bool:
        """Whether a grid has the figures already, with nothing to work out."""
        return self in (GridMode.NEEDED, GridMode.SHARE)


@dataclass(frozen=True, slots=True, kw_only=True)
class CellFigure:
    """One figure: tokens, or tokens per second; `None` where `reason` says why.

    `is_promised` is false for a context of which only the expected figure fits.
    """

    amount: float | None = None
    is_promised: bool = True
    reason: str | None = None


FigureRow = tuple[CellFigure, ...]


def share_ratio(result: FitResult, target: MemoryPool) -> float | None:
    """Return what a plan needs of what is free on the target; above 1 it does not fit."""
    if result.needed is None or not target.free_bytes:
        return None
    return result.needed.expected_bytes / target.free_bytes


class GridFigures:
    """The figures of a mode for one grid after the other, as far as they are worked out.

    What a change of the grid does not touch is kept: the longest context does not depend on
    the context that is planned, so a dragged slider costs nothing here.
    """

    def __init__(self, mode: GridMode) -> None:
        self._mode = mode
        self._grid: FitGrid | None = None
        self._rows: list[FigureRow | None] = []
        self._due: list[int] = []

    @property
    def mode(self) -> GridMode:
        """What the figures are."""
        return self._mode

    @property
    def rows(self) -> tuple[FigureRow | None, ...]:
        """The figures of each model, `None` where there were none before and they are due.

        Until a row is worked out anew, its figures of before stand there.
        """
        return tuple(self._rows)

    @property
    def is_complete(self) -> bool:
        """Whether every figure is that of the newest grid."""
        return not self._due

    def show(self, grid: FitGrid) -> None:
        """Take another grid, and note what of it is to be worked out."""
        before, self._grid = self._grid, grid
        if self._mode.is_in_the_grid:
            return
        if before is not None and _basis(before, self._mode) == _basis(grid, self._mode):
            return
        if before is None or not _is_alike(before, grid):
            self._rows = [None] * len(grid.models)
        self._due = list(range(len(grid.models)))

    def work(self, is_over: Callable[[], bool]) -> bool:
        """Work out one row after the other until `is_over` says so; tell whether all are."""
        assert self._grid is not None
        while self._due:
            row = self._due.pop(0)
            self._rows[row] = row_figures(self._mode, self._grid, row)
            if is_over():
                break
        return not self._due


def row_figures(mode: GridMode, grid: FitGrid, row: int) -> FigureRow:
    """Return the longest contexts or the speeds of one model, format by format."""
    if mode is GridMode.CONTEXT:
        return _contexts(grid, row)
    return tuple(_speed(grid, row, result) for result in grid.row(row))


def _contexts(grid: FitGrid, row: int) -> FigureRow:
    """Return the longest that is promised, else the longest whose expected figure fits.

    A cell that does not run at any length says why, in the words of its verdict.
    """
    # Imported here: most windows show what the grid has.
    from planner.core.frontier import longest_contexts

    cells = longest_contexts(
        grid.models[row],
        options=grid.options,
        machine=grid.machine,
        target=grid.target,
        reserve=grid.reserve,
        quant_formats=grid.quant_formats,
    )
    return tuple(
        CellFigure(
            amount=cell.fits_context_length or cell.tight_context_length,
            is_promised=cell.fits_context_length is not None,
            reason=cell.reason,
        )
        for cell in cells
    )


def _speed(grid: FitGrid, row: int, result: FitResult) -> CellFigure:
    """Return the expected decode speed of one sequence that has filled its context."""
    plan = result.plan
    if plan is None or result.verdict is FitVerdict.NO:
        return CellFigure(reason=result.reason or "It does not fit, so it has no speed.")
    # Imported here, as above.
    from planner.core.speed import ProcessorRates, speed

    def rates(pool: MemoryPool | None) -> ProcessorRates | None:
        if pool is None:
            return None
        bandwidth = pool.bandwidth_gb_per_s
        return ProcessorRates(name=pool.name, memory_bandwidth_gb_per_s=bandwidth)

    try:
        found = speed(
            grid.models[row],
            plan,
            context_length=_tokens_of_one(plan),
            gpu=rates(grid.target) if grid.target.is_gpu else None,
            host=rates(grid.machine.ram),
        )
    except PlannerError as refusal:
        return CellFigure(reason=str(refusal))
    if found.decode is None:
        return CellFigure(reason=" ".join(found.reasons))
    return CellFigure(amount=found.decode.expected_tokens_per_s)


def _tokens_of_one(plan: Plan) -> int:
    """Return the tokens of one sequence: llama.cpp shares a context among them."""
    if plan.runtime is not RuntimeName.LLAMA_CPP or plan.unified_cache:
        return plan.context_length
    return max(1, plan.context_length // plan.parallel_sequences)


def _basis(grid: FitGrid, mode: GridMode) -> tuple[object, ...]:
    """Return all that the figures of a mode depend on."""
    options = grid.options
    if mode is GridMode.CONTEXT:
        options = replace(options, context_length=None)
    return (
        options,
        grid.machine,
        grid.target,
        grid.reserve,
        grid.quant_formats,
        tuple(model.id for model in grid.models),
    )


def _is_alike(before: FitGrid, grid: FitGrid) -> bool:
    """Whether figures of before may stand until those of now are there."""
    return (
        before.options.runtime is grid.options.runtime
        and before.target.id == grid.target.id
        and before.quant_formats == grid.quant_formats
        and before.models == grid.models
    )
