"""`--verbose`: what the program does meanwhile, line by line on standard error."""

import logging
import sys
from collections.abc import Sequence

from planner.paths import fault_log_path, settings_path, shipped
from planner.version import __version__

logger = logging.getLogger(__name__)


def begin_verbose(arguments: Sequence[str]) -> None:
    """Send every log record to standard error from now on, and say what this program is."""
    handler = logging.StreamHandler()
    # Milliseconds since the start: what took long stands out.
    handler.setFormatter(logging.Formatter("%(relativeCreated)7.0f ms  %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    kind = "packaged" if getattr(sys, "frozen", False) else sys.executable
    logger.debug("phi-planner %s, %s", __version__, kind)
    logger.debug("asked for: %s", " ".join(arguments) or "app")
    logger.debug("data: %s", shipped("specs"))
    logger.debug("settings: %s", settings_path() or "none: no home folder")
    logger.debug("log of faults: %s", fault_log_path() or "none: no home folder")
