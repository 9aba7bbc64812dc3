"""What is read of the registry, from a stand-in for `winreg`."""

import contextlib
import json
import sys

import pytest

from planner.hardware.windows_registry import CLASS_KEY, read_registry

R9700 = {
    "DriverDesc": "AMD Radeon AI PRO R9700",
    "MatchingDeviceId": "PCI\\VEN_1002&DEV_7551",
    "DriverVersion": "32.0.31035.1003",
    "HardwareInformation.qwMemorySize": 34_208_743_424,
}


class FakeWinreg:
    """One key with subkeys, some of which may not be opened."""

    HKEY_LOCAL_MACHINE = 0x80000002

    def __init__(self, subkeys: dict[str, dict[str, object] | None]) -> None:
        self.subkeys = subkeys

    def OpenKey(self, key: object, name: str):  # noqa: N802 - winreg's name
        if key == self.HKEY_LOCAL_MACHINE:
            if name != CLASS_KEY:
                raise FileNotFoundError(name)
            return contextlib.nullcontext(self.subkeys)
        values = self.subkeys[name]
        if values is None:
            raise PermissionError(13, "Access is denied")
        return contextlib.nullcontext(values)

    def EnumKey(self, key: dict[str, object], index: int) -> str:  # noqa: N802
        try:
            return list(key)[index]
        except IndexError:
            raise OSError(259, "No more data is available") from None

    def QueryValueEx(self, key: dict[str, object], name: str):  # noqa: N802
        if name not in key:
            raise FileNotFoundError(name)
        return key[name], 11


def adapters(**subkeys: dict[str, object] | None) -> list[dict[str, object]]:
    winreg = FakeWinreg({name.removeprefix("key"): each for name, each in subkeys.items()})
    record = read_registry(winreg)  # type: ignore[arg-type]  # answers like the module
    assert json.loads(json.dumps(record)) == record
    found = record["adapters"]
    assert isinstance(found, list)
    return found


def test_that_an_adapter_is_read_with_64_bits_of_memory():
    assert adapters(key0000=R9700) == [
        {
            "key": "0000",
            "description": "AMD Radeon AI PRO R9700",
            "matching_device_id": "PCI\\VEN_1002&DEV_7551",
            "driver_version": "32.0.31035.1003",
            "memory_bytes": 34_208_743_424,
            "memory_32_bits": None,
        }
    ]


def test_that_a_size_in_bytes_is_a_number():
    # An Arc A770: https://github.com/oshi/oshi/issues/2907
    (found,) = adapters(key0000={"HardwareInformation.MemorySize": b"\x00\xf0\xff\x7f"})
    assert found["memory_32_bits"] == 0x7FFFF000


def test_that_a_subkey_that_may_not_be_read_does_not_lose_the_next():
    first, second = adapters(key0000=None, key0001=R9700)
    assert "Access is denied" in str(first["reason"])
    assert second["description"] == "AMD Radeon AI PRO R9700"


def test_that_subkeys_that_are_no_adapters_are_passed_over():
    assert adapters(Configuration={}, Properties=None) == []


def test_that_a_value_of_another_type_is_none():
    (found,) = adapters(key0000={"DriverDesc": ["a", "b"]})
    assert found["description"] is None


def test_that_a_registry_without_the_class_says_why(monkeypatch):
    monkeypatch.setattr("planner.hardware.windows_registry.CLASS_KEY", "no such key")
    record = read_registry(FakeWinreg({}))  # type: ignore[arg-type]  # answers like the module
    assert record == {"reason": "no such key"}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has a registry")
def test_that_no_other_system_has_a_registry():
    assert "winreg" in str(read_registry()["reason"])
