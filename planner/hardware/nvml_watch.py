"""The long-lived child process that asks NVIDIA's library once a second, when it is told to.

For each line on its input it prints one line of JSON, like `nvml_child`'s answer: the library
is started once, names and clocks are read once, memory and processes each time. It ends with
its input, so it never outlives the program that started it.
"""

import json
import os
import sys

from planner.hardware.nvml import Record, open_nvml, read_system, read_use

# A driver that hangs longer than the parent waits: the system ends this process.
TIME_LIMIT_S = 30


def main() -> None:
    """Answer until the input ends."""
    answer_stream = os.fdopen(os.dup(1), "w")
    # What the driver itself prints goes to the error stream; the answers have the pipe alone.
    os.dup2(2, 1)
    watch = Watch()
    try:
        # By its number: a packaged app without a console has no `sys.stdin`.
        for _ in os.fdopen(0, "rb", closefd=False):
            _set_alarm(TIME_LIMIT_S)
            answer_stream.write(json.dumps(watch.read()) + "\n")
            answer_stream.flush()
            _set_alarm(0)
    except (BrokenPipeError, KeyboardInterrupt):
        pass
    # The driver's own clean-up at exit may hang or crash, and nothing needs it.
    os._exit(0)


class Watch:
    """Reads the driver again and again; the first time all of it."""

    def __init__(self) -> None:
        self._gate, self._record = open_nvml()

    def read(self) -> Record:
        """Return what `read_nvml` would now, less what cannot have changed."""
        gate = self._gate
        if gate is None:
            return self._record
        if not gate.devices:
            self._record |= read_system(gate)
            return self._record
        seen = gate.program_names
        gate.program_names = {}
        for handle, record in gate.devices:
            record.update(read_use(gate, handle, seen))
        return self._record


def _set_alarm(seconds: int) -> None:
    if sys.platform != "win32":
        import signal

        signal.alarm(seconds)


if __name__ == "__main__":
    main()
