"""`devices --correct`: figures that the user knows better, kept in the settings."""

from __future__ import annotations

from argparse import ArgumentTypeError
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planner.cli.command import UsageError
from planner.cli.options import size_bytes
from planner.core.corrections import corrected, with_correction
from planner.core.errors import PlannerError
from planner.settings import load_settings, save_settings, settings_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.machine import Machine

_NONE: Final = "none"
_FIELDS: Final = {
    "bandwidth": "bandwidth_gb_per_s",
    "fp16": "fp16_tflops",
    "total": "total_bytes",
}


def keep_corrections(machine: Machine, wishes: Sequence[Sequence[str]]) -> Machine:
    """Keep what `--correct POOL FIGURE` says, and return the machine with it.

    Args:
        machine: As drivers and catalogue have it.
        wishes: Pool and figure of each.

    Raises:
        UsageError: a figure cannot be understood.
        PlannerError: there is no such pool, or the settings cannot be kept.
    """
    path = settings_path()
    if path is None:
        raise PlannerError("There is no home folder: a correction could not be kept.")
    loaded = load_settings(path)
    corrections = loaded.settings.corrections
    for pool_id, figure in wishes:
        corrections = with_correction(corrections, machine, pool_id, _figure(figure))
    settings = replace(loaded.settings, corrections=corrections)
    save_settings(settings, path, unknown=loaded.unknown)
    return corrected(machine, corrections)


def _figure(text: str) -> dict[str, float | int] | None:
    """Return the field and value of `bandwidth=504`, or `None` for `none`.

    Raises:
        UsageError: it is neither.
    """
    if text.strip().casefold() == _NONE:
        return None
    name, _, value = text.partition("=")
    field = _FIELDS.get(name.strip().casefold())
    if field is None:
        raise UsageError(
            f"{text[:40]!r} is no figure: bandwidth=GB/s, fp16=TFLOPS, total=SIZE, or none."
        )
    try:
        return {field: size_bytes(value) if field == "total_bytes" else float(value)}
    except ArgumentTypeError as error:
        raise UsageError(str(error)) from None
    except ValueError:
        raise UsageError(f"{value[:40]!r} is not a number, such as {name}=504.") from None
