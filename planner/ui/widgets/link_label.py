"""An address that can be clicked; it is only told, never opened here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QLabel

from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.overrides import override
from planner.ui.theme import FOCUS_WIDTH, SMALL_CORNER
from planner.ui.widgets.words import breakable_html

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
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
        # By the keyboard it is one control: Qt's own way from link to link traps Shift+Tab.
        flags = Qt.TextInteractionFlag
        self.setTextInteractionFlags(flags.LinksAccessibleByMouse | flags.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.linkActivated.connect(self.wanted)
        theme.changed.connect(self._show)

    def show_url(self, url: str) -> None:
        """Show an address of the web; it takes no room where there is none."""
        self._url = url
        self.setVisible(bool(url))
        self._show()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.hasFocus():
            return
        painter = QPainter(self)
        try:
            # Qt marks a link that has the focus by a line of dots, or not at all.
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._theme.tokens.focus), FOCUS_WIDTH))
            ring = QRectF(self.rect()).adjusted(1, 1, -1, -1)
            painter.drawRoundedRect(ring, SMALL_CORNER, SMALL_CORNER)
        finally:
            painter.end()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.wanted.emit(self._url)
        else:
            super().keyPressEvent(event)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    @override
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _show(self) -> None:
        broken = breakable_html(self._url.removeprefix("https://"))
        href = escape(self._url, quote=True)
        ink = self._theme.tokens.accent
        self.setText(f"<a href='{href}' style='color: {ink};'>{broken}</a>")
        self.setAccessibleName(self._url)
