"""Make the typeface of the PDF from that of the window.

    python packaging/fonts/make_print_fonts.py

The PDF writer embeds TrueType outlines, and the window's fonts have PostScript ones. So the
curves are made quadratic, to within half a unit of 2,816, and the two signs of a verdict that
Inter lacks, a circle half and a quarter full, are put together from its circle and its dot.

It needs fonttools (`pip install fonttools`), which the app itself does not. The same fonts give
the same bytes again.
"""

import math
from pathlib import Path

# Not among the app's packages, and they have no types.
from fontTools.pens.cu2quPen import Cu2QuPen  # type: ignore[import-not-found, import-untyped, unused-ignore]
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-not-found, import-untyped, unused-ignore]
from fontTools.ttLib import TTFont, newTable  # type: ignore[import-not-found, import-untyped, unused-ignore]
from fontTools.ttLib.tables._g_l_y_f import Glyph  # type: ignore[import-not-found, import-untyped, unused-ignore]

FONTS = Path(__file__).resolve().parents[2] / "resources" / "fonts"
STYLES = ("Regular", "SemiBold")
LARGEST_ERROR = 0.5
CIRCLE, DOT = 0x25CB, 0x25CF
# Degrees of the circle that are full, clockwise from the top.
PARTS = {0x25D0: (180, 360), 0x25D4: (0, 90)}


def main() -> int:
    """Write both weights into resources/fonts."""
    for style in STYLES:
        source = FONTS / f"PlannerSans-{style}.otf"
        target = source.with_suffix(".ttf")
        with TTFont(source, recalcTimestamp=False) as font:
            make_quadratic(font)
            font.save(target)
        print(f"{target.name}: {target.stat().st_size:,} bytes")
    return 0


def make_quadratic(font: TTFont) -> None:
    """Replace the PostScript outlines by TrueType ones, and add the signs that are missing."""
    order = font.getGlyphOrder()
    outlines = {name: _quadratic(font, name) for name in order}
    for code, (start, end) in PARTS.items():
        name = f"uni{code:04X}"
        _add_sign(font, outlines, name, code, start=start, end=end)
    font["loca"] = newTable("loca")
    table = font["glyf"] = newTable("glyf")
    table.glyphOrder = [*order, *(f"uni{code:04X}" for code in PARTS)]
    table.glyphs = outlines
    font.setGlyphOrder(table.glyphOrder)
    for name in table.glyphOrder:
        outlines[name].recalcBounds(table)
        advance = font["hmtx"][name][0]
        font["hmtx"][name] = (advance, getattr(outlines[name], "xMin", 0))
    _set_tables(font, len(table.glyphOrder))


def _quadratic(font: TTFont, name: str) -> Glyph:
    glyphs = font.getGlyphSet()
    pen = TTGlyphPen(glyphs)
    glyphs[name].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
    return pen.glyph()


def _add_sign(
    font: TTFont, outlines: dict[str, Glyph], name: str, code: int, *, start: int, end: int
) -> None:
    """Add a circle that is full from `start` to `end` degrees, as wide as the circle is."""
    best = font.getBestCmap()
    glyphs = font.getGlyphSet()
    circle = best[CIRCLE]
    outlines[best[DOT]].recalcBounds(None)
    dot = outlines[best[DOT]]
    middle = ((dot.xMin + dot.xMax) / 2, (dot.yMin + dot.yMax) / 2)
    radius = (dot.xMax - dot.xMin) / 2
    pen = TTGlyphPen(glyphs)
    glyphs[circle].draw(Cu2QuPen(pen, LARGEST_ERROR, reverse_direction=True))
    pen.moveTo((round(middle[0]), round(middle[1])))
    for step in range(25):
        angle = math.radians(start + (end - start) * step / 24)
        x = middle[0] + radius * math.sin(angle)
        pen.lineTo((round(x), round(middle[1] + radius * math.cos(angle))))
    pen.closePath()
    outlines[name] = pen.glyph()
    font["hmtx"].metrics[name] = font["hmtx"][circle]
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[code] = name


def _set_tables(font: TTFont, glyph_count: int) -> None:
    """Turn the tables that differ between the two kinds of outlines."""
    for tag in ("CFF ", "VORG", "GSUB", "GPOS", "GDEF"):
        if tag in font:
            del font[tag]
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for field in (
        *("maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs"),
        *("maxInstructionDefs", "maxStackElements", "maxSizeOfInstructions"),
        *("maxPoints", "maxContours", "maxCompositePoints", "maxCompositeContours"),
        *("maxComponentElements", "maxComponentDepth"),
    ):
        setattr(maxp, field, 0)
    maxp.maxZones = 1
    maxp.numGlyphs = glyph_count
    font["post"].formatType = 3.0
    font.sfntVersion = "\0\1\0\0"


if __name__ == "__main__":
    raise SystemExit(main())
