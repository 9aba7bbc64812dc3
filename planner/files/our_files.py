"""Files that we wrote ourselves, told apart by the schema at their beginning."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

    from planner.core.machine import Machine

_SCHEMA: Final = re.compile(rb'"schema"\s*:\s*"phi-planner/([a-z]+)/')
_CARD: Final = b"machine"
# What `compare` reads beside machine cards.
_ANSWERS: Final = frozenset({b"report", b"estimate", b"check", b"devices"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAnswer:
    """A file that an answer was saved to, to be compared with another one."""

    path: Path


def our_file(path: Path, begin: bytes) -> Machine | SavedAnswer | None:
    """Return what a file of ours holds, `None` for any other file.

    Args:
        path: The file.
        begin: How it begins; its schema stands there.

    Raises:
        PlannerError: it is a machine card that cannot be used.
    """
    is_object = begin.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{")
    schema = _SCHEMA.search(begin) if is_object else None
    if schema is None:
        return None
    if schema[1] == _CARD:
        # Only here: it is seldom that somebody opens one.
        from planner.files.machine_card import load_machine_card

        return load_machine_card(path)
    return SavedAnswer(path=path) if schema[1] in _ANSWERS else None
