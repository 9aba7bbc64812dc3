"""The frontier for people: quant formats by cache types, the longest context in each cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.check_text import verdict_cell, write_target
from planner.cli.tables import Cell, Column, write_table
from planner.core.fit import FitVerdict
from planner.report.wording import GLYPHS

if TYPE_CHECKING:
    from planner.cli.machines import Asked
    from planner.cli.output import Output
    from planner.core.frontier import Frontier, FrontierCell
    from planner.core.plan import PlanOptions


def write_frontier(out: Output, found: Frontier, asked: Asked, choices: PlanOptions) -> None:
    """Write the table, its signs and why columns are empty."""
    session = asked.session
    model, target = session.models[0], session.target(asked.target_id)
    write_target(out, session.machine, target, session.reserve, asked.budget)
    count = choices.parallel_sequences
    sequences = "1 sequence" if count == 1 else f"{count} sequences"
    limit = found.max_context_length
    most = "not known" if limit is None else f"{limit:,} tokens"
    out.prose(
        f"{model.name} on {choices.runtime}, {sequences}: the longest context with everything "
        f"on {target.id}, by quant format and KV cache type. The model's limit: {most}."
    )
    out.line()
    types = [each.value for each in found.cache_types]
    rows = [
        [Cell(name), *(_cell(found.cell(name, each)) for each in found.cache_types)]
        for name in found.quant_formats
    ]
    if found.mixed_cells:
        first = found.mixed_cells[0]
        types.append(f"K {first.cache_type}, V {first.cache_type_v}")
        for row, cell in zip(rows, found.mixed_cells, strict=True):
            row.append(_cell(cell))
    columns = (Column("Format"), *(Column(name, is_number=True) for name in types))
    write_table(out, columns, rows)
    out.line()
    out.line(
        f"{GLYPHS[FitVerdict.FITS]} fits up to   {GLYPHS[FitVerdict.TIGHT]} tight up to   "
        f"{GLYPHS[FitVerdict.NO]} no context"
    )
    reasons = _reasons(found)
    if reasons:
        out.line()
    for reason in reasons:
        out.prose(reason)


def _cell(cell: FrontierCell) -> Cell:
    if cell.fits_context_length is not None:
        return verdict_cell(FitVerdict.FITS, f"{cell.fits_context_length:,}")
    if cell.tight_context_length is not None:
        return verdict_cell(FitVerdict.TIGHT, f"{cell.tight_context_length:,}")
    return verdict_cell(FitVerdict.NO, "")


def _reasons(found: Frontier) -> list[str]:
    """Return why a whole column has no context, where one reason holds for all of it."""
    columns = {
        cache_type.value: [found.cell(name, cache_type) for name in found.quant_formats]
        for cache_type in found.cache_types
    }
    if found.mixed_cells:
        first = found.mixed_cells[0]
        columns[f"K {first.cache_type}, V {first.cache_type_v}"] = list(found.mixed_cells)
    told: dict[str, list[str]] = {}
    for name, column in columns.items():
        reasons = {cell.reason for cell in column}
        if len(reasons) == 1 and (reason := column[0].reason) is not None:
            told.setdefault(reason, []).append(name)
    everything = len(columns)
    everything = len(found.cache_types)
    return [
        reason if len(types) == everything else f"{', '.join(types)}: {reason}"
        for reason, types in told.items()
    ]
