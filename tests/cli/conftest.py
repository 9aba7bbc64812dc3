"""Machines to ask about, and the program run in this process."""

import io
import sys
from typing import NamedTuple

import pytest

from planner.cli.main import main
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.units import GIB, MIB

# What a driver of 2025 says of an idle RTX 4090: 24,564 MiB in all.
RTX_4090 = MemoryPool(
    id="gpu0",
    kind=PoolKind.DEDICATED,
    name="NVIDIA GeForce RTX 4090",
    source="nvml",
    total_bytes=24564 * MIB,
    reserved_bytes=500 * MIB,
    used_by_others_bytes=64 * MIB,
    free_bytes=24000 * MIB,
    bandwidth_gb_per_s=1008.1,
    compute_capability="8.9",
    uuid="GPU-6f1d8a52-0000-1111-2222-333344445555",
    pci_bus_id="00000000:01:00.0",
)
RAM = MemoryPool(
    id="ram",
    kind=PoolKind.SYSTEM,
    name="AMD Ryzen 7 7700",
    source="psutil",
    total_bytes=64 * GIB,
    free_bytes=60 * GIB,
)


class Told(NamedTuple):
    """What the program said, and how it ended."""

    code: int
    out: str
    err: str


@pytest.fixture
def gpu_machine():
    return Machine(
        pools=(RTX_4090, RAM), notes=("A note.",), driver_version="575.64", cuda_version="12.9"
    )


@pytest.fixture
def ram_machine():
    return Machine(pools=(RAM,), notes=("No NVIDIA driver found.",))


@pytest.fixture
def run(monkeypatch, gpu_machine):
    """Run the program with these words on a computer with one RTX 4090."""

    def run_program(*words, machine=gpu_machine, stdin=b"", encoding="utf-8"):
        out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, write_through=True)
        err = io.StringIO()
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        code = main(words, detect=lambda: machine)
        return Told(code, out.buffer.getvalue().decode(encoding), err.getvalue())

    return run_program
