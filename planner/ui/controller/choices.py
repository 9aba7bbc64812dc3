"""What a person has chosen in one window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planner.core.fit import Reserve
from planner.core.grid_values import GridMode
from planner.core.plan import PlanOptions
from planner.core.records import dataclass
from planner.core.report_choices import ReportChoices
from planner.core.units import SizeUnit
from planner.settings import DEFAULT_REFRESH_SECONDS, Language, Scheme
from planner.ui.models.cell import Cell
from planner.ui.models.grid_formats import (
    ALL_FORMATS,
    COMMON_FORMATS,
    column_formats,
    format_near,
)
from planner.ui.models.page import Page

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from planner.core.corrections import Correction
    from planner.core.machine import Machine

# What stands in the detail before anyone has chosen: the family's namesake, as most load it.
FIRST_CELL: Final = Cell("phi-4", "Q4_K_M")
MOST_RECENT_FILES: Final = 10
_DEFAULT_OPTIONS: Final = PlanOptions()
_DEFAULT_RESERVE: Final = Reserve()
_DEFAULT_REPORT: Final = ReportChoices()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What a person has chosen; all but the what-if is found again at the next start.

    `target_id` is the pool to fit into, `None` the freest. A pool of the what-if machine goes
    by `what_if_key`. A chosen pool that is not there (yet) gives way to the freest.
    """

    options: PlanOptions = _DEFAULT_OPTIONS
    reserve: Reserve = _DEFAULT_RESERVE
    cell: Cell = FIRST_CELL
    target_id: str | None = None
    what_if: Machine | None = None
    page: Page = Page.MEMORY
    scheme: Scheme = Scheme.SYSTEM
    language: Language = Language.SYSTEM
    size_unit: SizeUnit = SizeUnit.GIB
    refresh_seconds: int = DEFAULT_REFRESH_SECONDS
    shows_all_formats: bool = False
    grid_mode: GridMode = GridMode.NEEDED
    recent_files: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    report: ReportChoices = _DEFAULT_REPORT


def nearest_common_format(quant_format: str) -> str:
    """Return the common format that stands nearest in the order of size."""
    place = ALL_FORMATS.index(quant_format)
    return min(COMMON_FORMATS, key=lambda name: abs(ALL_FORMATS.index(name) - place))


def with_known_cell(
    choices: Choices, model_ids: Sequence[str], *, file_ids: Container[str]
) -> Choices:
    """Return choices whose cell is of a person's own file, or of a model.

    A file may be closed since, and its own format is none of the runtime's.
    """
    model_id, quant_format = choices.cell
    if model_id in file_ids:
        return choices
    if model_ids and model_id not in model_ids:
        first = FIRST_CELL.model_id
        model_id = first if first in model_ids else model_ids[0]
    formats = column_formats(choices.options.runtime, shows_all=True)
    return replace(choices, cell=Cell(model_id, format_near(quant_format, formats)))


def with_recent(files: tuple[str, ...], path: str) -> tuple[str, ...]:
    """Return the files with this one first, each once."""
    return (path, *(each for each in files if each != path))[:MOST_RECENT_FILES]
