"""Files that wait to be opened: the window opens one at a time and shows what it was."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class FileQueue:
    """Opens each file when the one before it is shown: a newer job would outdate its answer."""

    def __init__(self, open_file: Callable[[str], None]) -> None:
        self._open_file = open_file
        self._waiting: deque[str] = deque()
        self._is_opening = False

    def add(self, paths: Iterable[str]) -> None:
        """Let files wait."""
        self._waiting.extend(paths)

    def begin(self) -> None:
        """Open the first that waits, unless one of them is being opened."""
        if not self._is_opening:
            self.go_on()

    def go_on(self) -> None:
        """Open the next one: a file was opened, or could not be."""
        self._is_opening = bool(self._waiting)
        if self._waiting:
            self._open_file(self._waiting.popleft())
