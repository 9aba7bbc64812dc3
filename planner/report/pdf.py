"""The report as PDF: vector charts, text that can be searched, bookmarks, page numbers.

reportlab writes it: pure Python, no screen and no Qt, the same bytes for the same report.
"""

from __future__ import annotations

import io
from itertools import pairwise
from typing import TYPE_CHECKING, Final, assert_never
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.pagesizes import A4, LETTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    LongTable,
    PageTemplate,
    Preformatted,
    Spacer,
    TableStyle,
)
from reportlab.platypus import Paragraph as PdfParagraph

from planner.core.pictures.picture import Ink
from planner.core.report_choices import Paper, PictureKey
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
from planner.report.pdf_fonts import SANS, drawable, drawable_mono
from planner.report.pdf_picture import POINTS_PER_PX, draw_picture
from planner.report.pdf_styles import (
    BODY,
    CELL,
    CELL_HEAD,
    CODE,
    CODE_BOX,
    HEADINGS,
    INK,
    ITEM,
    NUMBER,
    NUMBER_HEAD,
    NUMBERED,
    PLAIN_INKS,
    TITLE,
    VERDICT_INKS,
    colour,
    verdict_style,
)
from planner.report.sections import document_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from planner.core.pictures.picture import Picture
    from planner.report.fit_report import FitReport


_SIZES: Final = {Paper.A4: A4, Paper.LETTER: LETTER}
_MARGIN: Final = 18 * mm
# A title with less room below it goes on the next page.
_TITLE_ROOM: Final = 32 * mm


def render_pdf(
    report: FitReport, *, pictures: Mapping[PictureKey, Picture], paper: Paper = Paper.A4
) -> bytes:
    """Return the report as PDF; the same report gives the same bytes."""
    document = document_of(report)
    content = io.BytesIO()
    template = _Template(content, document, paper=paper, created=report.created)
    width = _SIZES[paper][0] - 2 * _MARGIN
    flow = [part for block in document.blocks for part in _flow(block, pictures, width)]
    _keep_titles_with_pictures(flow)
    title = PdfParagraph(_marked(document.title), TITLE)
    template.build([title, *flow], canvasmaker=template.canvas)
    return content.getvalue()


def _marked(text: str, *, more: str = "") -> str:
    """Return text as the markup of a paragraph; an address becomes a link."""
    shown = escape(drawable(plain(text)))
    if text.startswith("https://"):
        address = plain(text).partition(" ")[0]
        shown = f"<link href={quoteattr(address)}>{shown}</link>"
    return f"{shown}{more}"


def _flow(
    block: Block, pictures: Mapping[PictureKey, Picture], width: float
) -> Iterator[Flowable]:
    match block:
        case Heading():
            yield CondPageBreak(_TITLE_ROOM)
            yield _Titled(block)
        case Paragraph():
            yield PdfParagraph(_marked(block.text), BODY)
        case Verdict():
            words = f"{block.sign} {block.text}".strip()
            yield PdfParagraph(_marked(words), verdict_style(block.verdict))
        case Bullets():
            yield from _items(block)
            yield Spacer(0, 6)
        case Code():
            yield from _code(block)
        case Table():
            yield from _table(block, width)
        case Figure():
            picture = pictures.get(block.key)
            if picture is not None:
                yield _Drawn(picture)
            elif block.table is not None:
                yield from _table(block.table, width)
        case _:
            assert_never(block)


def _keep_titles_with_pictures(flow: list[Flowable]) -> None:
    """Keep a title on the page of the picture below it; a table may go on on the next one."""
    for title, below in pairwise(flow):
        if isinstance(title, _Titled) and isinstance(below, _Drawn):
            title.keepWithNext = 1


class _Titled(PdfParagraph):  # type: ignore[misc]  # reportlab has no types
    """A heading that the outline points to."""

    def __init__(self, heading: Heading) -> None:
        super().__init__(_marked(heading.text), HEADINGS[heading.level])
        self.heading = heading


def _items(block: Bullets) -> Iterator[Flowable]:
    style = NUMBERED if block.is_numbered else ITEM
    for number, item in enumerate(block.items, 1):
        sign = f"{number}." if block.is_numbered else "•"
        yield PdfParagraph(_marked(item), style, bulletText=sign)


def _code(block: Code) -> Iterator[Flowable]:
    """Yield a box; a row for each line, so that a long program goes on on the next page."""
    rows = [
        [Preformatted(drawable_mono(line), CODE, maxLineLength=96, newLineChars="  ")]
        for line in block.lines
    ]
    yield LongTable(rows, colWidths=["100%"], style=CODE_BOX)
    yield Spacer(0, 10)


def _table(table: Table, width: float) -> Iterator[Flowable]:
    heads = [
        PdfParagraph(_marked(column.name), NUMBER_HEAD if column.is_number else CELL_HEAD)
        for column in table.columns
    ]
    rows = [
        [
            _cell(cell, is_number=column.is_number, is_total=index >= first_total)
            for column, cell in zip(table.columns, row, strict=True)
        ]
        for first_total in (len(table.rows) - table.total_count,)
        for index, row in enumerate(table.rows)
    ]
    shares = table.widths or _shares(table)
    widths = [width * share / sum(shares) for share in shares]
    yield LongTable([heads, *rows], colWidths=widths, repeatRows=1, style=_table_style(table))
    yield Spacer(0, 8)


def _shares(table: Table) -> list[float]:
    """Return widths in proportion to the longest text of each column, within bounds."""
    return [
        min(
            40,
            max(8, len(column.name) + 2, *(len(row[index].text) for row in table.rows), 0),
        )
        for index, column in enumerate(table.columns)
    ]


def _cell(cell: Cell, *, is_number: bool, is_total: bool) -> PdfParagraph:
    style = NUMBER if is_number else CELL
    text = _marked(cell.text)
    if cell.more is not None:
        text = _marked(cell.text, more=f". {escape(drawable(plain(cell.more)))}")
    if cell.verdict is not None:
        _, ink = VERDICT_INKS.get(cell.verdict, PLAIN_INKS)
        text = f"<font color={quoteattr(INK[ink])}>{text}</font>"
    return PdfParagraph(f"<b>{text}</b>" if is_total else text, style)


def _table_style(table: Table) -> TableStyle:
    commands: list[tuple[object, ...]] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.75, colour(Ink.OUTLINE)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, colour(Ink.LINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), 4),
        ("RIGHTPADDING", (0, 0), (-1, -1), 4),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5),
    ]
    after_number = zip(table.columns, table.columns[1:], strict=False)
    for across, (before, column) in enumerate(after_number, 1):
        if before.is_number and not column.is_number:
            commands.append(("LEFTPADDING", (across, 0), (across, -1), 12))
    for down, row in enumerate(table.rows, 1):
        for across, cell in enumerate(row):
            fill, _ = VERDICT_INKS.get(cell.verdict or "", PLAIN_INKS)
            if fill is not None:
                place = (across, down)
                commands.append(("BACKGROUND", place, place, colour(fill)))
    return TableStyle(commands)


class _Drawn(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A picture, as wide as the page at the most."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        self._picture = picture
        self._scale = POINTS_PER_PX
        self.spaceAfter = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Return the room that it takes."""
        picture = self._picture
        # A little less than the page: a frame keeps some room for itself.
        fitting = min(width / picture.width, (height - 12) / picture.height)
        whole_page = min(width / picture.width, 640 / picture.height)
        self._scale = min(POINTS_PER_PX, max(fitting, whole_page))
        return picture.width * self._scale, picture.height * self._scale

    def draw(self) -> None:
        """Draw it at the origin."""
        draw_picture(self.canv, self._picture, INK, scale=self._scale)


class _Template(BaseDocTemplate):  # type: ignore[misc]  # reportlab has no types
    """Pages with a foot, bookmarks and metadata."""

    def __init__(
        self, content: io.BytesIO, document: Document, *, paper: Paper, created: datetime
    ) -> None:
        size = _SIZES[paper]
        title = drawable(plain(document.title))
        super().__init__(
            content,
            pagesize=size,
            title=title,
            subject=drawable(plain(document.subject)),
            author="Phi Planner",
            creator="Phi Planner",
            lang="en",
            invariant=1,
        )
        width, height = size
        frame = Frame(_MARGIN, _MARGIN, width - 2 * _MARGIN, height - 2 * _MARGIN, 0, 0, 0, 0)
        self.addPageTemplates([PageTemplate(frames=[frame])])
        self._foot = title
        self._created = created
        self._depth = -1

    def canvas(self, *arguments: object, **options: object) -> _NumberedCanvas:
        """Return the canvas of this report."""
        canvas = _NumberedCanvas(*arguments, **options)
        canvas.prepare(foot=self._foot, created=self._created)
        return canvas

    def afterFlowable(self, flowable: Flowable) -> None:  # noqa: N802 - reportlab calls it
        """Let the outline point to each heading."""
        if not isinstance(flowable, _Titled):
            return
        heading = flowable.heading
        depth = min(heading.level - 2, self._depth + 1)
        self._depth = depth
        self.canv.bookmarkPage(heading.key)
        self.canv.addOutlineEntry(drawable(plain(heading.text)), heading.key, depth)


class _NumberedCanvas(Canvas):  # type: ignore[misc]  # reportlab has no types
    """Writes the foot of every page when it is known how many there are."""

    def prepare(self, *, foot: str, created: datetime) -> None:
        """Set what the feet say, and the time in the metadata."""
        self._pages: list[dict[str, object]] = []
        self._foot = foot
        self.setDateFormatter(lambda *_: f"D:{created:%Y%m%d%H%M%S%z}")
        self.showOutline()

    def showPage(self) -> None:  # noqa: N802 - reportlab calls it
        """Keep the page until the last one is there."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Write the feet, then the file."""
        count = len(self._pages)
        for number, page in enumerate(self._pages, 1):
            self.__dict__.update(page)
            self._write_foot(f"{number} / {count}")
            super().showPage()
        super().save()

    def _write_foot(self, words: str) -> None:
        width, _ = self._pagesize
        self.setFont(SANS, 7.5)
        self.setFillColor(colour(Ink.MUTED))
        line = self._foot if len(self._foot) <= 110 else f"{self._foot[:109]}…"
        self.drawString(_MARGIN, 10 * mm, line)
        self.drawRightString(width - _MARGIN, 10 * mm, words)
