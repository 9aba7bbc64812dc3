"""The one place that calls DXGI, through ctypes: the graphics adapters of Windows.

It runs in a short-lived child process. DXGI makes no device, so it wakes no sleeping card.
Not run on Windows: the tests call it with stand-ins for its objects, made of function tables
of the same layout.
"""

import ctypes
import sys
import uuid
from collections.abc import Callable
from ctypes import POINTER, byref, c_int32, c_size_t, c_uint16, c_uint32, c_uint64, c_void_p
from typing import Any, Final

from planner.hardware.driver_child import Record

MAX_ADAPTERS: Final = 64

IID_FACTORY1: Final = "770aae78-f26f-4dba-a829-253c83d1b387"
IID_ADAPTER3: Final = "645967a4-1392-4310-a798-8053ce3e93fd"
# Places in the function tables of dxgi.h and dxgi1_4.h of the Windows SDK: each interface's
# functions follow those of the one it extends.
_QUERY_INTERFACE: Final = 0
_RELEASE: Final = 2
_ENUM_ADAPTERS1: Final = 12
_GET_DESC1: Final = 10
_QUERY_VIDEO_MEMORY_INFO: Final = 14
# DXGI_MEMORY_SEGMENT_GROUP
_SEGMENT_GROUPS: Final = {"local": 0, "non_local": 1}
_NOT_FOUND: Final = 0x887A0002 - (1 << 32)  # DXGI_ERROR_NOT_FOUND: the list has ended

# COM's calling convention; 64-bit Windows has but one.
_prototype = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)


class AdapterDesc1(ctypes.Structure):
    """DXGI_ADAPTER_DESC1; the text is UTF-16 on Windows whatever the compiler's wchar_t is."""

    _fields_ = (
        ("description", c_uint16 * 128),
        ("vendor_id", c_uint32),
        ("device_id", c_uint32),
        ("subsystem_id", c_uint32),
        ("revision", c_uint32),
        ("dedicated_video_bytes", c_size_t),
        ("dedicated_system_bytes", c_size_t),
        ("shared_system_bytes", c_size_t),
        ("luid_low", c_uint32),
        ("luid_high", c_int32),
        ("flags", c_uint32),
    )


class VideoMemoryInfo(ctypes.Structure):
    """DXGI_QUERY_VIDEO_MEMORY_INFO."""

    _fields_ = (
        ("budget_bytes", c_uint64),
        ("usage_bytes", c_uint64),
        ("available_for_reservation_bytes", c_uint64),
        ("reserved_bytes", c_uint64),
    )


class DxgiError(OSError):
    """A call was refused; the text has the function and the HRESULT."""


def read_dxgi(load: Callable[[], Any] | None = None) -> Record:
    """Return the adapters of DXGI, or the reason why there are none.

    Args:
        load: Loads the library.
    """
    try:
        library = (load or _load)()
        return {"adapters": _adapters(library)}
    except (OSError, AttributeError) as error:
        return {"reason": str(error)}


def _load() -> Any:  # noqa: ANN401 - a library's functions have no types
    if sys.platform == "win32":
        return ctypes.WinDLL("dxgi.dll")
    raise OSError("DXGI is a part of Windows")


def _adapters(library: Any) -> list[Record]:  # noqa: ANN401
    factory = c_void_p()
    status = library.CreateDXGIFactory1(_guid(IID_FACTORY1), byref(factory))
    _check("CreateDXGIFactory1", status)
    records: list[Record] = []
    for index in range(MAX_ADAPTERS):
        adapter = c_void_p()
        status = _call(factory, _ENUM_ADAPTERS1, c_uint32(index), byref(adapter))
        if status == _NOT_FOUND:
            break
        _check("EnumAdapters1", status)
        records.append(_adapter(adapter))
        _call(adapter, _RELEASE)
    return records


def _adapter(adapter: c_void_p) -> Record:
    desc = AdapterDesc1()
    try:
        _check("GetDesc1", _call(adapter, _GET_DESC1, byref(desc)))
    except DxgiError as error:
        return {"reason": str(error)}
    text = bytes(desc.description).decode("utf-16-le", "replace").partition("\0")[0]
    numbers = {name: getattr(desc, name) for name, _ in AdapterDesc1._fields_[1:]}
    return {"description": text, **numbers, **_memory(adapter)}


def _memory(adapter: c_void_p) -> Record:
    """Return the budgets of this process; Windows 10 was the first to have them."""
    adapter3 = c_void_p()
    guid = _guid(IID_ADAPTER3)
    status = _call(adapter, _QUERY_INTERFACE, guid, byref(adapter3))
    if status < 0 or adapter3.value is None:
        return {"memory_reason": _words("IDXGIAdapter3", status)}
    record: Record = {}
    for name, group in _SEGMENT_GROUPS.items():
        info = VideoMemoryInfo()
        status = _call(
            adapter3, _QUERY_VIDEO_MEMORY_INFO, c_uint32(0), c_uint32(group), byref(info)
        )
        if status < 0:
            record["memory_reason"] = _words("QueryVideoMemoryInfo", status)
        else:
            record[name] = {
                field: getattr(info, field) for field, _ in VideoMemoryInfo._fields_
            }
    _call(adapter3, _RELEASE)
    return record


def _call(this: c_void_p, place: int, *arguments: Any) -> int:  # noqa: ANN401 - ctypes values
    """Call one function of a COM object by its place in the object's table."""
    table = ctypes.cast(this, POINTER(POINTER(c_void_p)))[0]
    kinds = [type(value) if isinstance(value, c_uint32) else c_void_p for value in arguments]
    function = _prototype(c_int32, c_void_p, *kinds)(table[place] or 0)
    return int(function(this, *arguments))


def _guid(text: str) -> Any:  # noqa: ANN401
    """Return a pointer to a GUID, whose first three parts are of the processor's byte order."""
    raw = uuid.UUID(text).bytes_le
    return byref((ctypes.c_ubyte * 16).from_buffer_copy(raw))


def _check(function: str, status: int) -> None:
    if status < 0:
        raise DxgiError(_words(function, status))


def _words(function: str, status: int) -> str:
    return f"{function} answered 0x{status & 0xFFFFFFFF:08X}"
