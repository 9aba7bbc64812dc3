"""The calls that Metal is asked with, made in earnest to a stand-in for its runtime."""

import ctypes
import sys
from ctypes import c_char_p, c_uint64, c_void_p

import pytest

from planner.hardware.metal import (
    GRAPHICS_LIBRARY,
    METAL_LIBRARY,
    OBJC_LIBRARY,
    read_metal,
)

ARRAY, FIRST_DEVICE = 0x1000, 0x2000
DEVICE = dict[str, str | int | bool]

M3_MAX: DEVICE = {
    "name": "Apple M3 Max",
    "recommendedMaxWorkingSetSize": 103_079_215_104,
    "maxBufferLength": 77_309_411_328,
    "currentAllocatedSize": 16_384,
    "registryID": 4_294_968_297,
    "hasUnifiedMemory": True,
    "isLowPower": False,
    "isRemovable": False,
}
VEGA: DEVICE = {
    "name": "AMD Radeon Pro Vega 56",
    "recommendedMaxWorkingSetSize": 8_573_157_376,
    "hasUnifiedMemory": False,
}


class FakeMac:
    """Answers messages as Objective-C objects do; a message it does not know ends the test.

    A pointer, a number and a flag come back in the same register, so one function can answer
    for all of them.
    """

    def __init__(self, devices: list[DEVICE], *, default: DEVICE | None = None) -> None:
        self.devices = [*devices, *([default] if default else [])]
        self.listed = len(devices)
        self.loaded: list[str] = []
        self.unknown: list[str] = []
        self._kept: list[ctypes.Array] = []
        self._selectors: list[str] = []
        self.sel_registerName = ctypes.CFUNCTYPE(c_void_p, c_char_p)(self._register)
        message = ctypes.CFUNCTYPE(c_uint64, c_void_p, c_void_p, c_uint64)
        self.objc_msgSend = message(self._answer)
        self.MTLCopyAllDevices = ctypes.CFUNCTYPE(c_void_p)(lambda: ARRAY)
        self.MTLCreateSystemDefaultDevice = ctypes.CFUNCTYPE(c_void_p)(
            lambda: FIRST_DEVICE + self.listed if default else 0
        )

    def load(self, path: str) -> "FakeMac":
        self.loaded.append(path)
        return self

    def _register(self, name: bytes) -> int:
        self._selectors.append(name.decode())
        return len(self._selectors)

    def _answer(self, receiver: int, selector: int, argument: int) -> int:
        method = self._selectors[selector - 1]
        if receiver == ARRAY:
            known = {"count": self.listed, "objectAtIndex:": FIRST_DEVICE + argument}
            return known[method]
        if method == "UTF8String":
            return receiver
        device = self.devices[receiver - FIRST_DEVICE]
        if method == "respondsToSelector:":
            return self._selectors[argument - 1] in device
        if method not in device:
            self.unknown.append(method)
        return self._plain(device.get(method, 0))

    def _plain(self, value: str | int) -> int:
        if isinstance(value, str):
            self._kept.append(ctypes.create_string_buffer(value.encode()))
            return ctypes.addressof(self._kept[-1])
        return value


def test_that_a_chips_properties_are_read_as_metal_has_them():
    mac = FakeMac([M3_MAX])
    assert read_metal(mac.load) == {
        "devices": [
            {
                "name": "Apple M3 Max",
                "recommended_working_set_bytes": 103_079_215_104,
                "max_buffer_bytes": 77_309_411_328,
                "allocated_bytes": 16_384,
                "registry_id": 4_294_968_297,
                "has_unified_memory": True,
                "is_low_power": False,
                "is_removable": False,
            }
        ]
    }
    assert mac.unknown == []


def test_that_core_graphics_is_loaded_before_metal():
    mac = FakeMac([M3_MAX])
    read_metal(mac.load)
    assert mac.loaded == [OBJC_LIBRARY, GRAPHICS_LIBRARY, METAL_LIBRARY]


def test_that_a_property_that_an_older_system_lacks_is_not_asked_for():
    mac = FakeMac([VEGA])
    assert read_metal(mac.load)["devices"] == [
        {
            "name": "AMD Radeon Pro Vega 56",
            "recommended_working_set_bytes": 8_573_157_376,
            "has_unified_memory": False,
        }
    ]
    assert mac.unknown == []


def test_that_every_device_is_listed_in_metals_order():
    devices = read_metal(FakeMac([VEGA, M3_MAX]).load)["devices"]
    assert isinstance(devices, list)
    assert [device["name"] for device in devices] == ["AMD Radeon Pro Vega 56", "Apple M3 Max"]


def test_that_the_default_device_is_asked_for_where_none_is_listed():
    devices = read_metal(FakeMac([], default=M3_MAX).load)["devices"]
    assert isinstance(devices, list)
    assert [device["name"] for device in devices] == ["Apple M3 Max"]


def test_that_a_computer_without_a_device_has_none():
    assert read_metal(FakeMac([]).load) == {"devices": []}


def test_that_a_name_that_is_nil_is_none():
    nameless: DEVICE = {"name": 0, "hasUnifiedMemory": True}
    assert read_metal(FakeMac([nameless]).load)["devices"] == [
        {"name": None, "has_unified_memory": True}
    ]


@pytest.mark.parametrize(
    "error", [OSError("no such library"), AttributeError("no such symbol")]
)
def test_that_a_system_without_metal_says_why(error):
    def load(path: str) -> object:
        raise error

    assert read_metal(load) == {"reason": str(error)}


@pytest.mark.skipif(sys.platform == "darwin", reason="a Mac has Metal")
def test_that_no_other_system_has_metal():
    assert "libobjc" in str(read_metal()["reason"])
