"""A child process that answers with one JSON object, or with a sentence why it did not."""

import time
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import subprocess

# subprocess, threading and json are imported where they are used: most computers have no
# driver to ask, and then no child is started.

MAX_ANSWER_BYTES = 1 << 20
KILL_WAIT_S = 1.0


class ChildFailure(Exception):  # noqa: N818 - a failure of the child, not of this program
    """The child gave no answer; the text says what became of it, without a subject."""


class Child(Protocol):
    """Something that answers once, or is cancelled."""

    def answer(self) -> dict[str, object]:
        """Wait for the answer.

        Raises:
            ChildFailure: There is none.
        """

    def cancel(self) -> None:
        """Give up."""


class OpenChild(Protocol):
    """Starts a child: `JsonChild`, or what stands in for it when answers are replayed."""

    def __call__(
        self, command: Sequence[str], *, time_limit_s: float, environ: Mapping[str, str]
    ) -> Child:
        """Return the running child.

        Raises:
            ChildFailure: It could not be started.
        """


def started(
    command: Sequence[str], *, environ: Mapping[str, str], is_asked: bool = False
) -> "subprocess.Popen[bytes]":
    """Start one of our own commands to read from; one that `is_asked` can be written to.

    Raises:
        ChildFailure: It could not be started.
    """
    import subprocess

    try:
        return subprocess.Popen(  # our own command
            list(command),
            stdin=subprocess.PIPE if is_asked else subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            # No console window flashes up on Windows.
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
    except OSError as error:
        raise ChildFailure(f"could not be started ({error.strerror or error})") from error


class JsonChild:
    """A running child. Call `answer` or `cancel` once, from any thread."""

    def __init__(
        self, command: Sequence[str], *, time_limit_s: float, environ: Mapping[str, str]
    ) -> None:
        """Start it.

        Raises:
            ChildFailure: It could not be started.
        """
        import threading

        self._time_limit_s = time_limit_s
        self._deadline = time.monotonic() + time_limit_s
        self._process = started(command, environ=environ)
        self._output = b""
        # A thread, since a pipe cannot be waited for with a time limit on Windows.
        self._reader = threading.Thread(target=self._read, name="driver-answer", daemon=True)
        self._reader.start()

    def answer(self) -> dict[str, object]:
        """Wait for the answer, at most until the time limit, and leave no process behind.

        Raises:
            ChildFailure: It hung, crashed, or said something else than a JSON object.
        """
        self._reader.join(max(0.0, self._deadline - time.monotonic()))
        is_late = self._reader.is_alive()
        exit_code = self._end()
        if is_late:
            raise ChildFailure(f"did not answer within {self._time_limit_s:g} seconds")
        answer = _json_object(self._output)
        if answer is not None:
            return answer
        raise ChildFailure(what_became_of_it(exit_code))

    def cancel(self) -> None:
        """End it now."""
        self._process.kill()
        self._end()

    def _read(self) -> None:
        stream = self._process.stdout
        if stream is not None:
            self._output = stream.read(MAX_ANSWER_BYTES + 1)

    def _end(self) -> int | None:
        """Return the exit code; `None` for a process that had to be killed or cannot be."""
        import subprocess

        exit_code: int | None = None
        if not self._reader.is_alive() and len(self._output) <= MAX_ANSWER_BYTES:
            try:
                exit_code = self._process.wait(KILL_WAIT_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
        else:
            self._process.kill()
        try:
            self._process.wait(KILL_WAIT_S)
        except subprocess.TimeoutExpired:
            # Stuck inside the kernel's driver: it ends when the driver lets go of it.
            return None
        self._reader.join(KILL_WAIT_S)
        if self._process.stdout is not None and not self._reader.is_alive():
            self._process.stdout.close()
        return exit_code


def _json_object(output: bytes) -> dict[str, object] | None:
    import json

    if len(output) > MAX_ANSWER_BYTES:
        return None
    try:
        answer = json.loads(output)
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def what_became_of_it(exit_code: int | None) -> str:
    """Return the end of a child without an answer, in words without a subject."""
    if exit_code is None or exit_code == 0:
        return "gave an answer that is not understood"
    if exit_code < 0:
        import signal

        try:
            return f"crashed ({signal.Signals(-exit_code).name})"
        except ValueError:
            return f"crashed (signal {-exit_code})"
    if exit_code >= 0xC000_0000:  # Windows: an NTSTATUS, such as 0xC0000005 access violation
        return f"crashed (0x{exit_code:08X})"
    return f"ended with exit code {exit_code}"
