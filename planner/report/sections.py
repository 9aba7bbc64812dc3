"""What a page of the report says, in its order: every word of every format is worded here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.fit import FitVerdict
from planner.core.ledger import Part, Place
from planner.core.report_choices import PictureKey
from planner.core.units import format_bytes
from planner.report.document import (
    Bullets,
    Cell,
    Code,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
    Verdict,
    cells,
    columns,
    paragraphs,
)
from planner.report.further_sections import (
    charts_section,
    references_section,
    specification_section,
)
from planner.report.machine_sections import (
    closing_section,
    grid_section,
    machine_section,
    options_section,
    other_machines_section,
)
from planner.report.part_wording import PART_WORDS, PLACE_WORDS, gib_range, place_text
from planner.report.wording import GLYPHS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.report.document import Block
    from planner.report.fit_report import (
        FitReport,
        ReportAnswer,
        ReportLine,
        ReportPlan,
        ReportResult,
    )
    from planner.report.outlook_records import ReportOutlook
    from planner.report.records import ReportBand

NOT_KNOWN: Final = "not known"


def document_of(report: FitReport) -> Document:
    """Return the page of a report; the same report gives the same page."""
    return Document(
        title=f"Will it run? {report.title}" if report.title else "Will it run here?",
        subject=_lead(report),
        blocks=tuple(_blocks(report)),
    )


def _blocks(report: FitReport) -> Iterator[Block]:
    answer = report.answer
    yield from _head(report)
    if answer is not None:
        yield from _answer(answer)
    yield from machine_section(report)
    yield from options_section(report)
    if answer is not None and answer.plan is not None:
        yield from _ledger(answer.plan)
    yield from charts_section(report)
    yield from grid_section(report)
    yield from other_machines_section(report)
    yield from specification_section(report)
    yield from references_section(report)
    yield from closing_section(report)


def _lead(report: FitReport) -> str:
    if report.answer is None:
        return f"Phi models on {report.pool().name}"
    return report.answer.sentence


def _head(report: FitReport) -> Iterator[Block]:
    answer = report.answer
    verdict = None if answer is None else answer.result.verdict
    sign = "" if verdict is None else GLYPHS[FitVerdict(verdict)]
    yield Verdict(verdict=verdict, sign=sign, text=_lead(report))
    what_if = "This machine is a what-if. " if report.machine.is_what_if else ""
    version = report.versions.get("phi-planner", NOT_KNOWN)
    when = f"{report.created:%Y-%m-%d %H:%M %Z}"
    yield Paragraph(text=f"{what_if}Made by Phi Planner {version} on {when}.")


def _answer(answer: ReportAnswer) -> Iterator[Block]:
    result, plan = answer.result, answer.plan
    title = f"{answer.model_name} in {result.quant_format}"
    yield Heading(level=2, text=title, key="answer")
    if plan is None:
        yield from paragraphs(result.reason)
        return
    yield Figure(key=PictureKey.MEMORY)
    further = () if answer.outlook is None else answer.outlook.sentences
    yield Bullets(items=(*_facts(plan, result), *further))
    if answer.outlook is not None:
        yield from _outlook(answer.outlook)


def _facts(plan: ReportPlan, result: ReportResult) -> Iterator[str]:
    limit = result.max_context_length
    known = "" if limit is None else f" (the model's limit: {limit:,})"
    yield f"Context: {plan.context_length:,} tokens{known}"
    layers = NOT_KNOWN if result.layer_count is None else str(result.layer_count)
    yield f"Layers on the GPU: {plan.gpu_layer_count} of {layers}"
    file = NOT_KNOWN if plan.file_bytes is None else gib_range(plan.file_bytes.band)
    weights = f"{plan.parameter_count:,} parameters at {plan.bits_per_weight:.2f} bits"
    yield f"File: {file}; {weights}"


def _outlook(outlook: ReportOutlook) -> Iterator[Block]:
    if outlook.advice:
        title = "What would help, the cheapest in quality first"
        yield Heading(level=3, text=title, key="advice")
        items = tuple(each.text for each in outlook.advice)
        yield Bullets(items=items, is_numbered=True)
    yield from paragraphs(outlook.one_gpu_text)
    launch = outlook.launch
    if launch is not None:
        yield Heading(level=3, text="To start it", key="launch")
        yield Code(lines=launch.lines, language="python" if launch.is_python else "sh")
        if launch.notes:
            yield Bullets(items=launch.notes)
    elif outlook.launch_reason is not None:
        yield Paragraph(text=f"No command to start it: {outlook.launch_reason}")


def _ledger(plan: ReportPlan) -> Iterator[Block]:
    """Yield the lines that hold anything, their totals, and the sources by number."""
    sources = list(dict.fromkeys(line.source for line in plan.ledger))
    several = bool(plan.gpus_bytes)
    rows = [
        _ledger_row(line, sources.index(line.source) + 1, has_several=several)
        for line in plan.ledger
        if line.bytes.high
    ]
    totals = list(_total_rows(plan))
    numbers = ("Low", "Expected", "High", "Source")
    yield Heading(level=2, text="Memory, line by line", key="ledger")
    yield Table(
        caption="Every part of the memory, how it is computed and why",
        columns=columns(
            *("Part", "Where", "Low", "Expected", "High"),
            *("How it is computed", "Source"),
            numbers=numbers,
        ),
        rows=(*rows, *totals),
        total_count=len(totals),
        widths=(0.115, 0.07, 0.1, 0.1, 0.1, 0.435, 0.08),
    )
    yield Heading(level=3, text="Sources of the lines", key="sources")
    yield Bullets(items=tuple(sources), is_numbered=True)


def _ledger_row(line: ReportLine, source_number: int, *, has_several: bool) -> tuple[Cell, ...]:
    return (
        Cell(text=PART_WORDS[Part(line.part)]),
        Cell(text=place_text(Place(line.place), line.device, has_several=has_several)),
        *cells(_sizes(line.bytes)),
        Cell(text=line.formula, more=line.reason),
        Cell(text=str(source_number)),
    )


def _total_rows(plan: ReportPlan) -> Iterator[tuple[Cell, ...]]:
    """Yield the totals: of each GPU, and of RAM."""
    gpus = plan.gpus_bytes or (plan.gpu_bytes,)
    several = len(gpus) > 1
    for device, band in enumerate(gpus):
        where = place_text(Place.GPU, device, has_several=several)
        yield cells(("Total", where, *_sizes(band), "the sum of the lines", ""))
    where = PLACE_WORDS[Place.HOST]
    yield cells(("Total", where, *_sizes(plan.host_bytes), "the sum of the lines", ""))


def _sizes(band: ReportBand) -> list[str]:
    return [format_bytes(size) for size in (band.low, band.expected, band.high)]
