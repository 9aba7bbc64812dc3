"""The allocator's memory: the best fitting hole, else growth at the end (`ggml-alloc.c`)."""

from __future__ import annotations

from typing import Final

_ENDLESS: Final = 1 << 62


class Arena:
    """Places of one buffer; `peak_bytes` is how large it has to be.

    Sizes must be multiples of the backend's alignment already.
    """

    __slots__ = ("holes", "peak_bytes")

    def __init__(self, holes: tuple[tuple[int, int], ...] = ((0, _ENDLESS),)) -> None:
        """Start with these holes, as (offset, size); the last of them has no end."""
        self.holes = [list(hole) for hole in holes]
        self.peak_bytes = 0

    @property
    def state(self) -> tuple[tuple[int, int], ...]:
        """The holes, to compare and to start again from."""
        return tuple((offset, size) for offset, size in self.holes)

    def take(self, size: int) -> int:
        """Return the offset of a new place; of equally good holes the later one is taken."""
        holes = self.holes
        best, best_size = len(holes) - 1, _ENDLESS + 1
        for index in range(best):
            hole_size = holes[index][1]
            if size <= hole_size <= best_size:
                best, best_size = index, hole_size
        hole = holes[best]
        offset = hole[0]
        if hole[1] == size:
            del holes[best]
        else:
            hole[0] = offset + size
            hole[1] -= size
        if offset + size > self.peak_bytes:  # noqa: PLR1730 - half the time of max()
            self.peak_bytes = offset + size
        return offset

    def give(self, offset: int, size: int) -> None:
        """Free a place and join it with the holes beside it."""
        holes = self.holes
        end = offset + size
        index = 0
        while holes[index][0] + holes[index][1] < offset:
            index += 1
        hole = holes[index]
        if hole[0] + hole[1] == offset:
            hole[1] += size
            following = holes[index + 1]
            if following[0] == end:
                hole[1] += following[1]
                del holes[index + 1]
        elif hole[0] == end:
            hole[0] = offset
            hole[1] += size
        else:
            holes.insert(index, [offset, size])
