"""What is done off the GUI thread beside the planner: the jobs. No Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.session import (
    measured_bandwidth_gb_per_s,
    write_diagnostics,
    write_machine_card,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from planner.core.machine import Machine

__all__ = ["bundle_job", "card_job", "measured_bandwidth_gb_per_s"]


def card_job(machine: Machine, path: Path) -> Callable[[], Path]:
    """Return what writes a machine card, without what tells whose it is."""

    def write() -> Path:
        write_machine_card(machine, path)
        return path

    return write


def bundle_job(path: Path) -> Callable[[], Path]:
    """Return what looks at the hardware once more and writes all that was answered."""

    def write() -> Path:
        write_diagnostics(path)
        return path

    return write
