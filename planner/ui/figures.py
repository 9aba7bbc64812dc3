"""How the window writes figures: separators of its language, sizes in the chosen unit.

What is in force belongs to the application, as its translators do: widgets and words that are
handed a value ask here how to write it. A spreadsheet, a report and a command have plain
figures instead.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from planner.core.records import dataclass
from planner.core.units import GB, GIB, SizeUnit

_PROPERTY: Final = "figure_style"
_STEPS: Final = {
    SizeUnit.GIB: ((GIB, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")),
    SizeUnit.GB: ((GB, "GB"), (10**6, "MB"), (10**3, "kB")),
}


@dataclass(frozen=True, slots=True)
class FigureStyle:
    """What stands between the digits of a figure, and the unit of sizes."""

    decimal_point: str = "."
    group_separator: str = ","
    size_unit: SizeUnit = SizeUnit.GIB

    def of_english(self, figure: str) -> str:
        """Return a figure such as `1,234.5` with the marks of this style."""
        # Asked for some hundred cells at every step of a slider.
        if self.decimal_point == "." and self.group_separator == ",":
            return figure
        marks = {ord("."): self.decimal_point, ord(","): self.group_separator}
        return figure.translate(marks)


_ENGLISH: Final = FigureStyle()


def use_style(style: FigureStyle) -> None:
    """Write figures so from now on; what is shown already stays as it is."""
    app = QCoreApplication.instance()
    assert app is not None
    app.setProperty(_PROPERTY, style)


def style_in_force() -> FigureStyle:
    """Return how figures are written now."""
    app = QCoreApplication.instance()
    style = None if app is None else app.property(_PROPERTY)
    return style if isinstance(style, FigureStyle) else _ENGLISH


def number(value: float, digits: int = 0) -> str:
    """Return `8,192` or, with digits, `8,192.50`."""
    return style_in_force().of_english(f"{value:,.{digits}f}")


def telling_number(value: float) -> str:
    """Return a figure with all the digits that it has and no more, such as `2.5`."""
    return style_in_force().of_english(f"{value:,.15g}")


def size_number(size_bytes: int, digits: int = 1) -> str:
    """Return a size without its unit, for what has the unit beside it."""
    style = style_in_force()
    return style.of_english(f"{size_bytes / style.size_unit.unit_bytes:,.{digits}f}")


def size_unit() -> SizeUnit:
    """Return the unit of sizes."""
    return style_in_force().size_unit


def readable_size(size_bytes: int, digits: int | None = None) -> str:
    """Return a size in the unit that keeps it short: `1.66 GiB`, `46.4 MiB`, `320 KiB`.

    Without `digits` there are three figures or four.
    """
    style = style_in_force()
    steps = _STEPS[style.size_unit]
    for step_bytes, name in steps:
        if size_bytes >= step_bytes:
            amount = size_bytes / step_bytes
            telling = 2 if name == steps[0][1] else int(amount < 100 and amount % 1 != 0)
            shown = f"{amount:,.{telling if digits is None else digits}f}"
            return f"{style.of_english(shown)} {name}"
    return f"{style.of_english(f'{size_bytes:,}')} B"
