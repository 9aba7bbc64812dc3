"""A file read forwards in pieces: bounded memory, and what is skipped is not read."""

from struct import Struct, error
from typing import Any, Final

from planner.core.errors import PlannerError
from planner.files.opened import OpenedFile

# A vocabulary of 200,064 tokens is some 3 MB: a dozen reads.
PIECE_BYTES: Final = 256 << 10
_LENGTH: Final = Struct("<Q")


class ByteWindow:
    """The bytes of a file from a position that only moves forwards.

    Reading, not mapping: a mapped file that somebody shortens meanwhile ends the program.
    """

    def __init__(self, file: OpenedFile) -> None:
        self._stream = file.stream
        self._name = file.name
        self.size_bytes = file.size_bytes
        self._buffer = b""
        self._start = 0
        self._at = 0

    @property
    def position(self) -> int:
        """Where the next byte is, from the beginning of the file."""
        return self._start + self._at

    def take(self, count: int) -> bytes:
        """Return the next bytes; the caller bounds the count.

        Raises:
            PlannerError: the file ends before.
        """
        self._need(count)
        begin = self._at
        self._at = begin + count
        return self._buffer[begin : self._at]

    def unpack(self, layout: Struct) -> tuple[Any, ...]:
        """Return the values that the next bytes stand for.

        Raises:
            PlannerError: the file ends before.
        """
        self._need(layout.size)
        values = layout.unpack_from(self._buffer, self._at)
        self._at += layout.size
        return values

    def skip(self, count: int) -> None:
        """Go on by so many bytes without reading them.

        Raises:
            PlannerError: the file ends before.
        """
        if count > self.size_bytes - self.position:
            raise self._ended()
        self._at += count

    def skip_texts(self, count: int) -> None:
        """Go on past texts that each have their length before them; none is kept.

        Raises:
            PlannerError: the file ends before.
        """
        if count > (self.size_bytes - self.position) // _LENGTH.size:
            raise self._ended()
        unpack_from, left = _LENGTH.unpack_from, count
        while left:
            self._need(_LENGTH.size)
            buffer, at, done = self._buffer, self._at, 0
            try:
                # The hot loop of a large vocabulary: the buffer's end is noticed by the error.
                for done in range(left):  # noqa: B007 - how far it came is read below
                    at += 8 + unpack_from(buffer, at)[0]
                done = left
            except (error, OverflowError, IndexError):
                pass
            left -= done
            self._at = at
            if self.position > self.size_bytes:
                raise self._ended()

    def _need(self, count: int) -> None:
        """Have so many bytes in the buffer."""
        if self._at + count <= len(self._buffer):
            return
        start = self.position
        if count > self.size_bytes - start:
            raise self._ended()
        self._stream.seek(start)
        self._buffer = self._stream.read(max(count, PIECE_BYTES))
        self._start, self._at = start, 0
        if len(self._buffer) < count:  # somebody shortened the file meanwhile
            raise self._ended()

    def _ended(self) -> PlannerError:
        return PlannerError(
            f"{self._name} ends inside its header, after {self.size_bytes:,} bytes: it was cut "
            "off or is not a whole GGUF file."
        )
