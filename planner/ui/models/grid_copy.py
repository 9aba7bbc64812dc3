"""The grid as text for the clipboard: lines with tabs for people, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from planner.ui import text
from planner.ui.models import figure_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from planner.ui.models.fit_table_model import FitTableModel

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

# What a spreadsheet takes for a formula (OWASP, "CSV Injection").
_FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")


def grid_as_text(model: FitTableModel, rows: Iterable[int]) -> str:
    """Return rows as they are shown, one a line, with a tab between the cells."""
    lines = _lines(model, rows, heads=_text_heads, cell=_shown)
    return "".join("\t".join(map(_one_line, cells)) + "\n" for cells in lines)


def grid_as_csv(model: FitTableModel, rows: Iterable[int]) -> str:
    """Return rows with plain numbers and the verdicts beside them, in a column each."""
    stream = io.StringIO()
    lines = _lines(model, rows, heads=_csv_heads, cell=_plain)
    csv.writer(stream).writerows(map(_harmless, cells) for cells in lines)
    return stream.getvalue()


def _lines(
    model: FitTableModel,
    rows: Iterable[int],
    *,
    heads: Callable[[FitTableModel, str], tuple[str, ...]],
    cell: Callable[[FitTableModel, int, int], tuple[str, ...]],
) -> Iterator[tuple[str, ...]]:
    """Yield a head and the rows; a user's own file has its figure in a column of its own."""
    chosen = tuple(rows)
    formats = () if model.grid is None else model.grid.quant_formats
    files = [translate("grid_copy", "Own file")] if any(map(model.row_is_file, chosen)) else []
    yield (
        translate("grid_copy", "Model"),
        translate("grid_copy", "Size"),
        *(head for name in (*files, *formats) for head in heads(model, name)),
    )
    for row in chosen:
        cells = list(model.row_face(row))
        # As many blanks as the heads of one column.
        blank = ("",) * len(heads(model, ""))
        is_file = model.row_is_file(row)
        for _ in files:
            cells += cell(model, row, 0) if is_file else blank
        for column in range(len(formats)):
            cells += blank if is_file else cell(model, row, column)
        yield tuple(cells)


def _text_heads(model: FitTableModel, name: str) -> tuple[str, ...]:  # noqa: ARG001 - as below
    return (name,)


def _csv_heads(model: FitTableModel, name: str) -> tuple[str, ...]:
    figure = translate("grid_copy", "{quant_format} ({unit})")
    verdict = translate("grid_copy", "{quant_format} verdict")
    return (
        figure.format(quant_format=name, unit=figure_words.column_unit(model.mode)),
        verdict.format(quant_format=name),
    )


def _shown(model: FitTableModel, row: int, column: int) -> tuple[str, ...]:
    verdict, figure = model.cell_face(row, column)
    return (f"{figure} {text.verdict_word(verdict)}",)


def _plain(model: FitTableModel, row: int, column: int) -> tuple[str, ...]:
    return model.exact_figure(row, column), text.verdict_word(
        model.result_at(row, column).verdict
    )


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs: with an apostrophe before a formula's sign."""
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) else cell
