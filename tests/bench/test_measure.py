"""The bench itself: that a missed bar is seen, and what is measured runs."""

import subprocess
import sys

from tests.bench import run
from tests.bench.measure import ROOT, Reading, environment, medians


def test_that_a_missed_bar_is_seen(capsys):
    assert run._judge("a / b", 2.01, highest=2.0) is False
    assert run._judge("a / b", 2.0, highest=2.0) is True
    assert capsys.readouterr().out.count("MISSED") == 1


def test_that_memory_is_judged_where_it_is_known():
    empty = Reading(wall_ms=1, peak_bytes=100)
    assert run._judge_memory(Reading(wall_ms=1, peak_bytes=161), empty) is False
    assert run._judge_memory(Reading(wall_ms=1, peak_bytes=160), empty) is True
    assert run._judge_memory(Reading(wall_ms=1, peak_bytes=None), empty) is True


def test_that_a_longer_process_reads_longer():
    python = [sys.executable, "-c"]
    readings = medians(
        {"short": [*python, "pass"], "long": [*python, "sum(range(10_000_000))"]},
        rounds=3,
    )
    assert readings["long"].wall_ms > readings["short"].wall_ms


def test_that_bytecode_is_used_while_measuring(monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    assert "PYTHONDONTWRITEBYTECODE" not in environment()


def test_that_the_program_is_found():
    told = subprocess.run(
        [*run.program(), "--version"],
        cwd=ROOT,
        env=environment(),
        capture_output=True,
        check=True,
    )
    assert told.stdout.startswith(b"phi-planner ")
