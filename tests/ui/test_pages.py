"""The pages of the detail, made when looked at; and files that are dropped on the window."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.core.advice import Situation, advise
from planner.core.fit import FitVerdict
from planner.core.plan import PlanOptions
from planner.core.units import GIB
from planner.session import open_path
from planner.ui.models.page import Page
from planner.ui.panels.pages import PAGES, page_words
from tests.test_session import MODELS, PHI_2
from tests.ui.machines import SMALL_GPU

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_that_every_page_has_words_and_is_one_of_the_tabs(window):
    words = [tab.text() for tab in window.detail_panel.tabs.tabs]
    assert words == [page_words(kind.page) for kind in PAGES]
    assert all(words)


def test_that_a_page_is_made_when_it_is_first_looked_at(qtbot, window):
    panel = window.detail_panel
    assert panel.page is Page.MEMORY
    assert panel.page_widget(Page.ARCHITECTURE) is None
    panel.tabs.tabs[1].click()
    qtbot.waitUntil(lambda: not window.updates_are_due, timeout=2000)
    assert panel.page_widget(Page.ARCHITECTURE).isVisible()
    assert not panel.memory.isVisible()
    assert window.controller.choices.page is Page.ARCHITECTURE


def test_that_only_the_page_that_is_seen_is_filled(qtbot, window, monkeypatch):
    asked = []
    pages = window.controller._pages
    real = pages.quick

    def quick(page, *rest, **named):
        asked.append(page)
        return real(page, *rest, **named)

    monkeypatch.setattr(pages, "quick", quick)
    window.options_bar.context.slider.setValue(80)
    qtbot.waitUntil(lambda: bool(asked) and not window.updates_are_due, timeout=2000)
    assert set(asked) == {Page.MEMORY}


def test_that_keys_go_from_page_to_page(qtbot, window):
    panel = window.detail_panel
    for wanted in (PAGES[1].page, PAGES[2].page):
        QTest.keyClick(window, Qt.Key.Key_PageDown, CONTROL)
        assert panel.page is wanted
    QTest.keyClick(window, Qt.Key.Key_PageUp, CONTROL)
    assert panel.page is PAGES[1].page


def test_that_the_page_of_the_last_time_is_seen_again(make_window, below):
    first = make_window(page="architecture")
    assert first.detail_panel.page is Page.ARCHITECTURE
    first.close()
    # Nothing was changed, so nothing is kept anew.
    assert below.saved == []


def test_that_an_unheard_of_page_is_the_first(make_window):
    assert make_window(page="horoscope").detail_panel.page is Page.MEMORY


def drop(window, *paths: Path) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    how = (
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(10, 10), *how)
    QApplication.sendEvent(window, entering)
    event = QDropEvent(QPointF(10, 10), *how)
    QApplication.sendEvent(window, event)
    return entering.isAccepted() and event.isAccepted()


@pytest.fixture
def opening_window(make_window, below):
    below.open_path = lambda path: open_path(path, MODELS)
    return make_window()


def test_that_a_config_dropped_on_the_window_becomes_a_row(qtbot, opening_window, tmp_path):
    window = opening_window
    path = tmp_path / "config.json"
    path.write_text(json.dumps(PHI_2), encoding="utf-8")
    assert drop(window, path)
    grid_panel = window.grid_panel
    qtbot.waitUntil(lambda: len(grid_panel.model.grid.files) == 1, timeout=5000)
    assert window.detail_panel.detail.model.id == grid_panel.model.grid.files[0].file.id
    assert window.controller.choices.recent_files == (str(path),)
    QTest.keyClick(window, Qt.Key.Key_W, CONTROL)
    qtbot.waitUntil(lambda: not grid_panel.model.grid.files, timeout=2000)
    assert window.controller.cell.model_id == "phi-4"


def test_that_what_cannot_be_opened_says_why_and_can_be_copied(qtbot, opening_window, tmp_path):
    path = tmp_path / "letter.txt"
    path.write_text("Dear reader\n", encoding="utf-8")
    assert drop(opening_window, path)
    line = opening_window.message_line
    qtbot.waitUntil(line.isVisible, timeout=5000)
    line.copy_details.click()
    copied = QApplication.clipboard().text()
    assert line.words.text() in copied
    assert "Phi Planner" in copied


def test_that_advice_is_done_and_undone(qtbot, window):
    model = next(each for each in MODELS if each.id == "phi-4")
    situation = Situation(
        model=model,
        quant_format="Q4_K_M",
        options=PlanOptions(context_length=16384),
        machine=SMALL_GPU,
        reserve=window.controller.choices.reserve,
        target_id="gpu0",
    )
    advice = advise(situation, quant_formats=window.controller.quant_formats)[0]
    window.controller.set_options(situation.options)
    window.detail_panel.advice_wanted.emit(advice)
    qtbot.waitUntil(lambda: not window.updates_are_due, timeout=2000)
    assert window.grid_panel.model.grid.options == advice.changed.options
    assert advice.result.verdict is FitVerdict.FITS
    window.controller.undo()
    qtbot.waitUntil(lambda: not window.updates_are_due, timeout=2000)
    assert window.grid_panel.model.grid.options == situation.options
    assert window.grid_panel.model.grid.reserve.gpu_bytes == GIB // 2
