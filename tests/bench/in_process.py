"""How many plans are answered in a second: by the core, and line by line."""

import json
import subprocess
import sys
import time
from typing import Final

from planner.catalogue import load_catalogue
from planner.core.plan import PlanOptions
from planner.core.quant_format import QUANT_FORMATS
from planner.core.units import GIB
from planner.hardware.simulated import what_if_machine
from planner.session import PlannerSession
from tests.bench.measure import ROOT, environment, seconds_of

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
