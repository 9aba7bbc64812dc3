"""Controls for one option each: they show a value silently and tell a chosen one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRegularExpression, QSignalBlocker, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator, QValidator
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox

from planner.ui.figures import number
from planner.ui.overrides import override

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    Choices = Sequence[tuple[object, str]]

_SHARES: Final = r"(\d{1,4}(\.\d{0,3})?(,(?!$|,)|,$|$))*"
_NOT_DIGITS: Final = re.compile(r"[^\d]")


class FlagField(QCheckBox):
    """On or off."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.toggled.connect(self._on_toggled)

    def show_value(self, value: object) -> None:
        """Show a value without telling anyone."""
        with QSignalBlocker(self):
            self.setChecked(bool(value))

    @Slot(bool)
    def _on_toggled(self, is_on: bool) -> None:
        self.chosen.emit(is_on)


class ChoiceField(QComboBox):
    """One of a few values, each with its words."""

    chosen = Signal(object)

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values = [value for value, _ in choices]
        self.addItems([words for _, words in choices])
        self.activated.connect(self._on_activated)

    def show_value(self, value: object) -> None:
        """Show a value without telling anyone; what is no choice leaves the field blank."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    @Slot(int)
    def _on_activated(self, place: int) -> None:
        self.chosen.emit(self._values[place])


class CountField(QSpinBox):
    """A whole number, or one of a few words that stand below the least of them."""

    chosen = Signal(object)

    def __init__(
        self,
        *,
        lowest: int,
        highest: int,
        step: int = 1,
        words: Choices = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._lowest = lowest
        self._words = tuple(words)
        self.setRange(lowest - len(self._words), highest)
        self.setSingleStep(step)
        self.setGroupSeparatorShown(True)
        # A number half typed is no choice yet.
        self.setKeyboardTracking(False)
        self.valueChanged.connect(self._on_value)

    def show_value(self, value: object) -> None:
        """Show a number or one of the words' values without telling anyone."""
        with QSignalBlocker(self):
            self.setValue(self._place_of(value))

    def _place_of(self, value: object) -> int:
        for place, (worded, _) in enumerate(self._words):
            if worded == value:
                return self.minimum() + place
        return value if isinstance(value, int) else self._lowest

    @override
    def textFromValue(self, val: int) -> str:
        if val < self._lowest:
            return self._words[val - self.minimum()][1]
        return number(val)

    @override
    def valueFromText(self, text: str) -> int:
        for place, (_, words) in enumerate(self._words):
            if words == text:
                return self.minimum() + place
        digits = _NOT_DIGITS.sub("", text)
        return int(digits) if digits else self.value()

    @override
    def validate(self, input: str, pos: int) -> tuple[QValidator.State, str, int]:
        if any(words == input for _, words in self._words):
            return QValidator.State.Acceptable, input, pos
        digits = _NOT_DIGITS.sub("", input)
        if not digits or len(digits) > len(str(self.maximum())):
            blank = not input.strip() or any(
                words.startswith(input) for _, words in self._words
            )
            state = QValidator.State.Intermediate if blank else QValidator.State.Invalid
            return state, input, pos
        is_within = self._lowest <= int(digits) <= self.maximum()
        state = QValidator.State.Acceptable if is_within else QValidator.State.Intermediate
        return state, input, pos

    @Slot(int)
    def _on_value(self, place: int) -> None:
        is_word = place < self._lowest
        self.chosen.emit(self._words[place - self.minimum()][0] if is_word else place)


class ShareField(QDoubleSpinBox):
    """A share above 0 and at most 1, shown in hundredths."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setRange(0.01, 1.0)
        self.setDecimals(2)
        self.setSingleStep(0.01)
        self.setKeyboardTracking(False)
        self.valueChanged.connect(self._on_value)

    def show_value(self, value: object) -> None:
        """Show a share without telling anyone."""
        if isinstance(value, float):
            with QSignalBlocker(self):
                self.setValue(value)

    @Slot(float)
    def _on_value(self, share: float) -> None:
        self.chosen.emit(round(share, 2))


class SharesField(QLineEdit):
    """The parts of several cards, such as `3,1`; empty lets the free memory decide."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shares: tuple[float, ...] = ()
        self.setMaxLength(64)
        self.setValidator(QRegularExpressionValidator(QRegularExpression(_SHARES), self))
        self.editingFinished.connect(self._on_typed)

    def show_value(self, value: object) -> None:
        """Show shares without telling anyone."""
        if isinstance(value, tuple):
            self._shares = value
            self.setText(",".join(f"{share:g}" for share in value))

    @Slot()
    def _on_typed(self) -> None:
        """Tell other shares; parts that are all nothing are no shares, and go."""
        parts = (part for part in self.text().split(",") if part)
        shares = tuple(float(part) for part in parts)
        if shares and not any(shares):
            self.show_value(self._shares)
        elif shares != self._shares:
            self._shares = shares
            self.chosen.emit(shares)


OptionField = FlagField | ChoiceField | CountField | ShareField | SharesField
