"""A long sheet of fields as one text: to be read, searched, selected and copied as a whole."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QTextBrowser

from planner.core.pictures.safe_words import safe_words
from planner.ui.fonts import BODY_PX, SECONDARY_PX, sized
from planner.ui.overrides import override
from planner.ui.widgets.words import breakable_html, whole_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from PySide6.QtCore import QEvent, QMimeData
    from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from planner.core.sheet_text import Note, SheetBlock, SheetRow
    from planner.ui.theme import Theme, Tokens

_NAME_SHARE: Final = 32  # per cent of the width
_NARROW_EM: Final = 22
_SCROLL_KEYS: Final = frozenset(
    {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
)


class SheetView(QTextBrowser):
    """Shows blocks of rows; `link_wanted` has an address that somebody clicked.

    It is as high as its content and never scrolls by itself: put it into a page that does.
    Nothing is ever loaded: a link is only told.
    """

    link_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._blocks: tuple[SheetBlock, ...] = ()
        self._is_narrow = False
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.viewport().setAutoFillBackground(False)
        self.document().setDocumentMargin(0)
        self.anchorClicked.connect(self._on_link)
        theme.changed.connect(self._show)

    def show_blocks(self, blocks: Iterable[SheetBlock]) -> None:
        """Show another sheet; the same one again is not laid out again."""
        wanted = tuple(blocks)
        if wanted != self._blocks:
            self._blocks = wanted
            self._show()

    @Slot()
    def _show(self) -> None:
        if self.document().defaultFont() != self.font():
            # It lays out anew what is about to go.
            self.document().setDefaultFont(self.font())
        small_px = sized(self.font(), SECONDARY_PX).pixelSize()
        self._is_narrow = self._wants_stacked()
        look = _Look(self._theme.tokens, small_px, is_narrow=self._is_narrow)
        self.setHtml("".join(_html(self._blocks, look)))
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(320, self._height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, self._height())

    def _height(self) -> int:
        return round(self.document().size().height()) + 2

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            if self._wants_stacked() is not self._is_narrow:
                self._show()
            self.updateGeometry()

    def _wants_stacked(self) -> bool:
        """Tell whether names stand over their values: where a word would not fit beside."""
        return self.viewport().width() < _NARROW_EM * self.fontInfo().pixelSize()

    @override
    def createMimeDataFromSelection(self) -> QMimeData:
        # Changed and not made anew: the clipboard outlives what Python made.
        copied = super().createMimeDataFromSelection()
        words = whole_words(copied.text())
        copied.clear()
        copied.setText(words)
        return copied

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.FontChange:
            self._show()

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page scrolls.
        event.ignore()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _SCROLL_KEYS and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    @override
    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Go from link to link, and bring each into view: the page scrolls, not this."""
        has_moved = super().focusNextPrevChild(is_next)
        page: QWidget | None = self if has_moved and self.hasFocus() else None
        while page is not None and not isinstance(page, QScrollArea):
            page = page.parentWidget()
        inside = None if page is None else page.widget()
        if page is not None and inside is not None:
            link = self.viewport().mapTo(inside, self.cursorRect().center())
            page.ensureVisible(link.x(), link.y())
        return has_moved

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        self.link_wanted.emit(url.toString())


@dataclass(frozen=True, slots=True)
class _Look:
    tokens: Tokens
    small_px: int
    _: KW_ONLY
    is_narrow: bool


def _html(blocks: Iterable[SheetBlock], look: _Look) -> Iterator[str]:
    """Yield the sheet; every word of it is escaped."""
    tokens = look.tokens
    yield f"<style>.small {{ font-size: {look.small_px or BODY_PX}px; }}</style>"
    for index, block in enumerate(blocks):
        top = 0 if index == 0 else 20
        yield (
            f"<p class='small' style='margin: {top}px 0 2px 0; color: {tokens.ink};'>"
            f"<span style='font-weight: 600;'>{_plain(block.title)}</span></p>"
        )
        for note in (block.note, _link(block.source, tokens)):
            if note:
                words = note if note.startswith("<a") else _plain_note(note, block)
                yield (
                    f"<p class='small' style='margin: 0 0 2px 0; color: {tokens.muted};'>"
                    f"{words}</p>"
                )
        yield "<table width='100%' cellspacing='0' cellpadding='0' style='margin-top: 4px;'>"
        for row in block.rows:
            yield _row(row, look)
        yield "</table>"


def _plain_note(note: str, block: SheetBlock) -> str:
    # A source that is no address is escaped already.
    return _plain(note) if note == block.note else note


def _row(row: SheetRow, look: _Look) -> str:
    tokens = look.tokens
    value = _plain(row.value)
    if row.holds is not None:
        ink = tokens.fits_ink if row.holds else tokens.tight_ink
        sign = "✓" if row.holds else "≠"
        value = f"<span style='color: {ink};'>{sign} {value}</span>"
    lines = [value] if value else []
    lines += [_note(each, tokens) for each in row.notes]
    if row.source:
        lines.append(
            f"<span class='small' style='color: {tokens.muted};'>"
            f"{_link(row.source, tokens)}</span>"
        )
    told = "<br>".join(lines)
    if row.name and look.is_narrow:
        name = f"<span class='small' style='color: {tokens.muted};'>{_plain(row.name)}</span>"
        told = f"{name}<br>{told}"
    if not row.name or look.is_narrow:
        return f"<tr><td colspan='2' style='padding: 4px 0;'>{told}</td></tr>"
    return (
        f"<tr><td width='{_NAME_SHARE}%' style='padding: 4px 12px 4px 0; "
        f"color: {tokens.muted};'>{_plain(row.name)}</td>"
        f"<td style='padding: 4px 0;'>{told}</td></tr>"
    )


def _note(note: Note, tokens: Tokens) -> str:
    ink = tokens.tight_ink if note.warns else tokens.muted
    words = _plain(note.words)
    if note.source:
        words += f" {_link(note.source, tokens)}"
    return f"<span class='small' style='color: {ink};'>{words}</span>"


def _link(source: str, tokens: Tokens) -> str:
    """Return a source as a link; what is no address of the web stays words."""
    broken = breakable_html(source.removeprefix("https://"))
    if not source.startswith("https://") or any(sign.isspace() for sign in source):
        return broken
    href = escape(source, quote=True)
    return f"<a href='{href}' style='color: {tokens.accent};'>{broken}</a>"


def _plain(words: str) -> str:
    return escape(safe_words(words))
