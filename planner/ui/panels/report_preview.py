"""The report before it is written: what is chosen, and beside it what the file will be."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from planner.ui.figures import number
from planner.ui.fonts import BODY_PX, SECONDARY_PX, SEMIBOLD, sized
from planner.ui.models.report_words import facts_text, page_text, shown_as_text
from planner.ui.panels.message_line import MessageLine
from planner.ui.panels.report_form import ReportForm
from planner.ui.text import FACT_MARK
from planner.ui.widgets.page_view import PageView
from planner.ui.widgets.words import note_label, show_words, words_label

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from planner.core.pictures.page_image import PageImage
    from planner.core.report_choices import ReportChoices
    from planner.ui.models.report_values import RenderedReport, ReportSubject
    from planner.ui.theme import Theme

_SIZE: Final = QSize(1080, 760)
_FRAME: Final = 48  # of a screen that is smaller
# What is done sooner than this needs no sign that something is being done.
_PATIENCE_MS: Final = 200
# More of a text is a burden to the view; nobody reads it here.
LONGEST_TEXT: Final = 100_000


class ReportPreview(QDialog):
    """Shows what it is handed; nothing is made or written here.

    `wanted` has the `ReportWish` to be made, `pages_wanted` the pages to draw and how large,
    `export_wanted` the `RenderedReport` to be written. `folder_wanted` and `open_wanted` have
    a path that was written.
    """

    wanted = Signal(object)
    cancel_wanted = Signal()
    pages_wanted = Signal(object, float)
    export_wanted = Signal(object)
    card_wanted = Signal()
    folder_wanted = Signal(object)
    open_wanted = Signal(object)

    def __init__(
        self, theme: Theme, choices: ReportChoices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rendered: RenderedReport | None = None
        self.form = ReportForm(choices)
        self.pages = PageView(theme)
        self.text = QPlainTextEdit()
        self.zoom_out = QPushButton("−")
        self.zoom_label = QPushButton()
        self.zoom_in = QPushButton("+")
        self.again = QPushButton(self.tr("&Make it"))
        self.cancel = QPushButton(self.tr("Ca&ncel"))
        self.close_button = QPushButton(self.tr("C&lose"))
        self.export_button = QPushButton(self.tr("&Export…"))
        self.progress = QProgressBar()
        self.message_line = MessageLine(indent=0)
        self._facts = QLabel()
        self._note = note_label(self)
        self._problem = words_label(self)
        self._stack = QStackedWidget()
        self._patience = QTimer(self)
        self._set_up()
        self._build()
        self._connect()
        self._show_zoom()

    @property
    def rendered(self) -> RenderedReport | None:
        """What is shown and would be written; `None` while it is being made."""
        return self._rendered

    @property
    def words(self) -> str:
        """What is said of the file, or why there is none."""
        labels = (self._facts, self._note, self._problem, self.message_line.words)
        return "\n".join(each.text() for each in labels if each.isVisibleTo(self))

    def show_subject(self, subject: ReportSubject) -> None:
        """Show what a report can be about, and ask for the one that is chosen."""
        self.form.show_subject(subject)
        self._order_tabs()
        self._on_changed()

    def show_step(self, done: int, steps: int) -> None:
        """Show how far the report is."""
        self.progress.setRange(0, steps)
        self.progress.setValue(done)

    def show_rendered(self, rendered: RenderedReport) -> None:
        """Show the file as it would be written."""
        self._rest()
        self._rendered = rendered
        self.export_button.setEnabled(True)
        notes = [shown_as_text(rendered.wish.choices.format)]
        if rendered.pages:
            self._stack.setCurrentWidget(self.pages)
            self.pages.show_pages(rendered.page_sizes)
        else:
            self._stack.setCurrentWidget(self.text)
            self.text.setPlainText(rendered.text[:LONGEST_TEXT])
            if len(rendered.text) > LONGEST_TEXT:
                notes.append(
                    self.tr("The first {count} of {all} characters are shown.").format(
                        count=number(LONGEST_TEXT), all=number(len(rendered.text))
                    )
                )
        show_words(self._note, " ".join(note for note in notes if note))
        self._show_zoom()
        self._show_facts()

    def show_problem(self, sentence: str) -> None:
        """Say why there is no report."""
        self._show_nothing(self.tr("There is no report to show."))
        self.message_line.show_failure(sentence)

    def take_images(self, images: Iterable[PageImage], scale: float) -> None:
        """Show pages that were drawn."""
        self.pages.take_images(images, scale)

    def show_exported(self, path: Path) -> None:
        """Say where the file went."""
        words = self.tr("Exported to {path}").format(path=path)
        self.message_line.show_saved(words, path)

    def show_export_failed(self, sentence: str) -> None:
        """Say why there is no file."""
        self.message_line.show_failure(sentence)

    # ------------------------------------------------------------------- parts

    def _set_up(self) -> None:
        self.setWindowTitle(self.tr("Fit report"))
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._facts.setFont(sized(self.font(), BODY_PX, SEMIBOLD))
        self._facts.setTextFormat(Qt.TextFormat.PlainText)
        self._problem.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPixelSize(sized(self.font(), SECONDARY_PX).pixelSize())
        self.text.setFont(fixed)
        for view in (self.pages, self.text):
            view.setAccessibleName(self.tr("Preview"))
        self.zoom_out.setAccessibleName(self.tr("Smaller"))
        self.zoom_in.setAccessibleName(self.tr("Larger"))
        self.zoom_label.setToolTip(self.tr("As wide as there is room (0)"))
        self.zoom_out.setToolTip(self.tr("Smaller (−)"))
        self.zoom_in.setToolTip(self.tr("Larger (+)"))
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(8)
        self.progress.setAccessibleName(self.tr("Making the report"))
        for button in (*self._zooms, self.again, self.cancel, self.close_button):
            button.setAutoDefault(False)
        self.export_button.setProperty("primary", True)
        self.export_button.setDefault(True)
        self.export_button.setEnabled(False)
        self.message_line.hide()
        self._busy(is_busy=False)

    @property
    def _zooms(self) -> tuple[QPushButton, ...]:
        return (self.zoom_out, self.zoom_label, self.zoom_in)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._facts, 1)
        # As high with the buttons as without them.
        self._facts.setMinimumHeight(self.zoom_label.sizeHint().height())
        for button in self._zooms:
            head.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addLayout(head)
        right.addWidget(self._stack, 1)
        right.addWidget(self._note)
        self._stack.addWidget(self._problem_page())
        self._stack.addWidget(self.pages)
        self._stack.addWidget(self.text)
        halves = QHBoxLayout()
        halves.setSpacing(12)
        halves.addWidget(self._form_room())
        halves.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.progress, 1)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(12)
        layout.addLayout(halves, 1)
        layout.addWidget(self.message_line)
        layout.addLayout(foot)
        screen = self.screen().availableSize()
        self.resize(_SIZE.boundedTo(screen - QSize(_FRAME, _FRAME)))

    def _form_room(self) -> QScrollArea:
        """Let the choices scroll where a large text leaves no room for all of them."""
        room = QScrollArea()
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        room.setWidget(self.form)
        bar = room.verticalScrollBar().sizeHint().width()
        room.setFixedWidth(self.form.sizeHint().width() + bar)
        return room

    def _problem_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self._problem)
        layout.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addStretch(1)
        return page

    def _connect(self) -> None:
        self.form.changed.connect(self._on_changed)
        self.form.card_wanted.connect(self.card_wanted)
        self.again.clicked.connect(self._on_changed)
        self.cancel.clicked.connect(self._on_cancel)
        self.close_button.clicked.connect(self.reject)
        self.export_button.clicked.connect(self._on_export)
        self.pages.pages_wanted.connect(self.pages_wanted)
        self.pages.page_changed.connect(self._show_facts)
        self.pages.zoom_changed.connect(self._show_zoom)
        self.zoom_out.clicked.connect(self.pages.zoom_out)
        self.zoom_in.clicked.connect(self.pages.zoom_in)
        self.zoom_label.clicked.connect(self.pages.fit_width)
        self.message_line.folder_wanted.connect(self.folder_wanted)
        self.message_line.open_wanted.connect(self.open_wanted)
        self._patience.timeout.connect(self._on_long)

    def _order_tabs(self) -> None:
        order = (
            *self.form.controls,
            *self._zooms,
            self.again,
            self.pages,
            self.text,
            *self.message_line.controls,
            self.cancel,
            self.close_button,
            self.export_button,
        )
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    # ------------------------------------------------------------------- what is shown

    def _rest(self) -> None:
        """Nothing is being made any more."""
        self._patience.stop()
        self._busy(is_busy=False)

    def _show_nothing(self, why: str) -> None:
        self._rest()
        self._problem.setText(why)
        self._stack.setCurrentIndex(0)
        self._facts.clear()
        self._note.hide()
        self._show_zoom()

    def _busy(self, *, is_busy: bool) -> None:
        self.progress.setVisible(is_busy)
        self.cancel.setVisible(is_busy)

    def _show_facts(self) -> None:
        rendered = self._rendered
        if rendered is None:
            return
        facts = facts_text(rendered)
        if len(rendered.page_sizes) > 1:
            page = page_text(self.pages.page, self.pages.page_count)
            facts = FACT_MARK.join((facts, page))
        self._facts.setText(facts)

    def _show_zoom(self) -> None:
        has_pages = self._stack.currentWidget() is self.pages
        share = number(self.pages.zoom * 100)
        self.zoom_label.setText(self.tr("{share} %").format(share=share))
        for button in self._zooms:
            button.setVisible(has_pages)

    @Slot()
    def _on_changed(self) -> None:
        self._rendered = None
        self.export_button.setEnabled(False)
        self.message_line.hide()
        self.progress.setRange(0, 0)
        self._patience.start()
        self.wanted.emit(self.form.wish)

    @Slot()
    def _on_long(self) -> None:
        self._busy(is_busy=True)

    @Slot()
    def _on_cancel(self) -> None:
        self.cancel_wanted.emit()
        self._show_nothing(self.tr("The report was not made: it was cancelled."))
        self.again.setFocus()

    @Slot()
    def _on_export(self) -> None:
        if self._rendered is not None:
            self.export_wanted.emit(self._rendered)
