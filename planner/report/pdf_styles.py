"""How the text, the tables and the verdicts of the PDF look."""

from typing import Final

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import TableStyle

from planner.core.pictures.colours import COLOURS
from planner.core.pictures.picture import Ink
from planner.report.pdf_fonts import MONO, SANS, SANS_BOLD

INK: Final = COLOURS["light"]
VERDICT_INKS: Final = {
    "fits": (Ink.FITS_FILL, Ink.FITS_INK),
    "tight": (Ink.TIGHT_FILL, Ink.TIGHT_INK),
    "partial": (Ink.PARTIAL_FILL, Ink.PARTIAL_INK),
    "no": (Ink.NO_FILL, Ink.NO_INK),
}
PLAIN_INKS: Final = (None, Ink.MUTED)


def text_style(name: str, **values: object) -> ParagraphStyle:
    base = {
        "fontName": SANS,
        "fontSize": 9.5,
        "leading": 13.5,
        "textColor": colour(Ink.INK),
        "splitLongWords": 1,
    }
    return ParagraphStyle(name, **(base | values))


def colour(ink: Ink) -> HexColor:
    return HexColor(INK[ink])


BODY: Final = text_style("body", spaceAfter=6)
ITEM: Final = text_style("item", leftIndent=12, bulletIndent=2, spaceAfter=2)
NUMBERED: Final = text_style("numbered", leftIndent=18, bulletIndent=2, spaceAfter=2)
TITLE: Final = text_style("title", fontName=SANS_BOLD, fontSize=18, leading=23, spaceAfter=16)
HEADINGS: Final = {
    2: text_style(
        "h2", fontName=SANS_BOLD, fontSize=13, leading=17, spaceBefore=14, spaceAfter=6
    ),
    3: text_style(
        "h3", fontName=SANS_BOLD, fontSize=10.5, leading=14, spaceBefore=8, spaceAfter=4
    ),
}
CELL: Final = text_style("cell", fontSize=7.5, leading=9.8)
NUMBER: Final = text_style("number", fontSize=7.5, leading=9.8, alignment=2)
CELL_HEAD: Final = text_style(
    "cell-head", fontName=SANS_BOLD, fontSize=7.5, leading=9.8, textColor=colour(Ink.MUTED)
)
NUMBER_HEAD: Final = text_style(
    "number-head",
    fontName=SANS_BOLD,
    fontSize=7.5,
    leading=9.8,
    alignment=2,
    textColor=colour(Ink.MUTED),
)
CODE: Final = text_style("code", fontName=MONO, fontSize=8, leading=11)
CODE_BOX: Final = TableStyle(
    [
        ("BACKGROUND", (0, 0), (-1, -1), colour(Ink.FIELD)),
        ("BOX", (0, 0), (-1, -1), 0.5, colour(Ink.LINE)),
        ("LEFTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 1),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 1),
        ("TOPPADDING", (0, 0), (-1, 0), 6),
        ("BOTTOMPADDING", (0, -1), (-1, -1), 7),
    ]
)


def verdict_style(verdict: str | None) -> ParagraphStyle:
    """Return the style of the answer: a box in the verdict's colours."""
    fill, ink = VERDICT_INKS.get(verdict or "", PLAIN_INKS)
    return text_style(
        "verdict",
        fontName=SANS_BOLD,
        fontSize=11,
        leading=15.5,
        textColor=colour(ink if verdict else Ink.INK),
        backColor=colour(fill or Ink.FIELD),
        borderPadding=8,
        leftIndent=8,
        rightIndent=8,
        spaceBefore=8,
        spaceAfter=16,
    )
