"""The preview of a report, as a person opens it and chooses in it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from planner.core.report_choices import ReportChoices

LONG_MS = 20_000


def open_preview(qtbot, window, **choices):
    """Open the preview with these choices, and wait for what it shows."""
    window.controller.set_report_choices(ReportChoices(**choices))
    QTest.keyClick(window, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    report = window.dialogs.report
    shown(qtbot, report.preview)
    return report


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def shown(qtbot, preview):
    qtbot.waitUntil(lambda: preview.rendered is not None, timeout=LONG_MS)
    return preview.rendered


def choose(qtbot, preview, report_format):
    preview.form.format.row_of(report_format).click()
    assert preview.rendered is None
    return shown(qtbot, preview)
