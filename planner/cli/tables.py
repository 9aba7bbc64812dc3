"""Tables of text: columns keep their alignment, colour or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from planner.cli.output import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.cli.output import Output
    from planner.core.estimate import Estimate
    from planner.core.ledger import Band

_GAP: Final = "  "


class Column(NamedTuple):
    """A head, and on which side its cells stand."""

    head: str
    is_number: bool = False


class Cell(NamedTuple):
    """A text and its colour code, which takes no column."""

    text: str
    colour: str = ""


def write_table(out: Output, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> None:
    """Write heads and rows, each column as wide as its widest cell."""
    heads = [Cell(column.head, "1") for column in columns]
    cleaned = [[Cell(printable(text), colour) for text, colour in row] for row in rows]
    widths = [
        max(len(row[index].text) for row in (heads, *cleaned)) for index in range(len(columns))
    ]
    for row in (heads, *cleaned):
        cells = [
            _aligned(out, cell, width, column)
            for cell, width, column in zip(row, widths, columns, strict=True)
        ]
        out.line(_GAP.join(cells).rstrip())


def _aligned(out: Output, cell: Cell, width: int, column: Column) -> str:
    # Padding stays outside the colour, so that no line ends in coloured blanks.
    padding = " " * (width - len(cell.text))
    text = out.coloured(cell.text, cell.colour)
    return padding + text if column.is_number else text + padding


def write_ledger(out: Output, figures: Estimate) -> None:
    """Write every line of a plan's memory, the totals, and how each was computed."""
    from planner.core.ledger import Place
    from planner.core.units import format_bytes
    from planner.report.part_wording import PART_WORDS, device_count, place_text

    lines = [line for line in figures.ledger.lines if line.band.high_bytes]
    count = device_count(line.device for line in lines)

    def where(place: Place, device: int) -> str:
        return place_text(place, device, has_several=count > 1)

    def cells(band: Band) -> tuple[Cell, ...]:
        sizes = (band.low_bytes, band.expected_bytes, band.high_bytes)
        return tuple(Cell(format_bytes(size)) for size in sizes)

    rows = [
        [Cell(PART_WORDS[line.part]), Cell(where(line.place, line.device)), *cells(line.band)]
        for line in lines
    ]
    totals = [
        (where(Place.GPU, each), figures.ledger.device_total(each)) for each in range(count)
    ]
    totals.append((where(Place.HOST, 0), figures.ledger.total(Place.HOST)))
    rows += [
        [Cell("Total", "1"), Cell(words, "1"), *cells(band)]
        for words, band in totals
        if band.high_bytes
    ]
    columns = (
        Column("Part"),
        Column("Where"),
        Column("Low", is_number=True),
        Column("Expected", is_number=True),
        Column("High", is_number=True),
    )
    write_table(out, columns, rows)
    out.line()
    for line in lines:
        head = f"{PART_WORDS[line.part]}, {where(line.place, line.device)}: "
        out.prose(f"{head}{line.formula}. {line.reason}", indent="  ")
