"""Fields of a header or config: a number within its bounds, or refused by name and value."""

import math
from collections.abc import Mapping
from typing import Final

from planner.core.errors import PlannerError

# Far above every published model, and small enough that no product of them runs away.
MOST_LAYERS: Final = 1024
MOST_HEADS: Final = 4096
WIDEST: Final = 1 << 20
LARGEST_VOCABULARY: Final = 1 << 24
LONGEST_CONTEXT: Final = 1 << 30
MOST_EXPERTS: Final = 4096

_SHOWN_CHARACTERS: Final = 40


class Fields:
    """Named values of one file; `source` is what a sentence calls the file."""

    def __init__(self, values: Mapping[str, object], source: str) -> None:
        self._values = values
        self.source = source

    def get(self, name: str) -> object:
        """Return a value as it stands, `None` where the file has none."""
        return self._values.get(name)

    def count(self, name: str, highest: int, *, lowest: int = 1) -> int | None:
        """Return a whole number within its bounds, `None` where the file has none.

        Raises:
            PlannerError: it is no whole number, or out of its bounds.
        """
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise self.refusal(name, value, "which is not a whole number")
        if not lowest <= value <= highest:
            raise self.refusal(name, value, f"which is not from {lowest:,} to {highest:,}")
        return value

    def number(self, name: str, highest: float) -> float | None:
        """Return a number above zero, `None` where the file has none.

        Raises:
            PlannerError: it is no number, not finite, or out of its bounds.
        """
        value = self._values.get(name)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.refusal(name, value, "which is not a number")
        if not math.isfinite(value) or not 0 < value <= highest:
            raise self.refusal(name, value, f"which is not above 0 and up to {highest:,g}")
        return float(value)

    def text(self, name: str) -> str | None:
        """Return a text, `None` where the file has none or something else."""
        value = self._values.get(name)
        return value if isinstance(value, str) and value else None

    def refusal(self, name: str, value: object, why: str) -> PlannerError:
        """Return the sentence for a value that cannot be."""
        return PlannerError(f"{self.source} gives {name} as {_shown(value)}, {why}.")


def _shown(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 10**20:
        return "a number of more than 20 digits"
    text = repr(value) if isinstance(value, str | int | float) else type(value).__name__
    return text if len(text) <= _SHOWN_CHARACTERS else f"{text[:_SHOWN_CHARACTERS]}…"
