"""Opening what a person points at: a regular file, or a sentence that says what it is."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple

from planner.core.errors import PlannerError

_LONGEST_NAME = 120


class OpenedFile(NamedTuple):
    """An open file, its length, and its name for people."""

    stream: BinaryIO
    size_bytes: int
    name: str


def shown(name: str | Path) -> str:
    """Return the name of a file for a sentence: its last part, no longer than a line."""
    text = name.name if isinstance(name, Path) else name
    text = text or str(name)
    return repr(text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}…")


@contextmanager
def opened(path: Path) -> Iterator[OpenedFile]:
    """Open a regular file for reading.

    Raises:
        PlannerError: it is not there, is no file, or cannot be read.
    """
    try:
        # Asked before it is opened: opening a pipe would wait for whoever writes to it.
        is_file = stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - pathlib hides the mode
    except (OSError, ValueError) as error:
        raise PlannerError(_cannot_read(path, error)) from error
    if not is_file:
        raise PlannerError(f"{shown(path)} is not a file.")
    try:
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            yield OpenedFile(stream, size, shown(path))
    except OSError as error:
        raise PlannerError(_cannot_read(path, error)) from error


def _cannot_read(path: Path, error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"There is no file {shown(path)}."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{shown(path)} cannot be read: {reason}."
