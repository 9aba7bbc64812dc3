"""The short-lived child process that asks Windows, and prints one line of JSON."""

from planner.hardware.driver_child import Record, print_answer
from planner.hardware.dxgi import read_dxgi
from planner.hardware.windows_registry import read_registry

FORMAT = 1


def main(time_limit_s: int = 30) -> None:
    """Print what `read_windows` returns; see `print_answer`."""
    print_answer(read_windows, time_limit_s=time_limit_s)


def read_windows() -> Record:
    """Return what DXGI tells, and the registry's display adapters beside it.

    Not run on Windows: `dxgi` and `windows_registry` say what was tried instead.
    """
    return {"format": FORMAT, "dxgi": read_dxgi(), "registry": read_registry()}
