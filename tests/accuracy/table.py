"""The errors of all cases as the table that the page and the app show."""

from itertools import groupby
from statistics import mean, median

from planner.core.accuracy import AccuracyMiss, AccuracyRow, AccuracyTable
from tests.accuracy.cases import LLAMA_CPP, Case

WORST_SHOWN = 3
MISSES_ABOVE_PERCENT = 1.0
# Where a log or a table ends with rounding.
EXACT_BELOW_PERCENT = 0.005
# A constant of theirs was found on these same cases (planner/core/runtimes names it).
FITTED = {
    ("vllm", "activations"),
    ("onnx-genai", "activations"),
    ("mlx", "whole process"),
}
# Of per cent: far below what is shown, and the same on every machine.
_DIGITS = 6


def accuracy_table(cases: list[Case]) -> AccuracyTable:
    """Return the table of these cases."""
    errors = [abs(case.error_percent) for case in cases]
    groups = grouped(cases)
    return AccuracyTable(
        case_count=len(cases),
        exact_count=sum(error < EXACT_BELOW_PERCENT for error in errors),
        close_count=sum(error < 1 for error in errors),
        rows=tuple(_row(runtime, part, group) for (runtime, part), group in groups),
        misses=tuple(
            miss for (runtime, part), group in groups for miss in _misses(runtime, part, group)
        ),
    )


def grouped(cases: list[Case]) -> list[tuple[tuple[str, str], list[Case]]]:
    """Return the cases by runtime and part, llama.cpp first."""
    by_part = groupby(sorted(cases, key=order), key=lambda case: (case.runtime, case.part))
    return [(key, list(group)) for key, group in by_part]


def order(case: Case) -> tuple[bool, str, str]:
    """Return what cases are sorted by."""
    return (case.runtime != LLAMA_CPP, case.runtime, case.part)


def _row(runtime: str, part: str, cases: list[Case]) -> AccuracyRow:
    ours = [abs(case.error_percent) for case in cases]
    theirs = [
        abs(case.naive_error_percent) for case in cases if case.naive_error_percent is not None
    ]
    return AccuracyRow(
        runtime=runtime,
        part=part,
        is_fitted=(runtime, part) in FITTED,
        case_count=len(cases),
        exact_count=sum(error < EXACT_BELOW_PERCENT for error in ours),
        mean_percent=round(mean(ours), _DIGITS),
        median_percent=round(median(ours), _DIGITS),
        worst_percent=round(max(ours), _DIGITS),
        naive_median_percent=round(median(theirs), _DIGITS) if theirs else None,
        naive_worst_percent=round(max(theirs), _DIGITS) if theirs else None,
    )


def _misses(runtime: str, part: str, cases: list[Case]) -> list[AccuracyMiss]:
    missed = [case for case in cases if abs(case.error_percent) > MISSES_ABOVE_PERCENT]
    missed.sort(key=lambda case: (-abs(case.error_percent), case.name))
    return [
        AccuracyMiss(
            runtime=runtime,
            part=part,
            missed_count=len(missed),
            case_count=len(cases),
            case=case.name,
            error_percent=round(case.error_percent, _DIGITS),
        )
        for case in missed[:WORST_SHOWN]
    ]
