"""Two saved answers, or one and what is shown: what changed, by how much, and why."""

from __future__ import annotations

from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from planner.ui.core_texts import core_text
from planner.ui.fonts import SEMIBOLD
from planner.ui.models.comparison_values import Side
from planner.ui.models.comparison_words import area_table, area_words, more_words
from planner.ui.overrides import override
from planner.ui.panels.message_line import MessageLine
from planner.ui.widgets.change_table import ChangeTable
from planner.ui.widgets.words import heading_label, note_label, show_words, words_label

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from planner.ui.models.comparison_values import SavedComparison, TakenAnswer
    from planner.ui.theme import Theme

# Of each area; the verdicts on all models in all formats are hundreds.
MOST_ROWS: Final = 40


class SavedComparisonPage(QWidget):
    """Shows a `SavedComparison`.

    `file_wanted` and `answer_wanted` have the `Side` to fill, `files_dropped` the paths that
    were dropped on the page.
    """

    file_wanted = Signal(object)
    answer_wanted = Signal(object)
    swap_wanted = Signal()
    export_wanted = Signal()
    files_dropped = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._intro = words_label(self)
        self.names: dict[Side, QLabel] = {}
        self.open_buttons: dict[Side, QPushButton] = {}
        self.answer_buttons: dict[Side, QPushButton] = {}
        self.swap_button = QPushButton(self.tr("S&wap"))
        self.export_button = QPushButton(self.tr("&Export…"))
        self.sentence = words_label(self, weight=SEMIBOLD)
        self.message_line = MessageLine(indent=0)
        self.tables: tuple[ChangeTable, ...] = ()
        self._areas = QVBoxLayout()
        self._labels: tuple[QLabel, ...] = ()
        self._build()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        sides = (
            button
            for side in Side
            for button in (self.open_buttons[side], self.answer_buttons[side])
        )
        return (*sides, self.swap_button, self.export_button, *self.tables)

    def show_taken(self, taken: TakenAnswer) -> None:
        """Name the answer of one side."""
        words = self.tr("{name}, {kind}").format(name=taken.name, kind=core_text(taken.kind))
        self.names[taken.side].setText(words)
        self.names[taken.side].setProperty("muted", False)
        self._repolish(self.names[taken.side])
        self.message_line.hide()

    def show_comparison(self, found: SavedComparison | None) -> None:
        """Show what changed; nothing while there is one answer only."""
        for widget in (*self._labels, *self.tables):
            self._areas.removeWidget(widget)
            widget.deleteLater()
        labels, tables = [], []
        for area in () if found is None else found.areas:
            head, table, more = heading_label(self), ChangeTable(self._theme), note_label(self)
            head.setText(area_words(area.key))
            table.show_marked(area_table(area, most=MOST_ROWS))
            show_words(more, more_words(len(area.rows) - MOST_ROWS))
            for widget in (head, table, more):
                self._areas.addWidget(widget)
            labels += [head, more]
            tables.append(table)
        self._labels, self.tables = tuple(labels), tuple(tables)
        show_words(self.sentence, "" if found is None else core_text(found.sentence))
        self._intro.setVisible(found is None)
        self.export_button.setEnabled(found is not None)
        self.swap_button.setEnabled(found is not None)
        order = self.controls
        for before, after in pairwise(order):
            self.setTabOrder(before, after)

    def show_problem(self, sentence: str) -> None:
        """Say why an answer cannot be used, or why there is no file."""
        self.message_line.show_failure(sentence)

    # ------------------------------------------------------------------- parts

    def _build(self) -> None:
        self._intro.setText(
            self.tr(
                "Choose two answers: reports in JSON, or what the command line printed with "
                "--json. One of them may be the answer that is shown now. Files can be dropped "
                "here too."
            )
        )
        self.setAcceptDrops(True)
        sides = QGridLayout()
        sides.setHorizontalSpacing(8)
        sides.setVerticalSpacing(8)
        sides.setColumnStretch(1, 1)
        for row, (side, words) in enumerate(
            ((Side.BEFORE, self.tr("Before")), (Side.AFTER, self.tr("After")))
        ):
            self._add_side(sides, row, side, words)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.sentence, 1)
        foot.addWidget(self.swap_button)
        foot.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(self._intro)
        layout.addLayout(sides)
        layout.addWidget(self.message_line)
        layout.addLayout(foot)
        self._areas.setSpacing(8)
        layout.addLayout(self._areas)
        layout.addStretch(1)
        for button in (self.swap_button, self.export_button):
            button.setAutoDefault(False)
        self.swap_button.clicked.connect(self._on_swap)
        self.export_button.clicked.connect(self._on_export)
        self.show_comparison(None)

    def _add_side(self, sides: QGridLayout, row: int, side: Side, words: str) -> None:
        head, name = heading_label(self), words_label(self, muted=True)
        head.setText(words)
        name.setText(self.tr("nothing chosen yet"))
        self.names[side] = name
        self.open_buttons[side] = QPushButton(self.tr("Open…"))
        self.answer_buttons[side] = QPushButton(self.tr("The answer shown now"))
        sides.addWidget(head, row, 0)
        sides.addWidget(name, row, 1)
        for column, (buttons, signal, said) in enumerate(
            (
                (self.open_buttons, self.file_wanted, self.tr("{side}: open a file")),
                (self.answer_buttons, self.answer_wanted, self.tr("{side}: as shown now")),
            ),
            2,
        ):
            button = buttons[side]
            button.setAutoDefault(False)
            button.setAccessibleName(said.format(side=words))
            button.clicked.connect(partial(self._tell, signal, side))
            sides.addWidget(button, row, column)

    def _tell(self, signal: SignalInstance, side: Side, _is_checked: object = None) -> None:
        signal.emit(side)

    def _repolish(self, label: QLabel) -> None:
        """Let the style see that a label is muted no more."""
        label.style().unpolish(label)
        label.style().polish(label)

    @Slot()
    def _on_swap(self) -> None:
        self.swap_wanted.emit()

    @Slot()
    def _on_export(self) -> None:
        self.export_wanted.emit()

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.files_dropped.emit(tuple(paths))
