"""The preview of a report: what is chosen, what is shown, what is written, what goes wrong."""

import errno
import json
import os
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.core.report_choices import (
    CsvTable,
    Paper,
    PictureKey,
    PictureScheme,
    ReportChoices,
    ReportFormat,
    ReportScope,
)
from planner.report import fit_report
from planner.ui.controller.reports import ReportMaker
from planner.ui.models.cell import Cell
from planner.ui.models.report_values import ReportWish
from planner.ui.models.what_if import WhatIfOrder
from tests.ui.machines import NO_GPU, ONE_GPU, SMALL_GPU

LONG_MS = 20_000


@pytest.fixture
def opened(qtbot, window):
    """Open the preview as a person does, and wait for what it shows."""

    def open_preview(**choices):
        window.controller.set_report_choices(ReportChoices(**choices))
        QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
        report = window.dialogs.report
        shown(qtbot, report.preview)
        return report

    return open_preview


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def shown(qtbot, preview):
    qtbot.waitUntil(lambda: preview.rendered is not None, timeout=LONG_MS)
    return preview.rendered


@pytest.fixture
def wait_for(qtbot):
    return lambda widget: qtbot.waitUntil(widget.isVisible, timeout=LONG_MS)


def choose(qtbot, preview, report_format):
    preview.form.format.row_of(report_format).click()
    assert preview.rendered is None
    return shown(qtbot, preview)


# ------------------------------------------------------------------------- what is shown


def test_that_the_pages_of_the_pdf_itself_are_shown(qtbot, opened):
    preview = opened(scope=ReportScope.PLAN).preview
    assert preview.rendered.content.startswith(b"%PDF-")
    assert preview.rendered.pages == preview.rendered.content
    qtbot.waitUntil(lambda: preview.pages.is_drawn(0), timeout=LONG_MS)
    assert "Phi-4 in Q4_K_M" in preview.pages.accessibleDescription()
    count = preview.pages.page_count
    assert preview.words.startswith(f"PDF · {count} pages · ")
    assert f"Page 1 of {count}" in preview.words
    assert preview.export_button.isEnabled()


@pytest.mark.parametrize(
    ("report_format", "begin"),
    [
        (ReportFormat.MARKDOWN, "# Will it run? Phi-4 in Q4_K_M"),
        (ReportFormat.JSON, '{\n "schema": "phi-planner/report/1"'),
        (ReportFormat.CSV, "machine,target,model,quant_format,verdict,"),
    ],
)
def test_that_a_text_is_shown_as_it_is_written(opened, report_format, begin):
    preview = opened(format=report_format, scope=ReportScope.PLAN).preview
    assert preview.text.isVisible()
    assert not preview.zoom_in.isVisible()
    seen = preview.text.toPlainText()
    assert seen.startswith(begin)
    assert seen == preview.rendered.content.decode().replace("\r\n", "\n")


def test_that_of_a_long_text_the_beginning_is_shown_and_all_is_written(opened):
    preview = opened(format=ReportFormat.JSON).preview
    assert len(preview.text.toPlainText()) == 100_000
    assert "The first 100,000 of " in preview.words
    assert len(json.loads(preview.rendered.content)["results"]) == 24 * 30


def test_that_html_is_shown_on_paper_and_says_so(opened):
    preview = opened(format=ReportFormat.HTML, scope=ReportScope.PLAN).preview
    assert preview.rendered.content.startswith(b"<!DOCTYPE html>")
    assert preview.pages.isVisible()
    assert "A browser shows the same content" in preview.words


def test_that_a_picture_is_shown_in_the_colours_that_it_is_written_in(qtbot, opened):
    preview = opened(format=ReportFormat.SVG).preview
    qtbot.waitUntil(lambda: preview.pages.is_drawn(0), timeout=LONG_MS)
    assert b"#1c1f26" not in preview.rendered.content
    scheme = preview.form.scheme
    scheme.setFocus()
    QTest.keyClick(scheme, Qt.Key.Key_Down)
    shown(qtbot, preview)
    assert b"#1c1f26" in preview.rendered.content
    assert preview.rendered.file_name == "phi-4-Q4_K_M-memory.svg"
    assert not preview.form.scope.isEnabled()


def test_that_each_format_has_its_own_fields(qtbot, opened):
    preview = opened(scope=ReportScope.PLAN).preview
    form = preview.form
    fields = (form.paper, form.table, form.picture, form.scheme)

    def visible():
        return [field.isVisible() for field in fields]

    assert visible() == [True, False, False, False]
    choose(qtbot, preview, ReportFormat.CSV)
    assert visible() == [False, True, False, False]
    choose(qtbot, preview, ReportFormat.PNG)
    assert visible() == [False, False, True, True]
    choose(qtbot, preview, ReportFormat.MARKDOWN)
    assert visible() == [False, False, False, False]


def test_that_what_was_chosen_is_found_again(qtbot, opened, window, below):
    preview = opened(scope=ReportScope.PLAN).preview
    form = preview.form
    form.paper.setFocus()
    QTest.keyClick(form.paper, Qt.Key.Key_Down)
    choose(qtbot, preview, ReportFormat.CSV)
    form.scope.row_of(ReportScope.MODEL).click()
    preview.reject()
    window.close()
    assert below.saved[-1].report == ReportChoices(
        format=ReportFormat.CSV,
        scope=ReportScope.MODEL,
        paper=Paper.LETTER,
        table=CsvTable.GRID,
        picture=PictureKey.MEMORY,
        scheme=PictureScheme.LIGHT,
    )


def test_that_the_settings_keep_how_reports_are_wanted(qtbot, make_window):
    window = make_window(
        report_format=ReportFormat.JSON,
        report_scope=ReportScope.PLAN,
        report_paper=Paper.LETTER,
    )
    window.export_button.click()
    rendered = shown(qtbot, window.dialogs.report.preview)
    assert rendered.wish.choices.paper is Paper.LETTER
    assert json.loads(rendered.content)["scope"] == "plan"


# ------------------------------------------------------------------------- several machines


def test_that_the_other_hardware_can_stand_beside(qtbot, make_window, below):
    below.make_what_if = lambda _order: SMALL_GPU
    window = make_window(report_format=ReportFormat.JSON, report_scope=ReportScope.PLAN)
    window.controller.ask_what_if(WhatIfOrder(devices=()))
    window.export_button.click()
    preview = window.dialogs.report.preview
    alone = json.loads(shown(qtbot, preview).content)
    assert alone["machine"]["pools"][0]["name"] == "NVIDIA GeForce RTX 4070"
    assert alone["other_machines"] == []
    (box,) = preview.form.machines
    assert box.text() == "this computer"
    box.click()
    both = json.loads(shown(qtbot, preview).content)
    assert [each["name"] for each in both["other_machines"]] == ["this computer"]
    assert both["title"].endswith("on 2 machines")


def test_that_the_machine_of_a_card_can_be_added(qtbot, make_window, below, monkeypatch):
    below.open_path = lambda _path: NO_GPU
    window = make_window(report_format=ReportFormat.JSON, report_scope=ReportScope.PLAN)
    window.export_button.click()
    report = window.dialogs.report
    shown(qtbot, report.preview)
    monkeypatch.setattr(report, "ask_card", lambda: report.add_card("/home/ada/workshop.json"))
    report.preview.form.add_card.click()
    qtbot.waitUntil(lambda: report.preview.form.machines != [], timeout=LONG_MS)
    found = json.loads(shown(qtbot, report.preview).content)
    assert [each["name"] for each in found["other_machines"]] == ["workshop"]
    assert report.preview.form.machines[0].isChecked()


def test_that_what_is_no_card_is_refused_with_a_sentence(opened, wait_for):
    report = opened(format=ReportFormat.JSON, scope=ReportScope.PLAN)
    report.add_card("/home/ada/notes.txt")
    wait_for(report.preview.message_line)
    assert "cannot be opened here" in report.preview.message_line.words.text()
    assert report.preview.form.machines == []


def test_that_a_card_is_read_off_the_gui_thread(qtbot, make_window, below):
    readers = []

    def read(_path):
        readers.append(threading.current_thread())
        return NO_GPU

    below.open_path = read
    window = make_window(report_format=ReportFormat.JSON, report_scope=ReportScope.PLAN)
    window.export_button.click()
    report = window.dialogs.report
    report.add_card("/home/ada/workshop.json")
    qtbot.waitUntil(lambda: len(report.preview.form.machines) == 1, timeout=LONG_MS)
    assert len(readers) == 1
    assert threading.main_thread() not in readers


# ------------------------------------------------------------------------- identity


def test_that_identity_is_in_the_file_only_while_it_is_asked_for(qtbot, make_window):
    known = replace(ONE_GPU.pools[0], uuid="GPU-6f1d8a52-aaaa-bbbb-cccc-333344445555")
    machine = replace(ONE_GPU, pools=(known, *ONE_GPU.pools[1:]))
    window = make_window(
        machine, report_format=ReportFormat.JSON, report_scope=ReportScope.PLAN
    )
    window.export_button.click()
    preview = window.dialogs.report.preview
    assert b"6f1d8a52" not in shown(qtbot, preview).content
    box = preview.form.identity
    assert not box.isChecked()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert preview.rendered is None
    assert b"6f1d8a52" in shown(qtbot, preview).content
    box.click()
    assert b"6f1d8a52" not in shown(qtbot, preview).content
    box.click()
    table = choose(qtbot, preview, ReportFormat.CSV)
    assert not box.isEnabled()
    assert not table.wish.with_identity
    preview.reject()
    window.export_button.click()
    assert not window.dialogs.report.preview.form.identity.isChecked()


# ------------------------------------------------------------------------- written


def test_that_what_was_previewed_is_written_and_can_be_opened(
    qtbot, opened, window, monkeypatch, tmp_path
):
    report = opened(scope=ReportScope.PLAN)
    preview, path = report.preview, tmp_path / "fit.pdf"
    monkeypatch.setattr(report, "ask_path", lambda made: report.write(made, str(path)))
    folders: list[Path] = []
    files: list[Path] = []
    monkeypatch.setattr(window, "open_folder", folders.append)
    monkeypatch.setattr(window, "open_written", files.append)
    preview.export_button.click()
    qtbot.waitUntil(preview.message_line.isVisible, timeout=LONG_MS)
    assert preview.message_line.words.text() == f"Exported to {path}"
    assert path.read_bytes() == preview.rendered.content
    preview.message_line.open_file.click()
    preview.message_line.show_folder.click()
    assert (files, folders) == ([path], [path])


def test_that_the_dialog_asks_with_a_name_and_the_suffix_of_the_format(qtbot, opened):
    report = opened(format=ReportFormat.HTML, scope=ReportScope.PLAN)
    report.preview.export_button.click()
    dialog = report.preview.findChild(QFileDialog)
    qtbot.waitUntil(dialog.isVisible, timeout=2000)
    assert Path(dialog.selectedFiles()[0]).name == "phi-4-Q4_K_M-fit-report.html"
    assert dialog.defaultSuffix() == "html"
    # Asked before a file is replaced.
    assert not dialog.testOption(QFileDialog.Option.DontConfirmOverwrite)
    dialog.reject()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("no-such-folder/fit.pdf", "its folder does not exist"),
        ("x" * 300 + ".pdf", "its name is too long"),
    ],
)
def test_that_a_place_that_cannot_be_is_told_with_details_to_copy(
    qtbot, opened, tmp_path, name, reason
):
    report = opened(scope=ReportScope.PLAN)
    line = report.preview.message_line
    report.write(report.preview.rendered, str(tmp_path / name))
    qtbot.waitUntil(line.isVisible, timeout=LONG_MS)
    assert reason in line.words.text()
    assert not line.open_file.isVisible()
    line.copy_details.click()
    assert reason in QGuiApplication.clipboard().text()
    assert "Phi Planner" in QGuiApplication.clipboard().text()


@pytest.mark.parametrize(
    "refusal",
    [(errno.ENOSPC, "the disk is full"), (errno.EROFS, "the disk can only be read")],
)
def test_that_a_disk_that_takes_nothing_leaves_what_was_there(
    opened, wait_for, tmp_path, monkeypatch, refusal
):
    def refuse(_handle):
        raise OSError(refusal[0], "no")

    report, path = opened(scope=ReportScope.PLAN), tmp_path / "fit.pdf"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", refuse)
    report.write(report.preview.rendered, str(path))
    line = report.preview.message_line
    wait_for(line)
    assert refusal[1] in line.words.text()
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_that_a_name_says_what_is_in_the_file(opened, tmp_path):
    report = opened(scope=ReportScope.PLAN)
    report.write(report.preview.rendered, str(tmp_path / "fit.docx"))
    assert ".pdf" in report.preview.message_line.words.text()
    assert list(tmp_path.iterdir()) == []


# ------------------------------------------------------------------------- slow, cancelled


@pytest.fixture
def held(monkeypatch):
    """Let a report wait until the test opens the gate."""
    gate, began = threading.Event(), threading.Event()
    build = fit_report.build_report

    def build_slowly(*given, **named):
        began.set()
        gate.wait(10)
        return build(*given, **named)

    monkeypatch.setattr(fit_report, "build_report", build_slowly)
    yield gate, began
    gate.set()


def test_that_a_long_one_shows_its_progress_and_can_be_cancelled(qtbot, window, held):
    gate, began = held
    window.export_button.click()
    preview = window.dialogs.report.preview
    assert not preview.progress.isVisible()
    qtbot.waitUntil(preview.progress.isVisible, timeout=LONG_MS)
    qtbot.waitUntil(began.is_set, timeout=LONG_MS)
    qtbot.waitUntil(lambda: preview.progress.value() > 0, timeout=LONG_MS)
    assert preview.progress.value() < preview.progress.maximum()
    assert not preview.export_button.isEnabled()
    preview.cancel.click()
    assert not preview.progress.isVisible()
    assert "not made" in preview.words
    assert focused() is preview.again
    gate.set()
    QTest.keyClick(focused(), Qt.Key.Key_Space)
    shown(qtbot, preview)
    assert preview.pages.isVisible()


def test_that_the_window_closes_while_a_report_is_made(window, held, qtbot):
    gate, began = held
    window.export_button.click()
    qtbot.waitUntil(began.is_set, timeout=LONG_MS)
    threading.Timer(0.05, gate.set).start()
    window.close()
    assert not [t for t in threading.enumerate() if t.name.startswith("planner-task")]


def test_that_closing_the_preview_leaves_no_thread(qtbot, opened, window):
    preview = opened(scope=ReportScope.PLAN).preview
    QTest.keyClick(preview, Qt.Key.Key_Escape)
    assert window.dialogs.opened is None
    assert not [t for t in threading.enumerate() if t.name.startswith("planner-task")]
    window.export_button.click()
    shown(qtbot, window.dialogs.report.preview)


# ------------------------------------------------------------------------- nothing to report


def test_that_without_memory_there_is_a_sentence_and_no_preview(make_window):
    window = make_window(Machine(pools=()))
    window.export_button.click()
    assert window.dialogs.report is None
    assert "No memory could be read" in window.message_line.words.text()


def test_that_a_plan_that_cannot_be_has_no_pictures(qtbot, make_window):
    window = make_window(report_format=ReportFormat.PNG, report_scope=ReportScope.PLAN)
    window.controller.choose_cell(Cell("phi-silica", "Q4_K_M"))
    window.export_button.click()
    preview = window.dialogs.report.preview
    rendered = shown(qtbot, preview)
    assert rendered.wish.choices.format is ReportFormat.PDF
    assert not preview.form.format.row_of(ReportFormat.SVG).isEnabled()
    assert "nothing can be said of this plan" in preview.form._why_pictures.text()


def test_that_a_picture_that_there_is_not_is_a_sentence(qtbot, make_window):
    # Without a bandwidth nothing is known of the speed.
    window = make_window(NO_GPU, report_format=ReportFormat.SVG)
    window.controller.set_report_choices(
        ReportChoices(format=ReportFormat.SVG, picture=PictureKey.SPEED)
    )
    window.export_button.click()
    preview = window.dialogs.report.preview
    qtbot.waitUntil(lambda: "no picture 'speed'" in preview.words, timeout=LONG_MS)
    assert not preview.export_button.isEnabled()


def test_that_an_own_file_leads_no_report(window):
    order = window.controller.report_order()
    own = order._replace(cell=Cell("own-file-1", "Q4_K_M"))
    maker = ReportMaker(own)
    assert (maker.subject.plan, maker.subject.has_pictures) == ("", False)
    made = maker.render(
        ReportWish(choices=ReportChoices(format=ReportFormat.JSON)), lambda *_: None
    )
    assert json.loads(made.content)["answer"] is None
    assert made.file_name == "fit-report.json"


def test_that_a_file_that_is_no_machine_cannot_stand_beside(make_window, below, tmp_path):
    below.open_path = lambda _path: "a log"
    maker = ReportMaker(make_window().controller.report_order())
    with pytest.raises(PlannerError, match="no machine card"):
        maker.read_card(tmp_path / "run.log")


# ------------------------------------------------------------------------- keyboard, start


def test_that_all_of_it_can_be_reached_with_tab(opened):
    preview = opened(scope=ReportScope.PLAN).preview
    seen = []
    for _ in range(40):
        seen.append(focused())
        QTest.keyClick(seen[-1], Qt.Key.Key_Tab)
    form = preview.form
    for widget in (
        form.format.row_of(ReportFormat.PDF),
        form.paper,
        form.scope.row_of(ReportScope.PLAN),
        form.add_card,
        preview.zoom_in,
        preview.pages,
        preview.close_button,
        preview.export_button,
    ):
        assert widget in seen
    assert seen[0] is form.format.row_of(ReportFormat.PDF)


def test_that_arrow_keys_go_from_format_to_format(qtbot, opened):
    preview = opened(scope=ReportScope.PLAN).preview
    QTest.keyClick(focused(), Qt.Key.Key_Down)
    rendered = shown(qtbot, preview)
    assert rendered.wish.choices.format is ReportFormat.HTML


def test_that_every_control_has_a_name(opened):
    preview = opened(format=ReportFormat.PNG).preview
    form = preview.form
    for field in (form.picture, form.scheme, preview.pages, preview.zoom_in, preview.zoom_out):
        assert field.accessibleName()


@pytest.mark.parametrize("text_scale", [1.0, 1.5])
def test_that_no_choice_is_cut_off(qtbot, make_window, text_scale):
    window = make_window(ONE_GPU, size=(1024, 640), text_scale=text_scale)
    window.export_button.click()
    preview = window.dialogs.report.preview
    preview.resize(976, 592)
    shown(qtbot, preview)
    for row in (*preview.form.format.rows, *preview.form.scope.rows, preview.form.add_card):
        assert row.width() >= row.sizeHint().width()
        assert (
            row.mapTo(preview, row.rect().bottomRight()).x()
            < preview.pages.mapTo(preview, preview.pages.rect().topLeft()).x()
        )
