"""Asks Windows for its GPUs, whoever made them, in a child process: DXGI, or the registry."""

from planner.core.machine import MemoryPool
from planner.hardware.child_process import ChildFailure
from planner.hardware.driver_child import ChildProbe
from planner.hardware.probe import ProbeReading


class WindowsProbe(ChildProbe):
    """The GPUs of Windows.

    NVIDIA's boards are among them: `same_boards.without_known` leaves out those that NVML gave.
    """

    module = "planner.hardware.windows_child"
    argument = "--windows-child"

    def reading(
        self, record: object, *, first_gpu_number: int, ram: MemoryPool | None
    ) -> ProbeReading:
        """See `ChildProbe.reading`."""
        # Only now: the start of the program does not wait for it.
        from planner.hardware.windows_pools import windows_reading

        return windows_reading(record, first_gpu_number=first_gpu_number, ram=ram)

    def failure_note(self, failure: ChildFailure) -> str:
        """See `ChildProbe.failure_note`."""
        return (
            f"Windows could not be asked for its GPUs: the probe {failure}. Those that no "
            "other driver gives are not shown. Updating the graphics driver often helps."
        )
