"""The door for machine cards: what a stranger's file says is checked before it is believed.

Loaded only for a card that is opened. Of pydantic it takes the type adapter alone: with Qt
loaded, importing `Field` and its kin after that fails (PySide looks into each module that is
imported, and pydantic's own answer that by importing one another).
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from planner.core.errors import PlannerError
from planner.core.machine import Machine, MemoryPool

CARD_NOTE: Final = "From a machine card: what was free is what was free when it was saved."

_MOST_POOLS: Final = 256
_MOST_NOTES: Final = 64
_MOST_HOLDERS: Final = 256
_MOST_BYTES: Final = 1 << 50
_HIGHEST_RATE: Final = 1e6
_LONGEST_TEXT: Final = 200
_LONGEST_NOTE: Final = 2000
_MOST_PROBLEMS: Final = 8
_ID: Final = re.compile(r"[a-z][a-z0-9._-]{0,63}")
_PARTS: Final = ("reserved_bytes", "used_by_others_bytes", "free_bytes")
_RATES: Final = ("bandwidth_gb_per_s", "fp16_tflops")
_IDS: Final = ("id", "same_memory_as", "device_id")
_POOL_TEXTS: Final = (
    *("name", "source", "compute_capability", "uuid", "pci_bus_id", "pci_device_id"),
    "rates_source",
)
_MACHINE_TEXTS: Final = ("driver_version", "cuda_version", "system")
# A newer version may say more: keys that are not known are passed over.
_MACHINE: Final = TypeAdapter(Machine)


def checked_machine(raw: Mapping[str, Any], *, file: str) -> Machine:
    """Return the machine of a card; `file` is what a sentence calls it.

    Raises:
        PlannerError: with what is wrong in it.
    """
    try:
        # By way of JSON: only so does pydantic's strict mode take a list for a tuple.
        machine = _MACHINE.validate_json(json.dumps(raw.get("machine")), strict=True)
    except ValidationError as error:
        problems = [
            f"{'.'.join(str(part) for part in ('machine', *each['loc']))}: "
            f"{each['msg'][:1].lower()}{each['msg'][1:]}"
            for each in error.errors(include_url=False, include_input=False)
        ]
        raise PlannerError(_sentence(file, problems)) from None
    problems = [*_problems(machine), *_contradictions(machine.pools)]
    if problems:
        raise PlannerError(_sentence(file, problems))
    # Once, though a card be opened and saved again.
    notes = (*(note for note in _lines(machine.notes) if note != CARD_NOTE), CARD_NOTE)
    pools = tuple(_printable(pool) for pool in machine.pools)
    return replace(machine, pools=pools, notes=notes, **_printed(machine, _MACHINE_TEXTS))


def _problems(machine: Machine) -> Iterator[str]:
    """Yield what no machine has."""
    if not 1 <= len(machine.pools) <= _MOST_POOLS:
        yield f"machine.pools: a machine has 1 to {_MOST_POOLS}"
    yield from _text_problems("machine", machine, _MACHINE_TEXTS)
    yield from _note_problems("machine", machine.notes)
    yield from _number_problems("machine", machine, ("disk_free_bytes",), _MOST_BYTES)
    for index, pool in enumerate(machine.pools[:_MOST_POOLS]):
        yield from _pool_problems(f"machine.pools.{index}", pool)


def _pool_problems(place: str, pool: MemoryPool) -> Iterator[str]:
    for name in _IDS:
        value = getattr(pool, name)
        if value is not None and _ID.fullmatch(value) is None:
            yield f"{place}.{name}: it should be small letters, digits, '.', '_' and '-'"
    yield from _text_problems(place, pool, _POOL_TEXTS)
    yield from _note_problems(place, pool.notes)
    yield from _number_problems(place, pool, ("total_bytes", *_PARTS), _MOST_BYTES)
    yield from _number_problems(place, pool, _RATES, _HIGHEST_RATE)
    for name in _RATES:
        if getattr(pool, name) == 0:
            yield f"{place}.{name}: it is 0, where null says that it is not known"
    if len(pool.holders) > _MOST_HOLDERS:
        yield f"{place}.holders: there are more than {_MOST_HOLDERS}"
    for holder in pool.holders[:_MOST_HOLDERS]:
        yield from _text_problems(f"{place}.holders", holder, ("name",))
        yield from _number_problems(f"{place}.holders", holder, ("used_bytes",), _MOST_BYTES)


def _text_problems(place: str, record: object, names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = getattr(record, name)
        if value is not None and len(value) > _LONGEST_TEXT:
            yield f"{place}.{name}: it has more than {_LONGEST_TEXT} characters"


def _note_problems(place: str, notes: tuple[str, ...]) -> Iterator[str]:
    if len(notes) > _MOST_NOTES or any(len(note) > _LONGEST_NOTE for note in notes):
        yield f"{place}.notes: more than {_MOST_NOTES}, or one of more than {_LONGEST_NOTE:,}"


def _number_problems(
    place: str, record: object, names: tuple[str, ...], highest: float
) -> Iterator[str]:
    for name in names:
        value = getattr(record, name)
        # Written so that what is not a number is refused too.
        if value is not None and not 0 <= value <= highest:
            yield f"{place}.{name}: it is out of range"


def _contradictions(pools: tuple[MemoryPool, ...]) -> Iterator[str]:
    """Yield what makes no sense together."""
    times = Counter(pool.id for pool in pools)
    for name, count in times.items():
        if count > 1:
            yield f"{name[:_LONGEST_TEXT]} stands for {count} pools"
    for pool in pools:
        if pool.same_memory_as is not None and pool.same_memory_as not in times:
            yield f"{pool.id} shares the memory of {pool.same_memory_as}, which is not there"
        for name in _PARTS if pool.total_bytes is not None else ():
            if (getattr(pool, name) or 0) > (pool.total_bytes or 0):
                yield f"{pool.id}: {name} is more than total_bytes"


def _printable(pool: MemoryPool) -> MemoryPool:
    """Return the pool with texts that no terminal takes for commands."""
    holders = tuple(replace(each, name=_line(each.name)) for each in pool.holders)
    texts = _printed(pool, _POOL_TEXTS)
    return replace(pool, holders=holders, notes=_lines(pool.notes), **texts)


def _printed(record: object, names: tuple[str, ...]) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in names}
    return {name: None if text is None else _line(text) for name, text in values.items()}


def _lines(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_line(text) for text in texts)


def _line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())


def _sentence(file: str, problems: list[str]) -> str:
    more = len(problems) - _MOST_PROBLEMS
    tail = f" (and {more} more)" if more > 0 else ""
    shown = "; ".join(problems[:_MOST_PROBLEMS])
    return f"The machine card {file} cannot be used: {shown}{tail}."
