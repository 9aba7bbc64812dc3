"""The specification: what is known, where from, who says something else, what was checked."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QScrollArea

from planner.core.spec_sheet import Specification, spec_sheet
from planner.ui.models.page import Page
from planner.ui.panels.specification_page import SpecificationPage
from tests.ui.pages import MODELS, page_values


@pytest.fixture
def page(qtbot, theme):
    """A page of the width that it has in a small window."""
    made = SpecificationPage(theme)
    qtbot.addWidget(made)
    made.resize(380, 600)
    made.show()
    return made


def show(page, model_id: str) -> str:
    page.show_values(page_values(Page.SPECIFICATION, model_id))
    words: str = page.words.replace("\u200b", "")
    return words


def test_that_the_exact_count_stands_beside_the_label(page):
    words = show(page, "phi-2")
    assert "2.7B" in words
    assert "2,779,683,840" in words


def test_that_what_another_source_says_stands_under_the_field_with_its_address(page):
    words = show(page, "phi-2")
    place = words.index("Embedding length")
    assert "Another source says: 2,048" in words[place : place + 200]
    assert "apxml.com/models/phi-2" in words[place : place + 400]


def test_that_a_benchmark_keeps_the_figure_of_its_source(page):
    # Microsoft Research's announcement of Phi-2, table 1.
    assert "62.0" in show(page, "phi-2")


def test_that_what_nobody_published_says_so(page):
    words = show(page, "phi-2")
    assert "not published" in words[words.index("Knowledge until") :][:40]


def test_that_a_check_of_ours_names_both_figures_and_there_is_no_score(page):
    words = show(page, "phi-4")
    assert "✓ Derived from the shape 14,659,507,200, published 14,659,507,200." in words
    assert "Equal to the byte: 3 of 5. Within 0.005 %: 4 of 5." in words
    assert "≠" in words
    assert "There is no score." in words


def test_that_quoted_figures_have_their_day(page):
    assert "ApX Machine Learning says 4.33 GiB, read on 2026-11-21" in show(page, "phi-1")


def test_that_a_runtime_that_does_not_run_it_says_why(page):
    words = show(page, "phi-3-small-8k")
    note = MODELS["phi-3-small-8k"].runtimes["llama.cpp"].note
    assert "does not run it" in words
    assert note is not None
    assert note in words


def test_that_published_files_have_their_exact_sizes(page):
    assert "9,053,114,464 bytes" in show(page, "phi-4")


def test_that_a_field_is_found_and_the_others_go(page, qtbot):
    show(page, "phi-2")
    qtbot.keyClicks(page.filter, "vocabulary")
    assert "51,200" in page.words
    assert "Licence" not in page.words


def test_that_nothing_found_is_said(page, qtbot):
    show(page, "phi-2")
    qtbot.keyClicks(page.filter, "wheels")
    assert page.words == ""
    labels = [label.text() for label in page.findChildren(QLabel)]
    assert "No field has “wheels”." in labels


def test_that_what_is_looked_for_stays_when_the_model_changes(page, qtbot):
    show(page, "phi-2")
    qtbot.keyClicks(page.filter, "layers")
    show(page, "phi-4")
    assert "40" in page.words
    assert "Licence" not in page.words


def test_that_a_link_is_told_and_nothing_is_loaded(page, qtbot):
    show(page, "phi-2")
    with qtbot.waitSignal(page.link_wanted) as told:
        page.view.anchorClicked.emit(
            page.view.source().resolved("https://huggingface.co/microsoft/phi-2")
        )
    assert told.args == ["https://huggingface.co/microsoft/phi-2"]
    assert page.view.source().isEmpty()


def test_that_the_sheet_is_as_high_as_its_words_at_every_width(page):
    show(page, "phi-2")
    narrow = page.view.sizeHint().height()
    page.resize(800, 600)
    page.layout().activate()
    assert page.view.sizeHint().height() < narrow
    assert page.view.height() == page.view.sizeHint().height()


def test_that_a_name_with_markup_is_shown_as_it_stands(page):
    model = MODELS["phi-4"]
    marked = spec_sheet(model, None)
    field = marked.sections[0].fields[0]
    object.__setattr__(field, "value", "<b>14B</b>&amp;")
    page.show_values(Specification(sheet=marked))
    assert "<b>14B</b>&amp;" in page.words


def test_that_a_copied_address_is_whole(page):
    show(page, "phi-2")
    page.view.selectAll()
    page.view.copy()
    copied = QGuiApplication.clipboard().text()
    assert (
        "huggingface.co/NingLab/eCeLLM-S/blame/d0f5d7409a9a2c6364b1dd0140b12b70542538c4"
        in copied
    )
    assert "\u200b" not in copied


def first_cell(page) -> str:
    cell = page.view.document().rootFrame().childFrames()[0].cellAt(0, 0)
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastPosition(), cursor.MoveMode.KeepAnchor)
    words: str = cursor.selectedText()
    return words


def test_that_names_stand_over_their_values_where_there_is_no_room_beside(page):
    show(page, "phi-4")
    page.resize(600, 600)
    assert first_cell(page) == "Released"
    page.resize(260, 600)
    assert first_cell(page).startswith("Released\u20282024-12-12")
    page.resize(600, 600)
    assert first_cell(page) == "Released"


def test_that_a_link_that_the_keyboard_reaches_is_brought_into_view(page, qtbot):
    show(page, "phi-2")
    room = QScrollArea()
    qtbot.addWidget(room)
    room.setWidgetResizable(True)
    room.setWidget(page)
    room.resize(400, 300)
    room.show()
    page.view.setFocus()
    qtbot.waitUntil(page.view.hasFocus, timeout=2000)
    for _ in range(12):
        qtbot.keyClick(page.view, Qt.Key.Key_Tab)
    seen = page.view.viewport().mapTo(room.viewport(), page.view.cursorRect().center())
    assert room.verticalScrollBar().value() > 0
    assert room.viewport().rect().contains(seen)
    room.takeWidget()
