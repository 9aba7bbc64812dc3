import time

import pytest

from planner.core.errors import PlannerError
from planner.core.units import MIB
from planner.hardware import memory_bandwidth
from planner.hardware.memory_bandwidth import measure_memory_bandwidth
from planner.hardware.memory_platforms import MEMORY_PLATFORMS, MemoryPlatform


def test_that_this_computer_copies_memory_at_a_rate_that_can_be():
    rate = measure_memory_bandwidth(duration_s=0.05, buffer_bytes=32 * MIB)
    # Between one slow channel in a crowd and the caches of a large server.
    assert 0.2 < rate < 20_000


def test_that_reads_and_writes_are_counted(monkeypatch):
    # One thread that copies four times 1 MiB, in four ticks of a clock of 1 ms.
    ticks = iter(range(100))
    monkeypatch.setattr(time, "perf_counter", lambda: next(ticks) / 1000)
    monkeypatch.setattr(memory_bandwidth, "_processor_count", lambda: 1)
    monkeypatch.setattr(memory_bandwidth, "_CHUNK_BYTES", MIB)
    rate = measure_memory_bandwidth(duration_s=0.005, buffer_bytes=4 * MIB)
    # Started at 0 ms; looks at 1 to 4 ms go on, the one at 5 ms ends it; stopped at 6 ms.
    assert rate == round(2 * 4 * MIB / 0.006 / 1e9, 1)


def test_that_too_little_memory_is_said(monkeypatch):
    def refuse(_: int) -> bytearray:
        raise MemoryError

    monkeypatch.setattr(memory_bandwidth, "_filled", refuse)
    with pytest.raises(PlannerError, match="512 MiB are needed"):
        measure_memory_bandwidth()


@pytest.mark.parametrize(
    ("start", "gb_per_s"),
    [
        ("DDR4-2666, two", 42.7),
        ("DDR5-5600, two", 89.6),
        ("DDR5-6400, two", 102.4),
        ("LPDDR5X-8533", 136.5),
        ("DDR4-3200, eight", 204.8),
        ("DDR5-4800, twelve", 460.8),
    ],
)
def test_that_a_set_up_has_the_peak_of_its_makers_sheet(start, gb_per_s):
    (platform,) = [each for each in MEMORY_PLATFORMS if each.name.startswith(start)]
    assert platform.bandwidth_gb_per_s == gb_per_s


def test_that_every_set_up_has_a_name_of_its_own():
    assert len({each.name for each in MEMORY_PLATFORMS}) == len(MEMORY_PLATFORMS)
    assert MemoryPlatform("one channel", 3200, 1).bandwidth_gb_per_s == 25.6
