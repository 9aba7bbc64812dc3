"""The preview of a report: what is chosen and shown, and what is reached by keyboard."""

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from planner.core.report_choices import (
    CsvTable,
    Paper,
    PictureKey,
    PictureScheme,
    ReportChoices,
    ReportFormat,
    ReportScope,
)
from tests.ui.machines import ONE_GPU
from tests.ui.report_previews import LONG_MS, choose, focused, shown


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
