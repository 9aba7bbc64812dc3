"""`check` on several machines: one table with a column a machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.cli.check_text import needed_digits, options_text, verdict_cell, write_reasons
from planner.cli.machines import asked_session
from planner.cli.output import TEXT_WIDTH
from planner.cli.tables import Cell, Column, write_table
from planner.core.fit import FitVerdict
from planner.report.wording import LEGEND, pool_text, readable_formats

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence

    from planner.cli.machines import Asked
    from planner.cli.output import Output
    from planner.core.fit import FitResult
    from planner.core.grid import FitGrid
    from planner.core.model_spec import ModelSpec
    from planner.core.plan import PlanOptions
    from planner.files.machine_card import MachineCard

CHECK_MACHINES_SCHEMA: Final = "phi-planner/check-machines/1"
_LONGEST_HEAD: Final = 24
_GAP: Final = 2
# From what one would rather have; the others are no answer.
_RUNS: Final = (FitVerdict.FITS, FitVerdict.TIGHT, FitVerdict.PARTIAL)


def answer_machines(
    cards: Sequence[MachineCard],
    models: tuple[ModelSpec, ...],
    formats: tuple[str, ...],
    choices: PlanOptions,
    *,
    options: Namespace,
    out: Output,
) -> None:
    """Write what runs on each machine, as a table or as JSON.

    Raises:
        PlannerError: a machine has no such target.
    """
    asked = [asked_session(models, options, card.machine) for card in cards]
    is_best = options.model is None and len(formats) > 1
    if not options.json and is_best:
        formats = readable_formats(choices.runtime, formats)
    grids = [
        each.session.grid(choices, target_id=each.target_id, quant_formats=formats)
        for each in asked
    ]
    if options.json:
        _write_json(out, cards, asked, grids)
        return
    what = "The largest format that runs" if is_best else "GiB needed"
    if options.model is None and not is_best:
        what = f"GiB needed in {formats[0]}"
    elif options.model is not None:
        what = f"{models[0].name}, {what}"
    _write_targets(out, cards, asked, grids)
    out.prose(f"{options_text(choices)}. {what} on each machine:")
    out.line()
    _write_tables(out, cards, grids, by_format=options.model is not None)
    out.line("   ".join(LEGEND))
    write_reasons(out, grids)


def _write_json(
    out: Output, cards: Sequence[MachineCard], asked: Sequence[Asked], grids: Sequence[FitGrid]
) -> None:
    """Write one `check` answer a machine, each as it would be alone."""
    import json

    from planner.cli.json_output import check_text

    out.write(f'{{"schema": {json.dumps(CHECK_MACHINES_SCHEMA)},\n "machines": [\n')
    for index, (card, question, grid) in enumerate(zip(cards, asked, grids, strict=True)):
        name = json.dumps(card.name, ensure_ascii=not out.is_unicode)
        text = check_text(
            grid, ensure_ascii=not out.is_unicode, budget=question.budget.value
        ).rstrip("\n")
        comma = "," if index + 1 < len(cards) else ""
        out.write(f'{{"name": {name},\n "check": {text}}}{comma}\n')
    out.write("]}\n")


def _write_targets(
    out: Output, cards: Sequence[MachineCard], asked: Sequence[Asked], grids: Sequence[FitGrid]
) -> None:
    for card, question, grid in zip(cards, asked, grids, strict=True):
        target = grid.target
        memory = pool_text(target, question.budget)
        out.prose(f"{card.name}: {target.name} ({target.id}), {memory}.")
    out.line()


def _write_tables(
    out: Output, cards: Sequence[MachineCard], grids: Sequence[FitGrid], *, by_format: bool
) -> None:
    """Write as many tables as it takes for no line to be wider than text is."""
    first = grids[0]
    rows = first.quant_formats if by_format else tuple(model.name for model in first.models)
    columns = [
        (
            _head(card.name),
            [_cell(grid, each, by_format=by_format) for each in range(len(rows))],
        )
        for card, grid in zip(cards, grids, strict=True)
    ]
    lead = Column("Format" if by_format else "Model")
    lead_width = max(len(lead.head), *(len(name) for name in rows))
    for group in _groups(columns, TEXT_WIDTH - lead_width):
        heads = [lead, *(Column(head, is_number=True) for head, _ in group)]
        body = [
            [Cell(name), *(cells[index] for _, cells in group)]
            for index, name in enumerate(rows)
        ]
        write_table(out, heads, body)
        out.line()


_Column = tuple[str, list[Cell]]


def _groups(columns: Iterable[_Column], width: int) -> list[list[_Column]]:
    """Return the columns in runs that are no wider than `width`, one at the least in each."""
    groups: list[list[_Column]] = []
    taken = 0
    for head, cells in columns:
        own = _GAP + max(len(head), *(len(cell.text) for cell in cells))
        if not groups or taken + own > width:
            groups.append([])
            taken = 0
        groups[-1].append((head, cells))
        taken += own
    return groups


def _head(name: str) -> str:
    return name if len(name) <= _LONGEST_HEAD else f"{name[: _LONGEST_HEAD - 1]}…"


def _cell(grid: FitGrid, index: int, *, by_format: bool) -> Cell:
    if by_format:
        result = grid.results[index]
    elif len(grid.quant_formats) > 1:
        best = _best(grid.row(index))
        return verdict_cell(best.verdict, best.quant_format if best.verdict in _RUNS else "")
    else:
        result = grid.row(index)[0]
    return verdict_cell(result.verdict, needed_digits(result.needed))


def _best(results: Sequence[FitResult]) -> FitResult:
    """Return the largest plan that fits, else the largest that is tight, else in part in RAM.

    Where none runs, the smallest one says so.
    """

    def size(result: FitResult) -> int:
        return 0 if result.needed is None else result.needed.expected_bytes

    by_size = sorted(results, key=size, reverse=True)
    for verdict in _RUNS:
        for result in by_size:
            if result.verdict is verdict:
                return result
    return by_size[-1]
