"""What a monkey is handed: machines, files whole and broken, detections, figures."""

from __future__ import annotations

import random
import threading
from dataclasses import replace
from pathlib import Path
from typing import Final

from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.files.machine_card import machine_card_text
from tests.files.writers import catalogue_gguf, safetensors_bytes, tiny_phi3
from tests.ui import machines
from tests.ui.conftest import CATALOGUE

MACHINES: Final = (
    machines.NO_GPU,
    machines.ONE_GPU,
    machines.SMALL_GPU,
    machines.UNIFIED,
    machines.LONG_NAMES,
    machines.SILENT_GPU,
    Machine(pools=()),
)
LOGS: Final = Path(__file__).parents[1] / "data" / "runtime_logs"
COMMANDS: Final = (
    "llama-server -m phi-4-Q4_K_M.gguf -c 8192 -ngl 20",
    "llama-cli -hf bartowski/phi-4-GGUF:Q8_0 -c 0 -fa on",
    "vllm serve microsoft/phi-4 --max-model-len 4096",
    'rm -rf "',
    "\u202ellama-server -m x.gguf",
    "",
)


class LateDetection:
    """A look at the hardware that answers when it is let."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self.gate = threading.Event()

    def result(self) -> Machine:
        self.gate.wait(30)
        return self._machine

    def cancel(self) -> None:
        self.gate.set()


class RandomFigures:
    """Reads other figures of a machine each time, and sometimes none."""

    def __init__(self, machine: Machine, dice: random.Random) -> None:
        self._machine = machine
        self._dice = random.Random(dice.random())

    def read(self) -> Machine:
        if self._dice.random() < 0.1:
            raise PlannerError("The driver does not answer.")
        return jittered(self._machine, self._dice)

    def close(self) -> None:
        self._machine = Machine(pools=())


def jittered(machine: Machine, dice: random.Random) -> Machine:
    """Return a machine with other figures of what is free."""
    pools = []
    for pool in machine.pools:
        total = pool.total_bytes
        free = None if total is None or dice.random() < 0.05 else round(total * dice.random())
        others = None if free is None or total is None else total - free
        pools.append(replace(pool, free_bytes=free, used_by_others_bytes=others))
    return replace(machine, pools=tuple(pools))


def write_files(folder: Path) -> tuple[Path, ...]:
    """Write a file of each kind that can be dropped, whole ones and broken ones."""
    phi = next(model for model in CATALOGUE.models if model.id == "phi-2")
    good = catalogue_gguf(phi, "Q8_0").write(folder / "phi-2-Q8_0.gguf")
    tiny = tiny_phi3().write(folder / "tiny.gguf")
    with good.open("rb") as stream:
        begin = stream.read(700)
    contents = {
        "cut.gguf": begin,
        "noise.gguf": random.Random(7).randbytes(5000),
        "empty.gguf": b"",
        "x" * 80 + "\u202e&amp;<b>.gguf": tiny.read_bytes(),
        "broken.safetensors": safetensors_bytes(b'{"a": {"dtype": "F99"}}'),
        "config.json": b'{"model_type": "phi3", "hidden_size": -3}',
        "card.json": machine_card_text(machines.ONE_GPU).encode(),
        "card-cut.json": machine_card_text(machines.ONE_GPU).encode()[:200],
        "notes.txt": b"nothing of a runtime",
        "nothing": b"\x00\x01",
    }
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    (folder / "model").mkdir()
    logs = sorted(LOGS.iterdir())
    return (good, tiny, *(folder / name for name in contents), folder / "model", *logs,
            folder / "is-not-there.gguf")  # fmt: skip
