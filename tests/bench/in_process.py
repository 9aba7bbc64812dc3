"""How many plans are answered in a second: by the core, and line by line."""

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

from planner.catalogue import load_catalogue
from planner.core.frontier import frontier
from planner.core.plan import PlanOptions
from planner.core.quant_format import QUANT_FORMATS
from planner.core.units import GIB
from planner.hardware.simulated import what_if_machine
from planner.session import PlannerSession
from tests.bench.measure import ROOT, environment, seconds_of

if TYPE_CHECKING:
    from collections.abc import Callable

_CONTEXTS: Final = tuple(256 * step * step for step in range(1, 21))
_PLAN_LINES: Final = 5000


def evaluations_per_second() -> float:
    """Return the rate for all models, all formats and 20 contexts on a 24 GiB card."""
    session = PlannerSession(
        models=load_catalogue().models,
        machine=what_if_machine(vram_bytes=(24 * GIB,), ram_bytes=64 * GIB),
    )

    def evaluate() -> None:
        for context in _CONTEXTS:
            session.grid(PlanOptions(context_length=context))

    count = len(session.models) * len(QUANT_FORMATS) * len(_CONTEXTS)
    return count / seconds_of(evaluate, rounds=3)


def engine_times_ms() -> dict[str, tuple[float, float]]:
    """Return what takes how long in process after a first time, and its bar, in ms."""
    session = PlannerSession(
        models=load_catalogue().models,
        machine=what_if_machine(vram_bytes=(80 * GIB,), ram_bytes=128 * GIB),
    )
    small = what_if_machine(vram_bytes=(12 * GIB,), ram_bytes=32 * GIB)
    model = next(each for each in session.models if each.id == "phi-4")
    options = PlanOptions()

    def whole_frontier() -> None:
        frontier(
            model,
            options=options,
            machine=small,
            target=small.pools[0],
            reserve=session.reserve,
            quant_formats=[quant_format.name for quant_format in QUANT_FORMATS],
        )

    timed: dict[str, tuple[Callable[[], object], float]] = {
        "the whole grid": (lambda: session.grid(options), 10),
        "one cell with its ledger": (lambda: session.detail(model, "Q4_K_M", options), 1),
        "one model's frontier": (whole_frontier, 50),
    }
    return {
        name: (1000 * seconds_of(job, rounds=15), bar) for name, (job, bar) in timed.items()
    }


def plans_per_second() -> float:
    """Return the rate of `estimate --plans`, with every plan another one."""
    models = [model.id for model in load_catalogue() if model.shape is not None]
    lines = [
        json.dumps(
            {
                "model": models[number % len(models)],
                "quant_format": QUANT_FORMATS[number % len(QUANT_FORMATS)].name,
                "context_length": 1 + number % 2048,
            }
        )
        for number in range(_PLAN_LINES)
    ]
    command = [sys.executable, "-m", "planner", "estimate", "--plans", "-"]
    text = "\n".join(lines).encode()
    began = time.perf_counter()
    told = subprocess.run(
        command, input=text, stdout=subprocess.PIPE, cwd=ROOT, env=environment(), check=True
    )
    taken = time.perf_counter() - began
    if told.stdout.count(b"\n") != _PLAN_LINES:
        raise RuntimeError("estimate --plans did not answer every line")
    return _PLAN_LINES / taken
