"""Make the bundled typeface from Inter: `python packaging/fonts/make_fonts.py FOLDER`.

FOLDER holds Inter-Regular.otf and Inter-SemiBold.otf. They come from the Debian package:

    apt-get download fonts-inter && dpkg-deb -x fonts-inter_*.deb inter
    python packaging/fonts/make_fonts.py inter/usr/share/fonts/opentype/inter

It needs fonttools (`pip install fonttools`), which the app itself does not. What it does:

- keeps Latin, Greek letters, punctuation, arrows and the signs of sums, and drops the rest;
- makes figures of one width the ordinary ones, in the character map and not as a feature that
  swaps glyphs: text copied out of a PDF stays whole, and no program has to ask for it;
- gives it a name of our own, so that a copy of Inter on the computer does not stand in for it
  (and a modified font must not carry a reserved name: SIL Open Font License 1.1, paragraph 3).

The same fonts-inter gives the same bytes again.
"""

import sys
from pathlib import Path

# Not among the app's packages, and it has no types.
from fontTools import subset  # type: ignore[import-not-found, import-untyped, unused-ignore]
from fontTools.ttLib import TTFont  # type: ignore[import-not-found, import-untyped, unused-ignore]

FAMILY = "Planner Sans"
WEIGHTS = {"Inter-Regular.otf": ("Regular", 400), "Inter-SemiBold.otf": ("SemiBold", 600)}
OUTPUT = Path(__file__).resolve().parents[2] / "resources" / "fonts"

RANGES = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1
    (0x100, 0x17F),  # Latin Extended-A
    (0x386, 0x3CE),  # Greek letters
    (0x2009, 0x200A),  # thin spaces
    (0x2010, 0x2015),  # hyphens and dashes
    (0x2018, 0x201E),  # quotation marks
)
# Bullet, ellipsis, narrow space, primes, angle quotes, euro, trade mark, arrows, signs of sums,
# squares, circles, triangles.
SINGLES = "•…\u202f′″‹›€™←↑→↓↔∆∏∑−√∞∫≈≠≤≥■□▪▲▶▼◀◆○●"  # noqa: RUF001
FEATURES = ["ccmp", "kern", "locl", "mark"]
COPYRIGHT, FAMILY_NAME, STYLE, UNIQUE, FULL_NAME, POSTSCRIPT = 0, 1, 2, 3, 4, 6
LICENCE, LICENCE_URL, TYPE_FAMILY, TYPE_STYLE = 13, 14, 16, 17


def main() -> int:
    """Write both weights into resources/fonts."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    OUTPUT.mkdir(parents=True, exist_ok=True)
    for name, (style, weight) in WEIGHTS.items():
        target = OUTPUT / f"{FAMILY.replace(' ', '')}-{style}.otf"
        make_font(Path(sys.argv[1]) / name, target, style=style, weight=weight)
        print(f"{target.name}: {target.stat().st_size:,} bytes")
    return 0


def make_font(source: Path, target: Path, *, style: str, weight: int) -> None:
    """Write one weight."""
    with TTFont(source, recalcTimestamp=False) as font:
        bake_tabular_figures(font)
        cut_down(font)
        rename(font, style=style, weight=weight)
        font.save(target)


def bake_tabular_figures(font: TTFont) -> None:
    """Let the characters 0 to 9 mean the figures that are all of one width."""
    gsub = font["GSUB"].table
    lookups = {
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag == "tnum"
        for index in record.Feature.LookupListIndex
    }
    swaps = {
        old: new
        for index in lookups
        for table in gsub.LookupList.Lookup[index].SubTable
        for old, new in getattr(table, "ExtSubTable", table).mapping.items()
    }
    for table in font["cmap"].tables:
        if table.isUnicode():
            for code in range(ord("0"), ord("9") + 1):
                # Tables share their maps, so a figure may have been swapped already.
                table.cmap[code] = swaps.get(table.cmap[code], table.cmap[code])
    figures = [font.getBestCmap()[code] for code in range(ord("0"), ord("9") + 1)]
    advances = [font["hmtx"][name][0] for name in figures]
    # Interpolated weights round their widths apart by a unit or three of 2,816.
    if max(advances) - min(advances) > 4:
        raise SystemExit(f"The figures are of different widths: {advances}")
    for name in figures:
        font["hmtx"][name] = (max(advances), font["hmtx"][name][1])


def cut_down(font: TTFont) -> None:
    """Drop every glyph, feature and table that the app does not draw with."""
    options = subset.Options()
    options.layout_features = FEATURES
    options.name_IDs = [COPYRIGHT, LICENCE, LICENCE_URL]
    options.notdef_outline = True
    options.recommended_glyphs = True
    options.desubroutinize = False
    options.drop_tables += ["DSIG", "STAT", "meta"]
    subsetter = subset.Subsetter(options)
    wanted = {code for first, last in RANGES for code in range(first, last + 1)}
    subsetter.populate(unicodes=wanted | set(map(ord, SINGLES)))
    subsetter.subset(font)


def rename(font: TTFont, *, style: str, weight: int) -> None:
    """Give the font its own name and say what it was made from."""
    family = FAMILY if style == "Regular" else f"{FAMILY} {style}"
    postscript = f"{FAMILY.replace(' ', '')}-{style}"
    names = font["name"]
    names.names = [record for record in names.names if record.platformID == 3]
    for name_id, value in {
        FAMILY_NAME: family,
        STYLE: "Regular",
        UNIQUE: f"{postscript}: a subset of Inter 3.019 with figures of one width",
        FULL_NAME: f"{FAMILY} {style}",
        POSTSCRIPT: postscript,
        TYPE_FAMILY: FAMILY,
        TYPE_STYLE: style,
    }.items():
        names.setName(value, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    if "CFF " in font:
        cff = font["CFF "].cff
        cff.fontNames = [postscript]
        top = cff.topDictIndex[0]
        top.FamilyName, top.FullName, top.Weight = FAMILY, f"{FAMILY} {style}", style
        for field in ("Notice", "Copyright"):
            top.rawDict.pop(field, None)


if __name__ == "__main__":
    raise SystemExit(main())
