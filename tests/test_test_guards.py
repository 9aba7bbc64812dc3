"""That the guards in conftest.py fail the tests they should, and no others."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
INNER_TESTS = """
import logging
import os
import warnings
from pathlib import Path

import pytest
from hypothesis import settings

REAL_HOME = {real_home!r}


def test_passes_with_a_home_of_its_own(home):
    assert Path.home() == home != Path(REAL_HOME)
    assert list(home.iterdir()) == []
    assert Path(os.environ["XDG_CONFIG_HOME"]).is_relative_to(home)


def test_passes_with_an_info_record():
    logging.getLogger("planner").info("all is well")


def test_fails_with_a_warning_record():
    logging.getLogger("planner").warning("careful")


@pytest.mark.logs_warnings
def test_passes_with_an_expected_record():
    logging.getLogger("planner").warning("careful")


@pytest.mark.logs_warnings
def test_fails_with_no_expected_record():
    pass


def test_fails_with_a_python_warning():
    warnings.warn("old", DeprecationWarning, stacklevel=1)


def test_fails_with_a_window_left_behind(qapp):
    from PySide6.QtWidgets import QWidget

    qapp.left = QWidget()


def test_passes_with_a_window_given_to_qtbot(qtbot):
    from PySide6.QtWidgets import QWidget

    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()


def test_fails_with_a_message_of_qt(qtbot):
    from PySide6.QtCore import qWarning

    qWarning("careful")


def test_passes_with_no_screen_and_one_size(qapp):
    assert qapp.platformName() == "offscreen"
    assert qapp.primaryScreen().devicePixelRatio() == 1
    assert qapp.primaryScreen().logicalDotsPerInch() == 96


def test_passes_with_no_deadline():
    assert settings().deadline is None
"""


@pytest.fixture(scope="module")
def run_inner(tmp_path_factory: pytest.TempPathFactory):
    """Run the tests above in a tree with our conftest and settings; return what was told."""
    tree = tmp_path_factory.mktemp("guards")
    (tree / "tests").mkdir()
    shutil.copy(ROOT / "pyproject.toml", tree)
    shutil.copy(ROOT / "tests" / "conftest.py", tree / "tests")
    text = INNER_TESTS.format(real_home=os.environ["HOME"])
    (tree / "tests" / "test_inner.py").write_text(text, encoding="utf-8")

    def run(*options: str) -> str:
        command = [sys.executable, "-m", "pytest", "-v", "-p", "no:cacheprovider", *options]
        told = subprocess.run(
            command, cwd=tree, capture_output=True, text=True, check=False, timeout=120
        )
        return told.stdout

    return run


def test_that_each_guard_fails_what_it_should_and_nothing_else(run_inner):
    told = run_inner()
    outcomes = re.findall(r"::test_(passes|fails)_(\w+) (PASSED|FAILED)", told)
    assert len(outcomes) == INNER_TESTS.count("\ndef test_"), told
    for promised, name, outcome in outcomes:
        is_kept = (promised == "passes") == (outcome == "PASSED")
        # What a fixture finds after a test is an error of its teardown.
        is_kept = is_kept or f"ERROR tests/test_inner.py::test_fails_{name}" in told
        assert is_kept, f"{promised} {name}: {outcome}\n{told}"


def test_that_tests_without_qt_can_be_run_alone(run_inner):
    told = run_inner("-m", "not gui", "--collect-only", "-q")
    assert "test_passes_with_an_info_record" in told
    assert "qtbot" not in told
    assert "window_left_behind" not in told
