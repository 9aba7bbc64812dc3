"""Plans side by side: a row a figure, and which of them differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from planner.core.ledger import Part, Place
from planner.core.pictures.chart_table import ChartTable
from planner.ui import figures, text
from planner.ui.models.speed_words import band_rates

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from planner.core.grid import FitDetail
    from planner.core.speed import SpeedEstimate
    from planner.ui.models.page_values import ComparedPlan

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

_NOTHING: Final = "–"


def compare_table(plans: Sequence[ComparedPlan]) -> ChartTable:
    """Return the plans as columns; what none of them has is left out."""
    rows = [row for row in _rows(plans) if any(cell != _NOTHING for cell in row[1:])]
    return ChartTable(
        title=translate("compare", "Plans side by side"),
        heads=("", *(_head(each.detail) for each in plans)),
        rows=tuple(rows),
    )


def different_cells(table: ChartTable) -> frozenset[tuple[int, int]]:
    """Return the cells of the rows whose figures are not all the same."""
    return frozenset(
        (row, column)
        for row, cells in enumerate(table.rows)
        if len(set(cells[1:])) > 1
        for column in range(1, len(cells))
    )


def only_different(table: ChartTable) -> ChartTable:
    """Return the rows whose figures are not all the same."""
    rows = tuple(cells for cells in table.rows if len(set(cells[1:])) > 1)
    return ChartTable(title=table.title, heads=table.heads, rows=rows)


def _head(detail: FitDetail) -> str:
    words = translate("compare", "{model} · {quant_format}")
    return words.format(model=detail.model.name, quant_format=detail.result.quant_format)


def _rows(plans: Sequence[ComparedPlan]) -> Iterable[tuple[str, ...]]:
    details = [each.detail for each in plans]
    yield _row(translate("compare", "Verdict"), map(_verdict, details))
    yield _row(
        translate("compare", "Target"), (text.pool_title(each.target) for each in details)
    )
    yield _row(
        translate("compare", "Free"), (_size(each.target.free_bytes) for each in details)
    )
    yield _row(translate("compare", "Needed"), map(_needed, details))
    for part in Part:
        yield _row(text.part_name(part), (_part(each, part) for each in details))
    yield _row(translate("compare", "In RAM beside a GPU"), map(_host, details))
    yield _row(translate("compare", "Layers on the GPU"), map(_layers, details))
    yield _row(translate("compare", "Context"), map(_context, details))
    yield _row(translate("compare", "KV cache type"), map(_cache_type, details))
    yield _row(translate("compare", "File"), map(_file, details))
    yield _row(translate("compare", "Bits per weight"), map(_bits, details))
    yield _row(
        translate("compare", "Parameters"),
        (_count(each.model.parameter_count) for each in details),
    )
    yield _row(
        translate("compare", "Writes, tokens per second, modelled"),
        (_decode(each.speed) for each in plans),
    )
    yield _row(
        translate("compare", "Reads, tokens per second, modelled"),
        (_prefill(each.speed) for each in plans),
    )


def _row(name: str, cells: Iterable[str]) -> tuple[str, ...]:
    return (name, *cells)


def _verdict(detail: FitDetail) -> str:
    return text.verdict_word(detail.result.verdict)


def _size(size_bytes: int | None) -> str:
    return _NOTHING if size_bytes is None else text.gib(size_bytes)


def _needed(detail: FitDetail) -> str:
    needed = detail.result.needed
    return _NOTHING if needed is None else text.gib(needed.expected_bytes)


def _part(detail: FitDetail, part: Part) -> str:
    if detail.estimate is None:
        return _NOTHING
    total = sum(detail.estimate.ledger.part(part, place).expected_bytes for place in Place)
    return text.gib(total) if total else _NOTHING


def _host(detail: FitDetail) -> str:
    if detail.estimate is None or not detail.target.is_gpu:
        return _NOTHING
    return text.gib(detail.estimate.ledger.total(Place.HOST).expected_bytes)


def _layers(detail: FitDetail) -> str:
    plan, layers = detail.result.plan, detail.result.layer_count
    if plan is None or layers is None or not detail.target.is_gpu:
        return _NOTHING
    words = translate("compare", "{count} of {layers}")
    return words.format(count=plan.gpu_layer_count, layers=layers)


def _context(detail: FitDetail) -> str:
    plan = detail.result.plan
    return _NOTHING if plan is None else text.token_text(plan.context_length)


def _cache_type(detail: FitDetail) -> str:
    plan = detail.result.plan
    if plan is None:
        return _NOTHING
    types = dict.fromkeys((plan.cache_type_k.value, plan.cache_type_v.value))
    return text.FACT_MARK.join(types)


def _file(detail: FitDetail) -> str:
    if detail.estimate is None or detail.estimate.file is None:
        return _NOTHING
    return text.gib(detail.estimate.file.expected_bytes)


def _bits(detail: FitDetail) -> str:
    return (
        _NOTHING
        if detail.estimate is None
        else figures.number(detail.estimate.bits_per_weight, 2)
    )


def _count(count: int | None) -> str:
    return _NOTHING if count is None else figures.number(count)


def _decode(speed: SpeedEstimate | None) -> str:
    return _NOTHING if speed is None or speed.decode is None else band_rates(speed.decode)


def _prefill(speed: SpeedEstimate | None) -> str:
    return _NOTHING if speed is None or speed.prefill is None else band_rates(speed.prefill)
