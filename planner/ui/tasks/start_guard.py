"""One sentence in place of Qt's abort, where there is no screen to open a window on."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NoReturn

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from collections.abc import Iterator

# As the command line has it for what could not be done.
_COULD_NOT: Final = 1
_SERVERS: Final = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@contextmanager
def qt_starts_or_says_why() -> Iterator[None]:
    """While Qt starts: turn its last words before an abort into a sentence and an exit code.

    Qt cannot be asked whether a screen is there. It tries, prints some lines about plugins,
    and aborts the process; the system may then write a core dump.
    """
    told: list[str] = []

    def on_message(kind: QtMsgType, _context: QMessageLogContext, text: str | None) -> None:
        if kind is QtMsgType.QtFatalMsg:
            _end(told)
        told.append(text or "")

    earlier = qInstallMessageHandler(on_message)
    try:
        yield
    finally:
        qInstallMessageHandler(earlier)
        # What was only a warning is said after all.
        for text in told:
            print(text, file=sys.stderr)  # noqa: T201 - where Qt itself would have put it


def why_no_window(told: list[str]) -> str:
    """Return the sentence for what Qt said before it gave up."""
    words = " ".join(told)
    if not any(os.environ.get(name) for name in _SERVERS):
        why = "there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    elif "Failed to create wl_display" in words:
        why = f"the screen {os.environ.get('WAYLAND_DISPLAY') or 'of Wayland'} does not answer"
    elif "could not connect to display" in words:
        why = f"the screen {os.environ.get('DISPLAY') or 'of X11'} does not answer"
    # Qt advises this for every failure of X11, so it comes last.
    elif "xcb-cursor" in words:
        why = "Qt needs a library that is not installed: libxcb-cursor0"
    else:
        names = {name: os.environ[name] for name in _SERVERS if os.environ.get(name)}
        shown = ", ".join(f"{name}={value}" for name, value in names.items())
        why = f"Qt finds no way to show one ({shown})"
    return f"The window cannot open: {why}. `phi-planner check` answers in the terminal."


def _end(told: list[str]) -> NoReturn:
    if sys.stderr is not None:
        print(f"phi-planner: {why_no_window(told)}", file=sys.stderr, flush=True)  # noqa: T201
    # Qt aborts as soon as this returns.
    os._exit(_COULD_NOT)
