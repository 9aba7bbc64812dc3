"""To make room: the changes that make a plan fit, each with a button that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from planner.ui import text
from planner.ui.models.advice_words import (
    advice_gain,
    advice_title,
    can_be_applied,
    closed_sentence,
    devices_sentence,
    holders_heading,
    nothing_to_change,
)
from planner.ui.widgets.verdict_mark import VerdictMark
from planner.ui.widgets.words import heading_label, note_label, show_words, words_label

if TYPE_CHECKING:
    from planner.core.advice import Advice
    from planner.ui.models.page_values import AdviceValues
    from planner.ui.theme import Theme


class AdviceRow(QWidget):
    """One advice; rows are kept and told another one."""

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._advice: Advice | None = None
        self.mark = VerdictMark(theme)
        self._title = words_label(self)
        self._gain = note_label(self)
        self.apply_button = QPushButton(self.tr("Apply"))
        self.apply_button.setAutoDefault(False)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._gain)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addLayout(words, 1)
        layout.addWidget(self.apply_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.apply_button.clicked.connect(self._on_apply)

    @property
    def words(self) -> str:
        """What to change and what comes of it."""
        return f"{self._title.text()}: {self._gain.text()}"

    def show_advice(self, advice: Advice) -> None:
        """Show another advice."""
        self._advice = advice
        title = advice_title(advice)
        self._title.setText(title)
        self._gain.setText(advice_gain(advice))
        self.mark.set_verdict(advice.result.verdict)
        self.apply_button.setVisible(can_be_applied(advice))
        self.apply_button.setAccessibleName(self.tr("Apply: {change}").format(change=title))
        self.apply_button.setAccessibleDescription(self._gain.text())

    @Slot()
    def _on_apply(self) -> None:
        if self._advice is not None:
            self.wanted.emit(self._advice)


class AdvicePage(QWidget):
    """Shows `AdviceValues`; `advice_wanted` has the advice that somebody wants to follow.

    It is as high as its words, so that it can stand within another page.
    """

    advice_wanted = Signal(object)
    controls_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows: list[AdviceRow] = []
        self._count = 0
        self._heading = heading_label(self)
        self._heading.setText(self.tr("To make room"))
        self._empty = words_label(self)
        self._closed = words_label(self)
        self._holders_head = heading_label(self)
        self._holders = note_label(self)
        self._devices_head = heading_label(self)
        self._devices_head.setText(self.tr("Other hardware"))
        self._devices = note_label(self)
        self._room = QVBoxLayout()
        self._room.setSpacing(12)
        self._build()

    @property
    def rows(self) -> tuple[AdviceRow, ...]:
        """The rows that are seen, the best first."""
        return tuple(self._rows[: self._count])

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return tuple(row.apply_button for row in self._rows)

    @property
    def words(self) -> str:
        """All that is said beside the rows, line by line."""
        labels = (
            self._empty,
            self._closed,
            self._holders_head,
            self._holders,
            self._devices_head,
            self._devices,
        )
        return "\n".join(label.text() for label in labels if not label.isHidden())

    def show_values(self, values: AdviceValues) -> None:
        """Show what would help; while it is still worked out, nothing can be applied."""
        if values.is_due:
            for row in self._rows:
                row.apply_button.setEnabled(False)
            return
        self._show_rows(values.advice)
        result, target = values.detail.result, values.detail.target
        lacks_advice = not values.advice
        show_words(self._empty, nothing_to_change(result) if lacks_advice else "")
        show_words(self._closed, closed_sentence(result, values.if_closed))
        holders = text.holder_lines(target)
        show_words(self._holders_head, holders_heading(target))
        show_words(self._holders, "\n".join(holders))
        devices = devices_sentence(values.gpu_bytes, values.devices)
        self._devices_head.setVisible(bool(devices))
        show_words(self._devices, devices)

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 12, 0, 8)
        layout.setSpacing(8)
        layout.addWidget(self._heading)
        layout.addWidget(self._empty)
        layout.addLayout(self._room)
        layout.addWidget(self._closed)
        layout.addSpacing(8)
        for head, words in (
            (self._holders_head, self._holders),
            (self._devices_head, self._devices),
        ):
            layout.addWidget(head)
            layout.addWidget(words)
            head.hide()
            words.hide()
        self._empty.hide()
        self._closed.hide()

    def _show_rows(self, advice: tuple[Advice, ...]) -> None:
        are_new = len(self._rows) < len(advice)
        while len(self._rows) < len(advice):
            row = AdviceRow(self._theme)
            row.wanted.connect(self.advice_wanted)
            self._rows.append(row)
            self._room.addWidget(row)
        self._count = len(advice)
        for row, each in zip(self._rows, advice, strict=False):
            row.show_advice(each)
            row.apply_button.setEnabled(True)
        for index, row in enumerate(self._rows):
            row.setVisible(index < self._count)
        if are_new:
            self.controls_changed.emit()
