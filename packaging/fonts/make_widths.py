"""Write the widths of the bundled typeface: `python packaging/fonts/make_widths.py`.

Run it after make_fonts.py. Pictures for files are laid out without Qt and without reading a
font, so the widths of its characters are kept as data: planner/core/pictures/advance_widths.py.

It needs fonttools (`pip install fonttools`), which the app itself does not.
"""

import textwrap
from itertools import pairwise
from pathlib import Path

# Not among the app's packages, and it has no types.
from fontTools.ttLib import TTFont  # type: ignore[import-not-found, import-untyped, unused-ignore]

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "resources" / "fonts"
TARGET = ROOT / "planner" / "core" / "pictures" / "advance_widths.py"
HEAD = '''"""Widths of the bundled typeface's characters, as data (packaging/fonts).

Each table has widths in units of the em; a code such as `U+0020` says whose the next one is,
and those after it follow.
"""

from typing import Final

UNITS_PER_EM: Final = {units}
'''


def main() -> int:
    """Write the module."""
    text, units = "", 0
    for name, file in (("REGULAR", "Regular"), ("SEMIBOLD", "SemiBold")):
        with TTFont(FONTS / f"PlannerSans-{file}.otf") as font:
            units = font["head"].unitsPerEm
            words = (word for run in runs(font) for word in words_of(run))
            table = textwrap.fill(" ".join(words), 92)
            text += f'{name}: Final = """\n{table}\n"""\n'
    TARGET.write_text(HEAD.format(units=units) + text, encoding="utf-8")
    return 0


def runs(font: TTFont) -> list[list[tuple[int, int]]]:
    """Return code and width of each character, cut where codes are left out."""
    names = font.getBestCmap()
    widths = [(code, font["hmtx"][names[code]][0]) for code in sorted(names)]
    found = [[widths[0]]]
    for before, here in pairwise(widths):
        if here[0] != before[0] + 1:
            found.append([])
        found[-1].append(here)
    return found


def words_of(run: list[tuple[int, int]]) -> list[str]:
    """Return one run as it stands in the table."""
    return [f"U+{run[0][0]:04X}", *(str(width) for _, width in run)]


if __name__ == "__main__":
    raise SystemExit(main())
