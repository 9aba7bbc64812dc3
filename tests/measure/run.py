"""Every run in a process of its own, its rows appended to the table."""

import argparse
import csv
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from tests.measure.runs import COLUMNS, Row, Run, planned_runs

TABLE = Path(__file__).parents[1] / "data" / "runtimes" / "measured.csv"
NEEDED = ("torch", "transformers", "accelerate")


class Outcome(NamedTuple):
    """What came of one run: its rows, and what the process took at most."""

    rows: tuple[Row, ...]
    process_bytes: int
    seconds: float


def main(arguments: Sequence[str]) -> int:
    """Measure everything; return the exit code."""
    parser = argparse.ArgumentParser(prog="make measure", description=__doc__)
    parser.add_argument("--date", required=True, help="the day, such as 2026-11-21")
    parser.add_argument("--out", type=Path, default=TABLE, help="the table to append to")
    options = parser.parse_args(arguments)
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        sys.stderr.write(
            f"`make measure` needs {', '.join(missing)}: install the extra with "
            f"`{sys.executable} -m pip install '.[measure]'` and run it again.\n"
        )
        return 2
    # A new process each: memory that one run leaves behind is no part of the next.
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        for run in planned_runs():
            outcome = pool.submit(measured, run, options.date).result()
            append(options.out, outcome.rows)
            sys.stdout.write(summary(outcome))
            sys.stdout.flush()
    return 0


def measured(run: Run, date: str) -> Outcome:
    """Run once, in a process of its own."""
    import resource

    from tests.accuracy.measured import truncated
    from tests.measure.torch_model import device_name, measure, versions

    started = time.monotonic()
    figures = measure(run, truncated(run).shape)
    torch, transformers = versions()
    rows = tuple(
        Row(
            **vars(run),
            device=device_name(),
            quantity=quantity,
            measured_bytes=size,
            torch=torch,
            transformers=transformers,
            date=date,
        )
        for quantity, size in figures.items()
    )
    most_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Outcome(rows, most_kib * 1024, time.monotonic() - started)


def append(table: Path, rows: Iterable[Row]) -> None:
    """Add rows to the table, with its head where it is new."""
    is_new = not table.exists()
    with table.open("a", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        if is_new:
            writer.writeheader()
        writer.writerows(row.cells for row in rows)


def summary(outcome: Outcome) -> str:
    """Return the lines that a person watches."""
    from tests.accuracy.measured import predicted_bytes

    first = outcome.rows[0]
    head = (
        f"{first.model}, {first.layers} layers, {first.quant}, {first.attention}, "
        f"{first.cache} cache, {first.sequences} x {first.prompt_tokens:,} tokens on "
        f"{first.device}: {outcome.seconds:.0f} s, {outcome.process_bytes / 2**30:.2f} GiB"
    )
    lines = [head]
    for row in outcome.rows:
        ours = predicted_bytes(row)
        lines.append(
            f"  {row.quantity:40} {row.measured_bytes:>13,} B  ours {ours:>13,} B  "
            f"{100 * (ours / row.measured_bytes - 1):+.3f} %"
        )
    return "\n".join(lines) + "\n"
