"""What a person chooses about a report: its format, what it is about, and how it looks."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from planner.core.report_choices import ReportChoices, ReportFormat, ReportScope
from planner.ui.models.report_values import ReportWish
from planner.ui.models.report_words import (
    format_entries,
    paper_entries,
    picture_entries,
    pictures_reason,
    scheme_entries,
    scope_entries,
    scope_reason,
    table_entries,
)
from planner.ui.text import without_mnemonic
from planner.ui.widgets.option_fields import ChoiceField
from planner.ui.widgets.radio_rows import RadioRows
from planner.ui.widgets.words import heading_label, note_label, show_words

if TYPE_CHECKING:
    from planner.ui.models.report_values import ReportSubject

_PICTURES: Final = (ReportFormat.SVG, ReportFormat.PNG)
_BY_LENGTH: Final = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_FIELD_LENGTH: Final = 10


class ReportForm(QWidget):
    """`changed` says that `wish` is another one; `card_wanted` asks for a machine's card."""

    changed = Signal()
    card_wanted = Signal()

    def __init__(self, choices: ReportChoices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices = choices
        self._subject: ReportSubject | None = None
        self._has_shown_machines = False
        self.format = RadioRows(format_entries())
        self.scope = RadioRows(scope_entries())
        self.machines: list[QCheckBox] = []
        self.add_card = QPushButton(self.tr("Add machine card…"))
        self.identity = QCheckBox(self.tr("With what identifies this computer"))
        self.paper = ChoiceField(paper_entries())
        self.table = ChoiceField(table_entries())
        self.picture = ChoiceField(picture_entries())
        self.scheme = ChoiceField(scheme_entries())
        self._why_scope = note_label(self)
        self._why_pictures = note_label(self)
        self._machine_rows = QVBoxLayout()
        self._layout = QVBoxLayout(self)
        self._form = QFormLayout()
        self._build()
        self._show_choices()

    @property
    def wish(self) -> ReportWish:
        """What is chosen now."""
        is_picture = self._choices.format.is_picture
        chosen = (at for at, box in enumerate(self.machines) if box.isChecked())
        return ReportWish(
            choices=self._choices,
            others=frozenset() if is_picture else frozenset(chosen),
            with_identity=self._can_identify and self.identity.isChecked(),
        )

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (
            *self.format.rows,
            *(field for _, _, field in self._fields()),
            *self.scope.rows,
            *self.machines,
            self.add_card,
            self.identity,
        )

    def show_subject(self, subject: ReportSubject) -> None:
        """Show what a report can be about; what is no longer possible is not chosen."""
        self._subject = subject
        self._show_machines(subject)
        choices = self._choices
        if not subject.has_pictures and choices.format.is_picture:
            choices = replace(choices, format=ReportFormat.PDF)
        if not subject.plan:
            choices = replace(choices, scope=ReportScope.ALL)
        self._choices = choices
        for kind in _PICTURES:
            self.format.row_of(kind).setEnabled(subject.has_pictures)
        show_words(self._why_pictures, "" if subject.has_pictures else pictures_reason())
        self._show_choices()

    # ------------------------------------------------------------------- parts

    def _build(self) -> None:
        layout = self._layout
        layout.setContentsMargins(0, 0, 12, 0)
        layout.setSpacing(8)
        layout.addWidget(self._head(self.tr("Format"), self.format))
        layout.addWidget(self.format)
        layout.addWidget(self._why_pictures)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(12)
        self._form.setVerticalSpacing(8)
        for name, words, field in self._fields():
            # As wide as the column: the words of some would widen it when they come.
            field.setSizeAdjustPolicy(_BY_LENGTH)
            field.setMinimumContentsLength(_FIELD_LENGTH)
            field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            self._form.addRow(words, field)
            field.setAccessibleName(without_mnemonic(words))
            field.chosen.connect(partial(self._set, name))
        layout.addLayout(self._form)
        layout.addSpacing(4)
        layout.addWidget(self._head(self.tr("About"), self.scope))
        layout.addWidget(self.scope)
        layout.addWidget(self._why_scope)
        layout.addSpacing(4)
        layout.addWidget(self._head(self.tr("Other machines"), self.add_card))
        self._machine_rows.setSpacing(4)
        layout.addLayout(self._machine_rows)
        self.add_card.setAutoDefault(False)
        self.add_card.setToolTip(
            self.tr("Set the machine of a card beside, a file that another computer saved")
        )
        layout.addWidget(self.add_card, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addSpacing(4)
        self.identity.setToolTip(
            self.tr(
                "UUIDs and PCI addresses of the cards, and the programs that hold their "
                "memory. Otherwise none of that is in the file."
            )
        )
        self.identity.toggled.connect(self.changed)
        layout.addWidget(self.identity)
        layout.addStretch(1)
        self.add_card.clicked.connect(self._on_add_card)
        self.format.chosen.connect(partial(self._set, "format"))
        self.scope.chosen.connect(partial(self._set, "scope"))

    def _fields(self) -> tuple[tuple[str, str, ChoiceField], ...]:
        return (
            ("paper", self.tr("&Paper"), self.paper),
            ("table", self.tr("&Table"), self.table),
            ("picture", self.tr("P&icture"), self.picture),
            ("scheme", self.tr("&Colours"), self.scheme),
        )

    def _head(self, words: str, group: QWidget) -> QLabel:
        label = heading_label(self)
        label.setText(words)
        group.setAccessibleName(words)
        return label

    def _show_machines(self, subject: ReportSubject) -> None:
        for name in subject.others[len(self.machines) :]:
            box = QCheckBox(name)
            words = self.tr("Show the same plans on {machine} too")
            box.setToolTip(words.format(machine=name))
            # A card that somebody has just added is meant to be there.
            box.setChecked(self._has_shown_machines)
            box.toggled.connect(self.changed)
            self._machine_rows.addWidget(box)
            self.machines.append(box)
        self._has_shown_machines = True

    def _show_choices(self) -> None:
        """Show the choices, and of the fields those that the format has a use for."""
        choices = self._choices
        self.format.show_value(choices.format)
        self.scope.show_value(choices.scope)
        for field, value, formats in (
            (self.paper, choices.paper, (ReportFormat.PDF,)),
            (self.table, choices.table, (ReportFormat.CSV,)),
            (self.picture, choices.picture, _PICTURES),
            (self.scheme, choices.scheme, _PICTURES),
        ):
            field.show_value(value)
            self._form.setRowVisible(field, choices.format in formats)
        subject = self._subject
        reason = "" if subject is None else scope_reason(subject, choices.format)
        show_words(self._why_scope, reason)
        self.scope.setEnabled(not reason)
        for box in self.machines:
            box.setEnabled(not choices.format.is_picture)
        self.identity.setEnabled(self._can_identify)

    @property
    def _can_identify(self) -> bool:
        """Whether the chosen kind of file says anything of the machine."""
        return self._choices.format not in (*_PICTURES, ReportFormat.CSV)

    def _set(self, name: str, value: object) -> None:
        self._choices = replace(self._choices, **{name: value})  # type: ignore[arg-type]
        self._show_choices()
        self.changed.emit()

    @Slot()
    def _on_add_card(self) -> None:
        self.card_wanted.emit()
