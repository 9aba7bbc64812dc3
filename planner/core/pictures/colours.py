"""The colours of the two looks by what they are for: the one place where they stand.

The window's theme takes the same values from here, so that a chart on the screen and the one
in a report are of one kind.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from planner.core.pictures.inks import Ink

if TYPE_CHECKING:
    from collections.abc import Mapping

_LIGHT: Final = {
    Ink.WINDOW: "#f5f6f8",
    Ink.PANEL: "#ffffff",
    Ink.FIELD: "#f5f6f8",
    Ink.LINE: "#e3e6ec",
    Ink.OUTLINE: "#c3c9d4",
    Ink.INK: "#1b1f27",
    Ink.MUTED: "#5f687b",
    Ink.ACCENT: "#2f6feb",
    Ink.WEIGHTS: "#3b5bdb",
    Ink.KV_CACHE: "#12a594",
    Ink.COMPUTE: "#f2a33a",
    Ink.OVERHEAD: "#8b95a7",
    Ink.REPACKED_WEIGHTS: "#8397ea",
    Ink.OUTPUT_BUFFER: "#c97a16",
    Ink.USED_BY_OTHERS: "#b3bbc8",
    Ink.FREE: "#e9ecf2",
    Ink.ON_WEIGHTS: "#ffffff",
    Ink.ON_PART: "#1b1f27",
    Ink.FITS_FILL: "#d9f2ea",
    Ink.FITS_INK: "#17705e",
    Ink.TIGHT_FILL: "#fdeecb",
    Ink.TIGHT_INK: "#8a5a00",
    Ink.PARTIAL_FILL: "#e7e2fb",
    Ink.PARTIAL_INK: "#5b4bb7",
    Ink.NO_FILL: "#eceef2",
    Ink.NO_INK: "#5f6673",
    Ink.SHARE_0: "#f1f4ff",
    Ink.SHARE_1: "#dfe6fd",
    Ink.SHARE_2: "#c5d2fb",
    Ink.SHARE_3: "#a7baf8",
    Ink.SHARE_4: "#8aa3f5",
    Ink.SHARE_MUTED: "#2c3550",
}

_DARK: Final = {
    Ink.WINDOW: "#14161b",
    Ink.PANEL: "#1c1f26",
    Ink.FIELD: "#14161b",
    Ink.LINE: "#2b303a",
    Ink.OUTLINE: "#444b59",
    Ink.INK: "#e8eaf0",
    Ink.MUTED: "#98a1b3",
    Ink.ACCENT: "#6ea0ff",
    Ink.WEIGHTS: "#6c8cff",
    Ink.KV_CACHE: "#2cc7b4",
    Ink.COMPUTE: "#f5b457",
    Ink.OVERHEAD: "#8b95a7",
    Ink.REPACKED_WEIGHTS: "#a9bbff",
    Ink.OUTPUT_BUFFER: "#c98a3c",
    Ink.USED_BY_OTHERS: "#5a6273",
    Ink.FREE: "#2a2f39",
    Ink.ON_WEIGHTS: "#0d1420",
    Ink.ON_PART: "#0d1420",
    Ink.FITS_FILL: "#15382f",
    Ink.FITS_INK: "#7fe0c8",
    Ink.TIGHT_FILL: "#3d3013",
    Ink.TIGHT_INK: "#ffd27a",
    Ink.PARTIAL_FILL: "#2c2650",
    Ink.PARTIAL_INK: "#c3b8ff",
    Ink.NO_FILL: "#232730",
    Ink.NO_INK: "#929bab",
    Ink.SHARE_0: "#232939",
    Ink.SHARE_1: "#293453",
    Ink.SHARE_2: "#314072",
    Ink.SHARE_3: "#3a4d92",
    Ink.SHARE_4: "#435ab2",
    Ink.SHARE_MUTED: "#dde2ee",
}

# By scheme, then by role, as `#rrggbb`. Pictures for paper and for others are `light`.
COLOURS: Final[Mapping[str, Mapping[Ink, str]]] = MappingProxyType(
    {"light": MappingProxyType(_LIGHT), "dark": MappingProxyType(_DARK)}
)
