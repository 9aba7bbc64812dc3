"""Charts, the specification and other people's figures, as blocks of a page."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from planner.core.report_choices import PictureKey
from planner.core.spec_sheet import SheetPart
from planner.core.units import format_bytes, format_gib
from planner.report.document import (
    Bullets,
    Cell,
    Figure,
    Heading,
    Paragraph,
    Table,
    cells,
    columns,
)
from planner.report.part_wording import gib_range
from planner.report.spec_wording import PART_NAMES, field_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.report.document import Block
    from planner.report.fit_report import FitReport
    from planner.report.further_records import (
        ReportFact,
        ReportFrontierCell,
        ReportReference,
        ReportSpecification,
    )

_NONE: Final = "–"
_QUOTED: Final = (
    "A quoted figure stands with the day on which it was read; its GB is taken as 10**9 bytes."
)


def charts_section(report: FitReport) -> Iterator[Block]:
    """Yield memory against context and the frontier."""
    further = report.further
    if further.curve:
        yield Heading(level=2, text="Memory against context", key="context")
        yield Figure(key=PictureKey.CONTEXT, table=_curve_table(report))
    if further.frontier:
        yield Heading(level=2, text="How far the context can go", key="frontier")
        yield Figure(key=PictureKey.FRONTIER, table=_frontier_table(report))
    if further.speeds:
        yield Heading(level=2, text="Speed, modelled and not measured", key="speed")
        yield Figure(key=PictureKey.SPEED, table=_speed_table(report))


def _curve_table(report: FitReport) -> Table:
    heads = ("Tokens", "Expected", "At most")
    return Table(
        caption=f"What {report.target} would hold with everything on it",
        columns=columns(*heads, numbers=heads),
        rows=tuple(
            cells(
                (
                    f"{point.context_length:,}",
                    _size(point.expected_bytes),
                    _size(point.high_bytes),
                )
            )
            for point in report.further.curve
        ),
    )


def _size(size_bytes: int | None) -> str:
    return _NONE if size_bytes is None else format_gib(size_bytes)


def _frontier_table(report: FitReport) -> Table:
    found = report.further.frontier
    formats = tuple(dict.fromkeys(cell.quant_format for cell in found))
    types = tuple(dict.fromkeys(cell.cache_type for cell in found))
    by_place = {(cell.quant_format, cell.cache_type): cell for cell in found}
    rows = [
        (Cell(text=name), *(_frontier_cell(by_place[name, each]) for each in types))
        for name in formats
    ]
    return Table(
        caption=(
            "The longest context in tokens with everything on "
            f"{report.target}, by quant format and KV cache type; ◐ as a tight fit"
        ),
        columns=columns("Format", *types, numbers=types),
        rows=tuple(rows),
    )


def _frontier_cell(cell: ReportFrontierCell) -> Cell:
    if cell.fits_context_length is not None:
        return Cell(text=f"{cell.fits_context_length:,}", verdict="fits")
    if cell.tight_context_length is not None:
        return Cell(text=f"◐ {cell.tight_context_length:,}", verdict="tight")
    return Cell(text=_NONE, verdict="no")


def _speed_table(report: FitReport) -> Table:
    heads = ("Tokens in the cache", "Slowest", "Expected", "Fastest")
    rows = []
    for point in report.further.speeds:
        band = point.decode_tokens_per_s
        speeds = (_NONE,) * 3 if band is None else (band.low, band.expected, band.high)
        rows.append(
            cells(
                (
                    f"{point.context_length:,}",
                    *(each if isinstance(each, str) else f"{each:,.1f}" for each in speeds),
                )
            )
        )
    return Table(
        caption="Tokens per second of one sequence",
        columns=columns(*heads, numbers=heads),
        rows=tuple(rows),
    )


def specification_section(report: FitReport) -> Iterator[Block]:
    """Yield what the model is, with sources, and where public sources differ."""
    sheet = report.further.specification
    if sheet is None:
        return
    yield Heading(level=2, text="The model", key="model")
    yield Figure(key=PictureKey.ARCHITECTURE)
    sources = dict.fromkeys(fact.source for fact in sheet.facts if fact.source)
    numbers: dict[str | None, str] = {
        source: str(number) for number, source in enumerate(sources, 1)
    }
    for part, facts in groupby(sheet.facts, key=lambda fact: fact.part):
        yield from _facts(part, tuple(facts), numbers)
    yield Heading(level=3, text="Sources of the fields", key="model-sources")
    yield Bullets(items=tuple(sources), is_numbered=True)
    yield from _open_ends(sheet)


def _facts(
    part: str, facts: tuple[ReportFact, ...], numbers: Mapping[str | None, str]
) -> Iterator[Block]:
    """Yield one part of the specification; a report from before had no parts."""
    name = PART_NAMES[SheetPart(part)] if part in set(SheetPart) else "Specification"
    yield Heading(level=3, text=name, key=f"model-{part or 'all'}")
    yield Table(
        caption=f"{name}: each field, and the number of its source",
        columns=columns("Field", "Value", "Source", numbers=("Source",)),
        rows=tuple(
            (
                Cell(text=fact.name),
                Cell(text=fact.value, more=fact.note),
                Cell(text=numbers.get(fact.source, "")),
            )
            for fact in facts
        ),
        widths=(0.24, 0.66, 0.1),
    )


def _open_ends(sheet: ReportSpecification) -> Iterator[Block]:
    """Yield what is not agreed on, and what is not certain."""
    if sheet.conflicts:
        yield Heading(level=3, text="Where public sources differ", key="conflicts")
        yield Table(
            caption="What is shown here, what another source says, and why",
            columns=columns("Field", "Here", "There", "Why", "Source"),
            rows=tuple(
                cells(
                    (
                        field_words(each.field),
                        each.shown_here,
                        each.other_value,
                        each.why,
                        each.other_source,
                    )
                )
                for each in sheet.conflicts
            ),
            widths=(0.15, 0.18, 0.18, 0.27, 0.22),
        )
    if sheet.uncertain:
        yield Bullets(items=sheet.uncertain)


def references_section(report: FitReport) -> Iterator[Block]:
    """Yield what others publish, beside ours."""
    found = report.further.references
    if not found:
        return
    sources = [_reference_source(each) for each in found]
    numbers = ("Theirs", "Ours", "Difference", "Source")
    yield Heading(level=2, text="What others publish", key="references")
    yield Table(
        caption="Published figures beside ours; the difference is theirs less ours",
        columns=columns("What", "By", *numbers, numbers=numbers),
        rows=tuple(
            _reference_row(each, sources.index(source) + 1)
            for each, source in zip(found, sources, strict=True)
        ),
    )
    yield Bullets(items=tuple(sources), is_numbered=True)
    notes = dict.fromkeys(each.note for each in found if each.note)
    if notes:
        yield Bullets(items=tuple(notes))
    if any(each.read_on is not None for each in found):
        yield Paragraph(text=_QUOTED)


def _reference_source(each: ReportReference) -> str:
    return each.url if each.read_on is None else f"{each.url} ({each.read_on})"


def _reference_row(each: ReportReference, source_number: int) -> tuple[Cell, ...]:
    percent = 100 * abs(each.difference_bytes) / max(1, each.ours_bytes.expected)
    sign = "−" if each.difference_bytes < 0 else "+"
    return cells(
        (
            each.name,
            each.publisher,
            format_gib(each.value_bytes),
            gib_range(each.ours_bytes.band),
            f"{sign}{format_bytes(abs(each.difference_bytes))} ({sign}{percent:.1f} %)",
            str(source_number),
        )
    )
