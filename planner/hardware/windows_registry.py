r"""Reads the display adapters that the registry of Windows lists, for when DXGI fails.

The class key `...\Control\Class\{4d36e968-...}` has a subkey for each adapter that was ever
installed (https://learn.microsoft.com/windows-hardware/drivers/install/system-defined-device-setup-classes-available-to-vendors).
`Win32_VideoController.AdapterRAM` is never asked: it has 32 bits and stops at 4 GiB.
Not run on Windows: the tests bring a stand-in for `winreg`.
"""

import importlib
from types import ModuleType
from typing import Any, Final

from planner.hardware.driver_child import Record

CLASS_KEY: Final = (
    r"SYSTEM\CurrentControlSet\Control\Class\{4d36e968-e325-11ce-bfc1-08002be10318}"
)
MAX_ADAPTERS: Final = 64

_VALUES: Final = {
    "description": "DriverDesc",
    "matching_device_id": "MatchingDeviceId",
    "driver_version": "DriverVersion",
    "memory_bytes": "HardwareInformation.qwMemorySize",
    "memory_32_bits": "HardwareInformation.MemorySize",
}


def read_registry(winreg: ModuleType | None = None) -> Record:
    """Return the values of each adapter, or the reason why there are none.

    Args:
        winreg: Python's module, or one that answers like it.
    """
    try:
        # On Windows alone there is such a module.
        winreg = winreg or importlib.import_module("winreg")
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, CLASS_KEY) as key:
            return {"adapters": _adapters(winreg, key)}
    except (ImportError, OSError) as error:
        return {"reason": str(error)}


def _adapters(winreg: ModuleType, key: Any) -> list[Record]:  # noqa: ANN401 - winreg's handle
    records: list[Record] = []
    for index in range(MAX_ADAPTERS):
        try:
            name = winreg.EnumKey(key, index)
        except OSError:  # the end of the list
            break
        if not name.isdecimal():  # `Configuration`, `Properties`
            continue
        try:
            with winreg.OpenKey(key, name) as adapter:
                values = {field: _value(winreg, adapter, at) for field, at in _VALUES.items()}
        except OSError as error:  # some may be read by administrators alone
            records.append({"key": name, "reason": str(error)})
        else:
            records.append({"key": name, **values})
    return records


def _value(winreg: ModuleType, key: Any, name: str) -> str | int | None:  # noqa: ANN401
    try:
        value = winreg.QueryValueEx(key, name)[0]
    except OSError:
        return None
    if isinstance(value, bytes):  # REG_BINARY, as drivers write either size
        return int.from_bytes(value[:8], "little")
    return value if isinstance(value, str | int) else None
