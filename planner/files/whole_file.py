"""Puts a text into a file: whole or not at all."""

import os
import stat
from pathlib import Path

from planner.core.errors import PlannerError
from planner.files.opened import shown


def write_whole(path: Path, text: str, *, what: str) -> None:
    """Write beside the target, then put the file in its place in one step.

    Args:
        path: The file; through a link to what it stands for.
        text: Its content.
        what: Names the content in a sentence, such as `The machine card`.

    Raises:
        PlannerError: it cannot be written; what was there before still is.
    """
    # Only here: it takes as long to load as all the rest of a small command.
    import tempfile

    try:
        target = Path(os.path.realpath(path))
        _refuse_what_is_no_file(target)
        handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=".phi-planner-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode("utf-8", "replace"))
                stream.flush()
                os.fsync(stream.fileno())
            Path(scratch).chmod(_new_file_mode())
            Path(scratch).replace(target)
        except BaseException:
            Path(scratch).unlink(missing_ok=True)
            raise
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise PlannerError(
            f"{what} {shown(path)} was not written: {reason}. Nothing was changed."
        ) from error


def _refuse_what_is_no_file(target: Path) -> None:
    if target.exists() and not stat.S_ISREG(target.stat().st_mode):
        raise ValueError("something that is no file is in its place")


def _new_file_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
