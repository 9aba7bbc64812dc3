"""The slow way in for devices: checked by pydantic, every problem named.

Loaded only for a file that the checked form does not have as it is.
"""

from collections.abc import Iterator
from typing import Any, Final

from pydantic import TypeAdapter

from planner.catalogue.devices import DeviceFile
from planner.catalogue.problems import SpecError, SpecProblem
from planner.catalogue.validation import check_record, parse_toml
from planner.core.device_spec import DeviceSpec

_LIST_KEY: Final = "devices"
_SOURCES_KEY: Final = "sources"
_DEVICES: Final = TypeAdapter(tuple[DeviceSpec, ...])
_SOURCES: Final = TypeAdapter(dict[str, str])


def parse_devices(file: str, content: bytes) -> DeviceFile:
    """Return the devices of one file, and its sources by their keys.

    Raises:
        SpecError: with all that is wrong in the file.
    """
    raw = parse_toml(file, content)
    listed, named = raw.pop(_LIST_KEY, []), raw.pop(_SOURCES_KEY, {})
    problems = [SpecProblem(file, key, "is not a known key") for key in raw]
    devices = check_record(_DEVICES, listed, file, (_LIST_KEY,), problems)
    sources = check_record(_SOURCES, named, file, (_SOURCES_KEY,), problems)
    if devices is not None and sources is not None:
        problems.extend(_unknown_sources(file, devices, sources))
    if devices is None or sources is None or problems:
        raise SpecError(problems)
    return DeviceFile(devices=devices, sources=sources)


def plain_values(file: DeviceFile) -> dict[str, Any]:
    """Return what the checked form keeps."""
    devices = _DEVICES.dump_python(file.devices, mode="json", exclude_defaults=True)
    return {_LIST_KEY: devices, _SOURCES_KEY: dict(file.sources)}


def _unknown_sources(
    file: str, devices: tuple[DeviceSpec, ...], sources: dict[str, str]
) -> Iterator[SpecProblem]:
    for index, device in enumerate(devices):
        for key in device.sources:
            if key not in sources:
                place = f"{_LIST_KEY}[{index}].{_SOURCES_KEY}"
                yield SpecProblem(file, place, f"{key!r} is not under [{_SOURCES_KEY}]")
