"""Context length: a logarithmic slider with a field to type in."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from planner.core.plan import DEFAULT_CONTEXT_LENGTH
from planner.ui import figures
from planner.ui.overrides import override
from planner.ui.text import token_text

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent

SHORTEST: Final = 256
LONGEST: Final = 262_144
_STEPS_PER_DOUBLING: Final = 16
# Compiled, and kept by `re`, when the first length is typed.
_TYPED: Final = r"(\d{1,3}(?:,\d{3})+|\d{1,9})\s*(k?)(?:\s*tokens?)?"


def context_length_at(position: int) -> int:
    """Return the tokens at a step of the slider, as a round number."""
    length: float = SHORTEST * 2 ** (position / _STEPS_PER_DOUBLING)
    # A 32nd of the power of two below: finer than a step, and full doublings come out whole.
    grain = 1 << max(3, math.floor(math.log2(length) + 1e-9) - 5)
    return round(length / grain) * grain


def position_of(context_length: int) -> int:
    """Return the step of the slider that is nearest."""
    held = min(max(context_length, SHORTEST), LONGEST)
    return round(math.log2(held / SHORTEST) * _STEPS_PER_DOUBLING)


def read_context_length(typed: str) -> int | None:
    """Return the tokens meant by `8192`, `8,192`, `8k` or `8192 tokens`; `None` for others.

    The separator and the word are those of the window's language, or English ones.
    """
    word = token_text(SHORTEST).replace(figures.number(SHORTEST), "").strip()
    separator = figures.style_in_force().group_separator
    figure = typed.strip().removesuffix(word).replace(separator, ",")
    found = re.fullmatch(_TYPED, figure.strip(), re.IGNORECASE)
    if found is None:
        return None
    length = int(found[1].replace(",", "")) * (1024 if found[2] else 1)
    return length if SHORTEST <= length <= LONGEST else None


class ContextField(QLineEdit):
    """Takes a number of tokens; a click or Tab into it marks all, ready to be replaced."""

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # After the click has put its cursor.
        if event.reason() is Qt.FocusReason.MouseFocusReason:
            self._select_all_on_release = True
        else:
            self.selectAll()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._select_all_on_release = False

    @override
    def event(self, event: QEvent) -> bool:
        answer = super().event(event)
        if event.type() == QEvent.Type.MouseButtonRelease and self._select_all_on_release:
            self._select_all_on_release = False
            if not self.hasSelectedText():
                self.selectAll()
        return answer


class ContextSlider(QWidget):
    """`None` stands for the default: 4,096 tokens, or a model's limit where that is less."""

    context_length_changed = Signal(object)
    problem_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context_length: int | None = None
        self._problem = ""
        self.caption = QLabel(self.tr("&Context length"))
        self.caption.setProperty("role", "caption")
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, position_of(LONGEST))
        self.slider.setPageStep(_STEPS_PER_DOUBLING)
        self.slider.setMinimumWidth(120)
        self.slider.setAccessibleName(self.tr("Context length, on a logarithmic scale"))
        self.field = ContextField()
        self.field.setAccessibleName(self.tr("Context length in tokens"))
        self.field.setToolTip(
            self.tr("Tokens, such as 8192 or 8k. Leave it empty for the default.")
        )
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.caption.setBuddy(self.slider)
        self._build()
        self.slider.valueChanged.connect(self._on_moved)
        self.field.editingFinished.connect(self._on_typed)
        self.field.textEdited.connect(self._on_text_edited)
        self.show_context_length(None)

    def show_context_length(self, context_length: int | None) -> None:
        """Show a length without telling anyone."""
        self._context_length = context_length
        shown = DEFAULT_CONTEXT_LENGTH if context_length is None else context_length
        with QSignalBlocker(self.slider):
            self.slider.setValue(position_of(shown))
        self.slider.setAccessibleDescription(token_text(shown))
        if not self.field.isModified():
            self._write_field()

    @property
    def problem(self) -> str:
        """What is wrong with the typed text; empty where nothing is."""
        return self._problem

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        self.field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.caption)
        layout.addLayout(row, 1)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Preferred)
        self._fit_field()

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_field()

    def _fit_field(self) -> None:
        self.field.ensurePolished()
        width = self.field.fontMetrics().horizontalAdvance(token_text(LONGEST))
        self.field.setFixedWidth(width + 28)

    def _write_field(self) -> None:
        shown = self._context_length
        self.field.setText(token_text(DEFAULT_CONTEXT_LENGTH if shown is None else shown))
        self.field.setModified(False)

    def _set_problem(self, problem: str) -> None:
        if problem != self._problem:
            self._problem = problem
            self.problem_changed.emit(problem)

    def _tell(self, context_length: int | None) -> None:
        changed = context_length != self._context_length
        self.field.setModified(False)
        self._set_problem("")
        self.show_context_length(context_length)
        if changed:
            self.context_length_changed.emit(context_length)

    @Slot(int)
    def _on_moved(self, position: int) -> None:
        self._tell(context_length_at(position))

    @Slot()
    def _on_text_edited(self) -> None:
        self._set_problem("")

    @Slot()
    def _on_typed(self) -> None:
        if not self.field.isModified():
            return
        typed = self.field.text()
        if not typed.strip():
            self._tell(None)
            return
        context_length = read_context_length(typed)
        if context_length is not None:
            self._tell(context_length)
            return
        self._write_field()
        words = self.tr(
            "“{typed}” is no context length: give {shortest} to {longest} tokens, such as 8192 "
            "or 8k. It stays at {kept}."
        )
        self._set_problem(
            words.format(
                typed=typed.strip()[:24],
                shortest=figures.number(SHORTEST),
                longest=figures.number(LONGEST),
                kept=self.field.text(),
            )
        )
