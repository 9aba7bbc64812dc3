"""What stands beside the planner: receipts of logs, the accuracy, plans side by side. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from planner.core.errors import PlannerError
from planner.session import load_accuracy_table, pasted_log, receipt_of
from planner.ui.models.page_values import ComparedPlan

if TYPE_CHECKING:
    from planner.core.accuracy import AccuracyTable
    from planner.core.receipt import Receipt, RuntimeLog
    from planner.ui.controller.controller import Controller

# More columns than one can read side by side.
MOST_COMPARED: Final = 6


@dataclass(frozen=True, slots=True)
class FoundReceipt:
    """A receipt; `is_assumed` where the log does not tell all of what it is about."""

    receipt: Receipt
    is_assumed: bool


class Tools:
    """Asks what the controller's window shows, and the session."""

    def __init__(self, controller: Controller) -> None:
        self._controller = controller
        self._compared: list[ComparedPlan] = []

    @property
    def compared(self) -> tuple[ComparedPlan, ...]:
        """The plans that stand side by side, in the order in which they were added."""
        return tuple(self._compared)

    def add_to_comparison(self) -> None:
        """Set the plan that is shown beside the others; the oldest gives way."""
        seen = self._controller.seen
        if seen is None:
            return
        session, detail = seen
        speeds = session.speed_curve(detail)
        plan = ComparedPlan(detail=detail, speed=speeds[0] if speeds else None)
        if plan not in self._compared:
            self._compared = [*self._compared, plan][-MOST_COMPARED:]

    def clear_comparison(self) -> None:
        """Begin again."""
        self._compared.clear()

    def accuracy(self) -> AccuracyTable:
        """Return the table of errors.

        Raises:
            PlannerError: it cannot be read.
        """
        return load_accuracy_table()

    def receipt_of_text(self, words: str) -> FoundReceipt:
        """Return the receipt of a pasted log.

        Raises:
            PlannerError: it is no log, or of a plan that the runtime refuses.
        """
        return self.receipt_of_log(pasted_log(words))

    def receipt_of_log(self, log: RuntimeLog) -> FoundReceipt:
        """Return the receipt of a log; what it does not tell is that of the chosen cell.

        Raises:
            PlannerError: the runtime refuses the plan that the log tells of.
        """
        cell, models = self._controller.cell, self._controller.models
        chosen = next((each for each in models if each.id == cell.model_id), None)
        if chosen is None:
            raise PlannerError(
                "Choose a model of the catalogue first: a log may not name its own."
            )
        receipt, is_assumed = receipt_of(
            log, models, model=chosen, quant_format=cell.quant_format
        )
        return FoundReceipt(receipt, is_assumed)
