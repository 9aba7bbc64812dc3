"""Puts a report into a file: whole or not at all."""

import errno
import os
import stat
import tempfile
from pathlib import Path
from typing import Final

from planner.core.errors import PlannerError
from planner.report.choices import DEFAULT_CHOICES, FileChoices
from planner.report.fit_report import FitReport
from planner.report.renderers import FORMATS, render

_REASONS: Final = {
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "a part of its path is no folder",
    errno.EACCES: "its folder may not be written to",
    errno.EPERM: "its folder may not be written to",
    errno.EROFS: "the disk can only be read",
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EFBIG: "the file would be too large for this disk",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EISDIR: "it is a folder",
    errno.ELOOP: "its links lead in a circle",
}


def format_of(path: str) -> str:
    """Return the format that a name's suffix picks.

    Raises:
        PlannerError: there is no format of that suffix.
    """
    suffix = os.path.splitext(path)[1].casefold()  # noqa: PTH122 - Path refuses some names
    if suffix[1:] in FORMATS:
        return suffix[1:]
    *most, last = (f".{name}" for name in FORMATS)
    raise PlannerError(
        f"The report {path!r} was not written: its name must end in {', '.join(most)} or "
        f"{last}, which picks the format."
    )


def write_report(report: FitReport, path: str, choices: FileChoices = DEFAULT_CHOICES) -> None:
    """Render the report by the suffix of `path` and write it.

    Raises:
        PlannerError: there is no such format, the report has no such part, or the file cannot
            be written. What was there before is then still there.
    """
    write_file(path, render(report, format_of(path), choices), what="The report")


def write_file(path: str, content: bytes, *, what: str) -> None:
    """Write a file, whole or not at all; `what` begins the sentence where that fails.

    Raises:
        PlannerError: the file cannot be written. What was there before is then still there.
    """
    try:
        _write_whole(Path(path), content)
    except (OSError, ValueError) as error:
        code = error.errno if isinstance(error, OSError) else None
        words = error.strerror if isinstance(error, OSError) else None
        reason = _REASONS.get(code or 0) or words or str(error)
        raise PlannerError(
            f"{what} {path!r} was not written: {reason}. Nothing was changed."
        ) from error


def _write_whole(path: Path, content: bytes) -> None:
    """Write beside the target, then put the file in its place in one step."""
    # Through a link to the file it stands for: the link itself is not replaced.
    target = Path(os.path.realpath(path))
    mode = _mode_of(target)
    handle, scratch = tempfile.mkstemp(dir=target.parent, prefix=".phi-planner-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(scratch).chmod(mode)
        Path(scratch).replace(target)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise


def _mode_of(target: Path) -> int:
    """Return the mode that the file is to have: its own, or a new file's.

    Raises:
        OSError: something that is no file is in the way.
    """
    try:
        found = target.stat()
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is a device or a pipe, not a file")
    return stat.S_IMODE(found.st_mode)
