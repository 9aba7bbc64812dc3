"""How far the figures were from what was measured: the table, and the misses beside it.

`make accuracy` writes it from the measured cases; `planner.catalogue.accuracy` reads it.
Errors are per cent of what was measured, without their sign unless it says otherwise.
"""

from dataclasses import dataclass
from typing import ClassVar

from planner.core.model_spec import Count, CountOrZero


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyRow:
    """The errors of one part of the memory in one runtime.

    `is_fitted` says that a constant was found on these same cases. The naive rule is
    parameters x the bits in the format's name, and 20 % on top for a whole process; `None`
    where it says nothing.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    runtime: str
    part: str
    is_fitted: bool
    case_count: Count
    exact_count: CountOrZero
    mean_percent: float
    median_percent: float
    worst_percent: float
    naive_median_percent: float | None = None
    naive_worst_percent: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyMiss:
    """One case that is more than 1 % off; with a sign: above zero too much is planned for."""

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    runtime: str
    part: str
    missed_count: Count
    case_count: Count
    case: str
    error_percent: float


@dataclass(frozen=True, slots=True, kw_only=True)
class AccuracyTable:
    """All of it. `exact_count` is of errors below 0.005 %, `close_count` of those below 1 %.

    Of the misses, the worst few of each row are listed.
    """

    __pydantic_config__: ClassVar = {"extra": "forbid"}

    case_count: Count
    exact_count: CountOrZero
    close_count: CountOrZero
    rows: tuple[AccuracyRow, ...]
    misses: tuple[AccuracyMiss, ...]
