"""The use cases, without Qt: a catalogue and a machine give verdicts, ledgers and reports.

The command line and the window both stand on this, so they cannot disagree.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.core.fit import Reserve, choose_target
from planner.core.grid import FitDetail, FitGrid, evaluate_detail, evaluate_grid
from planner.core.quant_format import QUANT_FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.machine import Machine, MemoryPool
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import PlanOptions

DEFAULT_RESERVE: Final = Reserve()
ALL_QUANT_FORMATS: Final = tuple(quant_format.name for quant_format in QUANT_FORMATS)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannerSession:
    """Models, a machine and what to leave free: everything that a verdict depends on."""

    models: tuple[ModelSpec, ...]
    machine: Machine
    reserve: Reserve = DEFAULT_RESERVE

    def target(self, target_id: str | None = None) -> MemoryPool:
        """Return the named pool, else the freest GPU, else RAM.

        Raises:
            PlannerError: there is no such pool, or no memory could be read.
        """
        return choose_target(self.machine, target_id)

    def grid(
        self,
        options: PlanOptions,
        *,
        target_id: str | None = None,
        quant_formats: Sequence[str] = ALL_QUANT_FORMATS,
        models: Sequence[ModelSpec] | None = None,
    ) -> FitGrid:
        """Return the verdict on every model in every quant format."""
        return evaluate_grid(
            self.models if models is None else models,
            quant_formats,
            options=options,
            machine=self.machine,
            target=self.target(target_id),
            reserve=self.reserve,
        )

    def detail(
        self,
        model: ModelSpec,
        quant_format: str,
        options: PlanOptions,
        *,
        target_id: str | None = None,
    ) -> FitDetail:
        """Return one verdict with its ledger."""
        return evaluate_detail(
            model,
            quant_format,
            options=options,
            machine=self.machine,
            target=self.target(target_id),
            reserve=self.reserve,
        )
