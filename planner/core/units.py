"""Units of memory and the words in which people read them.

GiB (2**30) is what a person sees; GB (10**9) stands only where a vendor prints it, or where
somebody chose it for the window.
"""

from enum import StrEnum
from typing import Final

KIB: Final = 1 << 10
MIB: Final = 1 << 20
GIB: Final = 1 << 30
GB: Final = 10**9


class SizeUnit(StrEnum):
    """In which unit the window writes sizes of memory."""

    GIB = "GiB"
    GB = "GB"

    @property
    def unit_bytes(self) -> int:
        """How many bytes one of it has."""
        return GIB if self is SizeUnit.GIB else GB


def format_gib(size_bytes: int, *, digits: int = 2) -> str:
    """Return `size_bytes` as GiB with its unit, such as `8.43 GiB`."""
    return f"{size_bytes / GIB:,.{digits}f} GiB"


def format_bytes(size_bytes: int) -> str:
    """Return a size in the unit that keeps it readable: B, KiB, MiB or GiB."""
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if abs(size_bytes) >= unit:
            return f"{size_bytes / unit:,.2f} {name}"
    return f"{size_bytes:,} B"
