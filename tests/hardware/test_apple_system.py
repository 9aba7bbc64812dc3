"""What the child asks of macOS beside Metal, and that each refusal is an answer."""

import ctypes
import json
import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from planner.core.units import GIB
from planner.hardware.apple import AppleProbe
from planner.hardware.apple_system import (
    ACCELERATORS_COMMAND,
    DISPLAYS_COMMAND,
    read_accelerators,
    read_apple,
    read_displays,
    read_sysctl,
)
from tests.hardware.test_apple_metal import M3_MAX, VEGA, FakeMac

DISPLAYS = (
    Path(__file__).resolve().parents[1] / "data/hardware/apple/m3_max_40core.json"
).read_bytes()
# As `ioreg -a -r -d 1 -c IOAccelerator` has it, with the keys of Apple's and of AMD's driver:
# https://github.com/Syllo/nvtop/blob/master/src/extract_gpuinfo_apple.m
ACCELERATORS = plistlib.dumps(
    [
        {
            "IORegistryEntryID": 4_294_968_297,
            "gpu-core-count": 40,
            "model": "Apple M3 Max",
            "PerformanceStatistics": {"In use system memory": 619_757_568},
        },
        {
            "IORegistryEntryID": 4_294_968_000,
            "gpu-core-count": b"\x28\0\0\0",
            "PerformanceStatistics": {"inUseVidMemoryBytes": 183_681_024},
        },
    ]
)


class Tools:
    """The system's tools: each prints what it was given, or fails."""

    def __init__(self, *, accelerators: object = ACCELERATORS, displays: object = DISPLAYS):
        self.answers = {ACCELERATORS_COMMAND: accelerators, DISPLAYS_COMMAND: displays}
        self.asked: list[object] = []

    def run(self, command: object) -> bytes:
        self.asked.append(command)
        answer = self.answers[command]  # type: ignore[index]  # a test's own table
        if isinstance(answer, bytes):
            return answer
        assert isinstance(answer, Exception)
        raise answer


class FakeKernel:
    """A library whose `sysctlbyname` knows some variables."""

    VALUES = {  # noqa: RUF012 - not changed
        b"hw.memsize": (128 * GIB).to_bytes(8, "little"),
        b"iogpu.wired_limit_mb": (0).to_bytes(4, "little"),
        b"kern.osrelease": b"25.1.0\0",
        b"machdep.cpu.brand_string": b"Apple M3 Max\0",
    }

    def __init__(self) -> None:
        kinds = (ctypes.c_char_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
        function = ctypes.CFUNCTYPE(ctypes.c_int, *kinds, ctypes.c_size_t)
        self.sysctlbyname = function(self._by_name)

    def _by_name(self, name: bytes, buffer: int, size: int, new: int, new_size: int) -> int:
        if name not in self.VALUES or new or new_size:
            return -1
        value = self.VALUES[name]
        ctypes.memmove(buffer, value, len(value))
        ctypes.c_size_t.from_address(size).value = len(value)
        return 0


def loader(mac: FakeMac) -> object:
    kernel = FakeKernel()
    return lambda path: kernel if path is None else mac.load(path)


def test_that_the_kernels_variables_are_read_with_their_own_widths():
    record = read_sysctl(lambda _: FakeKernel())
    assert record["hw.memsize"] == {"value": 128 * GIB}
    assert record["iogpu.wired_limit_mb"] == {"value": 0}
    assert record["kern.osrelease"] == {"value": "25.1.0"}
    assert record["hw.model"] == {"reason": "the system does not have it"}


def test_that_a_kernel_that_cannot_be_asked_says_why_for_each():
    record = read_sysctl(lambda _: object())
    assert "sysctlbyname" in str(record["hw.memsize"])


def test_that_the_io_registry_gives_cores_and_memory_in_use():
    assert read_accelerators(Tools().run)["entries"] == [
        {
            "registry_id": 4_294_968_297,
            "core_count": 40,
            "video_in_use_bytes": None,
            "system_in_use_bytes": 619_757_568,
        },
        {
            "registry_id": 4_294_968_000,
            "core_count": None,  # bytes, which are no JSON
            "video_in_use_bytes": 183_681_024,
            "system_in_use_bytes": None,
        },
    ]


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<plist",
        FileNotFoundError("no ioreg"),
        subprocess.TimeoutExpired("ioreg", 4),
        subprocess.CalledProcessError(1, "ioreg"),
    ],
)
def test_that_a_registry_without_an_answer_says_why(answer):
    assert read_accelerators(Tools(accelerators=answer).run)["reason"]


@pytest.mark.parametrize("answer", [b"", b"[" * 100_000, FileNotFoundError("no profiler")])
def test_that_a_profiler_without_an_answer_says_why(answer):
    assert read_displays(Tools(displays=answer).run)["reason"]


def test_that_the_slow_profiler_is_left_alone_where_metal_and_the_registry_know_all():
    tools = Tools()
    record = read_apple(load=loader(FakeMac([M3_MAX])), run=tools.run)  # type: ignore[arg-type]
    assert tools.asked == [ACCELERATORS_COMMAND]
    assert "displays" not in record
    assert json.loads(json.dumps(record)) == record


@pytest.mark.parametrize(
    ("mac", "accelerators"),
    [
        (FakeMac([VEGA]), ACCELERATORS),  # the size of a card's memory
        (FakeMac([M3_MAX]), b""),  # the core count
        (FakeMac([]), ACCELERATORS),  # everything
    ],
)
def test_that_the_profiler_is_asked_for_what_the_others_lack(mac, accelerators):
    tools = Tools(accelerators=accelerators)
    record = read_apple(load=loader(mac), run=tools.run)  # type: ignore[arg-type]
    (entry,) = record["displays"]["entries"]  # type: ignore[index]  # checked here
    assert (entry["sppci_model"], entry["sppci_cores"]) == ("Apple M3 Max", "40")


def test_that_nothing_of_the_monitors_is_kept():
    answer = json.loads(DISPLAYS)
    serial = {"_name": "Monitor", "_spdisplays_display-serial-number": "1234"}
    answer["SPDisplaysDataType"][0]["spdisplays_ndrvs"] = [serial]
    record = read_displays(Tools(displays=json.dumps(answer).encode()).run)
    assert "1234" not in json.dumps(record)
    assert "Apple M3 Max" in json.dumps(record)


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac has a GPU")
def test_that_the_child_answers_on_a_computer_that_is_no_mac():
    reading = AppleProbe(time_limit_s=60).start().result(first_gpu_number=0, ram=None)
    assert reading.pools == ()
    assert "macOS shows no GPU" in reading.notes[0]
    assert "libobjc" in reading.notes[0]


@pytest.mark.skipif(sys.platform != "darwin", reason="a Mac's own answer")
def test_that_a_mac_answers_with_types_that_are_understood():
    reading = AppleProbe(time_limit_s=60).start().result(first_gpu_number=0, ram=None)
    assert reading.pools or reading.notes
    assert all(pool.total_bytes for pool in reading.pools)
