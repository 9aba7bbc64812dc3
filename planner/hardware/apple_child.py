"""The short-lived child process that asks macOS, and prints one line of JSON."""

from planner.hardware.apple_system import read_apple
from planner.hardware.driver_child import print_answer


def main(time_limit_s: int = 30) -> None:
    """Print what `read_apple` returns; see `print_answer`."""
    print_answer(read_apple, time_limit_s=time_limit_s)
