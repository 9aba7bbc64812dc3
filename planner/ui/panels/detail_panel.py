"""The chosen cell in full: the verdict, and under it pages of which one is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from planner.ui import text
from planner.ui.fonts import SECONDARY_PX, SEMIBOLD, TITLE_PX, sized
from planner.ui.models.cell_words import model_summary
from planner.ui.models.page import Page
from planner.ui.panels.memory_page import MemoryPage
from planner.ui.panels.pages import PAGES, page_words
from planner.ui.widgets.rule import Rule
from planner.ui.widgets.tab_row import TabRow
from planner.ui.widgets.verdict_badge import VerdictBadge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFont

    from planner.core.grid import FitDetail
    from planner.ui.panels.pages import PageKind
    from planner.ui.theme import Theme
    from planner.ui.widgets.stacked_bar import MemoryBar

# Signals that a page may have and that are told on.
_HEARD: Final = (
    "advice_wanted",
    "export_wanted",
    "link_wanted",
    "command_pasted",
    "measurement_wanted",
    "controls_changed",
)


class DetailPanel(QWidget):
    """Shows one `FitDetail`; a page is made when it is first looked at."""

    page_chosen = Signal(object)
    advice_wanted = Signal(object)
    export_wanted = Signal(object)
    link_wanted = Signal(str)
    command_pasted = Signal(str)
    measurement_wanted = Signal()
    controls_changed = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        kinds: Sequence[PageKind] = PAGES,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._kinds = {kind.page: kind for kind in kinds}
        self._title = _label("title", sized(self.font(), TITLE_PX, SEMIBOLD))
        self._summary = _label("summary", sized(self.font(), SECONDARY_PX), muted=True)
        self._badge = VerdictBadge(theme)
        self._verdict_text = ""
        self._shown: FitDetail | None = None
        self.tabs = TabRow(page_words(page) for page in self._kinds)
        self.memory = MemoryPage(theme)
        self._pages: dict[Page, QWidget] = {}
        self._take(Page.MEMORY, self.memory)
        self._build()
        self._show_only(Page.MEMORY)
        self.tabs.current_changed.connect(self._on_tab)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard."""
        inside = getattr(self._pages[self.page], "controls", ())
        return (*self.tabs.tabs, *inside)

    @property
    def page(self) -> Page:
        """The page that is seen."""
        return tuple(self._kinds)[self.tabs.current_index]

    @property
    def title_text(self) -> str:
        """Which plan is shown."""
        return self._title.text()

    @property
    def verdict_text(self) -> str:
        """The verdict in words."""
        return self._verdict_text

    @property
    def detail(self) -> FitDetail | None:
        """All of what is shown."""
        return self._shown

    @property
    def bar(self) -> MemoryBar:
        """The memory against the capacity."""
        return self.memory.bar

    @property
    def facts_text(self) -> str:
        """The file, its bits, and where the layers are; empty where nothing can be said."""
        return self.memory.facts_text

    @property
    def notes_text(self) -> str:
        """What limits the figures."""
        return self.memory.notes_text

    def show_detail(self, detail: FitDetail) -> None:
        """Show another cell."""
        self._shown = detail
        result = detail.result
        words = self.tr("{model} · {quant_format}")
        self._title.setText(
            words.format(model=detail.model.name, quant_format=result.quant_format)
        )
        self._summary.setText(model_summary(detail.model))
        ram = detail.machine.ram
        self._verdict_text = text.verdict_sentence(
            result,
            detail.target,
            detail.reserve,
            knows_ram=ram is not None and ram.free_bytes is not None,
        )
        self._badge.set_verdict(result.verdict, self._verdict_text)
        if self.page is Page.MEMORY:
            self.memory.show_detail(detail)

    def show_page(self, page: Page, values: object) -> None:
        """Hand a page what it is about; what is not seen waits until it is."""
        if page is self.page:
            self._kinds[page].show_values(self._page_widget(page), values)

    def set_page(self, page: Page) -> None:
        """Look at another page, without telling anyone."""
        if page in self._kinds:
            with QSignalBlocker(self.tabs):
                self.tabs.set_current_index(list(self._kinds).index(page))
            self._show_only(page)

    def step_page(self, steps: int) -> None:
        """Look at a neighbour of the page."""
        self.tabs.set_current_index((self.tabs.current_index + steps) % len(self._kinds))

    def stop(self) -> None:
        """Let no page go on with what it does beside the window."""
        for widget in self._pages.values():
            stop = getattr(widget, "stop", None)
            if stop is not None:
                stop()

    def page_widget(self, page: Page) -> QWidget | None:
        """Return a page that somebody has looked at."""
        return self._pages.get(page)

    # ------------------------------------------------------------------- parts

    def _build(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(16, 16, 16, 8)
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._summary)
        head.addSpacing(8)
        head.addWidget(self._badge, 0, Qt.AlignmentFlag.AlignLeft)
        self.tabs.setAccessibleName(self.tr("Pages about the chosen cell"))
        tab_row = QVBoxLayout()
        tab_row.setContentsMargins(9, 0, 4, 0)
        tab_row.addWidget(self.tabs)
        self._room = QVBoxLayout()
        self._room.setContentsMargins(0, 0, 0, 0)
        self._room.addWidget(self.memory)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addLayout(tab_row)
        layout.addWidget(Rule(self._theme))
        layout.addLayout(self._room, 1)
        # One page needs no name.
        self.tabs.setVisible(len(self._kinds) > 1)

    def _page_widget(self, page: Page) -> QWidget:
        widget = self._pages.get(page)
        if widget is None:
            widget = self._kinds[page].make(self._theme)
            widget.hide()
            self._room.addWidget(widget)
            self._take(page, widget)
        return widget

    def _take(self, page: Page, widget: QWidget) -> None:
        """Listen to a page; which of these signals it has is its own matter."""
        self._pages[page] = widget
        for name in _HEARD:
            signal = getattr(widget, name, None)
            if signal is not None:
                signal.connect(getattr(self, name))

    def _show_only(self, page: Page) -> None:
        wanted = self._page_widget(page)
        for widget in self._pages.values():
            if widget is not wanted:
                widget.hide()
        if page is Page.MEMORY and self._shown is not None:
            self.memory.show_detail(self._shown)
        wanted.show()
        self.controls_changed.emit()

    @Slot(int)
    def _on_tab(self, _index: int) -> None:
        self._show_only(self.page)
        self.page_chosen.emit(self.page)


def _label(name: str, font: QFont, *, muted: bool = False) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setFont(font)
    label.setProperty("muted", muted)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
