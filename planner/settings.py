"""What a person chose in the window, in `settings.json`: only what is not the default."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, fields
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from planner import paths
from planner.core.errors import PlannerError
from planner.core.fit import DEFAULT_GPU_RESERVE_BYTES, DEFAULT_RAM_RESERVE_BYTES
from planner.core.plan import (
    Attention,
    CacheKind,
    CacheType,
    GpuLayers,
    PlanOptions,
    Program,
    RuntimeName,
    SplitMode,
)
from planner.core.records import dataclass
from planner.core.report_choices import (
    CsvTable,
    Paper,
    PictureKey,
    PictureScheme,
    ReportChoices,
    ReportFormat,
    ReportScope,
)
from planner.core.units import SizeUnit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.core.corrections import Correction
    from planner.core.gguf_layout import TensorLayout
    from planner.core.quant_mix import MixRules

# In `paths`, where a command finds it without loading all of this.
settings_path: Final = paths.settings_path
# Ours has some hundred bytes; anything larger is not ours.
LARGEST_FILE_BYTES: Final = 64 * 1024
_MOST_BROKEN_FILES: Final = 100
# No computer has 2**50 bytes, and no other figure comes near it.
_HIGHEST_NUMBER: Final = 1 << 50
DEFAULT_REFRESH_SECONDS: Final = 1
LONGEST_REFRESH_SECONDS: Final = 3600
_MOST_ITEMS: Final = 64
_OPTIONS: Final = PlanOptions()
_REPORT: Final = ReportChoices()


class Scheme(StrEnum):
    """Light or dark, or whatever the system shows."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Language(StrEnum):
    """What the window speaks, as the names of its translations go."""

    SYSTEM = "system"
    ENGLISH = "en"
    GERMAN = "de"
    CHINESE = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The choices that outlive the window; `None` is the program's own choice."""

    scheme: Scheme = Scheme.SYSTEM
    language: Language = Language.SYSTEM
    size_unit: SizeUnit = SizeUnit.GIB
    # How often live figures are read; 0 for never.
    refresh_seconds: int = DEFAULT_REFRESH_SECONDS
    gpu_reserve_bytes: int = DEFAULT_GPU_RESERVE_BYTES
    ram_reserve_bytes: int = DEFAULT_RAM_RESERVE_BYTES
    target_id: str | None = None
    model_id: str | None = None
    quant_format: str | None = None
    page: str | None = None
    grid_mode: str | None = None
    recent_files: tuple[str, ...] = ()
    shows_all_formats: bool = False
    corrections: tuple[Correction, ...] = ()
    # All of `ReportChoices`, under the same names with `report_` before them.
    report_format: ReportFormat = _REPORT.format
    report_scope: ReportScope = _REPORT.scope
    report_paper: Paper = _REPORT.paper
    report_table: CsvTable = _REPORT.table
    report_picture: PictureKey = _REPORT.picture
    report_scheme: PictureScheme = _REPORT.scheme
    # All of `PlanOptions`, under the same names.
    runtime: RuntimeName = _OPTIONS.runtime
    context_length: int | None = _OPTIONS.context_length
    gpu_layers: GpuLayers | int = _OPTIONS.gpu_layers
    cache_type_k: CacheType = _OPTIONS.cache_type_k
    cache_type_v: CacheType = _OPTIONS.cache_type_v
    parallel_sequences: int = _OPTIONS.parallel_sequences
    unified_cache: bool = _OPTIONS.unified_cache
    flash_attention: bool = _OPTIONS.flash_attention
    batch_size: int = _OPTIONS.batch_size
    micro_batch_size: int = _OPTIONS.micro_batch_size
    program: Program = _OPTIONS.program
    mix: MixRules = _OPTIONS.mix
    layout: TensorLayout = _OPTIONS.layout
    imatrix: bool = _OPTIONS.imatrix
    split_mode: SplitMode = _OPTIONS.split_mode
    tensor_split: tuple[float, ...] = _OPTIONS.tensor_split
    cpu_expert_layers: int = _OPTIONS.cpu_expert_layers
    repack: bool = _OPTIONS.repack
    attention: Attention = _OPTIONS.attention
    cache_kind: CacheKind = _OPTIONS.cache_kind
    prompt_length: int | None = _OPTIONS.prompt_length
    max_length: int | None = _OPTIONS.max_length
    chunk_size: int | None = _OPTIONS.chunk_size
    gpu_memory_utilization: float = _OPTIONS.gpu_memory_utilization
    max_sequences: int = _OPTIONS.max_sequences
    tensor_parallel: int = _OPTIONS.tensor_parallel
    enforce_eager: bool = _OPTIONS.enforce_eager


class LoadedSettings(NamedTuple):
    """The settings, and sentences about what in the file could not be used.

    `unknown` are keys that this version does not know; `save_settings` puts them back, so that
    a newer version finds them again.
    """

    settings: Settings = Settings()
    unknown: Mapping[str, Any] = MappingProxyType({})
    notes: tuple[str, ...] = ()


def load_settings(path: Path | None, *, sets_aside: bool = True) -> LoadedSettings:
    """Return what the file says; a broken file is set aside, and a note tells of it.

    Args:
        path: Where the file is; `None` where there is no home for one.
        sets_aside: Whether a broken file is renamed, so that the next one can be written.
    """
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
        if not sets_aside:
            return LoadedSettings(notes=(f"The settings in {path} are broken: {error}.",))
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
    if name == "corrections":
        # Late: few people have any.
        from planner.core.corrections import corrections_of

        return corrections_of(raw)
    default = getattr(_DEFAULTS, name)
    if default is None and raw is None:
        return None
    if isinstance(default, tuple):
        return _items(raw, _ITEM_KINDS[name])
    if isinstance(default, StrEnum):
        if type(raw) is int and name in _ALSO_NUMBERS:
            return _in_range(name, raw)
        known = {each.value: each for each in type(default)}
        if not isinstance(raw, str) or raw not in known:
            raise ValueError(f"it should be one of {', '.join(known)}")
        return known[raw]
    return _in_range(name, _of_kind(raw, _KINDS_OF_NONE.get(name, type(default))))


def _of_kind(raw: object, kind: type) -> object:
    if kind is float and type(raw) is int:
        return float(raw)
    if type(raw) is not kind:
        raise ValueError(f"it should be {_KIND_WORDS[kind]}")
    return raw


def _items(raw: object, kind: type) -> tuple[object, ...]:
    if not isinstance(raw, list) or len(raw) > _MOST_ITEMS:
        raise ValueError(f"it should be a list of at most {_MOST_ITEMS} items")
    return tuple(_in_range("", _of_kind(each, kind)) for each in raw)


def _in_range(name: str, value: object) -> object:
    """Return the value if it is no number, or one in its range."""
    if type(value) in (int, float):
        may_be_none = name in _MAY_BE_ZERO or name.endswith("_reserve_bytes") or not name
        lowest = 0 if may_be_none or type(value) is float else 1
        highest = _HIGHEST.get(name, _HIGHEST_NUMBER)
        # Not a number is in no range.
        if not lowest <= value <= highest:  # type: ignore[operator]
            raise ValueError(f"{value} is out of range")
    return value


_DEFAULTS: Final = Settings()
# What a setting is when it is not left to the program.
_KINDS_OF_NONE: Final = {
    "target_id": str,
    "model_id": str,
    "quant_format": str,
    "page": str,
    "grid_mode": str,
    "context_length": int,
    "prompt_length": int,
    "max_length": int,
    "chunk_size": int,
}
_KIND_WORDS: Final = {
    str: "a text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
}
_ITEM_KINDS: Final = {"recent_files": str, "tensor_split": float}
_ALSO_NUMBERS: Final = frozenset({"gpu_layers"})
_MAY_BE_ZERO: Final = frozenset({"refresh_seconds", "gpu_layers", "cpu_expert_layers"})
_HIGHEST: Final = {"refresh_seconds": LONGEST_REFRESH_SECONDS, "gpu_memory_utilization": 1}


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
    # Only here: it takes longer to load than all the rest, and most starts write nothing.
    import tempfile

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
