"""The live reader, with a driver that is made up and a clock that only it moves."""

import gc
import itertools
import os
import sys
import threading
import tracemalloc
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from planner.core.machine import Machine, MemoryHolder, MemoryPool, PoolKind
from planner.core.units import GIB, MIB
from planner.hardware.child_process import ChildFailure
from planner.hardware.live import DETECTION_PAUSE_S, IDLE_PAUSE_S, LiveReader
from planner.hardware.live_nvml import LONGEST_PAUSE_S, NvmlWatcher
from planner.hardware.nvml_pools import nvml_reading
from tests.hardware.trees import amd_memory, pci_board, put, rx_7900_xtx, strix_halo

BUS = "0000:01:00.0"


def ram_pool(free_gib: float = 48) -> MemoryPool:
    free = int(free_gib * GIB)
    return MemoryPool(
        id="ram",
        kind=PoolKind.SYSTEM,
        name="CPU",
        source="psutil",
        total_bytes=64 * GIB,
        used_by_others_bytes=64 * GIB - free,
        free_bytes=free,
    )


def board(
    number: int = 1, *, free_gib: float = 20, used: int | None = None, lost: bool = False
) -> dict[str, object]:
    total, free = 24 * GIB, int(free_gib * GIB)
    memory = {"value": {"total": total, "reserved": 0, "used": total - free, "free": free}}
    held = [{"pid": 7, "name": "llama-server", "used": used}] if used is not None else []
    return {
        "name": {"value": "NVIDIA GeForce RTX 4090"},
        "uuid": {"value": f"GPU-{number}"},
        "memory": {"code": 15, "reason": "GPU is lost"} if lost else memory,
        "processes": {"value": held},
        "pci": {"value": {"bus_id": f"00000000:0{number}:00.0", "device_id": 0x268410DE}},
    }


def record(*boards: object) -> dict[str, object]:
    return {
        "init": {"value": None},
        "board_count": {"value": len(boards)},
        "boards": list(boards),
    }


@dataclass
class Clock:
    now_s: float = 0.0

    def __call__(self) -> float:
        return self.now_s


@dataclass
class Driver:
    """Answers for the child process, and counts how often it was started and asked."""

    boards: list[dict[str, object]] = field(default_factory=lambda: [board()])
    failure: str | None = None
    starts: int = 0
    questions: int = 0
    open_count: int = 0
    is_stuck: bool = False

    def start(self) -> "Child":
        self.starts += 1
        self.open_count += 1
        return Child(self)


@dataclass
class Child:
    driver: Driver
    is_open: bool = True

    def ask(self, *, time_limit_s: float) -> dict[str, object]:
        assert self.is_open
        assert 0 < time_limit_s <= 10
        self.driver.questions += 1
        if self.driver.failure is not None:
            raise ChildFailure(self.driver.failure)
        return record(*self.driver.boards)

    def close(self) -> None:
        self.driver.open_count -= self.is_open
        self.is_open = False

    def is_running(self) -> bool:
        return self.is_open or self.driver.is_stuck


@dataclass
class Scene:
    """A computer: its driver, its clock, its files, and how often it was detected."""

    root: Path
    driver: Driver = field(default_factory=Driver)
    clock: Clock = field(default_factory=Clock)
    ram: MemoryPool = field(default_factory=ram_pool)
    detections: int = 0

    def detect(self) -> Machine:
        self.detections += 1
        return Machine(pools=(*self.nvidia(), self.ram), notes=("detected",))

    def nvidia(self) -> tuple[MemoryPool, ...]:
        return nvml_reading(record(*self.driver.boards), ram=self.ram).pools

    def reader(self, machine: Machine | None = None) -> LiveReader:
        return LiveReader(
            machine or Machine(pools=(*self.nvidia(), self.ram), notes=("at start",)),
            detect=self.detect,
            watcher=NvmlWatcher(start_child=self.driver.start, clock=self.clock),
            read_ram=lambda: self.ram,
            clock=self.clock,
            root=self.root,
        )


@pytest.fixture
def scene(tmp_path) -> Scene:
    return Scene(tmp_path)


def test_that_free_memory_and_programs_follow_the_driver(scene):
    reader = scene.reader()
    scene.driver.boards = [board(free_gib=3, used=17 * GIB)]
    scene.ram = ram_pool(free_gib=30)
    gpu, ram = reader.read().pools
    assert (gpu.free_bytes, gpu.used_by_others_bytes) == (3 * GIB, 21 * GIB)
    assert gpu.holders == (MemoryHolder(name="llama-server", pid=7, used_bytes=17 * GIB),)
    assert (ram.free_bytes, ram.used_by_others_bytes) == (30 * GIB, 34 * GIB)


def test_that_one_child_serves_all_readings(scene):
    reader = scene.reader()
    for _ in range(20):
        reader.read()
    assert (scene.driver.starts, scene.driver.questions) == (1, 20)
    reader.close()
    assert scene.driver.open_count == 0


def test_that_a_closed_reader_asks_nobody(scene):
    reader = scene.reader()
    last = reader.read()
    reader.close()
    scene.driver.boards = [board(free_gib=1)]
    assert reader.read() is last
    assert (scene.driver.starts, scene.driver.questions) == (1, 1)


def test_that_what_the_user_and_the_catalogue_added_stays(scene):
    (gpu,) = scene.nvidia()
    mine = replace(
        gpu,
        source="user",
        total_bytes=16 * GIB,
        bandwidth_gb_per_s=1008.0,
        rates_source="user",
        device_id="rtx-4090",
        notes=("mine",),
    )
    reader = scene.reader(Machine(pools=(mine, scene.ram), system="linux"))
    scene.driver.boards = [board(free_gib=10)]
    machine = reader.read()
    assert machine.pools[0] == replace(mine, free_bytes=10 * GIB, used_by_others_bytes=14 * GIB)
    assert machine.system == "linux"
    # Free is never above a total that was corrected.
    scene.driver.boards = [board(free_gib=20)]
    assert reader.read().pools[0].free_bytes == 16 * GIB


def test_that_a_driver_that_fails_leaves_the_last_figures_and_a_note(scene):
    reader = scene.reader()
    reader.read()
    scene.driver.failure = "crashed (SIGSEGV)"
    machine = reader.read()
    assert machine.pools[0].free_bytes == 20 * GIB
    assert machine.notes[0] == "at start"
    assert "its reader crashed (SIGSEGV)" in machine.notes[1]
    assert scene.driver.open_count == 0
    assert scene.detections == 0


def test_that_a_driver_that_fails_is_asked_after_pauses_that_double(scene):
    reader = scene.reader()
    scene.driver.failure = "did not answer within 2 seconds"
    tries: list[float] = []
    for second in range(3600):
        scene.clock.now_s = second
        before = scene.driver.starts
        reader.read()
        if scene.driver.starts > before:
            tries.append(second)
    pauses = [later - earlier for earlier, later in itertools.pairwise(tries)]
    assert pauses[:4] == [5, 10, 20, 40]
    assert pauses[-1] == LONGEST_PAUSE_S
    scene.driver.failure = None
    scene.clock.now_s += LONGEST_PAUSE_S
    assert reader.read().notes == ("at start",)


def test_that_a_child_that_the_kernel_does_not_let_go_of_gets_no_second(scene):
    reader = scene.reader()
    scene.driver.failure = "did not answer within 2 seconds"
    scene.driver.is_stuck = True
    for second in range(0, 3600, 10):
        scene.clock.now_s = second
        reader.read()
    assert scene.driver.starts == 1
    scene.driver.is_stuck, scene.driver.failure = False, None
    reader.read()
    assert scene.driver.starts == 2


def sleeping(scene: Scene, status: str = "suspended", control: str = "auto") -> None:
    power = scene.root / f"sys/bus/pci/devices/{BUS}/power"
    put(power / "runtime_status", status + "\n")
    put(power / "control", control + "\n")


@pytest.fixture
def laptop(scene: Scene) -> Scene:
    pci_board(scene.root, BUS, "10DE:2684", driver="nvidia")
    return scene


def test_that_a_sleeping_gpu_is_not_woken_and_keeps_its_figures(laptop):
    sleeping(laptop)
    reader = laptop.reader()
    for _ in range(100):
        machine = reader.read()
        laptop.clock.now_s += 1
        assert machine.pools[0].is_asleep
        assert machine.pools[0].free_bytes == 20 * GIB
    assert laptop.driver.starts == 0


def test_that_falling_asleep_ends_the_child_that_could_wake_it(laptop):
    sleeping(laptop, "active", "on")
    reader = laptop.reader()
    assert not reader.read().pools[0].is_asleep
    assert laptop.driver.open_count == 1
    sleeping(laptop)
    assert reader.read().pools[0].is_asleep
    assert laptop.driver.open_count == 0


def test_that_a_gpu_that_woke_is_asked_at_once(laptop):
    sleeping(laptop, "active")
    reader = laptop.reader()
    reader.read()
    sleeping(laptop)
    reader.read()
    sleeping(laptop, "active")
    laptop.driver.boards = [board(free_gib=4, used=16 * GIB)]
    gpu = reader.read().pools[0]
    assert (gpu.free_bytes, gpu.is_asleep) == (4 * GIB, False)


@pytest.mark.parametrize(
    ("control", "used", "questions"),
    [("auto", 8 * MIB, 2), ("auto", 2 * GIB, 120), ("on", 8 * MIB, 120)],
)
def test_that_a_gpu_that_may_sleep_is_asked_seldom_while_nobody_computes(
    laptop, control, used, questions
):
    sleeping(laptop, "active", control)
    laptop.driver.boards = [board(used=used)]
    reader = laptop.reader()
    assert IDLE_PAUSE_S == 60
    for second in range(120):
        laptop.clock.now_s = second
        reader.read()
    assert laptop.driver.questions == questions


def test_that_one_of_two_gpus_asleep_is_shown_asleep(laptop):
    sleeping(laptop)
    laptop.driver.boards = [board(1), board(2)]
    reader = laptop.reader()
    laptop.driver.boards = [board(1, free_gib=9), board(2, free_gib=9)]
    first, second, _ = reader.read().pools
    assert (first.is_asleep, first.free_bytes) == (True, 20 * GIB)
    assert (second.is_asleep, second.free_bytes) == (False, 9 * GIB)


def test_that_a_lost_card_leads_to_one_detection(scene):
    scene.driver.boards = [board(1), board(2)]
    reader = scene.reader()
    scene.driver.boards = [board(1), board(2, lost=True)]
    machine = reader.read()
    assert scene.detections == 1
    assert machine.notes == ("detected",)
    assert machine.pools[1].free_bytes is None
    for _ in range(60):
        scene.clock.now_s += 1
        reader.read()
    assert scene.detections == 1


def test_that_a_card_that_comes_back_leads_to_another_detection(scene):
    scene.driver.boards = [board(1, lost=True)]
    reader = scene.reader()
    reader.read()
    scene.driver.boards = [board(1)]
    scene.clock.now_s += DETECTION_PAUSE_S
    assert reader.read().pools[0].free_bytes == 20 * GIB
    assert scene.detections == 1


def test_that_a_detection_that_sees_it_otherwise_is_not_tried_for_ever(scene, monkeypatch):
    reader = scene.reader()
    without = Machine(pools=(*scene.nvidia(), scene.ram))
    detections: list[Machine] = []

    def detect() -> Machine:
        detections.append(without)
        return without

    monkeypatch.setattr(reader, "_detect", detect)
    scene.driver.boards = [board(1), board(2)]
    for _ in range(100):
        scene.clock.now_s += 1
        reader.read()
    assert len(detections) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="the bus is read from Linux's files")
def test_that_a_card_that_is_plugged_in_leads_to_a_detection(scene):
    pci_board(scene.root, BUS, "10DE:2684")
    reader = scene.reader(Machine(pools=(scene.ram,)))
    reader.read()
    assert scene.detections == 0
    pci_board(scene.root, "0000:06:00.0", "10DE:2B85")
    assert len(reader.read().gpus) == 1
    reader.read()
    assert scene.detections == 1


def test_that_a_disk_that_is_plugged_in_wakes_nobody(laptop):
    sleeping(laptop)
    reader = laptop.reader()
    pci_board(laptop.root, "0000:06:00.0", "144D:A80C", driver="nvme", kind="10802")
    assert reader.read().pools[0].is_asleep
    reader.read()
    assert (laptop.detections, laptop.driver.starts) == (0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="the bus is read from Linux's files")
def test_that_cards_that_come_and_go_are_looked_for_now_and_then(scene):
    reader = scene.reader(Machine(pools=(scene.ram,)))
    for second in range(60):
        scene.clock.now_s = second
        pci_board(scene.root, f"0000:06:00.{second}", "10DE:2B85")
        reader.read()
    assert scene.detections == 60 / DETECTION_PAUSE_S


def amd_machine(scene: Scene) -> Machine:
    from planner.hardware.sysfs_gpus import sysfs_reading

    pools = sysfs_reading(scene.root, first_gpu_number=0, ram=scene.ram).pools
    return Machine(pools=(*pools, scene.ram))


def test_that_a_radeon_is_read_from_its_files_and_no_child_is_started(scene):
    device = rx_7900_xtx(scene.root)
    reader = scene.reader(amd_machine(scene))
    amd_memory(device, vram_used=20_000)
    gpu = reader.read().pools[0]
    assert (gpu.free_bytes, gpu.used_by_others_bytes) == (4560 * MIB, 20_000 * MIB)
    assert scene.driver.starts == 0


def test_that_unified_memory_of_amd_follows_both_its_parts(scene):
    device = strix_halo(scene.root, vram_mib=512, gtt_mib=30 * 1024)
    reader = scene.reader(amd_machine(scene))
    amd_memory(device, vram_used=512, gtt_used=20 * 1024)
    assert reader.read().pools[0].free_bytes == 10 * GIB
    scene.ram = ram_pool(free_gib=3)
    assert reader.read().pools[0].free_bytes == 3 * GIB


def test_that_a_sleeping_radeon_is_shown_asleep(scene):
    device = rx_7900_xtx(scene.root)
    reader = scene.reader(amd_machine(scene))
    put(device / "power/runtime_status", "suspended\n")
    amd_memory(device, vram_used=0)
    gpu = reader.read().pools[0]
    assert (gpu.is_asleep, gpu.free_bytes) == (True, 23536 * MIB)


def test_that_unified_memory_of_others_follows_the_systems_within_its_limit(scene):
    apple = MemoryPool(
        id="gpu0",
        kind=PoolKind.UNIFIED,
        name="Apple M3 Max (40-core GPU)",
        source="metal",
        total_bytes=64 * GIB,
        reserved_bytes=16 * GIB,
        free_bytes=40 * GIB,
        same_memory_as="ram",
    )
    reader = scene.reader(Machine(pools=(apple, scene.ram)))
    scene.ram = ram_pool(free_gib=60)
    assert reader.read().pools[0].free_bytes == 48 * GIB
    scene.ram = ram_pool(free_gib=5)
    assert reader.read().pools[0].free_bytes == 5 * GIB


def test_that_figures_that_nobody_gives_stay_unknown(scene):
    unknown = MemoryPool(
        id="gpu0", kind=PoolKind.UNIFIED, name="GPU", source="other", same_memory_as="ram"
    )
    card = replace(unknown, id="gpu1", kind=PoolKind.DEDICATED, same_memory_as=None)
    machine = Machine(pools=(unknown, card, scene.ram))
    assert scene.reader(machine).read() == machine


@pytest.mark.skipif(sys.platform != "linux", reason="handles are counted in /proc")
def test_that_a_long_run_grows_neither_memory_nor_threads_nor_handles(scene):
    """Eight hours at one reading a second, of which the first tenth warms up.

    In them the driver fails every quarter of an hour, and a card is lost and found each hour.
    """
    rx_7900_xtx(scene.root, address="0000:05:00.0")
    pools = (*scene.nvidia(), *amd_machine(scene).gpus, scene.ram)
    reader = scene.reader(Machine(pools=pools))

    def run(seconds: range) -> None:
        for second in seconds:
            scene.clock.now_s = second
            scene.driver.failure = "crashed" if second % 900 == 0 else None
            scene.driver.boards = [
                board(free_gib=second % 20, used=second, lost=second % 3600 < 60)
            ]
            reader.read()

    def counts() -> tuple[int, int]:
        return threading.active_count(), len(os.listdir("/proc/self/fd"))  # noqa: PTH208

    # Every tenth second, so that the test is quick: the clock and the faults are the same.
    run(range(0, 2880, 10))
    gc.collect()
    before = counts()
    tracemalloc.start()
    run(range(2880, 5760, 10))
    gc.collect()
    first, _ = tracemalloc.get_traced_memory()
    run(range(5760, 28_800, 10))
    gc.collect()
    last, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert counts() == before
    assert last - first < 20_000
    assert scene.driver.open_count <= 1
