"""One card that two drivers tell of is one."""

from planner.core.machine import MemoryPool, PoolKind
from planner.hardware.probe import ProbeReading
from planner.hardware.same_boards import without_known


def card(pool_id: str, pci_device_id: str | None, *, bus: str | None = None) -> MemoryPool:
    return MemoryPool(
        id=pool_id,
        kind=PoolKind.DEDICATED,
        name=f"card {pool_id}",
        source="test",
        pci_device_id=pci_device_id,
        pci_bus_id=bus,
    )


RADEON, RTX = "1002:744c", "10de:2684"


def test_that_a_board_that_nvml_gave_is_left_out_and_the_others_numbered_on():
    windows = ProbeReading(pools=(card("gpu1", RTX), card("gpu2", RADEON)), board_count=2)
    reading = without_known(windows, [card("gpu0", RTX, bus="01:00")], first_gpu_number=1)
    assert [(pool.id, pool.pci_device_id) for pool in reading.pools] == [("gpu1", RADEON)]
    assert reading.board_count == 1


def test_that_of_equal_boards_as_many_stay_as_are_not_known():
    windows = ProbeReading(pools=(card("gpu1", RTX), card("gpu2", RTX)), board_count=2)
    reading = without_known(windows, [card("gpu0", RTX, bus="01:00")], first_gpu_number=1)
    assert [pool.name for pool in reading.pools] == ["card gpu2"]


def test_that_slices_of_one_board_are_one_board():
    slices = [card(f"gpu0.mig{n}", RTX, bus="01:00") for n in range(2)]
    windows = ProbeReading(pools=(card("gpu1", RTX), card("gpu2", RTX)), board_count=2)
    assert without_known(windows, slices, first_gpu_number=1).board_count == 1


def test_that_boards_without_ids_stay():
    windows = ProbeReading(pools=(card("gpu1", None),), notes=("a note",), board_count=1)
    reading = without_known(windows, [card("gpu0", None)], first_gpu_number=1)
    assert reading == windows
