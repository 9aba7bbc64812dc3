"""The choices above the grid: context, cache, sequences, flash attention, reserve."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from planner.core.plan import CACHE_TYPES, MAX_PARALLEL_SEQUENCES, CacheType, PlanOptions
from planner.core.units import GIB
from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.widgets.context_slider import ContextSlider
from planner.ui.widgets.flow_layout import FlowLayout, flowing_size_policy

if TYPE_CHECKING:
    from planner.ui.theme import Theme

_LARGEST_RESERVE_GIB: Final = 999.0
_RESERVE_STEP_GIB: Final = 0.5
_NARROWEST_CONTEXT_PX: Final = 280


class OptionsBar(QWidget):
    """Tells the whole set of options at every change."""

    options_changed = Signal(object)
    reserve_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._options = PlanOptions()
        self.context = ContextSlider()
        self.cache_type = QComboBox()
        self.parallel = QSpinBox()
        self.flash_attention = QCheckBox(self.tr("Flash a&ttention"))
        self.reserve = QDoubleSpinBox()
        self.problem = QLabel()
        self._set_up_controls()
        self._build()
        self._connect()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of reading."""
        return (
            self.context.slider,
            self.context.field,
            self.cache_type,
            self.parallel,
            self.reserve,
            self.flash_attention,
        )

    def show_options(self, options: PlanOptions) -> None:
        """Show options without telling anyone."""
        self._options = options
        self.context.show_context_length(options.context_length)
        for control in (self.cache_type, self.parallel, self.flash_attention):
            control.blockSignals(True)
        self.cache_type.setCurrentText(options.cache_type_k.value)
        self.parallel.setValue(options.parallel_sequences)
        self.flash_attention.setChecked(options.flash_attention)
        for control in (self.cache_type, self.parallel, self.flash_attention):
            control.blockSignals(False)

    def show_reserve(self, reserve_bytes: int, *, pool_name: str) -> None:
        """Show how much of the target is left free."""
        words = self.tr("Memory to leave free on {pool}").format(pool=pool_name)
        self.reserve.setToolTip(words)
        self.reserve.setAccessibleDescription(words)
        with QSignalBlocker(self.reserve):
            self.reserve.setValue(reserve_bytes / GIB)

    def _set_up_controls(self) -> None:
        self.cache_type.addItems(
            [cache_type.value for cache_type in CACHE_TYPES[self._options.runtime]]
        )
        self.cache_type.setToolTip(self.tr("How keys and values of past tokens are stored"))
        self.parallel.setRange(1, MAX_PARALLEL_SEQUENCES)
        self.parallel.setToolTip(self.tr("Requests that hold a part of the cache at once"))
        self.flash_attention.setToolTip(
            self.tr("Takes less memory in long contexts; a quantised cache needs it")
        )
        self.reserve.setRange(0.0, _LARGEST_RESERVE_GIB)
        self.reserve.setDecimals(1)
        self.reserve.setSingleStep(_RESERVE_STEP_GIB)
        self.reserve.setSuffix(self.tr(" GiB"))
        self.problem.setObjectName("context_problem")
        self.problem.setWordWrap(True)
        self.problem.hide()

    def _build(self) -> None:
        fields = QWidget()
        flow = FlowLayout(fields, across_px=16, down_px=8)
        self.context.setMinimumWidth(_NARROWEST_CONTEXT_PX)
        flow.addWidget(self.context)
        flow.addWidget(self._field(self.tr("&KV cache"), self.cache_type))
        flow.addWidget(self._field(self.tr("&Parallel sequences"), self.parallel))
        flow.addWidget(self._field(self.tr("&Reserve"), self.reserve))
        flow.addWidget(self._field("", self.flash_attention))
        fields.setSizePolicy(flowing_size_policy())
        self.context.caption.setFont(sized(self.font(), SECONDARY_PX))
        self.context.caption.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(fields)
        layout.addWidget(self.problem)
        self._colour_problem()
        self._theme.changed.connect(self._colour_problem)

    def _field(self, caption: str, control: QWidget) -> QWidget:
        """Return a control under its caption."""
        field = QWidget()
        layout = QVBoxLayout(field)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        label = QLabel(caption)
        label.setFont(sized(self.font(), SECONDARY_PX))
        label.setProperty("muted", True)
        if caption:
            label.setBuddy(control)
            control.setAccessibleName(caption.replace("&", ""))
        control.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        layout.addWidget(label)
        layout.addWidget(control, 1)
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        return field

    def _connect(self) -> None:
        self.context.context_length_changed.connect(self._on_context)
        self.context.problem_changed.connect(self._on_problem)
        self.cache_type.currentTextChanged.connect(self._on_cache_type)
        self.parallel.valueChanged.connect(self._on_parallel)
        self.flash_attention.toggled.connect(self._on_flash_attention)
        self.reserve.valueChanged.connect(self._on_reserve)

    def _tell(self, options: PlanOptions) -> None:
        self._options = options
        self.options_changed.emit(options)

    @Slot(object)
    def _on_context(self, context_length: int | None) -> None:
        self._tell(replace(self._options, context_length=context_length))

    @Slot(str)
    def _on_cache_type(self, name: str) -> None:
        chosen = CacheType(name)
        self._tell(replace(self._options, cache_type_k=chosen, cache_type_v=chosen))

    @Slot(int)
    def _on_parallel(self, sequences: int) -> None:
        self._tell(replace(self._options, parallel_sequences=sequences))

    @Slot(bool)
    def _on_flash_attention(self, is_on: bool) -> None:
        self._tell(replace(self._options, flash_attention=is_on))

    @Slot(float)
    def _on_reserve(self, size_gib: float) -> None:
        self.reserve_changed.emit(round(size_gib * GIB))

    @Slot(str)
    def _on_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))

    @Slot()
    def _colour_problem(self) -> None:
        tokens = self._theme.tokens
        self.problem.setStyleSheet(
            f"background: {tokens.tight_fill}; color: {tokens.tight_ink};"
            "border-radius: 6px; padding: 6px 8px;"
        )
