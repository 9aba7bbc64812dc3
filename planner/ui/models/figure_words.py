"""The figures of a grid's mode in words: in a cell, as a column's unit, for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never

from PySide6.QtCore import QCoreApplication

from planner.core.grid_values import CellFigure, GridMode, share_ratio
from planner.core.plan import DEFAULT_CONTEXT_LENGTH
from planner.ui import figures, text
from planner.ui.core_texts import core_text

if TYPE_CHECKING:
    from planner.core.fit import FitResult
    from planner.core.grid import FitGrid
    from planner.core.machine import MemoryPool

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

DASH: Final = "–"
# Stands in a cell until its figure is worked out.
DUE: Final = "…"
_KIBI: Final = 1024
# What takes ten times the memory is told no finer.
_HIGHEST_PERCENT: Final = 999


def mode_name(mode: GridMode) -> str:
    """Return what the switch above the grid calls a mode."""
    match mode:
        case GridMode.NEEDED:
            return translate("figure_words", "Memory needed")
        case GridMode.CONTEXT:
            return translate("figure_words", "Largest context")
        case GridMode.SPEED:
            return translate("figure_words", "Tokens per second")
        case GridMode.SHARE:
            return translate("figure_words", "Share of target")
    assert_never(mode)


def mode_explained(mode: GridMode) -> str:
    """Return the sentence that explains a mode."""
    match mode:
        case GridMode.NEEDED:
            return translate(
                "figure_words",
                "What each model needs in each format at the chosen context, in {unit}",
            ).format(unit=figures.size_unit())
        case GridMode.CONTEXT:
            return translate(
                "figure_words",
                "The longest context that fits wholly on the target; ~ stands before one that "
                "is not promised",
            )
        case GridMode.SPEED:
            return translate(
                "figure_words",
                "How fast one sequence is generated at the chosen context: modelled from the "
                "memory's bandwidth, not measured",
            )
        case GridMode.SHARE:
            return translate(
                "figure_words",
                "What each model needs, as a share of what is free on the target",
            )
    assert_never(mode)


def unit_words(mode: GridMode, grid: FitGrid) -> str:
    """Return what the figures in the cells are, for the line under the grid."""
    asked = grid.options.context_length
    tokens = text.token_text(DEFAULT_CONTEXT_LENGTH if asked is None else asked)
    match mode:
        case GridMode.NEEDED if asked is None:
            # A model with a shorter limit is taken at its limit.
            return translate("figure_words", "{unit} needed at up to {tokens}").format(
                unit=figures.size_unit(), tokens=tokens
            )
        case GridMode.NEEDED:
            return translate("figure_words", "{unit} needed at {tokens}").format(
                unit=figures.size_unit(), tokens=tokens
            )
        case GridMode.CONTEXT:
            return translate("figure_words", "Largest context, k = 1,024 tokens")
        case GridMode.SPEED:
            return translate("figure_words", "Tokens/s at {tokens}, modelled").format(
                tokens=tokens
            )
        case GridMode.SHARE:
            return translate("figure_words", "Share of what is free, at {tokens}").format(
                tokens=tokens
            )
    assert_never(mode)


def widest_figure(mode: GridMode) -> str:
    """Return a figure as wide as any that stands in a cell."""
    match mode:
        case GridMode.NEEDED:
            return figures.number(88.8, 1)
        case GridMode.CONTEXT:
            return f"~{figures.number(8.8, 1)}k"
        case GridMode.SPEED:
            return figures.number(8888)
        case GridMode.SHARE:
            return translate("figure_words", "{percent} %").format(percent=888)
    assert_never(mode)


def figure_text(
    mode: GridMode, result: FitResult, target: MemoryPool, figure: CellFigure | None
) -> str:
    """Return what stands in a cell: a figure, a dash where there is none, dots where it is due.

    `figure` is that of a mode whose figures are worked out beside the grid.
    """
    match mode:
        case GridMode.NEEDED:
            return needed_text(result)
        case GridMode.SHARE:
            return _percent(share_ratio(result, target))
        case GridMode.CONTEXT | GridMode.SPEED:
            if figure is None:
                return DUE
            if figure.amount is None:
                return DASH
            if mode is GridMode.SPEED:
                return _rate(figure.amount)
            return _tokens(int(figure.amount), is_promised=figure.is_promised)
    assert_never(mode)


def needed_text(result: FitResult) -> str:
    """Return the memory needed, or a dash where there is no figure."""
    return DASH if result.needed is None else text.gib_number(result.needed.expected_bytes)


def no_figure_of_file() -> CellFigure:
    """Return what is said of a user's own file in a mode that needs more than its verdict."""
    return CellFigure(
        reason=translate(
            "figure_words",
            "Contexts and speeds are worked out for models of the catalogue, not for files.",
        )
    )


def figure_sentence(mode: GridMode, figure: CellFigure | None) -> str:
    """Return a line more for a tooltip, empty where the verdict says it all."""
    if figure is None or mode.is_in_the_grid:
        return ""
    if figure.amount is None:
        return core_text(figure.reason or "")
    if mode is GridMode.SPEED:
        words = translate("figure_words", "About {rate} tokens per second, modelled")
        return words.format(rate=_rate(figure.amount))
    words = translate("figure_words", "Fits with a context of up to {tokens}")
    if not figure.is_promised:
        words = translate(
            "figure_words", "May fit with a context of up to {tokens}; none is promised"
        )
    return words.format(tokens=text.token_text(int(figure.amount)))


def exact_figure(
    mode: GridMode, result: FitResult, target: MemoryPool, figure: CellFigure | None
) -> str:
    """Return a figure for a spreadsheet: plain digits, empty where there is none."""
    if mode is GridMode.SHARE:
        ratio = share_ratio(result, target)
        return "" if ratio is None else f"{100 * ratio:.1f}"
    if mode is GridMode.NEEDED:
        if result.needed is None:
            return ""
        return f"{result.needed.expected_bytes / figures.size_unit().unit_bytes:.3f}"
    if figure is None or figure.amount is None:
        return ""
    return f"{figure.amount:.2f}" if mode is GridMode.SPEED else f"{figure.amount:.0f}"


def column_unit(mode: GridMode) -> str:
    """Return the unit of `exact_figure`, for the head of a column."""
    match mode:
        case GridMode.NEEDED:
            return figures.size_unit()
        case GridMode.CONTEXT:
            return translate("figure_words", "tokens")
        case GridMode.SPEED:
            return translate("figure_words", "tokens per second")
        case GridMode.SHARE:
            return translate("figure_words", "%")
    assert_never(mode)


def _percent(ratio: float | None) -> str:
    if ratio is None:
        return DASH
    percent = round(100 * ratio)
    if percent > _HIGHEST_PERCENT:
        return translate("figure_words", "> {percent} %").format(percent=_HIGHEST_PERCENT)
    return translate("figure_words", "{percent} %").format(percent=percent)


def _rate(tokens_per_s: float) -> str:
    """Return two figures that tell, such as `143` or `7.2`; a modelled speed has no more."""
    return figures.number(tokens_per_s, 1 if tokens_per_s < 9.95 else 0)


def _tokens(count: int, *, is_promised: bool) -> str:
    """Return `128k`, `8.5k` or `500`, never more than there are."""
    words = str(count)
    if count >= _KIBI:
        tenths = count * 10 // _KIBI
        is_whole = count % _KIBI == 0 or tenths >= 100
        words = f"{tenths // 10}k" if is_whole else f"{figures.number(tenths / 10, 1)}k"
    return words if is_promised else f"~{words}"
