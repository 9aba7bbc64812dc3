"""What must be quick, as ratios within one run: `make bench`.

A ratio beside a bar is judged; the other figures are for reading.
"""

import argparse
import compileall
import importlib.util
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tests.bench.in_process import (
    engine_times_ms,
    evaluations_per_second,
    plans_per_second,
)
from tests.bench.measure import ROOT, Reading, environment, medians

# (what, compared with, highest ratio)
TIME_BARS: Final = (
    ("check", "import pydantic, psutil", 2.0),
    ("check --json", "import pydantic, psutil", 2.0),
    ("estimate", "import pydantic", 1.4),
)
WINDOW_TIME_BAR: Final = 1.8
WINDOW_MEMORY_BAR: Final = 1.6


def main(argv: list[str] | None = None) -> int:
    """Measure, print a table, and return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="runs of each program")
    rounds = max(9, parser.parse_args(argv).rounds)
    _prepare()
    print(f"Medians of {rounds} whole processes, taken in turns.\n")
    is_met = _commands(rounds)
    is_met = _window(rounds) and is_met
    print(f"\nEvaluated in process: {evaluations_per_second():,.0f} plans a second")
    print("  (all models x all formats x 20 contexts)")
    print(f"estimate --plans: {plans_per_second():,.0f} plans a second, start included")
    print("\nIn process, after the first time:")
    for name, (taken_ms, bar_ms) in engine_times_ms().items():
        print(f"  {name:44}{taken_ms:6.2f} ms, aim {bar_ms:g}")
    print("\nEvery bar is met." if is_met else "\nA bar is missed.")
    return 0 if is_met else 1


def _prepare() -> None:
    """Compile the code and check the specs first, as an installation does."""
    compileall.compile_dir(ROOT / "planner", quiet=2)
    compileall.compile_dir(ROOT / "tests" / "bench", quiet=2)
    code = (
        "from pathlib import Path; from planner.catalogue.checked import write_checked_specs; "
        "from planner.catalogue.loader import CHECKED_SPECS; "
        "write_checked_specs(Path('specs'), CHECKED_SPECS)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment(), check=True)


def program() -> list[str]:
    """Return how the program is called: as it was installed, else from the checkout."""
    installed = Path(sys.executable).with_name("phi-planner")
    return [str(installed)] if installed.exists() else [sys.executable, "-m", "planner"]


def _commands(rounds: int) -> bool:
    python = [sys.executable, "-c"]
    planner = program()
    readings = medians(
        {
            "python": [*python, "pass"],
            "import pydantic": [*python, "import pydantic"],
            "import pydantic, psutil": [*python, "import pydantic, psutil"],
            "check": [*planner, "check"],
            "check --json": [*planner, "check", "--json"],
            "estimate": [*planner, "estimate", "phi-4", "--quant", "Q4_K_M"],
        },
        rounds=rounds,
    )
    for name, reading in readings.items():
        print(f"  {name:28}{reading.wall_ms:8.1f} ms")
    print()
    verdicts = [
        _judge(
            f"{name} / {base}", readings[name].wall_ms / readings[base].wall_ms, highest=highest
        )
        for name, base, highest in TIME_BARS
    ]
    return all(verdicts)


def _window(rounds: int) -> bool:
    """Compare the window, up to its first painted verdict, with an empty one."""
    if importlib.util.find_spec("planner.ui.app") is None:
        print("  the window: not measured (there is none yet)")
        return True
    with tempfile.TemporaryDirectory(prefix="phi-planner-bench-") as home:
        command = [sys.executable, "-m", "tests.bench.window", "--home", home]
        readings = medians({"app": command, "empty": [*command, "--empty"]}, rounds=rounds)
    app, empty = readings["app"], readings["empty"]
    print()
    for name, reading in (("the window", app), ("an empty window", empty)):
        memory = "" if reading.peak_bytes is None else f"{reading.peak_bytes / 2**20:8.1f} MiB"
        print(f"  {name:28}{reading.wall_ms:8.1f} ms{memory}")
    print()
    is_quick = _judge(
        "window / empty window, time", app.wall_ms / empty.wall_ms, highest=WINDOW_TIME_BAR
    )
    return _judge_memory(app, empty) and is_quick


def _judge_memory(app: Reading, empty: Reading) -> bool:
    if app.peak_bytes is None or empty.peak_bytes is None:
        print("  window / empty window, memory: not measured on this system")
        return True
    ratio = app.peak_bytes / empty.peak_bytes
    return _judge("window / empty window, memory", ratio, highest=WINDOW_MEMORY_BAR)


def _judge(what: str, ratio: float, *, highest: float) -> bool:
    is_met = ratio <= highest
    print(f"  {what:44}{ratio:6.2f}  at most {highest:.1f}  {'met' if is_met else 'MISSED'}")
    return is_met
