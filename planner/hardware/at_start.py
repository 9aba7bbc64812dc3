"""A look at the hardware that begins with the program, as early as it has to."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from planner.hardware.nvml_library import nvml_may_be_installed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.core.machine import Machine
    from planner.hardware.detect import PendingDetection


class DueDetection:
    """A look that begins when its result is asked for."""

    def result(self) -> Machine:
        """Look at the hardware."""
        # Late: the probes are loaded by whoever waits for them, off the GUI thread.
        from planner.hardware.detect import detect_machine

        return detect_machine()

    def cancel(self) -> None:
        """Do nothing: what is asked for without a driver runs no child process."""


def start_detection_early(
    platform: str = sys.platform, environ: Mapping[str, str] | None = None
) -> DueDetection | PendingDetection:
    """Start asking the driver where one has to be waited for; return at once.

    Without NVIDIA's driver a Linux computer only has files to read, which takes a moment.

    Args:
        platform: As `sys.platform` has it.
        environ: The environment; this process's where not given.
    """
    environ = os.environ if environ is None else environ
    if platform == "linux" and not nvml_may_be_installed(environ):
        return DueDetection()
    from planner.hardware.detect import start_detection

    return start_detection()
