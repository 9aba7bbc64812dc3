"""Which options are those of the bar, and which of the others were changed. No Qt."""

from dataclasses import fields
from typing import Any, Final

from planner.core.plan import PlanOptions

# What the bar above the grid chooses; a reset leaves it alone.
_OF_THE_BAR: Final = ("runtime", "context_length", "parallel_sequences", "cache_type_k")
_NAMES: Final = tuple(field.name for field in fields(PlanOptions))


def reset_options(options: PlanOptions) -> PlanOptions:
    """Return the options with all at its default that the bar does not choose."""
    kept: dict[str, Any] = {name: getattr(options, name) for name in _OF_THE_BAR}
    return PlanOptions(**kept, cache_type_v=options.cache_type_k)


def changed_count(options: PlanOptions) -> int:
    """Return how many options beside those of the bar are not at their defaults."""
    plain = reset_options(options)
    return sum(getattr(options, name) != getattr(plain, name) for name in _NAMES)
