"""The report as Markdown: for an issue, a wiki, a mail."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from planner.report.document import (
    Block,
    Bullets,
    Cell,
    Code,
    Document,
    Figure,
    Heading,
    Paragraph,
    Table,
    Verdict,
    plain,
)
from planner.report.fit_report import FitReport
from planner.report.sections import document_of

# What Markdown, with the tables and formulas of GitHub, reads as more than itself.
_SPECIAL: Final = re.compile(r"[\\`*\[\]<>|~$&]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
# A heading, a list or a rule begins so, at the start of a line or of a list item.
_BLOCK_START: Final = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[#+=-]))")


def escape(text: str) -> str:
    """Return text that Markdown shows as it stands, on one line, in a table too."""
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", plain(text))
    return _BLOCK_START.sub(r"\1\\", escaped)


def render_markdown(report: FitReport) -> str:
    """Return the report as Markdown; the same report gives the same text."""
    return document_markdown(document_of(report))


def document_markdown(document: Document) -> str:
    """Return a page as Markdown."""
    lines = [f"# {escape(document.title)}", ""]
    for block in document.blocks:
        lines += _lines(block)
    return "\n".join(lines)


def _lines(block: Block) -> list[str]:
    """Return the lines of a block and the empty one after it.

    A picture cannot stand in a text that is pasted; its figures do, as a table.
    """
    match block:
        case Heading():
            lines = [f"{'#' * block.level} {escape(block.text)}"]
        case Paragraph():
            lines = [escape(block.text)]
        case Verdict():
            lines = [f"{block.sign} **{escape(block.text)}**".lstrip()]
        case Bullets():
            lines = list(_items(block))
        case Code():
            lines = _code(block)
        case Table():
            lines = list(_table(block))
        case Figure():
            lines = [] if block.table is None else list(_table(block.table))
        case _:
            assert_never(block)
    return [*lines, ""] if lines else []


def _items(block: Bullets) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        yield f"{f'{number}.' if block.is_numbered else '-'} {escape(item)}"


def _code(block: Code) -> list[str]:
    """Return what to copy as a block; its fence is longer than any that stands in it."""
    runs = (len(run) for line in block.lines for run in re.findall(r"`+", line))
    fence = "`" * max(3, 1 + max(runs, default=0))
    return [f"{fence}{block.language}", *block.lines, fence]


def _table(table: Table) -> Iterator[str]:
    yield _row([escape(column.name) for column in table.columns])
    yield _row([f"---{':' if column.is_number else ''}" for column in table.columns])
    first_total = len(table.rows) - table.total_count
    for index, row in enumerate(table.rows):
        texts = [_cell(cell) for cell in row]
        if index >= first_total:
            texts[0] = f"**{texts[0]}**"
        yield _row(texts)


def _cell(cell: Cell) -> str:
    return escape(cell.text if cell.more is None else f"{cell.text}. {cell.more}")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
