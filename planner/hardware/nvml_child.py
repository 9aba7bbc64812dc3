"""The short-lived child process that asks NVIDIA's library, and prints one line of JSON.

A driver can hang, crash or print; none of that may reach the program that started this one.
"""

import contextlib
import json
import os
import sys

from planner.hardware.nvml import read_nvml


def main(time_limit_s: int = 30) -> None:
    """Print what `read_nvml` returns.

    Args:
        time_limit_s: The system ends this process then, should its parent not be there to.
    """
    if sys.platform != "win32":
        import signal

        signal.alarm(time_limit_s)
    # What the driver itself prints goes to the error stream; the answer has the pipe alone.
    answer_stream = os.dup(1)
    os.dup2(2, 1)
    record = read_nvml()
    with contextlib.suppress(BrokenPipeError), os.fdopen(answer_stream, "w") as stream:
        json.dump(record, stream)
    # The driver's own clean-up at exit may hang or crash, and nothing needs it.
    os._exit(0)


if __name__ == "__main__":
    main()
