"""Asks macOS for its GPUs in a child process: Metal, and the system's own tools."""

from planner.core.machine import MemoryPool
from planner.hardware.child_process import ChildFailure
from planner.hardware.driver_child import ChildProbe
from planner.hardware.probe import ProbeReading


class AppleProbe(ChildProbe):
    """The GPUs of a Mac."""

    module = "planner.hardware.apple_child"
    argument = "--apple-child"
    # `system_profiler` takes up to 2 seconds; `apple_system` gives each tool 4.
    default_time_limit_s = 10.0

    def reading(
        self, record: object, *, first_gpu_number: int, ram: MemoryPool | None
    ) -> ProbeReading:
        """See `ChildProbe.reading`."""
        # Only now: the start of the program does not wait for it.
        from planner.hardware.apple_pools import apple_reading

        return apple_reading(record, first_gpu_number=first_gpu_number, ram=ram)

    def failure_note(self, failure: ChildFailure) -> str:
        """See `ChildProbe.failure_note`."""
        return (
            f"macOS could not be asked for its GPU: the probe {failure}. It is not shown. "
            "`system_profiler SPDisplaysDataType` in a terminal shows what the system knows."
        )
