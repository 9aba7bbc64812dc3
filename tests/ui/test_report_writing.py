"""A report is made, cancelled and written; what goes wrong is said."""

import errno
import os
import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from planner.core.report_choices import ReportFormat, ReportScope
from planner.report import fit_report
from tests.ui.report_previews import LONG_MS, focused, shown


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
