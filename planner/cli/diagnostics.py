"""`--diagnostics` and `--replay`: a detection as a file, and what a file shows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planner.cli.machines import catalogued

if TYPE_CHECKING:
    from planner.core.machine import Machine


def write_diagnostics(path: str, *, with_identity: bool) -> None:
    """Detect this computer once more and write all that was asked and answered.

    Raises:
        PlannerError: the file cannot be written.
    """
    from planner.cli.private_words import private_words
    from planner.files.diagnostic_file import bundle_text
    from planner.files.whole_file import write_whole
    from planner.hardware.diagnostics import record_diagnostics

    bundle = record_diagnostics()
    text = bundle_text(bundle, with_identity=with_identity, private_words=private_words())
    write_whole(Path(path), text, what="The diagnostic bundle")


def replayed_machine(path: str) -> Machine:
    """Return what the computer of a bundle shows, found in the catalogue as if it were here.

    Raises:
        PlannerError: the file is no bundle, or cannot be replayed here.
    """
    from planner.files.diagnostic_file import load_bundle
    from planner.hardware.diagnostics import replay_diagnostics

    return catalogued(replay_diagnostics(load_bundle(Path(path))))
