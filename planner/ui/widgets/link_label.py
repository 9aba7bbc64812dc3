"""An address that can be clicked; it is only told, never opened here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.widgets.words import breakable_html

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from planner.ui.theme import Theme


class LinkLabel(QLabel):
    """Shows an address without its scheme; `wanted` has it whole."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._url = ""
        self.setFont(sized(self.font(), SECONDARY_PX))
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self.linkActivated.connect(self.wanted)
        theme.changed.connect(self._show)

    def show_url(self, url: str) -> None:
        """Show an address of the web; it takes no room where there is none."""
        self._url = url
        self.setVisible(bool(url))
        self._show()

    def _show(self) -> None:
        broken = breakable_html(self._url.removeprefix("https://"))
        href = escape(self._url, quote=True)
        ink = self._theme.tokens.accent
        self.setText(f"<a href='{href}' style='color: {ink};'>{broken}</a>")
        self.setAccessibleName(self._url)
