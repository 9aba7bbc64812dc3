"""The choices above the grid: runtime, context, cache, sequences, reserve, and more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from planner.core.plan import (
    CACHE_TYPES,
    MAX_PARALLEL_SEQUENCES,
    CacheType,
    PlanOptions,
    RuntimeName,
)
from planner.ui.figures import number, size_unit
from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.models.option_sets import changed_count
from planner.ui.text import unit_suffix, without_mnemonic
from planner.ui.widgets.context_slider import ContextSlider
from planner.ui.widgets.flow_layout import FlowLayout, flowing_size_policy

if TYPE_CHECKING:
    from planner.ui.panels.more_options import MoreOptions
    from planner.ui.theme import Theme

# As their makers write them.
RUNTIME_TITLES: Final = {
    RuntimeName.LLAMA_CPP: "llama.cpp (GGUF)",
    RuntimeName.TRANSFORMERS: "Transformers",
    RuntimeName.VLLM: "vLLM",
    RuntimeName.MLX: "MLX",
    RuntimeName.ONNX_GENAI: "ONNX GenAI",
}

_LARGEST_RESERVE: Final = 999.0
_RESERVE_STEP: Final = 0.5
_NARROWEST_CONTEXT_PX: Final = 236
# What the arrows of a spin box and its edges take beside its text.
_SPIN_FRAME_PX: Final = 44


class OptionsBar(QWidget):
    """Tells the whole set of options at every change."""

    options_changed = Signal(object)
    reserve_changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._options = PlanOptions()
        # What was chosen for each runtime, found again when somebody comes back to it.
        self._of_runtime: dict[RuntimeName, PlanOptions] = {}
        self._more: MoreOptions | None = None
        self.runtime = QComboBox()
        self.context = ContextSlider()
        self.cache_type = QComboBox()
        self.parallel = QSpinBox()
        self.reserve = QDoubleSpinBox()
        self.more_button = QPushButton()
        self.problem = QLabel()
        self._set_up_controls()
        self._build()
        self._connect()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in the order of reading."""
        return (
            self.runtime,
            self.context.slider,
            self.context.field,
            self.cache_type,
            self.parallel,
            self.reserve,
            self.more_button,
        )

    @property
    def more(self) -> MoreOptions:
        """The other options of the runtime; they are made when they are first needed."""
        if self._more is None:
            # Late: a dozen controls that no first paint shows.
            from planner.ui.panels.more_options import MoreOptions

            self._more = MoreOptions(self)
            self._more.options_changed.connect(self._on_more)
            self._more.show_options(self._options)
        return self._more

    def show_options(self, options: PlanOptions) -> None:
        """Show options without telling anyone."""
        self._options = self._of_runtime[options.runtime] = options
        self.context.show_context_length(options.context_length)
        with QSignalBlocker(self.runtime):
            self.runtime.setCurrentIndex(self.runtime.findData(options.runtime))
        self._show_cache_type(options)
        with QSignalBlocker(self.parallel):
            self.parallel.setValue(options.parallel_sequences)
        self._show_more(options)

    def take_over(self, earlier: OptionsBar) -> None:
        """Know what was chosen for each runtime where this bar takes another's place."""
        self._of_runtime = earlier._of_runtime

    def show_reserve(self, reserve_bytes: int, *, pool_name: str) -> None:
        """Show how much of the target is left free."""
        words = self.tr("Memory to leave free on {pool}").format(pool=pool_name)
        self.reserve.setToolTip(words)
        self.reserve.setAccessibleDescription(words)
        with QSignalBlocker(self.reserve):
            self.reserve.setValue(reserve_bytes / size_unit().unit_bytes)

    def _set_up_controls(self) -> None:
        for runtime, title in RUNTIME_TITLES.items():
            self.runtime.addItem(title, runtime)
        self.runtime.setToolTip(self.tr("The program that runs the model"))
        self._show_cache_type(self._options)
        self._show_more(self._options)
        self.cache_type.setToolTip(self.tr("How keys and values of past tokens are stored"))
        self.parallel.setRange(1, MAX_PARALLEL_SEQUENCES)
        self.parallel.setAccessibleName(self.tr("Parallel sequences"))
        self.parallel.setToolTip(self.tr("Requests that hold a part of the cache at once"))
        self.more_button.setToolTip(self.tr("The other options of this runtime"))
        self.reserve.setRange(0.0, _LARGEST_RESERVE)
        self.reserve.setDecimals(1)
        self.reserve.setSingleStep(_RESERVE_STEP)
        self.reserve.setSuffix(unit_suffix())
        metrics = self.reserve.fontMetrics()
        widest_size = f"{number(888.8, 1)}{unit_suffix()}"
        for spin, widest in ((self.reserve, widest_size), (self.parallel, "888")):
            spin.setMaximumWidth(metrics.horizontalAdvance(widest) + _SPIN_FRAME_PX)
        self.problem.setObjectName("context_problem")
        self.problem.setWordWrap(True)
        self.problem.hide()

    def _build(self) -> None:
        fields = QWidget()
        flow = FlowLayout(fields, across_px=12, down_px=8)
        self.context.setMinimumWidth(_NARROWEST_CONTEXT_PX)
        flow.addWidget(self._field(self.tr("R&untime"), self.runtime))
        flow.addWidget(self.context)
        flow.addWidget(self._field(self.tr("&KV cache"), self.cache_type))
        flow.addWidget(self._field(self.tr("&Parallel"), self.parallel))
        flow.addWidget(self._field(self.tr("&Reserve"), self.reserve))
        flow.addWidget(self._field("", self.more_button))
        fields.setSizePolicy(flowing_size_policy())
        self.context.caption.setFont(sized(self.font(), SECONDARY_PX))
        self.context.caption.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(fields)
        layout.addWidget(self.problem)

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
            if not control.accessibleName():
                control.setAccessibleName(without_mnemonic(caption))
        control.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        layout.addWidget(label)
        layout.addWidget(control, 1)
        field.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        return field

    def _show_cache_type(self, options: PlanOptions) -> None:
        """Offer the types that the runtime has."""
        types = [each.value for each in CACHE_TYPES[options.runtime]]
        with QSignalBlocker(self.cache_type):
            if types != [
                self.cache_type.itemText(row) for row in range(self.cache_type.count())
            ]:
                self.cache_type.clear()
                self.cache_type.addItems(types)
            self.cache_type.setCurrentText(options.cache_type_k.value)
        self.cache_type.setEnabled(len(types) > 1)

    def _show_more(self, options: PlanOptions) -> None:
        """Say how many of the other options are not at their defaults."""
        count = changed_count(options)
        words = self.tr("M&ore…") if not count else self.tr("M&ore ({count})…")
        self.more_button.setText(words.format(count=count))
        if self._more is not None:
            self._more.show_options(options)

    def _connect(self) -> None:
        self.runtime.currentIndexChanged.connect(self._on_runtime)
        self.more_button.clicked.connect(self.open_more)
        self.context.context_length_changed.connect(self._on_context)
        self.context.problem_changed.connect(self._on_problem)
        self.cache_type.currentTextChanged.connect(self._on_cache_type)
        self.parallel.valueChanged.connect(self._on_parallel)
        self.reserve.valueChanged.connect(self._on_reserve)

    @Slot()
    def open_more(self) -> None:
        """Open the other options under their button, within the window."""
        button, window = self.more_button, self.window()
        self.more.open_below(
            QRect(button.mapToGlobal(button.rect().topLeft()), button.size()),
            QRect(window.mapToGlobal(window.rect().topLeft()), window.size()),
        )

    def _tell(self, options: PlanOptions) -> None:
        self._options = self._of_runtime[options.runtime] = options
        self._show_more(options)
        self.options_changed.emit(options)

    @Slot(int)
    def _on_runtime(self, place: int) -> None:
        """Take the options that the runtime had; what every runtime has goes along."""
        # Qt hands the text of it back.
        runtime = RuntimeName(self.runtime.itemData(place))
        options = replace(
            self._of_runtime.get(runtime, PlanOptions(runtime=runtime)),
            context_length=self._options.context_length,
            parallel_sequences=self._options.parallel_sequences,
        )
        self._show_cache_type(options)
        self._tell(options)

    @Slot(object)
    def _on_more(self, options: PlanOptions) -> None:
        self._tell(options)

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

    @Slot(float)
    def _on_reserve(self, size: float) -> None:
        self.reserve_changed.emit(round(size * size_unit().unit_bytes))

    @Slot(str)
    def _on_problem(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setVisible(bool(sentence))
