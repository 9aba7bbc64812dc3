"""The pages of the detail: their names, what makes them, and how they are handed their values.

A page is a widget with `controls` (what takes the keyboard). Where it has them, these signals
are heard: `advice_wanted(Advice)` to do what an advice says, `export_wanted(Picture)` to save a
picture, `link_wanted(str)` to open an address, `command_pasted(str)` to plan what a command
says, and `controls_changed()`. To add a page, add its line to `PAGES`, its values to
`planner.ui.models.page_values` and where they come from to `planner.ui.controller.pages`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QCoreApplication

from planner.ui.core_texts import core_text
from planner.ui.models.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from planner.ui.theme import Theme

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class PageKind:
    """One page: `show_values` hands a widget of `make` what the controller says of it."""

    page: Page
    make: Callable[[Theme], QWidget]
    show_values: Callable[[Any, Any], None]


def page_words(page: Page) -> str:
    """Return what stands on a page's tab."""
    return {
        Page.MEMORY: translate("pages", "Memory"),
        Page.ARCHITECTURE: translate("pages", "Architecture"),
        Page.SPECIFICATION: translate("pages", "Specification"),
        Page.SPEED: translate("pages", "Speed"),
        Page.RUN_IT: translate("pages", "Run it"),
    }[page]


# Each page is loaded when somebody first looks at it.


def _memory(theme: Theme) -> QWidget:
    from planner.ui.panels.memory_page import MemoryPage

    return MemoryPage(theme)


# What a page takes is its own matter; the controller hands each what it is about.
def _show_values(page: Any, values: Any) -> None:  # noqa: ANN401
    page.show_values(values)


def _architecture(theme: Theme) -> QWidget:
    from planner.ui.panels.architecture_page import ArchitecturePage

    return ArchitecturePage(theme)


def _show_architecture(page: Any, values: Any) -> None:  # noqa: ANN401
    page.show_diagram(values.diagram, core_text(values.reason))


def _specification(theme: Theme) -> QWidget:
    from planner.ui.panels.specification_page import SpecificationPage

    return SpecificationPage(theme)


def _speed(theme: Theme) -> QWidget:
    from planner.ui.panels.speed_page import SpeedPage

    return SpeedPage(theme)


def _run_it(theme: Theme) -> QWidget:
    from planner.ui.panels.run_page import RunPage

    return RunPage(theme)


PAGES: Final = (
    PageKind(Page.MEMORY, _memory, _show_values),
    PageKind(Page.ARCHITECTURE, _architecture, _show_architecture),
    PageKind(Page.SPECIFICATION, _specification, _show_values),
    PageKind(Page.SPEED, _speed, _show_values),
    PageKind(Page.RUN_IT, _run_it, _show_values),
)
