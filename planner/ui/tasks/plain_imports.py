"""`import` as it was before PySide wrapped it to look for switches of its own."""

import builtins
from typing import Final

_ORIGINAL: Final = "__orig_import__"


def use_plain_imports() -> None:
    """Stop PySide from reading the source of each module that is imported after it.

    It looks for its `__feature__` switches there, which this program has none of: 9 ms of the
    215 to the first verdict (PySide6 6.11, Linux, 2026-11). A PySide that keeps the original
    under another name goes on reading.
    """
    original = getattr(builtins, _ORIGINAL, None)
    if original is not None:
        builtins.__import__ = original
