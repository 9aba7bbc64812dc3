"""Machine cards: one computer's memory as a small JSON file, to be opened on another one.

A card says what plans depend on. What tells one computer from all others (board UUIDs, PCI
addresses, the programs that run, names of people) stays out unless it is asked for.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from planner.core.errors import PlannerError
from planner.core.scrub import scrubbed_notes
from planner.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from planner.core.machine import Machine, MemoryPool

CARD_SCHEMA: Final = "phi-planner/machine/1"
# A card of eight GPUs has some 6 KiB.
LARGEST_CARD_BYTES: Final = 256 * 1024
MOST_CARDS: Final = 1024
_SUFFIX: Final = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineCard:
    """A machine that a file tells of; `name` is the file's own, without its suffix."""

    name: str
    machine: Machine


def machine_card_text(
    machine: Machine, *, with_identity: bool = False, private_words: Iterable[str] = ()
) -> str:
    """Return the card of a machine.

    Args:
        machine: What the card is about.
        with_identity: Keep UUIDs, PCI addresses and the programs that hold memory.
        private_words: Names of the computer and its user, which notes might hold.
    """
    # Only here: most commands write no JSON.
    import json

    shown = machine if with_identity else anonymous(machine, private_words=private_words)
    card = {
        "schema": CARD_SCHEMA,
        "program": f"phi-planner {__version__}",
        "machine": _machine_object(shown),
    }
    return json.dumps(card, ensure_ascii=False, indent=1) + "\n"


def save_machine_card(
    machine: Machine,
    path: Path,
    *,
    with_identity: bool = False,
    private_words: Iterable[str] = (),
) -> None:
    """Write the card of a machine, whole or not at all; see `machine_card_text`.

    Raises:
        PlannerError: it cannot be written.
    """
    from planner.files.whole_file import write_whole

    text = machine_card_text(machine, with_identity=with_identity, private_words=private_words)
    write_whole(path, text, what="The machine card")


def load_machine_card(path: Path) -> Machine:
    """Return the machine that a card tells of.

    Raises:
        PlannerError: it cannot be read, or is no machine card.
    """
    from planner.files.bounded_json import read_json_object
    from planner.files.opened import shown

    raw = read_json_object(path, largest_bytes=LARGEST_CARD_BYTES)
    if raw.get("schema") != CARD_SCHEMA:
        raise PlannerError(
            f"{shown(path)} is no machine card of this version: its schema is not "
            f"{CARD_SCHEMA!r}. `phi-planner devices --save FILE` writes one."
        )
    # Imported here, with pydantic: only who opens a card waits for it.
    from planner.files.machine_card_checked import checked_machine

    return checked_machine(raw, file=shown(path))


def load_machine_cards(paths: Sequence[Path]) -> tuple[MachineCard, ...]:
    """Return the cards of these files, and of all `.json` files in those that are folders.

    Names are made different where two files have the same one.

    Raises:
        PlannerError: with every card that cannot be used, or there is none.
    """
    cards: list[MachineCard] = []
    problems: list[str] = []
    for path in _files(paths):
        try:
            card = MachineCard(name=path.stem or path.name, machine=load_machine_card(path))
        except PlannerError as error:
            problems.append(str(error))
        else:
            cards.append(card)
    if problems:
        raise PlannerError("\n".join(problems))
    return tuple(_with_own_names(cards))


def anonymous(machine: Machine, *, private_words: Iterable[str] = ()) -> Machine:
    """Return the machine without what tells it from others of its kind."""
    words = tuple(private_words)
    pools = tuple(
        replace(
            pool,
            uuid=None,
            pci_bus_id=None,
            holders=(),
            notes=scrubbed_notes(pool.notes, private_words=words),
        )
        for pool in machine.pools
    )
    notes = scrubbed_notes(machine.notes, private_words=words)
    return replace(machine, pools=pools, notes=notes)


def _machine_object(machine: Machine) -> dict[str, Any]:
    return {
        "system": machine.system,
        "driver_version": machine.driver_version,
        "cuda_version": machine.cuda_version,
        "is_what_if": machine.is_what_if,
        "disk_free_bytes": machine.disk_free_bytes,
        "notes": list(machine.notes),
        "pools": [_pool_object(pool) for pool in machine.pools],
    }


def _pool_object(pool: MemoryPool) -> dict[str, Any]:
    """Return a pool; what only a card with identity has is left out where there is none."""
    values = asdict(pool)
    for name in ("uuid", "pci_bus_id", "holders"):
        if not values[name]:
            del values[name]
    return values


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(each for each in path.iterdir() if each.suffix == _SUFFIX)
        if not inside:
            raise PlannerError(f"The folder {path.name!r} holds no machine card (*{_SUFFIX}).")
        found += inside
    if len(found) > MOST_CARDS:
        raise PlannerError(
            f"{len(found):,} machine cards are too many: {MOST_CARDS:,} at most."
        )
    return found


def _with_own_names(cards: Iterable[MachineCard]) -> Iterable[MachineCard]:
    times: dict[str, int] = {}
    for card in cards:
        times[card.name] = times.get(card.name, 0) + 1
        number = times[card.name]
        yield card if number == 1 else replace(card, name=f"{card.name} ({number})")
