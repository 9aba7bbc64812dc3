"""The machine in a report; what identifies a person or one single board only if asked for."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final, Self

from planner.core.grid import FitDetail
from planner.core.machine import Machine, MemoryPool
from planner.core.scrub import scrubbed_notes
from planner.report.records import ReportRecord

# As NVML spells them; a note may quote CUDA_VISIBLE_DEVICES.
_UUID: Final = re.compile(r"\b(GPU|MIG)-[0-9A-Fa-f][0-9A-Za-z/-]{6,}")
# The longest name of the device catalogue has half as many characters.
_LONGEST_NAME: Final = 120


class ReportHolder(ReportRecord):
    """A program that holds memory of a pool; `None` bytes are what nobody tells."""

    name: str
    used_bytes: int | None = None


class ReportIdentity(ReportRecord):
    """Which board a pool is on and which programs hold it, where that was asked for."""

    id: str
    uuid: str | None
    pci_bus_id: str | None
    holders: tuple[ReportHolder, ...]

    @classmethod
    def all_of(cls, pools: Iterable[MemoryPool]) -> tuple[Self, ...]:
        """Return the records of the pools that have an identity."""
        return tuple(
            cls(
                id=pool.id,
                uuid=pool.uuid,
                pci_bus_id=pool.pci_bus_id,
                holders=tuple(
                    ReportHolder(name=each.name, used_bytes=each.used_bytes)
                    for each in pool.holders
                ),
            )
            for pool in pools
            if pool.uuid or pool.pci_bus_id or pool.holders
        )


class ReportPool(ReportRecord):
    """A pool of memory. `None` is a figure that no driver gave; a note says why."""

    id: str
    kind: str
    name: str
    source: str
    total_bytes: int | None
    reserved_bytes: int | None
    used_by_others_bytes: int | None
    free_bytes: int | None
    bandwidth_gb_per_s: float | None
    compute_capability: str | None
    notes: tuple[str, ...]

    @classmethod
    def of(cls, pool: MemoryPool) -> Self:
        """Return the record of a pool as it is to be printed."""
        return cls(
            id=pool.id,
            kind=pool.kind.value,
            name=pool.name,
            source=pool.source,
            total_bytes=pool.total_bytes,
            reserved_bytes=pool.reserved_bytes,
            used_by_others_bytes=pool.used_by_others_bytes,
            free_bytes=pool.free_bytes,
            bandwidth_gb_per_s=pool.bandwidth_gb_per_s,
            compute_capability=pool.compute_capability,
            notes=pool.notes,
        )


class ReportMachine(ReportRecord):
    """What the plans were compared with; `identity` is empty unless it was asked for."""

    pools: tuple[ReportPool, ...]
    notes: tuple[str, ...]
    driver_version: str | None
    cuda_version: str | None
    is_what_if: bool
    identity: tuple[ReportIdentity, ...] = ()

    @classmethod
    def of(cls, machine: Machine) -> Self:
        """Return the record of a machine as it is to be printed."""
        return cls(
            pools=tuple(ReportPool.of(pool) for pool in machine.pools),
            notes=machine.notes,
            driver_version=machine.driver_version,
            cuda_version=machine.cuda_version,
            is_what_if=machine.is_what_if,
            identity=ReportIdentity.all_of(machine.pools),
        )


def for_print(machine: Machine, *, with_identity: bool = False) -> Machine:
    """Return a machine whose words fill no page, whatever a driver says.

    Everything that is worded from it has no identity either, unless it is asked for.
    """
    return replace(
        machine,
        pools=tuple(_named(pool, with_identity=with_identity) for pool in machine.pools),
        notes=_notes(machine.notes, with_identity=with_identity),
        driver_version=_short(machine.driver_version),
        cuda_version=_short(machine.cuda_version),
    )


def detail_for_print(detail: FitDetail, *, with_identity: bool = False) -> FitDetail:
    """Return a plan on such a machine."""
    return replace(
        detail,
        machine=for_print(detail.machine, with_identity=with_identity),
        target=_named(detail.target, with_identity=with_identity),
    )


def _named(pool: MemoryPool, *, with_identity: bool) -> MemoryPool:
    named = replace(
        pool,
        name=_short(pool.name) or "",
        source=_short(pool.source) or "",
        notes=_notes(pool.notes, with_identity=with_identity),
    )
    if with_identity:
        holders = tuple(
            replace(holder, name=_short(holder.name) or "") for holder in pool.holders
        )
        return replace(
            named, uuid=_short(pool.uuid), pci_bus_id=_short(pool.pci_bus_id), holders=holders
        )
    return replace(named, name=anonymous(named.name), uuid=None, pci_bus_id=None, holders=())


def _notes(notes: tuple[str, ...], *, with_identity: bool) -> tuple[str, ...]:
    encodable = tuple(_encodable(note) for note in notes)
    return encodable if with_identity else _anonymous_notes(encodable)


def _short(text: str | None) -> str | None:
    if text is None:
        return None
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= _LONGEST_NAME else f"{line[: _LONGEST_NAME - 1]}…"


def _encodable(text: str) -> str:
    """Return text without halves of characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def anonymous(text: str) -> str:
    """Return a driver's text without the identity of one board."""
    return _UUID.sub(r"\1-(left out)", text)


def _anonymous_notes(notes: tuple[str, ...]) -> tuple[str, ...]:
    """Return sentences without boards, addresses and paths, which name people."""
    return scrubbed_notes(anonymous(note) for note in notes)
