"""A file or folder, whatever it is called, read as a model."""

import itertools
from pathlib import Path
from typing import Final

from planner.core.errors import PlannerError
from planner.core.model_file import ModelFile
from planner.files.checkpoint import (
    CONFIG_NAME,
    read_checkpoint_file,
    read_checkpoint_folder,
    read_config,
)
from planner.files.gguf import is_gguf
from planner.files.gguf_model import read_gguf_model
from planner.files.gguf_parts import is_later_part
from planner.files.opened import opened, shown
from planner.files.safetensors import begins_like_safetensors

MOST_ENTRIES: Final = 5000
_SHOWN: Final = 5


def read_model_file(path: Path) -> ModelFile:
    """Read a GGUF file, a safetensors file, a `config.json`, or a folder that holds a model.

    What a file is, is told by how it begins, not by what it is called.

    Raises:
        PlannerError: it is none of these, or cannot be used.
    """
    if _is_folder(path):
        return _read_folder(path)
    with opened(path) as file:
        holds_gguf = is_gguf(file)
        holds_safetensors = begins_like_safetensors(file)
        file.stream.seek(0)
        begin = file.stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    if holds_gguf:
        return read_gguf_model(path)
    if holds_safetensors or path.suffix == ".safetensors":
        return read_checkpoint_file(path)
    if begin.startswith(b"{"):
        return read_config(path)
    raise PlannerError(
        f"{shown(path)} is no GGUF file, safetensors file or config.json: it begins as none of "
        "them does."
    )


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError) as error:
        raise PlannerError(f"{shown(path)} cannot be read: {error}.") from error


def _read_folder(folder: Path) -> ModelFile:
    names = _names_in(folder)
    ggufs = [name for name in names if name.endswith(".gguf") and not is_later_part(name)]
    if any(name.endswith(".safetensors") for name in names):
        return read_checkpoint_folder(folder, names)
    if len(ggufs) == 1:
        return read_gguf_model(folder / ggufs[0])
    if ggufs:
        listed = ", ".join(shown(name) for name in sorted(ggufs)[:_SHOWN])
        more = f" and {len(ggufs) - _SHOWN} more" if len(ggufs) > _SHOWN else ""
        raise PlannerError(f"{shown(folder)} holds several models; name one: {listed}{more}.")
    if CONFIG_NAME in names:
        return read_config(folder / CONFIG_NAME)
    raise PlannerError(
        f"{shown(folder)} holds no .gguf file, no .safetensors file and no config.json."
    )


def _names_in(folder: Path) -> list[str]:
    try:
        entries = list(itertools.islice(folder.iterdir(), MOST_ENTRIES + 1))
    except OSError as error:
        raise PlannerError(
            f"{shown(folder)} cannot be read: {error.strerror or error}."
        ) from error
    if len(entries) > MOST_ENTRIES:
        raise PlannerError(f"{shown(folder)} holds more than {MOST_ENTRIES:,} files.")
    return [entry.name for entry in entries]
