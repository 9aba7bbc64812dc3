"""The live reader leaves sleeping GPUs asleep."""

import pytest

from planner.core.units import GIB, MIB
from planner.hardware.live import IDLE_PAUSE_S
from tests.hardware.live_scene import BUS, Scene, amd_machine, board, sleeping
from tests.hardware.trees import amd_memory, pci_board, put, rx_7900_xtx


@pytest.fixture
def scene(tmp_path) -> Scene:
    return Scene(tmp_path)


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


def test_that_a_disk_that_is_plugged_in_wakes_nobody(laptop):
    sleeping(laptop)
    reader = laptop.reader()
    pci_board(laptop.root, "0000:06:00.0", "144D:A80C", driver="nvme", kind="10802")
    assert reader.read().pools[0].is_asleep
    reader.read()
    assert (laptop.detections, laptop.driver.starts) == (0, 0)


def test_that_a_sleeping_radeon_is_shown_asleep(scene):
    device = rx_7900_xtx(scene.root)
    reader = scene.reader(amd_machine(scene))
    put(device / "power/runtime_status", "suspended\n")
    amd_memory(device, vram_used=0)
    gpu = reader.read().pools[0]
    assert (gpu.is_asleep, gpu.free_bytes) == (True, 23536 * MIB)
