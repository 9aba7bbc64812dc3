"""One sentence in place of Qt's abort."""

import pytest
from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from planner.ui.tasks import start_guard
from planner.ui.tasks.start_guard import qt_starts_or_says_why, why_no_window


@pytest.mark.parametrize(
    ("environ", "told", "why"),
    [
        ({}, [], "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set)"),
        (
            {"DISPLAY": "far:0"},
            ["could not connect to display far:0", "xcb-cursor0 is needed"],
            "the screen far:0 does not answer",
        ),
        (
            {"WAYLAND_DISPLAY": "wayland-1"},
            ["Failed to create wl_display (No such file or directory)"],
            "the screen wayland-1 does not answer",
        ),
        (
            {"DISPLAY": ":0"},
            ["From 6.5.0, xcb-cursor0 or libxcb-cursor0 is needed"],
            "Qt needs a library that is not installed: libxcb-cursor0",
        ),
        ({"DISPLAY": ":0"}, ["Something new."], "Qt finds no way to show one (DISPLAY=:0)"),
    ],
)
def test_that_what_qt_said_becomes_a_sentence(monkeypatch, environ, told, why):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    sentence = why_no_window(told)
    assert sentence.startswith(f"The window cannot open: {why}.")
    assert sentence.endswith("`phi-planner check` answers in the terminal.")


def test_that_an_abort_ends_the_process_with_that_sentence(monkeypatch, capsys):
    ends: list[int] = []
    monkeypatch.setattr("planner.ui.tasks.start_guard.os._exit", ends.append)
    handlers: list = []
    monkeypatch.setattr(start_guard, "qInstallMessageHandler", handlers.append)
    with qt_starts_or_says_why():
        handlers[0](QtMsgType.QtFatalMsg, None, "no platform plugin")
    assert ends == [1]
    assert "phi-planner: The window cannot open" in capsys.readouterr().err


def test_that_a_warning_at_the_start_is_still_said(capsys):
    earlier = qInstallMessageHandler(None)
    try:
        with qt_starts_or_says_why():
            from PySide6.QtCore import qWarning

            qWarning("The screen is odd.")
    finally:
        qInstallMessageHandler(earlier)
    assert "The screen is odd." in capsys.readouterr().err
