"""Asks NVIDIA's driver in a child process, so that its faults become notes."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from planner.core.machine import MemoryPool
from planner.hardware.child_process import Child, ChildFailure, JsonChild, OpenChild
from planner.hardware.jetson import jetson_name, jetson_pool
from planner.hardware.nvml_library import nvml_may_be_installed
from planner.hardware.pci_boards import NVIDIA, display_boards
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
    # Only now: most computers have no driver to ask.
    from planner.hardware.driver_child import child_command

    return child_command("planner.hardware.nvml_child", CHILD_ARGUMENT, module_path)


class NvmlProbe:
    """NVIDIA's GPUs, by a child process that may take `time_limit_s`."""

    def __init__(
        self,
        *,
        time_limit_s: float = DEFAULT_TIME_LIMIT_S,
        child_command: tuple[str, ...] | None = None,
        environ: Mapping[str, str] | None = None,
        root: Path = Path("/"),
        open_child: OpenChild = JsonChild,
        has_library: bool | None = None,
    ) -> None:
        """Set up the probe; nothing is asked yet.

        Args:
            time_limit_s: How long the driver may take, from the start of the child.
            child_command: Runs `nvml_child.main`; `default_child_command` where not given.
            environ: The child's environment; this process's where not given.
            root: Where the file system is searched for the driver's library.
            open_child: Starts the child; a replay has what stands in for it.
            has_library: Whether there is a library to ask; looked for where not given.
        """
        self._open_child = open_child
        self._has_library = has_library
        self._time_limit_s = time_limit_s
        self._child_command = child_command
        self._environ = os.environ if environ is None else environ
        self._root = root

    def start(self) -> PendingReading:
        """Start the child, unless there is no library that it could load."""
        has_library = self._has_library
        if has_library is None:
            has_library = nvml_may_be_installed(self._environ, root=self._root)
        if not has_library:
            return _NoLibrary(self._root)
        command = self._child_command or default_child_command()
        try:
            child = self._open_child(
                command, time_limit_s=self._time_limit_s, environ=self._environ
            )
        except ChildFailure as failure:
            return FinishedReading(ProbeReading(notes=(_failure_note(failure),)))
        return _PendingNvml(child, self._environ.get("CUDA_VISIBLE_DEVICES"), self._root)


class _NoLibrary:
    def __init__(self, root: Path) -> None:
        self._root = root

    def result(self, *, first_gpu_number: int, ram: MemoryPool | None) -> ProbeReading:
        jetson = _jetson_reading(self._root, first_gpu_number, ram)
        if jetson is not None:
            return jetson
        boards = display_boards(self._root, NVIDIA)
        if not boards:
            return ProbeReading(notes=(NO_DRIVER_NOTE,))
        # Only now: most computers without the driver have no board for it either.
        from planner.hardware.hidden_boards import hidden_board_notes
        from planner.hardware.surroundings import read_surroundings

        around = read_surroundings(self._root)
        return ProbeReading(notes=hidden_board_notes(boards, has_driver=False, around=around))

    def cancel(self) -> None:
        pass


class _PendingNvml:
    def __init__(self, child: Child, cuda_visible_devices: str | None, root: Path) -> None:
        self._child = child
        self._cuda_visible_devices = cuda_visible_devices
        self._root = root

    def result(self, *, first_gpu_number: int, ram: MemoryPool | None) -> ProbeReading:
        # Only now: a computer without a driver never needs it.
        from planner.hardware.nvml_pools import nvml_reading
        from planner.hardware.surroundings import read_surroundings

        try:
            record = self._child.answer()
        except ChildFailure as failure:
            return ProbeReading(notes=(_failure_note(failure),))
        reading = nvml_reading(
            record,
            first_gpu_number=first_gpu_number,
            ram=ram,
            cuda_visible_devices=self._cuda_visible_devices,
            pci_boards=display_boards(self._root, NVIDIA),
            around=read_surroundings(self._root),
        )
        if reading.pools:
            return reading
        return _jetson_reading(self._root, first_gpu_number, ram) or reading

    def cancel(self) -> None:
        self._child.cancel()


def _jetson_reading(
    root: Path, first_gpu_number: int, ram: MemoryPool | None
) -> ProbeReading | None:
    name = jetson_name(root)
    if name is None:
        return None
    pool = jetson_pool(name, pool_id=f"gpu{first_gpu_number}", ram=ram)
    return ProbeReading(pools=(pool,), board_count=1)


def _failure_note(failure: ChildFailure) -> str:
    return (
        f"The NVIDIA driver could not be asked: the probe {failure}. Its GPUs are not shown. "
        "Try `nvidia-smi` in a terminal; restarting the computer often helps."
    )
