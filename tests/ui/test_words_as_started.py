"""Another language, another unit: every text and pixel as in a window that was started so."""

import re

import pytest
from PySide6.QtWidgets import QApplication

from planner.core.units import SizeUnit
from planner.settings import Language
from planner.ui.main_window import MainWindow
from planner.ui.models.actions import ActionId
from planner.ui.models.page import Page
from tests.ui.pseudo import visible_texts
from tests.ui.settling import finish_jobs, process_events, settle
from tests.ui.spoken import apply_settings

pytestmark = pytest.mark.usefixtures("english_again")

DIALOGS = (
    ActionId.SETTINGS,
    ActionId.WHAT_IF,
    ActionId.PALETTE,
    ActionId.EXPORT,
    ActionId.RECEIPT,
    ActionId.ADD_TO_COMPARISON,
    ActionId.ACCURACY,
    ActionId.SHORTCUTS,
    ActionId.ABOUT,
)


# A report says when it was made.
_CLOCK = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2} UTC")


def sights(window: MainWindow) -> dict[str, list[tuple[str, str]]]:
    """Return every text of every page, and of what opens beside the window."""
    found = {}
    # The first is seen again in the end, as a window starts with it.
    for page in (*Page, Page.MEMORY):
        window.detail_panel.set_page(page)
        window.controller.choose_page(page)
        settle(window)
        found[page.value] = list(visible_texts(window))
    for action in DIALOGS:
        window.do(action)
        (dialog,) = (
            top
            for top in QApplication.topLevelWidgets()
            if top.isVisible() and not isinstance(top, MainWindow)
        )
        finish_jobs(window)
        found[action.value] = [
            (where, _CLOCK.sub("then", text)) for where, text in visible_texts(dialog)
        ]
        dialog.close()
        process_events()
    return found


def picture(qtbot, window: MainWindow):
    """Return what is painted, where painted words are too: cells, cards, charts."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    settle(window)
    window.grid_panel.view.setFocus()
    return window.grab().toImage()


@pytest.mark.parametrize(
    ("language", "unit"),
    [("de", SizeUnit.GIB), ("zh", SizeUnit.GB), ("en", SizeUnit.GIB)],
)
@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_that_a_changed_window_is_as_one_that_was_started_so(
    language, unit, make_window, qtbot
):
    """It has been through another language and unit before, whose words may be remembered."""
    changed = make_window()
    apply_settings(changed, "de" if language != "de" else "zh", SizeUnit.GB)
    sights(changed)
    apply_settings(changed, language, unit)
    found, painted = sights(changed), picture(qtbot, changed)
    changed.close()

    started = make_window(language=Language(language), size_unit=unit)
    wanted, wanted_painted = sights(started), picture(qtbot, started)

    assert found.keys() == wanted.keys()
    for sight, texts in wanted.items():
        assert found[sight] == texts, sight
    assert painted == wanted_painted
