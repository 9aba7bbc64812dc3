"""The roles of colours: the window's theme knows them before it draws any picture."""

from enum import StrEnum


class Ink(StrEnum):
    """What a colour is for. `SHARE_n` is the ramp of a block's share of the bytes.

    Text on `WEIGHTS` is `ON_WEIGHTS`, on any other part of the memory `ON_PART`, and on what
    others hold or what is free `INK`. On every step of the ramp `INK` and the quieter
    `SHARE_MUTED` are readable; on the deeper ones `MUTED` is not.
    """

    WINDOW = "window"
    PANEL = "panel"
    FIELD = "field"
    LINE = "line"
    OUTLINE = "outline"
    INK = "ink"
    MUTED = "muted"
    ACCENT = "accent"
    WEIGHTS = "weights"
    KV_CACHE = "kv_cache"
    COMPUTE = "compute"
    OVERHEAD = "overhead"
    REPACKED_WEIGHTS = "repacked_weights"
    OUTPUT_BUFFER = "output_buffer"
    USED_BY_OTHERS = "used_by_others"
    FREE = "free"
    ON_WEIGHTS = "on_weights"
    ON_PART = "on_part"
    FITS_FILL = "fits_fill"
    FITS_INK = "fits_ink"
    TIGHT_FILL = "tight_fill"
    TIGHT_INK = "tight_ink"
    PARTIAL_FILL = "partial_fill"
    PARTIAL_INK = "partial_ink"
    NO_FILL = "no_fill"
    NO_INK = "no_ink"
    SHARE_0 = "share_0"
    SHARE_1 = "share_1"
    SHARE_2 = "share_2"
    SHARE_3 = "share_3"
    SHARE_4 = "share_4"
    SHARE_MUTED = "share_muted"
