"""A specification sheet as plain words in rows, and the rows that somebody looks for."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A line under a value. A `warns` one says that something differs."""

    words: str
    source: str = ""
    warns: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One field; `holds` is set where it is a check of ours."""

    name: str
    value: str
    source: str = ""
    notes: tuple[Note, ...] = ()
    holds: bool | None = None

    def has(self, words: str) -> bool:
        """Tell whether somebody who looks for these words means this row."""
        notes = (part for note in self.notes for part in (note.words, note.source))
        everything = "\n".join((self.name, self.value, self.source, *notes)).casefold()
        return all(word in everything for word in words.casefold().split())


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetBlock:
    """Rows under a heading; the source is that of all of them."""

    title: str
    rows: tuple[SheetRow, ...]
    source: str = ""
    note: str = ""


def found_blocks(blocks: Iterable[SheetBlock], words: str) -> tuple[SheetBlock, ...]:
    """Return the rows that somebody looks for, under their headings."""
    if not words.strip():
        return tuple(blocks)
    return tuple(
        replace(each, rows=rows)
        for each in blocks
        if (rows := tuple(row for row in each.rows if row.has(words)))
    )
