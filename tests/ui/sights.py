"""Everything that one can come to see: each page of the detail, and what each action opens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from shiboken6 import isValid

from planner.ui.models.actions import ActionId
from planner.ui.models.page import Page
from tests.ui.settling import finish_jobs, process_events, settle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.ui.main_window import MainWindow

# What ends the program, and what changes the plan or the desktop, or keeps the processor busy,
# and opens nothing of ours.
_OPENS_NOTHING: Final = {
    ActionId.QUIT,
    ActionId.OPEN_FILE,
    ActionId.OPEN_FOLDER,
    ActionId.REFRESH,
    ActionId.BANDWIDTH,
    ActionId.ALL_FORMATS,
    ActionId.NEXT_PAGE,
    ActionId.EARLIER_PAGE,
}


def every_page(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Show one page after the other, with all that comes once nothing moves."""
    for page in Page:
        window.detail_panel.set_page(page)
        window.controller.choose_page(page)
        settle(window)
        yield f"page {page.value}", window


def every_dialog(window: MainWindow) -> Iterator[tuple[str, QDialog]]:
    """Open one dialog after the other, and close it."""
    for action_id in ActionId:
        if action_id in _OPENS_NOTHING:
            continue
        window.do(action_id)
        finish_jobs(window)
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, QFileDialog) or not isinstance(widget, QDialog):
                continue
            if widget.isVisible():
                yield f"dialog {action_id.value}", widget
                if isValid(widget):
                    widget.close()
        process_events()


def every_sight(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Show pages, then dialogs."""
    yield from every_page(window)
    yield from every_dialog(window)


def seen_widgets(root: QWidget) -> list[QWidget]:
    """Return what of a window can be seen or scrolled to; not the insides of Qt's own."""
    return [
        widget
        for widget in root.findChildren(QWidget)
        if widget.isVisibleTo(root)
        and widget.window() is root
        and not widget.objectName().startswith("qt_")
    ]
