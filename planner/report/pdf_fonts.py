"""The typefaces of the PDF: embedded, with a map back to characters for search and copying."""

from functools import lru_cache
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from planner.paths import shipped

SANS: Final = "PlannerSans"
SANS_BOLD: Final = "PlannerSans-Bold"
# One of the fonts that every viewer has; it knows Latin letters alone.
MONO: Final = "Courier"
_FILES: Final = {SANS: "PlannerSans-Regular.ttf", SANS_BOLD: "PlannerSans-SemiBold.ttf"}
_MISSING: Final = "□"


@lru_cache
def load_print_fonts() -> frozenset[int]:
    """Make the typefaces known, once, and return the characters that both have."""
    folder = shipped("resources") / "fonts"
    known: list[frozenset[int]] = []
    for name, file in _FILES.items():
        font = TTFont(name, str(folder / file))
        pdfmetrics.registerFont(font)
        known.append(frozenset(font.face.charToGlyph))
    pdfmetrics.registerFontFamily(
        SANS, normal=SANS, bold=SANS_BOLD, italic=SANS, boldItalic=SANS_BOLD
    )
    return known[0] & known[1]


def drawable(text: str) -> str:
    """Return text with a box for each character that the typeface does not have."""
    known = load_print_fonts()
    return "".join(each if ord(each) in known else _MISSING for each in text)


def drawable_mono(text: str) -> str:
    """Return text for the font of one width, which has Latin letters."""
    return text.encode("cp1252", "replace").decode("cp1252")
