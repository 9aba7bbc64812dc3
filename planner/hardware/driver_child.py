"""What the probes share that ask in a child process: the command, the child, the answer.

`ChildProbe` is the parent's side and `print_answer` the child's.
"""

import contextlib
import os
import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

from planner.core.machine import MemoryPool
from planner.hardware.child_process import Child, ChildFailure, JsonChild, OpenChild
from planner.hardware.probe import FinishedReading, PendingReading, ProbeReading

Record = dict[str, object]


class ChildProbe(ABC):
    """Asks in a child process, so that the faults of drivers become notes."""

    # The module that has the child's `main`.
    module: ClassVar[str]
    # A packaged app has no Python to call: it calls itself, and must hand over to that `main`
    # when this is its first argument, before it does anything else.
    argument: ClassVar[str]
    default_time_limit_s: ClassVar[float] = 5.0

    def __init__(
        self,
        *,
        time_limit_s: float | None = None,
        command: tuple[str, ...] | None = None,
        environ: Mapping[str, str] | None = None,
        open_child: OpenChild = JsonChild,
    ) -> None:
        """Set up the probe; nothing is asked yet.

        Args:
            time_limit_s: How long the answer may take, from the start of the child.
            command: Runs the child; `child_command` where not given.
            environ: The child's environment; this process's where not given.
            open_child: Starts the child; a replay has what stands in for it.
        """
        self._open_child = open_child
        self._time_limit_s = time_limit_s or self.default_time_limit_s
        self._command = command
        self._environ = os.environ if environ is None else environ

    def start(self) -> PendingReading:
        """Start the child and return at once."""
        command = self._command or child_command(self.module, self.argument)
        try:
            child = self._open_child(
                command, time_limit_s=self._time_limit_s, environ=self._environ
            )
        except ChildFailure as failure:
            return FinishedReading(ProbeReading(notes=(self.failure_note(failure),)))
        return _PendingChild(child, self)

    @abstractmethod
    def reading(
        self, record: object, *, first_gpu_number: int, ram: MemoryPool | None
    ) -> ProbeReading:
        """Turn the child's answer into pools; whatever it holds, this raises nothing."""

    @abstractmethod
    def failure_note(self, failure: ChildFailure) -> str:
        """Return the sentence for a child that gave no answer."""


class _PendingChild:
    def __init__(self, child: Child, probe: ChildProbe) -> None:
        self._child = child
        self._probe = probe

    def result(self, *, first_gpu_number: int, ram: MemoryPool | None) -> ProbeReading:
        try:
            record = self._child.answer()
        except ChildFailure as failure:
            return ProbeReading(notes=(self._probe.failure_note(failure),))
        return self._probe.reading(record, first_gpu_number=first_gpu_number, ram=ram)

    def cancel(self) -> None:
        self._child.cancel()


def child_command(
    module: str, argument: str, module_path: Sequence[str] | None = None
) -> tuple[str, ...]:
    """Return the command of a child, for an ordinary Python or for a packaged app.

    Args:
        module: Has the child's `main`.
        argument: Tells a packaged app that it is the child.
        module_path: Where the child looks for modules; where this process does if not given.
    """
    if getattr(sys, "frozen", False):
        return (sys.executable, argument)
    # Isolated (-I) and without site (-S): nothing in the working folder or the environment
    # can put another module in the way, and it starts sooner.
    source = f"import sys; sys.path[:] = sys.argv[1:]; from {module} import main; main()"
    folders = [folder for folder in (module_path or sys.path) if folder]
    package_root = str(Path(__file__).resolve().parents[2])
    return (sys.executable, "-I", "-S", "-c", source, *folders, package_root)


def print_answer(read: Callable[[], Record], *, time_limit_s: int) -> None:
    """Do the child's work: print what `read` returns as JSON, and end the process.

    Args:
        read: Asks the driver, which can hang, crash or print.
        time_limit_s: The system ends this process then, should its parent not be there to.
    """
    import json  # the parent never gets here

    if sys.platform != "win32":
        import signal

        signal.alarm(time_limit_s)
    # What the driver itself prints goes to the error stream; the answer has the pipe alone.
    answer_stream = os.dup(1)
    os.dup2(2, 1)
    record = read()
    with contextlib.suppress(BrokenPipeError), os.fdopen(answer_stream, "w") as stream:
        json.dump(record, stream)
    # The driver's own clean-up at exit may hang or crash, and nothing needs it.
    os._exit(0)
