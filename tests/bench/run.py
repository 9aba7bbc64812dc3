"""What must be quick, as ratios within one run: `make bench`.

A ratio beside a bar is judged; the other figures are for reading.
"""

import argparse
import compileall
import importlib.util
import json
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
EVERYTHING_MEMORY_BAR: Final = 2.6
STEP_MS_BARS: Final = {"median": 12.0, "p95": 25.0}
SWITCH_MS_BAR: Final = 50.0
LIVE_CPU_BAR_PERCENT: Final = 1.0
LIVE_GROWTH_BAR_MIB: Final = 5.0


def main(argv: list[str] | None = None) -> int:
    """Measure, print a table, and return 1 if a bar is missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=11, help="runs of each program")
    rounds = max(9, parser.parse_args(argv).rounds)
    _prepare()
    print(f"Medians of {rounds} whole processes, taken in turns.\n")
    is_met = _commands(rounds)
    is_met = _window(rounds) and is_met
    is_met = _pace() and is_met
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
        everything = [sys.executable, "-m", "tests.bench.pace", "--everything"]
        opened = medians({"everything": everything}, rounds=1)["everything"]
    app, empty = readings["app"], readings["empty"]
    print()
    for name, reading in (("the window", app), ("an empty window", empty)):
        memory = "" if reading.peak_bytes is None else f"{reading.peak_bytes / 2**20:8.1f} MiB"
        print(f"  {name:28}{reading.wall_ms:8.1f} ms{memory}")
    print()
    is_quick = _judge(
        "window / empty window, time", app.wall_ms / empty.wall_ms, highest=WINDOW_TIME_BAR
    )
    is_small = _judge_memory(app, empty)
    if opened.peak_bytes is not None and empty.peak_bytes is not None:
        ratio = opened.peak_bytes / empty.peak_bytes
        what = "everything opened / empty window, memory"
        is_small = _judge(what, ratio, highest=EVERYTHING_MEMORY_BAR) and is_small
    return is_small and is_quick


def _pace() -> bool:
    """Measure the window in use."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.pace"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(told.stdout)
    print()
    verdicts = []
    for scene, taken in found["step_ms"].items():
        verdicts += [
            _judge(f"a context step, {scene}, {name}, ms", taken[name], highest=bar)
            for name, bar in STEP_MS_BARS.items()
        ]
        switch_ms = found["switch_ms"][scene]["p95"]
        what = f"another model with its diagram, {scene}, p95, ms"
        verdicts.append(_judge(what, switch_ms, highest=SWITCH_MS_BAR))
    verdicts.append(
        _judge("live figures, % CPU", found["live_cpu_percent"], highest=LIVE_CPU_BAR_PERCENT)
    )
    growth_mib = found["live_growth_bytes"] / 2**20
    verdicts.append(
        _judge("an hour of live figures, MiB", growth_mib, highest=LIVE_GROWTH_BAR_MIB)
    )
    return all(verdicts)


def _judge_memory(app: Reading, empty: Reading) -> bool:
    if app.peak_bytes is None or empty.peak_bytes is None:
        print("  window / empty window, memory: not measured on this system")
        return True
    ratio = app.peak_bytes / empty.peak_bytes
    return _judge("window / empty window, memory", ratio, highest=WINDOW_MEMORY_BAR)


def _judge(what: str, ratio: float, *, highest: float) -> bool:
    is_met = ratio <= highest
    print(f"  {what:56}{ratio:6.2f}  at most {highest:.1f}  {'met' if is_met else 'MISSED'}")
    return is_met
