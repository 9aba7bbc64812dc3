"""What holds for every test: no screen, no home of its own, no warning without a word."""

import gc
import itertools
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

# Settings of the person or machine that would change what is drawn, printed or read.
_SET = {
    "QT_QPA_PLATFORM": "offscreen",
    "QT_SCALE_FACTOR": "1",
    "QT_FONT_DPI": "96",
    "LANGUAGE": "en",
    "TZ": "UTC",
}
_UNSET = (
    "COLUMNS",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "PYTHONWARNINGS",
    "QT_AUTO_SCREEN_SCALE_FACTOR",
    "QT_LOGGING_RULES",
    "QT_QPA_PLATFORMTHEME",
    "QT_SCREEN_SCALE_FACTORS",
    "QT_STYLE_OVERRIDE",
)
_GUI_FIXTURES = {"qapp", "qtbot", "qtmodeltester"}
# Where programs look for a person's files, on each system, as folders of one home.
_HOME_FOLDERS = {
    "HOME": "",
    "USERPROFILE": "",
    "APPDATA": "AppData/Roaming",
    "LOCALAPPDATA": "AppData/Local",
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}

# A slow machine is no failure. In CI the same examples each time; elsewhere new ones.
hypothesis.settings.register_profile(
    "dev", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.register_profile(
    "ci", hypothesis.settings.get_profile("dev"), derandomize=True, print_blob=True
)
hypothesis.settings.register_profile(
    "thorough", hypothesis.settings.get_profile("dev"), max_examples=1000
)


def pytest_configure() -> None:
    """Set the surroundings before Qt or the app reads them."""
    os.environ.update(_SET)
    for name in _UNSET:
        os.environ.pop(name, None)
    profile = os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "dev")
    hypothesis.settings.load_profile(profile)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a Qt application, so that `-m "not gui"` leaves them out."""
    for item in items:
        if _GUI_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker("gui")


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders that are not there yet; quicker than a `tmp_path` for every test."""
    above = tmp_path_factory.mktemp("homes")
    return (above / f"{number:06}" for number in itertools.count())


@pytest.fixture(autouse=True)
def home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the test's own; the real one is neither read nor written."""
    folder = next(_homes)
    folder.mkdir()
    for name, below in _HOME_FOLDERS.items():
        monkeypatch.setenv(name, str(folder / below))
    return folder


class _WarningCollector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.levelname} {record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def _no_unexpected_warnings(request: pytest.FixtureRequest):
    """Fail a test that logs a warning, or that is about one and logs none."""
    collector = _WarningCollector()
    logging.getLogger().addHandler(collector)
    yield
    logging.getLogger().removeHandler(collector)
    expected = request.node.get_closest_marker("logs_warnings") is not None
    if collector.lines and not expected:
        pytest.fail("Unexpected log records:\n" + "\n".join(collector.lines))
    if expected and not collector.lines:
        pytest.fail("The test is marked logs_warnings, but nothing was logged.")


@pytest.fixture(autouse=True)
def _no_leftover_widgets(request: pytest.FixtureRequest):
    """Fail a test that leaves a window behind, and say who holds it."""
    if not _GUI_FIXTURES & set(request.fixturenames):
        yield
        return
    before = set(_top_level_widgets())
    yield
    left = [widget for widget in _top_level_widgets() if widget not in before]
    if left:
        pytest.fail("Widgets left behind:\n" + "\n".join(map(_widget_and_holders, left)))


def _top_level_widgets() -> list[object]:
    """Return the windows that are there once all deferred deletions are done."""
    if "PySide6.QtWidgets" not in sys.modules:
        return []
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    if QApplication.instance() is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return list(QApplication.topLevelWidgets())


def _widget_and_holders(widget: object) -> str:
    holders = {type(holder).__name__ for holder in gc.get_referrers(widget)}
    return f"  {widget!r}, held by: {', '.join(sorted(holders - {'list', 'frame'})) or 'Qt'}"
