"""The live reader sees GPUs that come and go."""

import sys

import pytest

from planner.core.machine import Machine
from planner.core.units import GIB
from planner.hardware.live import DETECTION_PAUSE_S
from tests.hardware.live_scene import BUS, Scene, board
from tests.hardware.trees import pci_board


@pytest.fixture
def scene(tmp_path) -> Scene:
    return Scene(tmp_path)


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


@pytest.mark.skipif(sys.platform != "linux", reason="the bus is read from Linux's files")
def test_that_cards_that_come_and_go_are_looked_for_now_and_then(scene):
    reader = scene.reader(Machine(pools=(scene.ram,)))
    for second in range(60):
        scene.clock.now_s = second
        pci_board(scene.root, f"0000:06:00.{second}", "10DE:2B85")
        reader.read()
    assert scene.detections == 60 / DETECTION_PAUSE_S
