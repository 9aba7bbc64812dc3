"""Asks NVIDIA's driver again and again, through one child process that stays.

A child that hangs or crashes is ended, told of in a sentence, and started again after a pause
that doubles each time.
"""

import os
import time
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from planner.core.machine import MemoryPool
from planner.hardware.child_process import ChildFailure

TIME_LIMIT_S: Final = 2.0
# The first answer takes longer: Python starts, and the driver wakes.
START_LIMIT_S: Final = 8.0
FIRST_PAUSE_S: Final = 5.0
LONGEST_PAUSE_S: Final = 300.0

WATCH_MODULE: Final = "planner.hardware.nvml_watch"
WATCH_ARGUMENT: Final = "--nvml-watch"


class Asker(Protocol):
    """A child that is asked; `LineChild` is one."""

    def ask(self, *, time_limit_s: float) -> dict[str, object]:
        """Return the next answer, or raise `ChildFailure`."""

    def close(self) -> None:
        """End it."""

    def is_running(self) -> bool:
        """Return whether its process is still there."""


class NvmlWatcher:
    """Gives the pools of NVIDIA's GPUs as they are now, or none and a note."""

    def __init__(
        self,
        *,
        start_child: Callable[[], Asker] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Set up; no child is started yet.

        Args:
            start_child: Starts what is asked.
            clock: Gives seconds.
        """
        self._start_child = start_child or start_watch
        self._clock = clock
        self._child: Asker | None = None
        self._stuck: Asker | None = None
        self._has_answered = False
        self._is_closed = False
        self._pause_s = FIRST_PAUSE_S
        self._next_try_s = -1.0
        self.note: str | None = None

    def pools(self, ram: MemoryPool | None) -> tuple[MemoryPool, ...] | None:
        """Return what the driver shows now, `None` where it could not be asked."""
        if self._is_closed or (self._child is None and not self._may_start()):
            return None
        try:
            child = self._child = self._child or self._start_child()
            limit = TIME_LIMIT_S if self._has_answered else START_LIMIT_S
            record = child.ask(time_limit_s=limit)
        except ChildFailure as failure:
            self._give_up(failure)
            return None
        self._end_if_closed()
        from planner.hardware.nvml_pools import nvml_reading  # only where there is a driver

        self._has_answered = True
        self._pause_s = FIRST_PAUSE_S
        self.note = None
        return nvml_reading(record, ram=ram).pools

    def rest(self) -> None:
        """End the child, so that nothing keeps the GPU awake; the next question starts one."""
        child, self._child = self._child, None
        self._has_answered = False
        if child is not None:
            child.close()
            self._stuck = child if child.is_running() else None

    def close(self) -> None:
        """End the child for good, from whatever thread: a question under way ends soon."""
        self._is_closed = True
        self.rest()

    def _end_if_closed(self) -> None:
        if self._is_closed:  # by another thread, while this one started a child
            self.rest()

    def _may_start(self) -> bool:
        if self._stuck is not None and self._stuck.is_running():
            return False  # one that the kernel does not let go of is enough
        self._stuck = None
        return self._clock() >= self._next_try_s

    def _give_up(self, failure: ChildFailure) -> None:
        self.rest()
        self._next_try_s = self._clock() + self._pause_s
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
        self.note = (
            f"The NVIDIA driver stopped answering: its reader {failure}. The figures of its "
            "GPUs are from before; it is asked again from time to time."
        )


def start_watch(environ: Mapping[str, str] | None = None) -> Asker:
    """Start the child that asks the driver.

    Raises:
        ChildFailure: It could not be started.
    """
    # Only now, both: most computers have no such driver.
    from planner.hardware.driver_child import child_command
    from planner.hardware.line_child import LineChild

    command = child_command(WATCH_MODULE, WATCH_ARGUMENT)
    return LineChild(command, environ=os.environ if environ is None else environ)
