"""The bundled typeface and the three sizes of text.

It is a subset of Inter under a name of our own (packaging/fonts/make_fonts.py), so that a copy
of Inter on the computer cannot stand in for it, and its figures are all of one width.
"""

import logging
from typing import Final

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFont, QFontDatabase

from planner.paths import shipped

logger = logging.getLogger(__name__)

FAMILY: Final = "Planner Sans"
FILES: Final = ("PlannerSans-Regular.otf", "PlannerSans-SemiBold.otf")

# What the systems have for Chinese, of one design with the figures beside it: without a name Qt
# takes any font that has the character, and may take a Japanese or Traditional form of it.
CHINESE_FAMILIES: Final = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)

BODY_PX: Final = 13
SECONDARY_PX: Final = 12
TITLE_PX: Final = 19

REGULAR: Final = 400
SEMIBOLD: Final = 600


def load_fonts() -> None:
    """Make the bundled typeface known to Qt; without it the system's is used."""
    folder = shipped("resources") / "fonts"
    for name in FILES:
        if QFontDatabase.addApplicationFont(str(folder / name)) < 0:
            logger.warning("The font %s could not be loaded.", folder / name)


def families() -> list[str]:
    """Return the typefaces to look for a character in, for the language of the window.

    For all other languages Qt finds by itself what the bundled one lacks.
    """
    is_chinese = QLocale().language() is QLocale.Language.Chinese
    return [FAMILY, *CHINESE_FAMILIES] if is_chinese else [FAMILY]


def ui_font(size_px: int = BODY_PX, weight: int = REGULAR) -> QFont:
    """Return the bundled typeface; sizes are logical pixels, equal on every platform."""
    font = QFont(families())
    font.setPixelSize(size_px)
    font.setWeight(QFont.Weight(weight))
    # Hinting moves glyphs to whole pixels, so lines would break elsewhere at other scales.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def sized(base: QFont, size_px: int, weight: int = REGULAR) -> QFont:
    """Return `base` in another of the sizes, where `base` stands for the body size.

    A widget derives all its fonts from its own one in this way, so that a larger text chosen
    for the application enlarges every line of it.
    """
    font = QFont(base)
    base_px = base.pixelSize() if base.pixelSize() > 0 else BODY_PX
    font.setPixelSize(max(1, round(base_px * size_px / BODY_PX)))
    font.setWeight(QFont.Weight(weight))
    return font
