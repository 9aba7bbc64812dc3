"""The one door to pdfium, which draws PDF pages and may be used by one thread at a time.

A preview draws on a thread of its own while a picture is written on another: without a turn
for each of them pdfium mixes them up (pypdfium2's README, "Thread safety").
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pypdfium2 import PdfDocument

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["PdfDocument", "opened"]

_TURN: Final = threading.Lock()


@contextmanager
def opened(pdf: bytes) -> Iterator[PdfDocument]:
    """Lend a document; pages and bitmaps of it must be let go before it is handed back."""
    with _TURN:
        document = PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
