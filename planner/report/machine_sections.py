"""The machine, the plan, the grid and what a report rests on, as blocks of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.budget import Budget
from planner.core.fit import FitVerdict
from planner.core.plan import RuntimeName, SplitMode
from planner.core.units import format_gib
from planner.report.document import (
    Bullets,
    Cell,
    Heading,
    Paragraph,
    Table,
    cells,
    columns,
    paragraphs,
)
from planner.report.option_words import option_words
from planner.report.part_wording import where_text
from planner.report.wording import GLYPHS, LEGEND, VERDICT_WORDS, readable_formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.report.document import Block
    from planner.report.fit_report import (
        FitReport,
        ReportOtherMachine,
        ReportResult,
    )
    from planner.report.machine_records import ReportIdentity, ReportMachine, ReportPool

_NOT_KNOWN: Final = "not known"
_FREE_WORDS: Final = {
    Budget.FREE_NOW: "what was free at the time",
    Budget.PROGRAMS_CLOSED: "what would have been free with other programs closed",
}


def machine_section(report: FitReport) -> Iterator[Block]:
    """Yield the pools, what was kept free, and the notes."""
    yield Heading(level=2, text="The machine", key="machine")
    yield from _machine(report.machine, report.target, report.reserve_bytes)


def _machine(machine: ReportMachine, target: str, reserve_bytes: int) -> Iterator[Block]:
    yield Table(
        caption="Pools of memory, and what the figures were read from",
        columns=columns(
            *("Id", "Name", "Free", "Total", "In use", "GB/s", "Source"),
            numbers=("Free", "Total", "In use", "GB/s"),
        ),
        rows=tuple(_pool_row(pool) for pool in machine.pools),
    )
    yield from _identity(machine)
    kept = f"Compared with {target}; {format_gib(reserve_bytes)} of it is to stay free."
    driver = None
    if machine.driver_version is not None:
        cuda = "" if machine.cuda_version is None else f", CUDA up to {machine.cuda_version}"
        driver = f"Driver {machine.driver_version}{cuda}."
    yield from paragraphs(kept, driver)
    notes = [*machine.notes, *(note for pool in machine.pools for note in pool.notes)]
    if notes:
        yield Bullets(items=tuple(dict.fromkeys(notes)))


def _identity(machine: ReportMachine) -> Iterator[Block]:
    """Yield which boards they are and who uses them, where somebody asked for that."""
    if machine.identity:
        yield Table(
            caption="What identifies this computer",
            columns=columns("Id", "UUID", "PCI address", "Programs that hold its memory"),
            rows=tuple(
                cells((each.id, each.uuid or "", each.pci_bus_id or "", _holders(each)))
                for each in machine.identity
            ),
        )


def _holders(identity: ReportIdentity) -> str:
    held = sorted(identity.holders, key=lambda each: each.used_bytes or 0, reverse=True)
    return ", ".join(
        each.name if each.used_bytes is None else f"{each.name} {format_gib(each.used_bytes)}"
        for each in held
    )


def _pool_row(pool: ReportPool) -> tuple[Cell, ...]:
    rate = pool.bandwidth_gb_per_s
    return cells(
        (
            pool.id,
            pool.name,
            _size(pool.free_bytes),
            _size(pool.total_bytes),
            _size(pool.used_by_others_bytes),
            _NOT_KNOWN if rate is None else f"{rate:,.0f}",
            pool.source,
        )
    )


def _size(size_bytes: int | None) -> str:
    return _NOT_KNOWN if size_bytes is None else format_gib(size_bytes)


def options_section(report: FitReport) -> Iterator[Block]:
    """Yield the choices that all plans share."""
    counted = {"Counted on": _FREE_WORDS[Budget(report.budget)]}
    values = option_words(report.options) | counted
    yield Heading(level=2, text="The plan", key="plan")
    yield Bullets(items=tuple(f"{name}: {value}" for name, value in values.items()))


def grid_section(report: FitReport) -> Iterator[Block]:
    """Yield the grid: of one model a row for each format, of several a row for each model."""
    if len(report.results) < 2:
        return
    where = where_text(report.target, SplitMode(report.options.split_mode))
    if len(report.models) == 1:
        name = report.models[0].name
        yield Heading(level=2, text=f"{name}: every format on {where}", key="grid")
        yield _format_table(report.results)
    else:
        title = f"All models: GiB needed on {where}"
        yield Heading(level=2, text=title, key="grid")
        yield _model_table(report, report.results)
    yield Paragraph(text=f"{', '.join(LEGEND)}.")
    reasons = dict.fromkeys(result.reason for result in report.results if result.reason)
    if reasons:
        yield Bullets(items=tuple(reasons))


def _format_table(results: Sequence[ReportResult]) -> Table:
    numbers = ("GiB needed", "At most")
    return Table(
        caption="The verdict on each quant format",
        columns=columns(
            "Format", "Verdict", *numbers, "Layers on the GPU", numbers=(*numbers,)
        ),
        rows=tuple(_format_row(result) for result in results),
    )


def _format_row(result: ReportResult) -> tuple[Cell, ...]:
    needed, verdict = result.needed_bytes, FitVerdict(result.verdict)
    layers = (
        ""
        if result.gpu_layer_count is None
        else f"{result.gpu_layer_count} of {result.layer_count}"
    )
    return (
        Cell(text=result.quant_format),
        Cell(text=f"{GLYPHS[verdict]} {VERDICT_WORDS[verdict]}", verdict=result.verdict),
        Cell(text="" if needed is None else _bare(needed.expected)),
        Cell(text="" if needed is None else _bare(needed.high)),
        Cell(text=layers),
    )


def _model_table(report: FitReport, results: Sequence[ReportResult]) -> Table:
    shown = readable_formats(RuntimeName(report.options.runtime), report.quant_formats)
    width = len(report.quant_formats)
    rows = []
    for index, model in enumerate(report.models):
        row = results[index * width : (index + 1) * width]
        found = [_grid_cell(result) for result in row if result.quant_format in shown]
        rows.append((Cell(text=model.name), *found))
    return Table(
        caption="The verdict and the GiB needed, for each model in each quant format",
        columns=columns("Model", *shown, numbers=shown),
        rows=tuple(rows),
    )


def _grid_cell(result: ReportResult) -> Cell:
    needed = result.needed_bytes
    figure = "" if needed is None else _bare(needed.expected)
    sign = GLYPHS[FitVerdict(result.verdict)]
    return Cell(text=f"{sign} {figure}".rstrip(), verdict=result.verdict)


def _bare(size_bytes: int) -> str:
    return format_gib(size_bytes).removesuffix(" GiB")


def other_machines_section(report: FitReport) -> Iterator[Block]:
    """Yield the same question about the other machines."""
    if not report.other_machines:
        return
    yield Heading(level=2, text="Other machines", key="others")
    for index, other in enumerate(report.other_machines, 1):
        yield Heading(level=3, text=other.name, key=f"other-{index}")
        yield from _other(report, other)


def _other(report: FitReport, other: ReportOtherMachine) -> Iterator[Block]:
    yield from paragraphs(other.sentence)
    yield from _machine(other.machine, other.target, other.reserve_bytes)
    if len(other.results) < 2:
        return
    if len(report.models) == 1:
        yield _format_table(other.results)
    else:
        yield _model_table(report, other.results)


def closing_section(report: FitReport) -> Iterator[Block]:
    """Yield what everything rests on, and what made the report."""
    yield Heading(level=2, text="What this rests on", key="assumptions")
    yield Bullets(items=report.assumptions)
    made = [f"{name} {version}" for name, version in report.versions.items()]
    if report.inputs_sha256 is not None:
        made.append(f"inputs SHA-256 {report.inputs_sha256}")
    yield Paragraph(text=f"{', '.join(made)}.")
