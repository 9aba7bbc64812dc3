import subprocess
import sys
from dataclasses import dataclass, field

import pytest

from planner.core.errors import PlannerError
from planner.core.machine import MemoryPool, PoolKind
from planner.core.units import GIB
from planner.hardware.apple import AppleProbe
from planner.hardware.detect import (
    default_probes,
    detect_machine,
    start_detection,
    system_name,
)
from planner.hardware.nvml_probe import NvmlProbe
from planner.hardware.probe import ProbeReading
from planner.hardware.simulated import what_if_machine
from planner.hardware.sysfs_gpus import SysfsProbe
from planner.hardware.windows import WindowsProbe

HEAVY = {"ctypes", "json", "multiprocessing", "psutil", "pydantic", "pynvml", "subprocess"}


@dataclass
class OtherProbe:
    """A probe of another maker, with some GPUs."""

    gpu_count: int
    notes: tuple[str, ...] = ()
    driver_version: str | None = None
    pci_device_id: str | None = None
    calls: list[str] = field(default_factory=list)

    def start(self) -> "OtherProbe":
        self.calls.append("start")
        return self

    def result(self, *, first_gpu_number: int, ram: MemoryPool | None) -> ProbeReading:
        assert ram is not None
        self.calls.append("result")
        pools = tuple(
            MemoryPool(
                id=f"gpu{first_gpu_number + number}",
                kind=PoolKind.DEDICATED,
                name="GPU",
                source="other",
                pci_device_id=self.pci_device_id,
            )
            for number in range(self.gpu_count)
        )
        return ProbeReading(
            pools=pools,
            notes=self.notes,
            board_count=self.gpu_count,
            driver_version=self.driver_version,
        )

    def cancel(self) -> None:
        self.calls.append("cancel")


def test_that_gpus_of_every_probe_are_numbered_through(ram):
    probes = (OtherProbe(2, notes=("one",)), OtherProbe(0), OtherProbe(1, notes=("two",)))
    machine = detect_machine(probes=probes, read_ram=lambda: ram)
    assert [pool.id for pool in machine.pools] == ["gpu0", "gpu1", "gpu2", "ram"]
    assert machine.notes == ("one", "two")
    assert not machine.is_what_if


def test_that_the_first_driver_that_tells_its_version_gives_it(ram):
    probes = (OtherProbe(0), OtherProbe(1, driver_version="580.1"), OtherProbe(1))
    assert detect_machine(probes=probes, read_ram=lambda: ram).driver_version == "580.1"


def test_that_a_card_that_two_drivers_show_is_counted_once(ram):
    card = "10de:2684"
    probes = (
        OtherProbe(1, pci_device_id=card),
        OtherProbe(2, pci_device_id=card),
        OtherProbe(1),
    )
    machine = detect_machine(probes=probes, read_ram=lambda: ram)
    # The second of two equal cards is one more; the third probe's is another.
    assert [pool.id for pool in machine.gpus] == ["gpu0", "gpu1", "gpu2"]
    assert [pool.pci_device_id for pool in machine.gpus] == [card, card, None]


@pytest.mark.parametrize(
    ("platform", "probes", "system"),
    [
        ("linux", [NvmlProbe, SysfsProbe], "linux"),
        ("win32", [NvmlProbe, WindowsProbe], "windows"),
        ("darwin", [AppleProbe], "darwin"),
        ("freebsd14", [NvmlProbe], None),
    ],
)
def test_that_each_system_is_asked_in_its_own_way(platform, probes, system):
    assert [type(probe) for probe in default_probes(platform)] == probes
    assert system_name(platform) == system


def test_that_a_machine_has_its_system_and_the_room_on_its_disk(ram, monkeypatch, tmp_path):
    monkeypatch.setattr("planner.hardware.detect.free_bytes_of_models_folder", lambda: 5 * GIB)
    machine = detect_machine(probes=(), read_ram=lambda: ram)
    assert machine.disk_free_bytes == 5 * GIB
    assert machine.system == system_name(sys.platform)


def test_that_every_driver_is_asked_before_any_is_waited_for(ram):
    probes = (OtherProbe(1), OtherProbe(1))
    pending = start_detection(probes=probes, read_ram=lambda: ram)
    assert [probe.calls for probe in probes] == [["start"], ["start"]]
    pending.result()
    assert [probe.calls for probe in probes] == [["start", "result"], ["start", "result"]]


def test_that_giving_up_reaches_every_probe(ram):
    probes = (OtherProbe(1), OtherProbe(1))
    start_detection(probes=probes, read_ram=lambda: ram).cancel()
    assert [probe.calls for probe in probes] == [["start", "cancel"], ["start", "cancel"]]


def test_that_this_computer_has_ram_and_every_pool_adds_up():
    machine = detect_machine()
    assert machine.ram is not None
    assert machine.ram.name
    for pool in machine.pools:
        if pool.free_bytes is not None:
            assert pool.total_bytes is not None
            assert 0 <= pool.free_bytes <= pool.total_bytes


def test_that_importing_the_detection_loads_nothing_heavy():
    code = "import sys, planner.hardware.detect; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "planner.hardware.detect" in run.stdout.split()
    assert not HEAVY & set(run.stdout.split())


def test_that_a_what_if_machine_has_the_pools_that_were_asked_for():
    machine = what_if_machine(
        vram_bytes=(24 * GIB, 16 * GIB), ram_bytes=64 * GIB, gpu_names=("RTX 4090",)
    )
    assert machine.is_what_if
    assert [(pool.id, pool.name) for pool in machine.pools] == [
        ("gpu0", "RTX 4090"),
        ("gpu1", "GPU with 16.00 GiB"),
        ("ram", "System memory"),
    ]
    assert [pool.free_bytes for pool in machine.pools] == [24 * GIB, 16 * GIB, 64 * GIB]
    assert {pool.source for pool in machine.pools} == {"what-if"}


def test_that_a_what_if_machine_may_have_no_ram():
    machine = what_if_machine(vram_bytes=(8 * GIB,))
    assert machine.ram is None
    assert len(machine.gpus) == 1


@pytest.mark.parametrize("sizes", [{"vram_bytes": (0,)}, {"ram_bytes": -1}, {"ram_bytes": 0}])
def test_that_a_what_if_machine_without_memory_is_refused(sizes):
    with pytest.raises(PlannerError, match="above zero"):
        what_if_machine(**sizes)
