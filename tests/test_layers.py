"""The direction of imports, as pyproject.toml states it, and that a breach is seen."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {"PySide6", "shiboken6", "pyqtgraph", "numpy", "pynvml", "pydantic"}
LINT = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"


def lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the tree at `root`, and of no other."""
    command = [sys.executable, "-P", "-c", LINT, "--no-cache", "--config", "pyproject.toml"]
    environment = {"PYTHONPATH": str(root), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, check=False
    )


@pytest.fixture
def copied_tree(tmp_path: Path) -> Path:
    """The code and its contracts, to break."""
    leave = shutil.ignore_patterns("__pycache__", "_data")
    shutil.copytree(ROOT / "planner", tmp_path / "planner", ignore=leave)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_that_imports_keep_the_contracts():
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("core/broken.py", "import planner.session", "Imports go down the layers"),
        ("cli/broken.py", "import planner.ui", "Imports go down the layers"),
        ("hardware/broken.py", "import planner.catalogue", "Imports go down the layers"),
        ("unheard_of.py", "", "Imports go down the layers"),
        ("ui/theme.py", "import planner.ui.main_window", "Inside the window"),
        ("ui/panels/broken.py", "import planner.session", "Views are handed values"),
        ("core/broken.py", "from PySide6.QtCore import QObject", "Only the window knows Qt"),
        ("ui/panels/broken.py", "import numpy", "Only the plots know"),
        ("hardware/broken.py", "import pynvml", "NVML has one gate"),
    ],
)
def test_that_a_broken_contract_is_seen(copied_tree, module, line, contract):
    broken = copied_tree / "planner" / module
    text = broken.read_text(encoding="utf-8") if broken.exists() else '"""Broken."""\n'
    broken.write_text(f"{text}\n{line}\n", encoding="utf-8")
    checked = lint_imports(copied_tree)
    assert checked.returncode == 1, checked.stdout + checked.stderr
    broken_ones = [row for row in checked.stdout.splitlines() if " BROKEN" in row]
    assert [row for row in broken_ones if row.startswith(contract)], checked.stdout


def test_that_the_command_line_loads_no_heavy_library():
    code = "import sys, planner.cli.main; print(*{name.split('.')[0] for name in sys.modules})"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not HEAVY & set(told.stdout.split())
