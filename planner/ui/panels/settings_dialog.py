"""What can be set for good: looks, words, reserves, live figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from planner.core.units import SizeUnit
from planner.ui.figures import size_unit
from planner.ui.text import unit_suffix, without_mnemonic
from planner.ui.theme import SchemeChoice

if TYPE_CHECKING:
    from collections.abc import Sequence

_LARGEST_RESERVE: Final = 999.0
_LONGEST_REFRESH_SECONDS: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What the dialog shows and tells; `refresh_seconds` of 0 reads no live figures.

    `language` is `system` or a language's code.
    """

    scheme: SchemeChoice
    language: str
    size_unit: SizeUnit = SizeUnit.GIB
    refresh_seconds: int
    gpu_reserve_bytes: int
    ram_reserve_bytes: int


class SettingsDialog(QDialog):
    """Tells everything at once when it is accepted."""

    chosen = Signal(object)

    def __init__(self, preferences: Preferences, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Settings"))
        self.scheme = self._choices(
            (
                (SchemeChoice.SYSTEM.value, self.tr("As the desktop")),
                (SchemeChoice.LIGHT.value, self.tr("Light")),
                (SchemeChoice.DARK.value, self.tr("Dark")),
            ),
            preferences.scheme.value,
        )
        self.language = self._choices(
            (
                ("system", self.tr("As the system")),
                # A language goes by its own name, whatever is spoken now.
                ("en", "English"),
                ("de", "Deutsch"),
                ("zh", "简体中文"),
            ),
            preferences.language,
        )
        self.size_unit = self._choices(
            (
                (SizeUnit.GIB.value, self.tr("GiB, as tools count: 1,024 MiB")),
                (SizeUnit.GB.value, self.tr("GB, as makers count: 1,000 MB")),
            ),
            preferences.size_unit.value,
        )
        self.refresh = QSpinBox()
        self.refresh.setRange(0, _LONGEST_REFRESH_SECONDS)
        self.refresh.setSpecialValueText(self.tr("never"))
        self.refresh.setSuffix(self.tr(" s"))
        self.refresh.setValue(preferences.refresh_seconds)
        self._before = preferences
        self.gpu_reserve = self._reserve(preferences.gpu_reserve_bytes)
        self.ram_reserve = self._reserve(preferences.ram_reserve_bytes)
        self._build()

    @property
    def preferences(self) -> Preferences:
        """What is chosen now."""
        return Preferences(
            scheme=SchemeChoice(self.scheme.currentData()),
            language=self.language.currentData(),
            size_unit=SizeUnit(self.size_unit.currentData()),
            refresh_seconds=self.refresh.value(),
            gpu_reserve_bytes=_bytes_in(self.gpu_reserve, self._before.gpu_reserve_bytes),
            ram_reserve_bytes=_bytes_in(self.ram_reserve, self._before.ram_reserve_bytes),
        )

    def _build(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for words, control in (
            (self.tr("&Colours"), self.scheme),
            (self.tr("&Language"), self.language),
            (self.tr("&Sizes in"), self.size_unit),
            (self.tr("Keep free on a &GPU"), self.gpu_reserve),
            (self.tr("Keep free in &RAM"), self.ram_reserve),
            (self.tr("Read what is &free every"), self.refresh),
        ):
            form.addRow(words, control)
            control.setAccessibleName(without_mnemonic(words))
        buttons = QDialogButtonBox()
        ok = buttons.addButton(self.tr("&Apply"), QDialogButtonBox.ButtonRole.AcceptRole)
        ok.setProperty("primary", True)
        ok.setDefault(True)
        buttons.addButton(self.tr("Ca&ncel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(form)
        layout.addStretch(1)
        layout.addWidget(buttons)

    def _choices(self, entries: Sequence[tuple[str, str]], chosen: str) -> QComboBox:
        box = QComboBox()
        for value, words in entries:
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        return box

    def _reserve(self, size_bytes: int) -> QDoubleSpinBox:
        field = QDoubleSpinBox()
        field.setRange(0.0, _LARGEST_RESERVE)
        field.setDecimals(1)
        field.setSingleStep(0.5)
        field.setSuffix(unit_suffix())
        field.setValue(size_bytes / size_unit().unit_bytes)
        return field

    @Slot()
    def _on_accepted(self) -> None:
        chosen = self.preferences
        self.accept()
        self.chosen.emit(chosen)


def _bytes_in(field: QDoubleSpinBox, before_bytes: int) -> int:
    """Return what a field says; one that was not touched rounds nothing."""
    unit_bytes = size_unit().unit_bytes
    if field.value() == round(before_bytes / unit_bytes, field.decimals()):
        return before_bytes
    return round(field.value() * unit_bytes)
