"""A detected machine and the shipped catalogue."""

from dataclasses import replace

import pytest

from planner.catalogue import device_matches
from planner.catalogue.device_matches import matched_machine
from planner.core.machine import Machine, MemoryPool, PoolKind
from planner.core.units import GIB, MIB

RAM = MemoryPool(
    id="ram", kind=PoolKind.SYSTEM, name="CPU", source="psutil", total_bytes=64 * GIB
)
CARD = MemoryPool(
    id="gpu0",
    kind=PoolKind.DEDICATED,
    name="NVIDIA L4",
    source="nvml",
    total_bytes=23034 * MIB,
)


def test_that_a_gpu_is_found_in_the_shipped_catalogue():
    (card, ram) = matched_machine(Machine(pools=(CARD, RAM))).pools
    # NVIDIA's data sheet of the L4: 300 GB/s.
    assert card.device_id == "l4"
    assert card.bandwidth_gb_per_s == pytest.approx(300, rel=0.001)
    assert ram == RAM


def test_that_no_file_is_read_where_nothing_is_to_be_found(monkeypatch):
    def refused():
        raise AssertionError("the catalogue was read")

    monkeypatch.setattr(device_matches, "load_devices", refused)
    for pools in ((RAM,), (replace(CARD, device_id="l4"), RAM)):
        machine = Machine(pools=pools)
        assert matched_machine(machine) is machine
