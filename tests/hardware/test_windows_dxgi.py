"""The calls that DXGI is asked with, made in earnest to objects with tables of their own."""

import ctypes
import json
import sys
import uuid
from collections.abc import Callable
from ctypes import c_int32, c_uint32, c_void_p

import pytest

from planner.core.units import GIB
from planner.hardware.dxgi import AdapterDesc1, VideoMemoryInfo, read_dxgi
from planner.hardware.windows import WindowsProbe

OK, NOT_FOUND, REFUSED, NO_INTERFACE = 0, 0x887A0002, 0x887A0001, 0x80004002
IID_FACTORY1 = uuid.UUID("770aae78-f26f-4dba-a829-253c83d1b387").bytes_le
IID_ADAPTER3 = uuid.UUID("645967a4-1392-4310-a798-8053ce3e93fd").bytes_le


def status(code: int) -> int:
    return code - (1 << 32) if code >> 31 else code


class ComObject:
    """An object in memory as COM lays it out: a pointer to a table of functions."""

    def __init__(
        self, functions: dict[int, tuple[tuple[type, ...], Callable[..., int]]]
    ) -> None:
        self.released = 0
        functions = functions | {2: ((), self._release)}
        kept = {
            place: ctypes.CFUNCTYPE(c_int32, c_void_p, *kinds)(function)
            for place, (kinds, function) in functions.items()
        }
        addresses = [
            ctypes.cast(kept[place], c_void_p).value if place in kept else None
            for place in range(16)
        ]
        self._kept = kept
        self._table = (c_void_p * 16)(*addresses)
        self._this = c_void_p(ctypes.addressof(self._table))
        self.address = ctypes.addressof(self._this)

    def _release(self, this: int) -> int:
        self.released += 1
        return 0


def put_pointer(at: int, value: int) -> None:
    c_void_p.from_address(at).value = value


class FakeDxgi:
    """A library with some adapters, whose descriptions and budgets are given."""

    def __init__(self, *adapters: ComObject, created: int = OK) -> None:
        self.factory = ComObject({12: ((c_uint32, c_void_p), self._enum_adapters1)})
        self.adapters = adapters
        kind = ctypes.CFUNCTYPE(c_int32, c_void_p, c_void_p)
        self.created = created
        self.CreateDXGIFactory1 = kind(self._create)

    def _create(self, iid: int, out: int) -> int:
        if self.created != OK or ctypes.string_at(iid, 16) != IID_FACTORY1:
            return status(self.created or NO_INTERFACE)
        put_pointer(out, self.factory.address)
        return OK

    def _enum_adapters1(self, this: int, index: int, out: int) -> int:
        if index >= len(self.adapters):
            return status(NOT_FOUND)
        put_pointer(out, self.adapters[index].address)
        return OK


def adapter(
    *, budgets: dict[int, int] | None = None, described: int = OK, **fields: object
) -> ComObject:
    def get_desc1(this: int, out: int) -> int:
        desc = AdapterDesc1.from_address(out)
        text = "AMD Radeon RX 7900 XTX".encode("utf-16-le")
        ctypes.memmove(ctypes.addressof(desc), text, len(text))
        for name, value in fields.items():
            setattr(desc, name, value)
        return status(described)

    def query_interface(this: int, iid: int, out: int) -> int:
        if budgets is None or ctypes.string_at(iid, 16) != IID_ADAPTER3:
            return status(NO_INTERFACE)
        put_pointer(out, this)
        return OK

    def query_memory(this: int, node: int, group: int, out: int) -> int:
        if budgets is None or group not in budgets:
            return status(REFUSED)
        VideoMemoryInfo.from_address(out).budget_bytes = budgets[group]
        return OK

    return ComObject(
        {
            0: ((c_void_p, c_void_p), query_interface),
            10: ((c_void_p,), get_desc1),
            14: ((c_uint32, c_uint32, c_void_p), query_memory),
        }
    )


@pytest.mark.skipif(ctypes.sizeof(c_void_p) != 8, reason="offsets of 64-bit Windows")
def test_that_the_structures_are_laid_out_as_in_the_windows_sdk():
    # dxgi.h: WCHAR[128], 4 UINT, 3 SIZE_T, LUID, UINT; dxgi1_4.h: 4 UINT64.
    offsets = {name: getattr(AdapterDesc1, name).offset for name, _ in AdapterDesc1._fields_}
    assert ctypes.sizeof(AdapterDesc1) == 312
    assert (offsets["vendor_id"], offsets["dedicated_video_bytes"]) == (256, 272)
    assert (offsets["luid_low"], offsets["flags"]) == (296, 304)
    assert ctypes.sizeof(VideoMemoryInfo) == 32


def test_that_adapters_come_with_their_memory_and_budgets():
    one = adapter(
        budgets={0: 23 * GIB, 1: 15 * GIB},
        vendor_id=0x1002,
        device_id=0x744C,
        dedicated_video_bytes=24 * GIB,
        shared_system_bytes=16 * GIB,
        luid_low=56507,
    )
    record = read_dxgi(lambda: FakeDxgi(one))
    assert json.loads(json.dumps(record)) == record
    adapters = record["adapters"]
    assert isinstance(adapters, list)
    (told,) = adapters
    assert told["description"] == "AMD Radeon RX 7900 XTX"
    assert (told["vendor_id"], told["device_id"], told["luid_low"]) == (0x1002, 0x744C, 56507)
    assert (told["dedicated_video_bytes"], told["shared_system_bytes"]) == (24 * GIB, 16 * GIB)
    assert told["local"]["budget_bytes"] == 23 * GIB
    assert told["non_local"]["budget_bytes"] == 15 * GIB
    # Once as the adapter, once as what QueryInterface gave.
    assert one.released == 2


def test_that_an_older_windows_has_adapters_without_budgets():
    adapters = read_dxgi(lambda: FakeDxgi(adapter(), adapter()))["adapters"]
    assert isinstance(adapters, list)
    assert len(adapters) == 2
    assert adapters[0]["memory_reason"] == "IDXGIAdapter3 answered 0x80004002"
    assert "local" not in adapters[0]


def test_that_a_refused_budget_loses_itself_alone():
    adapters = read_dxgi(lambda: FakeDxgi(adapter(budgets={0: GIB})))["adapters"]
    assert isinstance(adapters, list)
    assert adapters[0]["local"]["budget_bytes"] == GIB
    assert adapters[0]["memory_reason"] == "QueryVideoMemoryInfo answered 0x887A0001"


def test_that_an_adapter_that_does_not_describe_itself_does_not_lose_the_next():
    record = read_dxgi(lambda: FakeDxgi(adapter(described=REFUSED), adapter()))
    adapters = record["adapters"]
    assert isinstance(adapters, list)
    first, second = adapters
    assert first == {"reason": "GetDesc1 answered 0x887A0001"}
    assert second["description"] == "AMD Radeon RX 7900 XTX"


def test_that_a_factory_that_is_refused_is_the_reason():
    record = read_dxgi(lambda: FakeDxgi(created=REFUSED))
    assert record == {"reason": "CreateDXGIFactory1 answered 0x887A0001"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has DXGI")
def test_that_the_child_answers_on_a_computer_without_windows():
    reading = WindowsProbe(time_limit_s=60).start().result(first_gpu_number=0, ram=None)
    assert reading.pools == ()
    assert "DXGI is a part of Windows" in reading.notes[0]
    assert "No module named 'winreg'" in reading.notes[1]


@pytest.mark.skipif(sys.platform != "win32", reason="Windows' own answer")
def test_that_windows_answers_with_adapters():
    record = read_dxgi()
    adapters = record["adapters"]
    assert isinstance(adapters, list)
    assert all(isinstance(each["description"], str) for each in adapters)
