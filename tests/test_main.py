"""`python -m planner` and the packaged program."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from planner import __main__
from planner.hardware import nvml_child
from planner.hardware.nvml_probe import CHILD_ARGUMENT
from planner.version import __version__

ROOT = Path(__file__).resolve().parent.parent


def test_that_the_module_is_the_program():
    told = subprocess.run(
        [sys.executable, "-m", "planner", "--version"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    assert told.stdout.decode().strip() == f"phi-planner {__version__}"
    assert told.stderr == b""


def test_that_wrong_usage_reaches_the_shell():
    command = [sys.executable, "-m", "planner", "chek"]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert told.returncode == 2
    assert told.stdout == b""
    assert told.stderr.count(b"\n") == 1


def test_that_a_packaged_program_is_its_own_driver_child(monkeypatch):
    asked = []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(nvml_child, "main", lambda: asked.append("driver"))
    assert __main__.main([CHILD_ARGUMENT]) == 0
    assert asked == ["driver"]


@pytest.mark.parametrize("frozen", [True, False])
def test_that_other_words_go_to_the_command_line(monkeypatch, capsys, frozen):
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    assert __main__.main(["--version"]) == 0
    assert __version__ in capsys.readouterr().out


def test_that_no_words_open_the_window(monkeypatch):
    opened = []

    class App:
        @staticmethod
        def run(arguments):
            opened.append(list(arguments))
            return 5

    monkeypatch.setitem(sys.modules, "planner.ui.app", App)
    assert __main__.main([]) == 5
    assert opened == [[]]


def test_that_ctrl_c_while_loading_is_quiet(monkeypatch):
    def interrupted(words, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.cli.main.main", interrupted)
    assert __main__.main(["check"]) == 130


def test_that_a_caller_in_the_same_process_keeps_its_collector():
    __main__.main(["--version"])
    assert gc.isenabled()
    assert gc.get_freeze_count() == 0
