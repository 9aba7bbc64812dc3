"""A comparison as a page, and as JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from planner.core.units import format_bytes
from planner.report.compare import Area
from planner.report.document import Document, Heading, Paragraph, Table, Verdict, cells, columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.report.compare import Change, Comparison
    from planner.report.document import Block

AREA_WORDS: Final = {
    Area.PROGRAM: "The program",
    Area.MACHINE: "The machine",
    Area.PLAN: "The plan",
    Area.LEDGER: "Memory, line by line",
    Area.VERDICT: "Verdicts",
}


def comparison_json(found: Comparison) -> str:
    """Return a comparison for programs."""
    values = found.model_dump(mode="json", by_alias=True)
    return json.dumps(values, indent=1, ensure_ascii=False) + "\n"


def comparison_page(found: Comparison) -> Document:
    """Return a comparison for people."""
    return Document(
        title=f"{found.before} and {found.after}",
        subject=found.sentence,
        blocks=tuple(_blocks(found)),
    )


def _blocks(found: Comparison) -> Iterator[Block]:
    yield Verdict(verdict=None, sign="", text=found.sentence)
    yield Paragraph(text=f"Before: {found.before}. After: {found.after}.")
    for area, words in AREA_WORDS.items():
        changes = found.of(area)
        if changes:
            yield Heading(level=2, text=words, key=area.value)
            yield _table(changes, words)


def _table(changes: tuple[Change, ...], caption: str) -> Table:
    if not any(change.difference_bytes is not None or change.why for change in changes):
        return Table(
            caption=caption,
            columns=columns("What", "Before", "After"),
            rows=tuple(cells((each.name, each.before, each.after)) for each in changes),
            widths=(0.3, 0.35, 0.35),
        )
    return Table(
        caption=caption,
        columns=columns(
            "What", "Before", "After", "Difference", "Why", numbers=("Difference",)
        ),
        rows=tuple(
            cells(
                (
                    each.name,
                    each.before,
                    each.after,
                    difference_text(each),
                    "; ".join(each.why),
                )
            )
            for each in changes
        ),
        widths=(0.16, 0.25, 0.25, 0.12, 0.22),
    )


def difference_text(change: Change) -> str:
    """Return by how much more or less, with its sign."""
    size = change.difference_bytes
    if size is None:
        return ""
    return f"{'−' if size < 0 else '+'}{format_bytes(abs(size))}"
