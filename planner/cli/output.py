"""Text on its way out: colour where it is wanted, and signs that every terminal can print."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TextIO

# Prose is folded here; tables are made to fit.
TEXT_WIDTH: Final = 96

# One column each, so that tables stay aligned where a terminal lacks the sign on the left.
_PLAIN_SIGNS: Final = {
    "●": "#",
    "◐": "+",
    "◔": "/",
    "○": "o",
    "–": "-",
    "−": "-",
    "×": "x",
    "’": "'",
    "…": "~",
    "·": "-",
}
_PLAIN_ERRORS: Final = "phi_planner_plain"
_RESET: Final = "\x1b[0m"


def printable(text: str) -> str:
    """Return text without what would move a terminal's cursor or change its colours."""
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " for sign in text)


def fold(text: str, *, indent: str = "", width: int = TEXT_WIDTH) -> str:
    """Return text as lines of at most `width` columns; a longer word stands alone."""
    # Not textwrap: with its regular expressions it takes longer than a whole answer.
    lines: list[str] = []
    line = ""
    for word in printable(text).split():
        if line and len(line) + 1 + len(word) > width - len(indent):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    lines.append(line)
    return "\n".join(f"{indent}{each}" for each in lines)


class Output:
    """Standard output, whatever it is: a terminal, a file, a pipe that closes, or nothing."""

    def __init__(self, stream: TextIO | None, environ: Mapping[str, str]) -> None:
        if stream is None:  # a program started with its output closed
            stream = io.StringIO()
        self._stream = stream
        encoding = (stream.encoding or "ascii").lower().replace("_", "-")
        self.is_unicode = encoding.startswith("utf")
        self.has_colour = _wants_colour(stream, environ)
        if not self.is_unicode:
            codecs.register_error(_PLAIN_ERRORS, _plain)
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            # Even UTF-8 cannot say everything: a file name may hold half a character.
            reconfigure(errors="replace" if self.is_unicode else _PLAIN_ERRORS)

    def line(self, text: str = "") -> None:
        """Write one line, or several that are joined."""
        self._stream.write(f"{text}\n")

    def prose(self, text: str, *, indent: str = "") -> None:
        """Write a paragraph, folded."""
        self.line(fold(text, indent=indent))

    def write(self, text: str) -> None:
        """Write text as it stands."""
        self._stream.write(text)

    def write_bytes(self, content: bytes) -> None:
        """Write bytes as they stand, after everything that came before."""
        self._stream.flush()
        buffer = getattr(self._stream, "buffer", None)
        if buffer is not None:  # a program started with its output closed has none
            buffer.write(content)

    def json(self, value: object) -> None:
        """Write one value as indented JSON."""
        import json

        self.line(json.dumps(value, indent=2, ensure_ascii=not self.is_unicode))

    def flush(self) -> None:
        """Hand on what was written; this is where a closed pipe or a full disk shows."""
        self._stream.flush()

    def coloured(self, text: str, code: str) -> str:
        """Return text in a colour of the terminal's own palette, where colour is wanted."""
        return f"\x1b[{code}m{text}{_RESET}" if self.has_colour and code else text

    def abandon(self) -> None:
        """Let nothing more be written, so that the end of the program stays quiet too."""
        try:
            descriptor = self._stream.fileno()
        except (OSError, ValueError):  # a stream without a file has nothing left to fail
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, descriptor)
        os.close(nowhere)


def _wants_colour(stream: TextIO, environ: Mapping[str, str]) -> bool:
    if environ.get("NO_COLOR") or environ.get("TERM") == "dumb" or not stream.isatty():
        return False
    # The old Windows console prints the codes instead of obeying them.
    return sys.platform != "win32" or "WT_SESSION" in environ


def _plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    signs = error.object[error.start : error.end]
    return "".join(_PLAIN_SIGNS.get(sign, "?") for sign in signs), error.end
