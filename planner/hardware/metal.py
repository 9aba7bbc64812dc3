"""The one place that calls Metal, through ctypes: six properties need no package.

It runs in a short-lived child process. Every method is asked for before it is called, since an
unknown one ends the process, and every call has a prototype of its own, as arm64 demands.
Not run on a Mac: the tests call it with a stand-in for the Objective-C runtime, in whose
memory the same calls are made.
"""

import ctypes
from collections.abc import Callable
from ctypes import c_bool, c_char_p, c_uint64, c_void_p
from typing import Any, Final

from planner.hardware.driver_child import Record

MAX_DEVICES: Final = 32

# These exist only in the loader's cache of macOS, so loading is the only way to look for them.
OBJC_LIBRARY: Final = "/usr/lib/libobjc.A.dylib"
_FRAMEWORKS: Final = "/System/Library/Frameworks"
METAL_LIBRARY: Final = f"{_FRAMEWORKS}/Metal.framework/Metal"
# Without it MTLCreateSystemDefaultDevice returns nil to a program without a window
# (https://developer.apple.com/documentation/metal/mtlcreatesystemdefaultdevice()).
GRAPHICS_LIBRARY: Final = f"{_FRAMEWORKS}/CoreGraphics.framework/CoreGraphics"

# Properties of MTLDevice, by https://developer.apple.com/documentation/metal/mtldevice.
# `currentAllocatedSize` is of this process alone.
_NUMBERS: Final = {
    "recommended_working_set_bytes": "recommendedMaxWorkingSetSize",
    "max_buffer_bytes": "maxBufferLength",
    "allocated_bytes": "currentAllocatedSize",
    "registry_id": "registryID",
}
_FLAGS: Final = {
    "has_unified_memory": "hasUnifiedMemory",
    "is_low_power": "isLowPower",
    "is_removable": "isRemovable",
}


def read_metal(load: Callable[[str], Any] = ctypes.CDLL) -> Record:
    """Return the devices of Metal, or the reason why there are none.

    Args:
        load: Loads a library, as `ctypes.CDLL` does.
    """
    try:
        objc = load(OBJC_LIBRARY)
        load(GRAPHICS_LIBRARY)
        metal = load(METAL_LIBRARY)
        devices = _devices(_Runtime(objc), metal)
    except (OSError, AttributeError) as error:
        return {"reason": str(error)}
    return {"devices": devices}


class _Runtime:
    """The calls of the Objective-C runtime that are needed, each with its prototype."""

    def __init__(self, objc: Any) -> None:  # noqa: ANN401 - a library's functions have no types
        self._selector = ctypes.CFUNCTYPE(c_void_p, c_char_p)(
            ctypes.cast(objc.sel_registerName, c_void_p).value or 0
        )
        self._send_address = ctypes.cast(objc.objc_msgSend, c_void_p).value or 0

    def ask(
        self,
        answer: type[Any],
        receiver: int,
        method: str,
        *arguments: tuple[type[Any], object],
    ) -> Any:  # noqa: ANN401 - of the type `answer`, as ctypes converts it
        """Send a message whose answer is of the C type `answer`."""
        kinds = (kind for kind, _ in arguments)
        send = ctypes.CFUNCTYPE(answer, c_void_p, c_void_p, *kinds)(self._send_address)
        return send(receiver, self._named(method), *(value for _, value in arguments))

    def has(self, receiver: int, method: str) -> bool:
        """Tell whether the object answers to a method."""
        selector = (c_void_p, self._named(method))
        return bool(self.ask(c_bool, receiver, "respondsToSelector:", selector))

    def text(self, receiver: int, method: str) -> str | None:
        """Return a property that is a string."""
        string = self.ask(c_void_p, receiver, method)
        raw = self.ask(c_char_p, string, "UTF8String") if string else None
        return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else None

    def _named(self, method: str) -> object:
        return self._selector(method.encode())


def _devices(runtime: _Runtime, metal: Any) -> list[Record]:  # noqa: ANN401
    found: list[int] = []
    metal.MTLCopyAllDevices.restype = c_void_p
    array = metal.MTLCopyAllDevices()
    if array:
        count = min(runtime.ask(c_uint64, array, "count"), MAX_DEVICES)
        found = [
            runtime.ask(c_void_p, array, "objectAtIndex:", (c_uint64, index))
            for index in range(count)
        ]
    if not found:
        metal.MTLCreateSystemDefaultDevice.restype = c_void_p
        found = [metal.MTLCreateSystemDefaultDevice()]
    return [_device(runtime, device) for device in found if device]


def _device(runtime: _Runtime, device: int) -> Record:
    record: Record = {"name": runtime.text(device, "name")}
    for field, method in _NUMBERS.items():
        if runtime.has(device, method):
            record[field] = runtime.ask(c_uint64, device, method)
    for field, method in _FLAGS.items():
        if runtime.has(device, method):
            record[field] = runtime.ask(c_bool, device, method)
    return record
