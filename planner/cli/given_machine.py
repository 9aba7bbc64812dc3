"""Machines that files tell of: cards (`--machine`) and diagnostic bundles (`--replay`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.command import UsageError

if TYPE_CHECKING:
    from argparse import Namespace

    from planner.core.machine import Machine
    from planner.files.machine_card import MachineCard


def given_cards(options: Namespace) -> tuple[MachineCard, ...]:
    """Return every machine that `--machine` names; none where it is not there.

    Raises:
        PlannerError: a card cannot be used.
        UsageError: another option says which machine it is, too.
    """
    if options.machine is None:
        return ()
    _refuse_beside(options, "--machine")
    # Only here: most questions are about this computer.
    from pathlib import Path

    from planner.files.machine_card import load_machine_cards

    return load_machine_cards([Path(name) for name in options.machine])


def given_machine(options: Namespace) -> Machine | None:
    """Return the one machine that a file tells of, `None` where no option names a file.

    Raises:
        PlannerError: the file cannot be used.
        UsageError: there are several machines, or another option names one, too.
    """
    if options.replay is not None:
        _refuse_beside(options, "--replay")
        from planner.cli.diagnostics import replayed_machine

        return replayed_machine(options.replay)
    cards = given_cards(options)
    if len(cards) > 1:
        raise UsageError(
            f"{len(cards)} machines side by side are for `check`; here --machine names one."
        )
    return cards[0].machine if cards else None


def _refuse_beside(options: Namespace, spelled: str) -> None:
    others = {
        "--machine": options.machine,
        "--replay": options.replay,
        "--device": getattr(options, "device", None),
        "--vram": getattr(options, "vram", None),
        "--ram": getattr(options, "ram", None),
    }
    for name, value in others.items():
        if name != spelled and value is not None:
            raise UsageError(f"{spelled} and {name} each say which machine: give one of them.")
