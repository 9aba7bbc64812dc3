"""The twin of a chart: the same figures as rows of text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartTable:
    """Heads and rows of one chart; the first column names the row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
