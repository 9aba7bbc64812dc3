"""Reads the small files in which Linux tells of its devices; a missing one is an answer."""

import os
from pathlib import Path
from typing import Final

MAX_ENTRIES: Final = 1024
_MAX_FILE_BYTES: Final = 4096


def read_text(path: Path, *, limit_bytes: int = _MAX_FILE_BYTES) -> str | None:
    """Return the stripped text of a file, `None` where it is absent, empty or refused."""
    try:
        with path.open("rb", buffering=0) as file:
            content = file.read(limit_bytes) or b""
    except OSError:
        return None
    return content.decode("utf-8", "replace").strip("\0 \t\n") or None


def read_number(path: Path) -> int | None:
    """Return the number in a file, decimal or with `0x`; one that cannot be is `None`."""
    text = read_text(path) or ""
    digits, base = (text[2:], 16) if text.startswith("0x") else (text, 10)
    if not digits.isascii() or not digits.isalnum() or len(digits) > 19:
        return None
    try:
        return int(digits, base)
    except ValueError:
        return None


def read_fields(path: Path, *, separator: str = "=") -> dict[str, str]:
    """Return a file of `KEY=value` lines, such as a device's `uevent`."""
    lines = (read_text(path) or "").splitlines()
    pairs = (line.partition(separator) for line in lines)
    return {key.strip(): value.strip() for key, _, value in pairs}


def names_in(folder: Path, prefix: str = "") -> list[str]:
    """Return the sorted names in a folder, none where there is no such folder."""
    try:
        names = os.listdir(folder)  # noqa: PTH208 - a Path for each name costs ten times this
    except OSError:
        return []
    return sorted(name for name in names if name.startswith(prefix))[:MAX_ENTRIES]
