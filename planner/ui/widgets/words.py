"""Labels for words of any length: plain, wrapped, to be selected and copied."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from planner.core.pictures.safe_words import safe_words
from planner.ui.fonts import BODY_PX, REGULAR, SECONDARY_PX, SEMIBOLD, sized

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_NO_WIDTH: Final = "\u200b"
_LONGEST_PIECE: Final = 20


def breakable_html(words: str) -> str:
    """Return an address as HTML that can go on in the next line, which has no blanks to.

    It holds signs without width: take them out of what is copied (`whole_words`).
    """
    pieces = re.split(r"(?<=/)", words)
    return _NO_WIDTH.join(
        _NO_WIDTH.join(escape(safe_words(piece[at : at + _LONGEST_PIECE])) for at in starts)
        for piece in pieces
        if (starts := range(0, len(piece), _LONGEST_PIECE))
    )


def whole_words(words: str) -> str:
    """Return words as they were before `breakable_html`."""
    return words.replace(_NO_WIDTH, "")


def words_label(
    parent: QWidget,
    *,
    size_px: int = BODY_PX,
    weight: int = REGULAR,
    muted: bool = False,
) -> QLabel:
    """Return a label in a size of the window; its words may come from a file or a driver."""
    label = QLabel(parent)
    label.setFont(sized(parent.font(), size_px, weight))
    label.setProperty("muted", muted)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def heading_label(parent: QWidget) -> QLabel:
    """Return the head of a part of a page."""
    return words_label(parent, size_px=SECONDARY_PX, weight=SEMIBOLD, muted=True)


def note_label(parent: QWidget) -> QLabel:
    """Return the small print of a part of a page."""
    return words_label(parent, size_px=SECONDARY_PX, muted=True)


def show_words(label: QLabel, words: str) -> None:
    """Show words, or take no room where there are none."""
    label.setText(words)
    label.setVisible(bool(words))
