"""Two saved answers beside one another, as the window shows them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Side(StrEnum):
    """Which of the two an answer is."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenAnswer:
    """An answer that was taken for one side; `kind` says what it is, as `a fit report`."""

    side: Side
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One thing that is different; `why` has the causes of a line of the ledger."""

    name: str
    before: str
    after: str
    difference: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedArea:
    """What is different in one respect: `program`, `machine`, `plan`, `ledger`, `verdict`."""

    key: str
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedComparison:
    """All that is different, and what it comes to in a sentence."""

    sentence: str
    areas: tuple[ComparedArea, ...]
