"""A child process that answers each line with one JSON object, for as long as it is wanted."""

import json
import queue
import subprocess
import threading
from collections.abc import Mapping, Sequence
from typing import IO, Final

from planner.hardware.child_process import (
    KILL_WAIT_S,
    MAX_ANSWER_BYTES,
    ChildFailure,
    started,
    what_became_of_it,
)


class LineChild:
    """A running child. One thread asks; any may call `close`."""

    def __init__(self, command: Sequence[str], *, environ: Mapping[str, str]) -> None:
        """Start it.

        Raises:
            ChildFailure: It could not be started.
        """
        self._process = started(command, environ=environ, is_asked=True)
        # Never more than the one that is asked for and the end.
        self._lines: queue.Queue[bytes] = queue.Queue()
        stream = self._process.stdout
        # A thread, since a pipe cannot be waited for with a time limit on Windows.
        self._reader = threading.Thread(
            target=_hand_on, args=(stream, self._lines), name="driver-lines", daemon=True
        )
        self._reader.start()

    def ask(self, *, time_limit_s: float) -> dict[str, object]:
        """Return the next answer. After a failure the child is of no more use: `close` it.

        Raises:
            ChildFailure: It hung, crashed, or said something else than a JSON object.
        """
        try:
            if self._process.stdin is not None:
                self._process.stdin.write(b"\n")
                self._process.stdin.flush()
            line = self._lines.get(timeout=time_limit_s)
        except queue.Empty:
            raise ChildFailure(f"did not answer within {time_limit_s:g} seconds") from None
        except (OSError, ValueError):  # the pipe is broken, or closed by another thread
            line = b""
        if not line:
            raise ChildFailure(what_became_of_it(self._exit_code()))
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict):
            raise ChildFailure("gave an answer that is not understood")
        return answer

    def close(self) -> None:
        """End it, and leave neither a process nor a thread behind."""
        self._process.kill()
        if self._exit_code() is None and self.is_running():
            return  # Stuck inside the kernel's driver: it ends when the driver lets go of it.
        self._reader.join(KILL_WAIT_S)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                _close(stream)

    def is_running(self) -> bool:
        """Return whether the process is still there."""
        return self._process.poll() is None

    def _exit_code(self) -> int | None:
        try:
            return self._process.wait(KILL_WAIT_S)
        except subprocess.TimeoutExpired:
            return None


_LINE_LIMIT: Final = MAX_ANSWER_BYTES


def _hand_on(stream: IO[bytes] | None, lines: "queue.Queue[bytes]") -> None:
    """Pass on each line, and an empty one for the end or for a line without one."""
    while stream is not None:
        try:
            line = stream.readline(_LINE_LIMIT)
        except (OSError, ValueError):
            line = b""
        lines.put(line if line.endswith(b"\n") else b"")
        if not line.endswith(b"\n"):
            return


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except OSError:  # what was not sent yet cannot be sent any more
        return
