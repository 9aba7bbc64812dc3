"""Two saved answers in the window: taken, swapped, explained, exported."""

import json

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from planner.core.machine import Machine
from planner.core.plan import PlanOptions
from planner.core.report_choices import ReportChoices, ReportFormat
from planner.ui.controller.reports import ReportMaker
from planner.ui.models.comparison_values import ComparedArea, ComparedRow, SavedComparison, Side
from planner.ui.models.report_values import ReportWish
from planner.ui.panels.compare_window import SavedComparisonPage
from tests.ui.report_previews import LONG_MS, focused


@pytest.fixture
def saved(window, tmp_path):
    """A report of the window as it first stands."""
    wish = ReportWish(choices=ReportChoices(format=ReportFormat.JSON))
    made = ReportMaker(window.controller.report_order()).render(wish, lambda *_: None)
    path = tmp_path / "monday.json"
    path.write_bytes(made.content)
    return path


@pytest.fixture
def compared(qtbot, window, saved):
    """The saved report beside the answer of four times the context."""
    window.controller.set_options(PlanOptions(context_length=16384))
    QTest.keyClick(
        window,
        Qt.Key.Key_E,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    found = window.dialogs.comparison
    wait_for_name(qtbot, found, Side.AFTER, "The answer shown now, a fit report")
    found.take_file(Side.BEFORE, str(saved))
    qtbot.waitUntil(found.page.export_button.isEnabled, timeout=LONG_MS)
    return found


def wait_for_name(qtbot, found, side, name):
    label = found.page.names[side]
    qtbot.waitUntil(lambda: label.text() == name, timeout=LONG_MS)


def rows_of(table):
    return [
        [table.item(row, column).text() for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]


def test_that_what_changed_is_told_with_its_cause(compared):
    page = compared.page
    assert "most of it in KV cache, GPU" in page.sentence.text()
    plan, ledger, verdicts = page.tables
    assert rows_of(plan) == [["context length", "4,096", "16,384"]]
    cache = next(row for row in rows_of(ledger) if row[0] == "KV cache, GPU")
    # 40 layers x 10 KV heads x 128 values x (2 + 2) bytes: 200 KiB a token.
    assert cache[1].startswith("800.00 MiB = ")
    assert cache[2].startswith("3.12 GiB = ")
    assert cache[3] == "+2.34 GiB"
    assert cache[4] == "context length: 4,096 → 16,384"
    assert verdicts.rowCount() == 40
    said = [label.text() for label in page._labels]
    assert any(words.endswith("more are in the exported file.") for words in said)


def test_that_the_two_can_be_swapped(qtbot, compared):
    compared.page.swap_button.click()
    wait_for_name(qtbot, compared, Side.BEFORE, "The answer shown now, a fit report")
    assert compared.page.names[Side.AFTER].text() == "monday.json, a fit report"
    assert rows_of(compared.page.tables[0]) == [["context length", "16,384", "4,096"]]


@pytest.mark.parametrize("suffix", ["html", "json"])
def test_that_a_comparison_is_written_by_its_suffix(
    compared, wait_for, tmp_path, monkeypatch, suffix
):
    path = tmp_path / f"changes.{suffix}"
    files: list[object] = []
    monkeypatch.setattr(compared._window, "open_written", files.append)
    monkeypatch.setattr(compared, "ask_export_path", lambda: compared.write(str(path)))
    compared.page.export_button.click()
    line = compared.page.message_line
    wait_for(line)
    assert str(path) in line.words.text()
    text = path.read_text(encoding="utf-8")
    assert "KV cache" in text
    if suffix == "json":
        assert json.loads(text)["before"] == "monday.json"
    else:
        assert text.startswith("<!DOCTYPE html>")
    line.open_file.click()
    assert files == [path]


def test_that_another_suffix_is_refused(qtbot, compared, tmp_path):
    compared.write(str(tmp_path / "changes.pdf"))
    line = compared.page.message_line
    qtbot.waitUntil(line.isVisible, timeout=LONG_MS)
    assert ".html or .json" in line.words.text()
    assert not (tmp_path / "changes.pdf").exists()


def test_that_a_file_that_is_no_answer_says_so_and_changes_nothing(qtbot, compared, tmp_path):
    path = tmp_path / "shopping.json"
    path.write_text('{"milk": 2}', encoding="utf-8")
    compared.take_file(Side.AFTER, str(path))
    line = compared.page.message_line
    qtbot.waitUntil(line.isVisible, timeout=LONG_MS)
    assert "'shopping.json' cannot be compared" in line.words.text()
    assert line.copy_details.isVisible()
    assert compared.page.names[Side.AFTER].text() == "The answer shown now, a fit report"
    assert len(compared.page.tables) == 3


def test_that_files_can_be_dropped(qtbot, window, saved, tmp_path):
    other = tmp_path / "friday.json"
    other.write_bytes(saved.read_bytes())
    window.dialogs.open_saved_comparison()
    found = window.dialogs.comparison
    wait_for_name(qtbot, found, Side.AFTER, "The answer shown now, a fit report")
    drop(found.page, saved)
    wait_for_name(qtbot, found, Side.BEFORE, "monday.json, a fit report")
    drop(found.page, other, saved)
    wait_for_name(qtbot, found, Side.BEFORE, "friday.json, a fit report")
    assert found.page.names[Side.AFTER].text() == "monday.json, a fit report"
    assert "Nothing that both files say is different." in found.page.sentence.text()
    assert found.page.tables == ()


def drop(page, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(10, 10),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    page.dropEvent(event)
    assert event.isAccepted()


def test_that_it_stays_as_it_was_left(compared, window):
    compared.dialog.close()
    window.dialogs.open_saved_comparison()
    assert window.dialogs.comparison is compared
    assert compared.dialog.isVisible()
    assert len(compared.page.tables) == 3


def test_that_without_memory_there_is_no_answer_to_take(make_window):
    window = make_window(Machine(pools=()))
    window.dialogs.open_saved_comparison()
    page = window.dialogs.comparison.page
    assert "No memory could be read" in page.message_line.words.text()
    assert not page.export_button.isEnabled()


def test_that_files_are_asked_for_without_stopping_the_window(qtbot, compared):
    for ask, mode in (
        (compared.page.open_buttons[Side.BEFORE].click, QFileDialog.FileMode.ExistingFile),
        (compared.page.export_button.click, QFileDialog.FileMode.AnyFile),
    ):
        ask()
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        assert dialog.fileMode() is mode
        dialog.reject()


def test_that_a_row_without_a_cause_needs_no_column_for_it(qtbot, theme):
    page = SavedComparisonPage(theme)
    qtbot.addWidget(page)
    row = ComparedRow(name="driver", before="575.64", after="580.95")
    page.show_comparison(
        SavedComparison(
            sentence="It is.", areas=(ComparedArea(key="machine", rows=(row,) * 41),)
        )
    )
    (table,) = page.tables
    assert table.columnCount() == 3
    assert table.rowCount() == 40
    assert page._labels[1].text() == "1 more is in the exported file."


def test_that_all_of_it_can_be_reached_with_tab(compared):
    page = compared.page
    page.open_buttons[Side.BEFORE].setFocus()
    seen = []
    for _ in range(20):
        seen.append(focused())
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
    for widget in page.controls:
        assert widget in seen
    assert all(button.accessibleName() for button in page.open_buttons.values())
