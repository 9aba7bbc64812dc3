"""The buffers that llama.cpp, Ollama and vLLM print while they load a model.

A log is text from anywhere: what is not understood is passed over, sizes are bounded, and
nothing in it is run or followed.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from planner.core.errors import PlannerError
from planner.core.receipt import RuntimeLog
from planner.files.runtime_log_lines import LogReader

MAX_LOG_BYTES: Final = 16 << 20
MAX_LINE_LENGTH: Final = 4096
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;]{0,20}[A-Za-z]")


def read_runtime_log(path: Path) -> RuntimeLog:
    """Read a log file; of a larger one, its first 16 MiB.

    Raises:
        PlannerError: it cannot be read, or holds none of the lines that are looked for.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_LOG_BYTES)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise PlannerError(f"The log {str(path)!r} cannot be read: {reason}.") from error
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    return parse_runtime_log(data.decode(encoding, errors="replace").splitlines(), str(path))


def parse_runtime_log(lines: Iterable[str], name: str) -> RuntimeLog:
    """Read the lines of a log; `name` is what a complaint calls it.

    Raises:
        PlannerError: none of the lines prints a size of a model's memory.
    """
    reader = LogReader()
    for number, line in enumerate(lines, start=1):
        if len(line) <= MAX_LINE_LENGTH:
            reader.read(number, _ESCAPES.sub("", line))
    log = reader.log()
    if log is None:
        raise PlannerError(
            f"{name!r} holds no memory sizes of llama.cpp, Ollama or vLLM, such as "
            "'CUDA0 model buffer size' or 'Model loading took'."
        )
    return log
