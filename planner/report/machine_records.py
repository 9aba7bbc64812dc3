"""The machine in a report, without what identifies a person or one single board."""

import re
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
        """Return the record of a pool, without what identifies the board."""
        return cls(
            id=pool.id,
            kind=pool.kind.value,
            name=anonymous(pool.name),
            source=pool.source,
            total_bytes=pool.total_bytes,
            reserved_bytes=pool.reserved_bytes,
            used_by_others_bytes=pool.used_by_others_bytes,
            free_bytes=pool.free_bytes,
            bandwidth_gb_per_s=pool.bandwidth_gb_per_s,
            compute_capability=pool.compute_capability,
            notes=_anonymous_notes(pool.notes),
        )


class ReportMachine(ReportRecord):
    """What the plans were compared with."""

    pools: tuple[ReportPool, ...]
    notes: tuple[str, ...]
    driver_version: str | None
    cuda_version: str | None
    is_what_if: bool

    @classmethod
    def of(cls, machine: Machine) -> Self:
        """Return the record of a machine."""
        return cls(
            pools=tuple(ReportPool.of(pool) for pool in machine.pools),
            notes=_anonymous_notes(machine.notes),
            driver_version=machine.driver_version,
            cuda_version=machine.cuda_version,
            is_what_if=machine.is_what_if,
        )


def named_for_print(machine: Machine) -> Machine:
    """Return a machine whose words fill no page, whatever a driver says."""
    return replace(
        machine,
        pools=tuple(_named(pool) for pool in machine.pools),
        notes=tuple(_encodable(note) for note in machine.notes),
        driver_version=_short(machine.driver_version),
        cuda_version=_short(machine.cuda_version),
    )


def detail_for_print(detail: FitDetail) -> FitDetail:
    """Return a plan on such a machine."""
    return replace(
        detail,
        machine=named_for_print(detail.machine),
        target=_named(detail.target),
    )


def _named(pool: MemoryPool) -> MemoryPool:
    return replace(
        pool,
        name=_short(pool.name) or "",
        source=_short(pool.source) or "",
        notes=tuple(_encodable(note) for note in pool.notes),
    )


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
