"""What `check` shows people: a grid, the formats of one model, or one verdict in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.cli.output import Output, fold
from planner.cli.tables import Cell, Column, write_ledger, write_table
from planner.core.fit import FitVerdict
from planner.core.units import format_gib
from planner.report.part_wording import (
    choices_text,
    gib_range,
    layers_text,
    plan_text,
    where_text,
)
from planner.report.wording import (
    GLYPHS,
    LEGEND,
    VERDICT_WORDS,
    pool_text,
    verdict_sentence,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.core.budget import Budget
    from planner.core.fit import FitResult, Reserve
    from planner.core.grid import FitDetail, FitGrid
    from planner.core.ledger import Band
    from planner.core.machine import Machine, MemoryPool
    from planner.core.plan import PlanOptions
    from planner.report.outlook import Outlook

# The terminal's own palette: readable on dark and on light.
_COLOURS: Final = {
    FitVerdict.FITS: "32",
    FitVerdict.TIGHT: "33",
    FitVerdict.PARTIAL: "35",
    FitVerdict.NO: "2",
    FitVerdict.UNSUPPORTED: "2",
    FitVerdict.UNKNOWN: "2",
}


def verdict_cell(verdict: FitVerdict, words: str) -> Cell:
    """Return a verdict's sign before the words that belong to it."""
    return Cell(f"{GLYPHS[verdict]} {words}".rstrip(), _COLOURS[verdict])


def write_grid(out: Output, grid: FitGrid, budget: Budget, *, format_count: int) -> None:
    """Write models as rows and quant formats as columns; the runtime has `format_count`."""
    write_target(out, grid.machine, grid.target, grid.reserve, budget)
    where = where_text(grid.target.id, grid.options.split_mode)
    out.prose(f"{options_text(grid.options)}. GiB needed on {where}:")
    out.line()
    columns = (Column("Model"), *(Column(name, is_number=True) for name in grid.quant_formats))
    rows = [
        [Cell(model.name), *(_grid_cell(result) for result in grid.row(index))]
        for index, model in enumerate(grid.models)
    ]
    write_table(out, columns, rows)
    out.line()
    out.line("   ".join(LEGEND))
    _write_notes(out, grid.machine, grid.target, _reasons(grid))
    if len(grid.quant_formats) > 1:
        out.prose(
            f"`phi-planner check MODEL` lists all {format_count} quant formats of a model, and "
            "--json has them all."
        )


def _grid_cell(result: FitResult) -> Cell:
    return verdict_cell(result.verdict, needed_digits(result.needed))


def needed_digits(needed: Band | None) -> str:
    """Return the GiB of a cell in at most five signs, the unit being in the head."""
    if needed is None:
        return ""
    text = format_gib(needed.expected_bytes)
    if len(text) > len("99.99 GiB"):
        text = format_gib(needed.expected_bytes, digits=0)
    return text.removesuffix(" GiB")


def _reasons(grid: FitGrid) -> list[str]:
    """Return each reason once; one that names no model is led by the first it is about."""
    names: dict[str, str] = {}
    for index, model in enumerate(grid.models):
        for result in grid.row(index):
            if result.reason is not None:
                is_named = model.id in result.reason.casefold() or model.name in result.reason
                names.setdefault(result.reason, "" if is_named else f"{model.name}: ")
    return [lead + reason for reason, lead in names.items()]


def write_formats(
    out: Output, details: Sequence[FitDetail], options: PlanOptions, budget: Budget
) -> None:
    """Write every quant format of one model as a row."""
    first = details[0]
    write_target(out, first.machine, first.target, first.reserve, budget)
    out.prose(f"{first.model.name}: {options_text(options)}.")
    out.line()
    columns = (
        Column("Format"),
        Column("Verdict"),
        Column(f"Needed on {where_text(first.target.id, options.split_mode)}"),
        Column("Layers on the GPU", is_number=True),
        Column("File", is_number=True),
    )
    write_table(out, columns, [_format_row(detail) for detail in details])
    _write_notes(out, first.machine, first.target, _unique(d.result.reason for d in details))


def _format_row(detail: FitDetail) -> list[Cell]:
    result, figures = detail.result, detail.estimate
    layers, file = "", ""
    if result.plan is not None:
        layers = f"{result.plan.gpu_layer_count} of {result.layer_count}"
    if figures is not None and figures.file is not None:
        file = format_gib(figures.file.expected_bytes)
    return [
        Cell(result.quant_format),
        verdict_cell(result.verdict, VERDICT_WORDS[result.verdict]),
        Cell("" if result.needed is None else gib_range(result.needed)),
        Cell(layers),
        Cell(file),
    ]


def write_detail(out: Output, detail: FitDetail, outlook: Outlook, budget: Budget) -> None:
    """Write one verdict with its ledger and what goes with it."""
    result, figures = detail.result, detail.estimate
    write_target(out, detail.machine, detail.target, detail.reserve, budget)
    sentence = verdict_sentence(
        result,
        model_name=detail.model.name,
        target=detail.target,
        reserve=detail.reserve,
        figures=figures,
        budget=budget,
        machine=detail.machine,
    )
    sign = verdict_cell(result.verdict, "")
    folded = fold(f"{sign.text} {sentence}")
    out.line(out.coloured(sign.text, sign.colour) + folded.removeprefix(sign.text))
    if result.plan is not None and figures is not None:
        from planner.cli.estimate import file_text
        from planner.cli.outlook_text import write_advice, write_outlook

        out.prose(f"{plan_text(result.plan)}; {layers_text(result.plan, result.layer_count)}.")
        out.prose(file_text(figures))
        write_advice(out, outlook, result.verdict)
        out.line()
        write_ledger(out, figures)
        write_outlook(out, outlook, result, detail.target)
    # The sentence has the reason already.
    _write_notes(out, detail.machine, detail.target, ())


def write_target(
    out: Output, machine: Machine, target: MemoryPool, reserve: Reserve, budget: Budget
) -> None:
    """Write what is fitted into; `machine` and `target` are as the budget sees them."""
    kept = reserve.of(target)
    tail = f", {format_gib(kept)} of it to stay free" if kept else ""
    lead = "What if: " if machine.is_what_if else ""
    out.prose(f"{lead}{target.name} ({target.id}): {pool_text(target, budget)}{tail}.")


def options_text(options: PlanOptions) -> str:
    """Return the choices that all plans of a table share."""
    context = options.context_length
    tokens = "4,096 tokens or the model's limit" if context is None else f"{context:,} tokens"
    return choices_text(options, tokens)


def write_reasons(out: Output, grids: Iterable[FitGrid]) -> None:
    """Write each reason of several grids once."""
    reasons = _unique(reason for grid in grids for reason in _reasons(grid))
    if reasons:
        out.line()
    for reason in reasons:
        out.line(_item(reason))


def _unique(reasons: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(reason for reason in reasons if reason is not None))


def _write_notes(
    out: Output, machine: Machine, target: MemoryPool, reasons: Sequence[str]
) -> None:
    notes = [*reasons, *machine.notes, *target.notes]
    if not notes:
        return
    out.line()
    for note in notes:
        out.line(_item(note))
    out.line()


def _item(note: str) -> str:
    folded = fold(note, indent="  ")
    return f"- {folded[2:]}"
