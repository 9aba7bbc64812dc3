"""The live reader: figures follow drivers and files, and it can go on for ever."""

import gc
import itertools
import os
import sys
import threading
import tracemalloc
from dataclasses import replace

import pytest

from planner.core.machine import Machine, MemoryHolder, MemoryPool, PoolKind
from planner.core.units import GIB, MIB
from planner.hardware.live_nvml import LONGEST_PAUSE_S
from tests.hardware.live_scene import Scene, amd_machine, board, ram_pool
from tests.hardware.trees import amd_memory, rx_7900_xtx, strix_halo


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
