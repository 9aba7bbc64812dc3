"""What a command is, and what it may reach."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple, Protocol

from planner.core.errors import PlannerError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

    from planner.cli.output import Output
    from planner.core.machine import Machine
    from planner.hardware.detect import PendingDetection

    class PendingMachine(Protocol):
        """A detection under way."""

        def result(self) -> Machine:
            """Wait for the machine."""
            ...


class UsageError(Exception):
    """The command line cannot be understood; the text says what is wrong with it."""


class Surroundings:
    """What a command reaches beside its arguments; a test brings a machine of its own."""

    def __init__(
        self,
        out: Output,
        detect: Callable[[], Machine] | None = None,
        open_window: Callable[[Sequence[str]], int] | None = None,
    ) -> None:
        self.out = out
        self.open_window = open_window
        self._detect = detect
        self._under_way: _Detection | None = None

    def start_detection(self) -> PendingMachine:
        """Ask the drivers beside whatever the command does meanwhile."""
        if self._detect is not None:
            return _Known(self._detect())
        # Only a command that looks at the machine pays for this.
        from planner.hardware.detect import start_detection

        self._under_way = _Detection(start_detection())
        return self._under_way

    def close(self) -> None:
        """Leave no child process behind where the answer was no longer wanted."""
        if self._under_way is not None:
            self._under_way.give_up()

    @staticmethod
    def standard_input() -> BinaryIO:
        """Return standard input as bytes.

        Raises:
            PlannerError: the program was started without one.
        """
        if sys.stdin is None:
            raise PlannerError("There is no standard input to read from.")
        return sys.stdin.buffer


class _Detection:
    """A detection that is ended once: by its answer, or by giving up."""

    def __init__(self, pending: PendingDetection) -> None:
        self._pending: PendingDetection | None = pending

    def result(self) -> Machine:
        pending, self._pending = self._pending, None
        if pending is None:
            raise RuntimeError("a detection answers once")
        return pending.result()

    def give_up(self) -> None:
        if self._pending is not None:
            self._pending.cancel()
            self._pending = None


class _Known:
    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def result(self) -> Machine:
        return self._machine


class Command(NamedTuple):
    """One command: its place in the help, its options, and what it does."""

    summary: str
    add_options: Callable[[ArgumentParser], None]
    run: Callable[[Namespace, Surroundings], int]
