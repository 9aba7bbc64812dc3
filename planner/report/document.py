"""A report as plain blocks: what stands in it and in which order, for every format of a page.

Every text is plain. A renderer escapes it, and none of them words anything itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from planner.core.report_choices import PictureKey

# Names of a driver or a file are short; a longer text is cut where it would fill pages.
LONGEST_TEXT: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A title of a part; `key` is what a link and a bookmark point to."""

    level: int
    text: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Some sentences."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The answer; `verdict` is the value that picks its sign and its colour."""

    verdict: str | None
    sign: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list; a numbered one is in an order that matters."""

    items: tuple[str, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table; numbers stand to the right."""

    name: str
    is_number: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What stands in a cell.

    `verdict` colours it. `more` is what a page can fold away behind `text`.
    """

    text: str
    verdict: str | None = None
    more: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns; the first cell names its row, and the last `total_count` sum up.

    `widths` are the columns' shares of the page, where they are not to be as wide as needed.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total_count: int = 0
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Lines to copy, in the language `sh` or `python`."""

    lines: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The place of a picture; `table` has its figures for whoever cannot show or see it."""

    key: PictureKey
    table: Table | None = None


Block = Heading | Paragraph | Verdict | Bullets | Table | Code | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole report; `subject` says on one line what it is about."""

    title: str
    subject: str
    blocks: tuple[Block, ...]


def plain(text: str) -> str:
    """Return text on one line without characters that nobody sees, and not without end.

    Signs that turn the direction of writing go too: a name could rearrange a whole line.
    """
    shown = "".join(character if character.isprintable() else " " for character in text)
    line = " ".join(shown.split())
    return line if len(line) <= LONGEST_TEXT else f"{line[: LONGEST_TEXT - 1]}…"


def cells(texts: Sequence[str]) -> tuple[Cell, ...]:
    """Return texts as cells."""
    return tuple(Cell(text=text) for text in texts)


def columns(*names: str, numbers: Sequence[str] = ()) -> tuple[Column, ...]:
    """Return columns; those in `numbers` hold figures."""
    return tuple(Column(name=name, is_number=name in numbers) for name in names)


def paragraphs(*texts: str | None) -> Iterator[Block]:
    """Yield the texts that there are."""
    for text in texts:
        if text:
            yield Paragraph(text=text)
