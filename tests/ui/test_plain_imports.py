"""`import` after Qt: as it was before."""

import builtins
import subprocess
import sys

from planner.ui.tasks.plain_imports import use_plain_imports

SCRIPT = """
import inspect

read = []
getsource = inspect.getsource
inspect.getsource = lambda module: read.append(module.__name__) or getsource(module)
import planner.ui.app
print(*(name for name in read if name.startswith("planner")))
"""


def test_that_the_modules_of_the_window_are_not_read_for_switches_of_pyside():
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True
    )
    # The one that puts an end to it is still read, and the packages that it is in.
    assert set(told.stdout.split()) <= {"planner.ui.tasks", "planner.ui.tasks.plain_imports"}


def test_that_a_pyside_without_the_original_is_left_alone(monkeypatch):
    monkeypatch.delattr(builtins, "__orig_import__", raising=False)
    before = builtins.__import__

    use_plain_imports()

    assert builtins.__import__ is before
