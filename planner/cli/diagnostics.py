"""`--replay`: what a diagnostic bundle shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.machines import catalogued

if TYPE_CHECKING:
    from planner.core.machine import Machine


def replayed_machine(path: str) -> Machine:
    """Return what the computer of a bundle shows, found in the catalogue as if it were here.

    Raises:
        PlannerError: the file is no bundle, or cannot be replayed here.
    """
    from planner.files.diagnostic_file import load_bundle
    from planner.hardware.diagnostics import replay_diagnostics

    return catalogued(replay_diagnostics(load_bundle(Path(path))))
