"""The log of faults: a few files of bounded size in the user's folder for such things."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from planner.paths import fault_log_path

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["fault_log_path", "open_fault_log"]

_LARGEST_FILE_BYTES: Final = 256 * 1024
_OLDER_FILES: Final = 3
_LINE: Final = "%(asctime)s %(levelname)s %(name)s: %(message)s"


def open_fault_log(path: Path | None) -> logging.Handler | None:
    """Return a handler that writes warnings and worse there, or `None` where it cannot.

    A log that cannot be written is no reason to bother anyone.
    """
    if path is None:
        return None
    # Late: it brings sockets and pickle, which no paint needs.
    from logging.handlers import RotatingFileHandler

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(
            path,
            maxBytes=_LARGEST_FILE_BYTES,
            backupCount=_OLDER_FILES,
            encoding="utf-8",
            # No file before there is something to say.
            delay=True,
        )
    except OSError:
        return None
    handler.setLevel(logging.WARNING)
    handler.setFormatter(logging.Formatter(_LINE))
    return handler
