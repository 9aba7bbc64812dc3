"""Reading `specs/devices`; nothing is read before somebody asks for it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final

from planner.catalogue.checked_form import digest, read_checked_form
from planner.catalogue.loader import CHECKED_SPECS, read_file, spec_files
from planner.catalogue.problems import SpecError, SpecProblem
from planner.core.device_spec import (
    Confidence,
    DeviceChoice,
    DeviceSpec,
    DeviceVendor,
    MemoryBasis,
    UnifiedShare,
    choose,
    own_names,
    shared_names,
    slug,
)
from planner.core.errors import PlannerError, UnknownNameError

# The part of the checked form (`planner.catalogue.checked_form`) that holds the devices. It is
# JSON inside of a JSON text: whoever asks for a model alone does not wait for these records.
DEVICES_KEY: Final = "devices"
DEVICES_FOLDER: Final = "devices"
MOST_DEVICES: Final = 64
# A part written for other fields is of no use.
_FIELDS: Final = " ".join(field.name for field in fields(DeviceSpec))

_COUNT: Final = re.compile(r"(\d{1,4})\s*[x×]\s*(?=\D)", re.IGNORECASE)
_SIZE: Final = re.compile(r"[\s,]+(\d{1,5})\s*(?:gi?b|g)$", re.IGNORECASE)
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class DeviceCatalogue:
    """All devices in the order of the files; `sources` are the texts behind their keys."""

    devices: tuple[DeviceSpec, ...]
    sources: Mapping[str, str]

    def choose(self, text: str) -> tuple[DeviceChoice, ...]:
        """Return the devices that `2x rtx-4090` or `m3-max 64GB` mean.

        A device goes by its id, its name or what its driver calls it, in any case of letters,
        with or without its maker.

        Raises:
            UnknownNameError: nothing is called that; the text offers the nearest names.
            PlannerError: the count is out of range, or it is not clear which one is meant.
        """
        name = text.strip()
        count = 1
        counted = _COUNT.match(name)
        if counted is not None:
            count, name = int(counted[1]), name[counted.end() :]
        if not 1 <= count <= MOST_DEVICES:
            raise PlannerError(f"{count} devices are out of range: 1 to {MOST_DEVICES}.")
        return (self._one(name),) * count

    def _one(self, name: str) -> DeviceChoice:
        # '12 GB' may be a part of the name.
        named = self._named(name)
        sized = None if named else _SIZE.search(name)
        if sized is not None:
            name = name[: sized.start()]
            named = self._named(name)
        if not named:
            raise UnknownNameError(self._unknown(name))
        return choose(name, named, memory_gb=None if sized is None else int(sized[1]))

    def _named(self, name: str) -> list[DeviceSpec]:
        """Return the devices of that name; what is a device's own name is no other's."""
        wanted = slug(name[: _LONGEST_NAME + 1])
        for names_of in (own_names, shared_names):
            found = [device for device in self.devices if wanted in names_of(device)]
            if found:
                return found
        return []

    def _unknown(self, name: str) -> str:
        # Imported here: it takes some milliseconds, and most names are right.
        from planner.core.nearest import unknown_name

        known = [device.id for device in self.devices]
        lead = f"{slug(name[:_LONGEST_NAME])}-"
        longer = [each for each in known if each.startswith(lead)]
        hint = unknown_name("device", name, known)
        if longer:
            hint = f"There is no device named {name!r}. Did you mean {', '.join(longer)}?"
        return f"{hint} `phi-planner devices --catalogue` lists all."

    def __iter__(self) -> Iterator[DeviceSpec]:
        """Go through the devices in the order of the files."""
        return iter(self.devices)

    def __len__(self) -> int:
        """Return how many devices are known."""
        return len(self.devices)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceFile:
    """What one file says."""

    devices: tuple[DeviceSpec, ...]
    sources: Mapping[str, str]


def load_devices(
    specs_dir: Path | None = None, *, checked: Path = CHECKED_SPECS
) -> DeviceCatalogue:
    """Return all devices of `specs_dir`, by default those that come with the app.

    `checked` is the form that saves checking unchanged files again.

    Raises:
        SpecError: with every problem of every file.
    """
    return _catalogue(_read_files(specs_dir, _known_files(checked)))


def devices_entry(specs_dir: Path) -> str | None:
    """Return the part of the checked form, `None` where the specs hold no devices.

    Raises:
        SpecError: with every problem of every file.
    """
    folder = specs_dir / DEVICES_FOLDER
    if not folder.is_dir():
        return None
    import json

    from planner.catalogue.devices_validation import plain_values

    files = _read_files(specs_dir, {})
    _catalogue(files)
    entries = {
        name: {"digest": digest(read_file(folder / name)), **plain_values(file)}
        for name, file in files.items()
    }
    form = {"fields": _FIELDS, "files": entries}
    return json.dumps(form, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def _known_files(checked: Path) -> Mapping[str, Any]:
    import json

    text = read_checked_form(checked).get(DEVICES_KEY)
    try:
        form = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    if not isinstance(form, dict) or form.get("fields") != _FIELDS:
        return {}
    files = form.get("files")
    return files if isinstance(files, dict) else {}


def _read_files(specs_dir: Path | None, known: Mapping[str, Any]) -> dict[str, DeviceFile]:
    """Return what each file says, by its name.

    Raises:
        SpecError: with every problem of every file.
    """
    from planner.paths import shipped

    folder = (shipped("specs") if specs_dir is None else specs_dir) / DEVICES_FOLDER
    files: dict[str, DeviceFile] = {}
    problems: list[SpecProblem] = []
    for name in spec_files(folder):
        try:
            files[name] = _read_one(folder / name, known)
        except SpecError as error:
            problems.extend(error.problems)
    if problems:
        raise SpecError(problems)
    return files


def _read_one(path: Path, known: Mapping[str, Any]) -> DeviceFile:
    content = read_file(path)
    entry = known.get(path.name)
    if entry is not None and entry["digest"] == digest(content):
        devices = tuple(_device_of(raw) for raw in entry["devices"])
        return DeviceFile(devices=devices, sources=entry["sources"])
    # Imported here, with pydantic: the usual start finds every file in the checked form.
    from planner.catalogue.devices_validation import parse_devices

    return parse_devices(path.name, content)


def _device_of(raw: Mapping[str, Any]) -> DeviceSpec:
    """Build the record from plain values that were checked before."""
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()
    }
    unified = values.get("unified")
    values |= {
        "vendor": DeviceVendor(values["vendor"]),
        "memory_basis": MemoryBasis(values.get("memory_basis", MemoryBasis.NOMINAL)),
        "unified": None if unified is None else UnifiedShare(unified),
        "confidence": Confidence(values["confidence"]),
    }
    return DeviceSpec(**values)


def _catalogue(files: Mapping[str, DeviceFile]) -> DeviceCatalogue:
    """Put the files together.

    Raises:
        SpecError: two devices have one name, or two sources one key.
    """
    problems = [*_name_clashes(files), *_source_clashes(files)]
    if problems:
        raise SpecError(problems)
    return DeviceCatalogue(
        tuple(device for file in files.values() for device in file.devices),
        {key: text for file in files.values() for key, text in file.sources.items()},
    )


def _name_clashes(files: Mapping[str, DeviceFile]) -> Iterator[SpecProblem]:
    owners: dict[str, str] = {}
    for name, file in files.items():
        for index, device in enumerate(file.devices):
            place = f"devices[{index}]"
            for word in sorted(own_names(device)):
                owner = owners.setdefault(word, f"{name}: {place}")
                if owner != f"{name}: {place}":
                    yield SpecProblem(name, place, f"{word!r} also names {owner}")


def _source_clashes(files: Mapping[str, DeviceFile]) -> Iterator[SpecProblem]:
    texts: dict[str, str] = {}
    for name, file in files.items():
        for key, text in file.sources.items():
            if texts.setdefault(key, text) != text:
                yield SpecProblem(name, f"sources.{key}", "says otherwise in another file")
