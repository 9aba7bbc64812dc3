"""Units of memory and the words in which people read them.

GiB (2**30) is what a person sees; GB (10**9) stands only where a vendor prints it.
"""

from typing import Final

KIB: Final = 1 << 10
MIB: Final = 1 << 20
GIB: Final = 1 << 30
GB: Final = 10**9


def format_gib(size_bytes: int, *, digits: int = 2) -> str:
    """Return `size_bytes` as GiB with its unit, such as `8.43 GiB`."""
    return f"{size_bytes / GIB:,.{digits}f} GiB"


def format_bytes(size_bytes: int) -> str:
    """Return a size in the unit that keeps it readable: B, KiB, MiB or GiB."""
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if abs(size_bytes) >= unit:
            return f"{size_bytes / unit:,.2f} {name}"
    return f"{size_bytes:,} B"
