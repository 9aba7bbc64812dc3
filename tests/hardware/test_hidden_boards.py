"""NVIDIA's boards that PCI shows, and that the driver may not."""

import pytest

from planner.core.machine import MemoryPool, PoolKind
from planner.hardware.hidden_boards import hidden_board_notes
from planner.hardware.nvml_probe import NvmlProbe
from planner.hardware.pci_boards import (
    NVIDIA,
    PciBoard,
    display_boards,
    is_suspended,
    may_suspend,
    pci_address,
)
from planner.hardware.surroundings import Surroundings
from tests.hardware.trees import pci_board, put


def board(address: str = "0000:01:00.0", driver: str | None = "nvidia") -> PciBoard:
    return PciBoard(address, NVIDIA, 0x2684, driver)


def gpu(bus_id: str | None) -> MemoryPool:
    return MemoryPool(
        id="gpu0", kind=PoolKind.DEDICATED, name="GPU", source="nvml", pci_bus_id=bus_id
    )


def notes(*boards: PciBoard, pools=(), has_driver=True, **around) -> tuple[str, ...]:
    surroundings = Surroundings(**around)
    return hidden_board_notes(boards, pools=pools, has_driver=has_driver, around=surroundings)


def test_that_a_board_of_the_drivers_is_not_mentioned():
    # NVML gives the domain eight digits, the kernel four.
    assert notes(board("0000:0f:00.0"), pools=(gpu("00000000:0F:00.0"),)) == ()


def test_that_a_pool_without_an_address_may_be_any_board():
    boards = (board(), board("0000:02:00.0"))
    assert notes(*boards, pools=(gpu("00000000:01:00.0"), gpu(None))) == ()


@pytest.mark.parametrize(
    ("driver", "facts", "advice"),
    [
        ("vfio-pci", {}, "set aside for virtual machines"),
        ("nouveau", {}, "runs with nouveau"),
        ("nvidia", {}, "`dmesg`"),
        ("nvidia", {"is_container": True}, "was not given it"),
        (None, {"has_driver": False}, "no NVIDIA driver is installed"),
        (None, {"has_driver": False, "has_secure_boot": True}, "Secure Boot is on"),
    ],
)
def test_that_a_hidden_board_is_told_with_what_would_bring_it_in(driver, facts, advice):
    (note,) = notes(board(driver=driver), **facts)
    assert "(10de:2684 at 0000:01:00.0)" in note
    assert advice in note


def test_that_only_display_boards_of_the_maker_are_boards(tmp_path):
    pci_board(tmp_path, "0000:01:00.0", "10DE:2684", driver="nvidia")
    pci_board(tmp_path, "0000:01:00.1", "10DE:22BA", kind="40300")  # its sound
    pci_board(tmp_path, "0000:02:00.0", "10DE:2330", kind="30200")  # an H100 has no display
    pci_board(tmp_path, "0000:03:00.0", "1002:744C")
    put(tmp_path / "sys/bus/pci/devices/0000:04:00.0/uevent", "PCI_ID=broken\n")
    found = display_boards(tmp_path, NVIDIA)
    assert [(each.pci_id, each.driver) for each in found] == [
        ("10de:2684", "nvidia"),
        ("10de:2330", None),
    ]


def test_that_a_card_without_any_driver_is_named_at_detection(tmp_path):
    pci_board(tmp_path, "0000:01:00.0", "10DE:2684")
    probe = NvmlProbe(environ={}, root=tmp_path)
    reading = probe.start().result(first_gpu_number=0, ram=None)
    assert reading.pools == ()
    assert "no NVIDIA driver is installed" in reading.notes[0]


def test_that_a_jetson_without_nvml_is_told_by_two_signs(tmp_path):
    probe = NvmlProbe(environ={}, root=tmp_path)
    put(tmp_path / "proc/device-tree/model", "NVIDIA Jetson Nano Developer Kit\0")
    assert probe.start().result(first_gpu_number=0, ram=None).pools == ()
    put(tmp_path / "proc/device-tree/compatible", "nvidia,p3450-0000\0nvidia,tegra210\0")
    (pool,) = probe.start().result(first_gpu_number=2, ram=None).pools
    assert (pool.id, pool.kind, pool.source) == ("gpu2", PoolKind.UNIFIED, "device-tree")


def test_that_giving_up_a_probe_without_a_library_does_no_harm(tmp_path):
    NvmlProbe(environ={}, root=tmp_path).start().cancel()


@pytest.mark.parametrize("bus_id", ["00000000:01:00.0", "0000:01:00.0"])
def test_that_a_sleeping_board_is_known_without_its_driver(tmp_path, bus_id):
    power = tmp_path / "sys/bus/pci/devices/0000:01:00.0/power"
    assert not is_suspended(tmp_path, bus_id)
    assert not may_suspend(tmp_path, bus_id)
    put(power / "runtime_status", "suspended\n")
    put(power / "control", "auto\n")
    assert is_suspended(tmp_path, bus_id)
    assert may_suspend(tmp_path, bus_id)


def test_that_an_address_of_other_words_stays_as_it_is():
    assert pci_address("No Address") == "no address"
