"""Fixtures for the look of the window: the typeface, both schemes, stored pictures."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication

from planner.ui.fonts import load_fonts, ui_font
from planner.ui.theme import SchemeChoice, Theme
from tests.ui.snapshots import Snapshots


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that takes new pictures over: `pytest tests/ui --update-snapshots`."""
    try:
        parser.addoption("--update-snapshots", action="store_true")
    except ValueError:
        # Another folder's tests have stored files too and added it already.
        return


@pytest.fixture(scope="session")
def bundled_fonts(qapp: QApplication) -> None:
    """The bundled typeface, known to Qt."""
    load_fonts()


@pytest.fixture
def look(qapp: QApplication, bundled_fonts: None) -> Iterator[QApplication]:
    """The application with the bundled typeface; everything is put back afterwards."""
    before = QFont(qapp.font())
    flash_time = qapp.cursorFlashTime()
    qapp.setFont(ui_font())
    qapp.setCursorFlashTime(0)
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())
    qapp.setFont(before)
    qapp.setCursorFlashTime(flash_time)


@pytest.fixture
def theme(look: QApplication) -> Theme:
    """The light look, applied to the application."""
    theme = Theme(SchemeChoice.LIGHT)
    theme.apply_to(look)
    return theme


@pytest.fixture(params=[SchemeChoice.LIGHT, SchemeChoice.DARK], ids=str)
def each_theme(request: pytest.FixtureRequest, look: QApplication) -> Theme:
    """Both looks, one after the other."""
    theme = Theme(request.param)
    theme.apply_to(look)
    return theme


@pytest.fixture
def snapshots(request: pytest.FixtureRequest, tmp_path: Path) -> Snapshots:
    """Compares pictures; they are made with Linux's FreeType."""
    if not sys.platform.startswith("linux"):
        pytest.skip("The stored pictures are made on Linux.")
    update = bool(request.config.getoption("--update-snapshots", default=False))
    return Snapshots(update=update, failures=tmp_path)
