"""Asks NVIDIA's driver in a child process, so that its faults become notes."""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from planner.core.machine import MemoryPool
from planner.hardware.child_process import ChildFailure, JsonChild
from planner.hardware.nvml_library import nvml_may_be_installed
from planner.hardware.probe import FinishedReading, PendingReading, ProbeReading

NO_DRIVER_NOTE: Final = "No NVIDIA driver found."
DEFAULT_TIME_LIMIT_S: Final = 5.0

# A packaged app has no Python to call: it calls itself, and must hand over to
# `nvml_child.main` when this is its first argument, before it does anything else.
CHILD_ARGUMENT: Final = "--nvml-child"


def default_child_command(module_path: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return the command of the child, for an ordinary Python or for a packaged app.

    Args:
        module_path: Where the child looks for modules; where this process does if not given.
    """
    if getattr(sys, "frozen", False):
        return (sys.executable, CHILD_ARGUMENT)
    # Isolated (-I) and without site (-S): nothing in the working folder or the environment
    # can put another module in the way, and it starts sooner.
    source = (
        "import sys; sys.path[:] = sys.argv[1:]; "
        "from planner.hardware.nvml_child import main; main()"
    )
    folders = [folder for folder in (module_path or sys.path) if folder]
    package_root = str(Path(__file__).resolve().parents[2])
    return (sys.executable, "-I", "-S", "-c", source, *folders, package_root)


class NvmlProbe:
    """NVIDIA's GPUs, by a child process that may take `time_limit_s`."""

    def __init__(
        self,
        *,
        time_limit_s: float = DEFAULT_TIME_LIMIT_S,
        child_command: tuple[str, ...] | None = None,
        environ: Mapping[str, str] | None = None,
        root: Path = Path("/"),
    ) -> None:
        """Set up the probe; nothing is asked yet.

        Args:
            time_limit_s: How long the driver may take, from the start of the child.
            child_command: Runs `nvml_child.main`; `default_child_command` where not given.
            environ: The child's environment; this process's where not given.
            root: Where the file system is searched for the driver's library.
        """
        self._time_limit_s = time_limit_s
        self._child_command = child_command
        self._environ = os.environ if environ is None else environ
        self._root = root

    def start(self) -> PendingReading:
        """Start the child, unless there is no library that it could load."""
        if not nvml_may_be_installed(self._environ, root=self._root):
            return FinishedReading(ProbeReading(notes=(NO_DRIVER_NOTE,)))
        command = self._child_command or default_child_command()
        try:
            child = JsonChild(command, time_limit_s=self._time_limit_s, environ=self._environ)
        except ChildFailure as failure:
            return FinishedReading(ProbeReading(notes=(_failure_note(failure),)))
        return _PendingNvml(child, self._environ.get("CUDA_VISIBLE_DEVICES"))


class _PendingNvml:
    def __init__(self, child: JsonChild, cuda_visible_devices: str | None) -> None:
        self._child = child
        self._cuda_visible_devices = cuda_visible_devices

    def result(self, *, first_gpu_number: int, ram: MemoryPool | None) -> ProbeReading:
        # Only now: a computer without a driver never needs it.
        from planner.hardware.nvml_pools import nvml_reading

        try:
            record = self._child.answer()
        except ChildFailure as failure:
            return ProbeReading(notes=(_failure_note(failure),))
        return nvml_reading(
            record,
            first_gpu_number=first_gpu_number,
            ram=ram,
            cuda_visible_devices=self._cuda_visible_devices,
        )

    def cancel(self) -> None:
        self._child.cancel()


def _failure_note(failure: ChildFailure) -> str:
    return (
        f"The NVIDIA driver could not be asked: the probe {failure}. Its GPUs are not shown. "
        "Try `nvidia-smi` in a terminal; restarting the computer often helps."
    )
