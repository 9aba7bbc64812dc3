"""The options that are not chosen every day: those of one runtime, in a card over the grid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from planner.core.plan import PlanOptions, SplitMode
from planner.ui.fonts import BODY_PX, REGULAR, SEMIBOLD, sized
from planner.ui.models.option_sets import reset_options
from planner.ui.overrides import override
from planner.ui.panels.option_rows import option_rows
from planner.ui.widgets.option_fields import ChoiceField, CountField, FlagField, OptionField

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent

    from planner.core.plan import RuntimeName

_NARROWEST_FIELD_PX: Final = 148
_MARGIN_PX: Final = 16
# All kinds of fields are of one height, whatever the style gives each.
_FIELD_FRAME_PX: Final = 16


class MoreOptions(QFrame):
    """Shows the options of one runtime after the other; tells the whole set at every change."""

    options_changed = Signal(object)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._options = PlanOptions()
        self._runtime: RuntimeName | None = None
        self._fields: dict[str, OptionField] = {}
        self._labels: dict[str, QLabel] = {}
        self._title = QLabel(self.tr("More options"))
        self.reset = QPushButton(self.tr("&Reset to defaults"))
        self._room = QScrollArea()
        self._set_up()

    @property
    def fields(self) -> dict[str, OptionField]:
        """The controls by the names of the options."""
        return self._fields

    def show_options(self, options: PlanOptions) -> None:
        """Show options without telling anyone."""
        self._options = options
        if options.runtime is not self._runtime:
            self._runtime = options.runtime
            self._fill()
        plain = reset_options(options)
        for name, field in self._fields.items():
            value = getattr(options, name)
            field.show_value(value)
            weight = SEMIBOLD if value != getattr(plain, name) else REGULAR
            self._labels[name].setFont(sized(self.font(), BODY_PX, weight))
        if "tensor_split" in self._fields:
            spread = options.split_mode is SplitMode.LAYER
            self._fields["tensor_split"].setEnabled(spread)
            self._labels["tensor_split"].setEnabled(spread)
        self.reset.setEnabled(options != plain)

    def open_below(self, place: QRect, within: QRect) -> None:
        """Open under a button, inside the window; both rectangles are of the screen."""
        self.ensurePolished()
        self._room.setMinimumHeight(0)
        page = self._room.widget()
        wanted = QSize(0, 0) if page is None else page.sizeHint()
        frame = self.sizeHint().height() - self._room.sizeHint().height()
        room_px = max(120, within.bottom() - place.bottom() - 2 * _MARGIN_PX - frame)
        self._room.setFixedHeight(min(wanted.height(), room_px))
        bar = self._room.verticalScrollBar().sizeHint().width()
        self._room.setFixedWidth(wanted.width() + (bar if wanted.height() > room_px else 0))
        self.adjustSize()
        left = min(place.left(), within.right() - self.width() - _MARGIN_PX)
        self.move(QPoint(max(within.left(), left), place.bottom() + 4))
        self.show()

    # ------------------------------------------------------------------- parts

    def _set_up(self) -> None:
        self.setProperty("card", True)
        self.setAccessibleName(self.tr("More options"))
        self._title.setFont(sized(self.font(), BODY_PX, SEMIBOLD))
        self.reset.setToolTip(self.tr("Give every option here its default again"))
        self.reset.clicked.connect(self._on_reset)
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.reset)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN_PX, 12, _MARGIN_PX, 12)
        layout.setSpacing(12)
        layout.addWidget(self._title)
        layout.addWidget(self._room, 1)
        layout.addLayout(foot)

    def _fill(self) -> None:
        """Make the controls of the runtime."""
        assert self._runtime is not None
        self._fields.clear()
        self._labels.clear()
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        defaults = PlanOptions(runtime=self._runtime)
        for line, row in enumerate(option_rows(self._runtime)):
            field, label = row.make_field(), QLabel(row.label)
            field.show_value(getattr(defaults, row.name))
            words = self.tr("{explained} Default: {default}.").format(
                explained=row.explained, default=self._words_of(field)
            )
            for widget in (field, label):
                # In a line each as wide as it likes, else Qt lets a sentence run on.
                widget.setToolTip(f"<p>{words}</p>")
            label.setBuddy(field)
            field.setAccessibleName(row.label)
            field.setAccessibleDescription(words)
            if not isinstance(field, FlagField):
                field.setMinimumWidth(_NARROWEST_FIELD_PX)
                field.setFixedHeight(field.fontMetrics().height() + _FIELD_FRAME_PX)
            name = row.name
            field.chosen.connect(lambda value, name=name: self._on_chosen(name, value))
            grid.addWidget(label, line, 0)
            side = Qt.AlignmentFlag.AlignLeft if isinstance(field, FlagField) else None
            grid.addWidget(field, line, 1, side or Qt.AlignmentFlag(0))
            self._fields[name], self._labels[name] = field, label
        old = self._room.takeWidget()
        if old is not None:
            old.deleteLater()
        self._room.setWidget(page)

    def _words_of(self, field: OptionField) -> str:
        """Return what a control shows, as words for its default."""
        if isinstance(field, FlagField):
            return self.tr("on") if field.isChecked() else self.tr("off")
        if isinstance(field, ChoiceField):
            return field.currentText()
        if isinstance(field, CountField):
            return field.cleanText()
        return field.text() or self.tr("empty")

    # ------------------------------------------------------------------- doings

    def _on_chosen(self, name: str, value: object) -> None:
        options: PlanOptions = replace(self._options, **{name: value})  # type: ignore[arg-type]  # the field's own value
        self._tell(options)

    @Slot()
    def _on_reset(self) -> None:
        self._tell(reset_options(self._options))

    def _tell(self, options: PlanOptions) -> None:
        self.show_options(options)
        self.options_changed.emit(options)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        first = next(iter(self._fields.values()), None)
        if first is not None:
            # As by Tab: a number is marked, ready to be replaced.
            first.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()
