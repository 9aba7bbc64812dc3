"""What a person chose in the window, in `settings.json`: only what is not the default."""

import json
import os
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from planner.core.errors import PlannerError
from planner.core.fit import DEFAULT_GPU_RESERVE_BYTES, DEFAULT_RAM_RESERVE_BYTES
from planner.core.plan import (
    DEFAULT_BATCH_SIZE,
    DEFAULT_MICRO_BATCH_SIZE,
    CacheType,
    Program,
)

FILE_NAME: Final = "settings.json"
# Ours has some hundred bytes; anything larger is not ours.
LARGEST_FILE_BYTES: Final = 64 * 1024
_FOLDER_NAME: Final = "phi-planner"
_MOST_BROKEN_FILES: Final = 100
# No computer has 2**50 bytes, and no other figure comes near it.
_HIGHEST_NUMBER: Final = 1 << 50


class Scheme(StrEnum):
    """Light or dark, or whatever the system shows."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices that outlive the window; `None` is the program's own choice."""

    scheme: Scheme = Scheme.SYSTEM
    gpu_reserve_bytes: int = DEFAULT_GPU_RESERVE_BYTES
    ram_reserve_bytes: int = DEFAULT_RAM_RESERVE_BYTES
    target_id: str | None = None
    context_length: int | None = None
    cache_type_k: CacheType = CacheType.F16
    cache_type_v: CacheType = CacheType.F16
    parallel_sequences: int = 1
    flash_attention: bool = True
    batch_size: int = DEFAULT_BATCH_SIZE
    micro_batch_size: int = DEFAULT_MICRO_BATCH_SIZE
    program: Program = Program.SERVER
    shows_all_formats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedSettings:
    """The settings, and sentences about what in the file could not be used.

    `unknown` are keys that this version does not know; `save_settings` puts them back, so that
    a newer version finds them again.
    """

    settings: Settings = Settings()
    unknown: Mapping[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def settings_path(
    environ: Mapping[str, str] | None = None, platform: str = sys.platform
) -> Path | None:
    """Return where the settings are, or `None` where a person has no home at all."""
    environ = os.environ if environ is None else environ
    match platform:
        case "win32":
            candidates = (
                environ.get("APPDATA"),
                _below(environ.get("USERPROFILE"), "AppData/Roaming"),
            )
        case "darwin":
            candidates = (_below(environ.get("HOME"), "Library/Application Support"), None)
        case _:
            candidates = (
                environ.get("XDG_CONFIG_HOME"),
                _below(environ.get("HOME"), ".config"),
            )
    # A relative path would be another folder each time (the XDG specification says the same).
    found = next((each for each in candidates if each and Path(each).is_absolute()), None)
    return None if found is None else Path(found) / _FOLDER_NAME / FILE_NAME


def _below(home: str | None, folders: str) -> str | None:
    return f"{home}/{folders}" if home else None


def load_settings(path: Path | None) -> LoadedSettings:
    """Return what the file says; a broken file is set aside, and a note tells of it."""
    if path is None:
        return LoadedSettings(notes=("There is no home folder: settings are not kept.",))
    try:
        with path.open("rb") as stream:
            content = stream.read(LARGEST_FILE_BYTES + 1)
    except FileNotFoundError:
        return LoadedSettings()
    except OSError as error:
        return LoadedSettings(notes=(f"The settings could not be read: {_words(error)}.",))
    try:
        return _checked(content)
    except ValueError as error:
        return LoadedSettings(notes=(_set_aside(path, str(error)),))


def save_settings(
    settings: Settings, path: Path | None, *, unknown: Mapping[str, Any] | None = None
) -> None:
    """Write what differs from the default, whole or not at all.

    Raises:
        PlannerError: the file cannot be written; what was there before still is.
    """
    if path is None:
        return
    defaults = asdict(Settings())
    changed = {key: value for key, value in asdict(settings).items() if value != defaults[key]}
    text = json.dumps(dict(unknown or {}) | changed, indent=2, sort_keys=True) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write_whole(path, text.encode("utf-8"))
    except OSError as error:
        raise PlannerError(
            f"The settings could not be saved in {path}: {_words(error)}."
        ) from error


def _checked(content: bytes) -> LoadedSettings:
    """Return the settings of a file's content.

    Raises:
        ValueError: it is no JSON object, or a value is not what its key takes.
    """
    if len(content) > LARGEST_FILE_BYTES:
        raise ValueError(f"it is larger than {LARGEST_FILE_BYTES:,} bytes")
    try:
        raw = json.loads(content)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(raw, dict):
        raise ValueError("it is not a JSON object")  # noqa: TRY004 - one kind for the caller
    known = {each.name for each in fields(Settings)}
    unknown = {key: value for key, value in raw.items() if key not in known}
    settings = _parse({key: value for key, value in raw.items() if key in known})
    notes: tuple[str, ...] = ()
    if unknown:
        names = ", ".join(sorted(unknown)[:8])
        notes = (f"Settings that this version does not know are kept as they are: {names}.",)
    return LoadedSettings(settings=settings, unknown=unknown, notes=notes)


def _parse(raw: dict[str, Any]) -> Settings:
    """Check each value by hand: pydantic alone would take longer to load than the window.

    Raises:
        ValueError: with every value that is not what its key takes.
    """
    checked: dict[str, Any] = {}
    problems: list[str] = []
    for name, value in raw.items():
        try:
            checked[name] = _value(name, value)
        except ValueError as error:
            problems.append(f"{name}: {error}")
    if problems:
        raise ValueError("; ".join(problems))
    return Settings(**checked)


def _value(name: str, raw: object) -> object:
    """Return one setting's value.

    Raises:
        ValueError: it is of another kind than the default, or out of its range.
    """
    default = getattr(_DEFAULTS, name)
    if default is None and raw is None:
        return None
    if isinstance(default, StrEnum):
        known = {each.value: each for each in type(default)}
        if not isinstance(raw, str) or raw not in known:
            raise ValueError(f"it should be one of {', '.join(known)}")
        return known[raw]
    kind = _KINDS_OF_NONE.get(name, type(default))
    if type(raw) is not kind:
        raise ValueError(f"it should be {_KIND_WORDS[kind]}")
    lowest = 0 if name.endswith("_reserve_bytes") else 1
    if type(raw) is int and not lowest <= raw <= _HIGHEST_NUMBER:
        raise ValueError(f"{raw} is out of range")
    return raw


_DEFAULTS: Final = Settings()
# What a setting is when it is not left to the program.
_KINDS_OF_NONE: Final = {"target_id": str, "context_length": int}
_KIND_WORDS: Final = {str: "a text", int: "a whole number", bool: "true or false"}


def _set_aside(path: Path, problem: str) -> str:
    """Rename the broken file, so that it can be looked at and is not overwritten."""
    for number in range(1, _MOST_BROKEN_FILES + 1):
        aside = path.with_name(f"{path.name}.broken-{number}")
        if aside.exists():
            continue
        try:
            path.rename(aside)
        except OSError as error:
            return f"The settings are broken ({problem}) and cannot be moved: {_words(error)}."
        return f"The settings were broken ({problem}). They are now in {aside}; defaults hold."
    return f"The settings are broken ({problem}), as were {_MOST_BROKEN_FILES} before them."


def _words(error: OSError) -> str:
    return error.strerror or str(error)


def _write_whole(path: Path, content: bytes) -> None:
    handle, scratch = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(scratch).replace(path)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise
