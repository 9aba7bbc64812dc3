"""Whole processes, taken in turns, so that a busy machine slows all of them alike."""

import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
_TIME_LIMIT_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The medians of one program: time on the wall, and memory at its peak where known."""

    wall_ms: float
    peak_bytes: float | None


def environment() -> dict[str, str]:
    """Return this environment with bytecode written and used, as on a person's computer."""
    kept = dict(os.environ)
    for name in (
        "PYTHONDONTWRITEBYTECODE",
        "PYTHONPROFILEIMPORTTIME",
        "COVERAGE_PROCESS_START",
    ):
        kept.pop(name, None)
    kept["PYTHONPATH"] = str(ROOT)
    return kept


def medians(programs: Mapping[str, Sequence[str]], *, rounds: int) -> dict[str, Reading]:
    """Run every program once a round and return the medians; a first round is not counted.

    Raises:
        RuntimeError: a program failed.
    """
    times: dict[str, list[float]] = {name: [] for name in programs}
    peaks: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, command in programs.items():
            wall_s, peak = _run_once(command)
            if number:
                times[name].append(wall_s * 1000)
                peaks[name].append(peak)
    return {
        name: Reading(
            wall_ms=statistics.median(times[name]),
            peak_bytes=statistics.median(peaks[name]) or None,
        )
        for name in programs
    }


def _run_once(command: Sequence[str]) -> tuple[float, float]:
    """Return the seconds that a process took and its bytes at the peak, 0 if not known."""
    began = time.perf_counter()
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        wait = getattr(os, "wait4", None)
        if wait is None:  # Windows
            process.wait(_TIME_LIMIT_S)
            peak = 0.0
        else:
            _, status, usage = wait(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            peak = usage.ru_maxrss * 1024.0
        wall_s = time.perf_counter() - began
        if process.returncode:
            said = process.stderr.read().decode(errors="replace") if process.stderr else ""
            raise RuntimeError(f"{' '.join(command)} failed:\n{said}")
    return wall_s, peak


def seconds_of(work: Callable[[], object], *, rounds: int) -> float:
    """Return the median seconds of a call in this process."""
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
