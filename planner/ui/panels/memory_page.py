"""Where the memory of the chosen cell goes: the bar, the facts, the ledger, the charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from planner.core.fit import FitVerdict
from planner.core.ledger import Place
from planner.core.machine import PoolKind
from planner.core.model_spec import Support
from planner.core.plan import RuntimeName
from planner.ui import text
from planner.ui.figures import number
from planner.ui.fonts import SECONDARY_PX, sized
from planner.ui.panels.options_bar import RUNTIME_TITLES
from planner.ui.widgets.ledger_view import LedgerView
from planner.ui.widgets.stacked_bar import MemoryBar, bar_parts

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from planner.core.estimate import Estimate
    from planner.core.grid import FitDetail
    from planner.core.machine import MemoryPool
    from planner.core.model_spec import ModelSpec
    from planner.core.pictures.chart_values import MemoryChartValues
    from planner.ui.models.page_values import AdviceValues, MemoryValues
    from planner.ui.panels.advice_page import AdvicePage
    from planner.ui.panels.memory_charts import MemoryCharts
    from planner.ui.theme import Theme


class MemoryPage(QWidget):
    """Shows the figures of one `FitDetail`; where there are none, only what limits them."""

    advice_wanted = Signal(object)
    export_wanted = Signal(object)
    controls_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._charts: MemoryCharts | None = None
        self._advice: AdvicePage | None = None
        self._bar_head = _label("bar_head", sized(self.font(), SECONDARY_PX))
        self.bar = MemoryBar(theme)
        self._facts = _label("facts", sized(self.font(), SECONDARY_PX))
        self.ledger = LedgerView(theme)
        self._notes = _label("notes", sized(self.font(), SECONDARY_PX))
        self._build()

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard."""
        charts = () if self._charts is None else self._charts.controls
        advice = () if self._advice is None else self._advice.controls
        return (self.ledger, *advice, *charts)

    @property
    def facts_text(self) -> str:
        """The file, its bits, and where the layers are; empty where nothing can be said."""
        return "" if self._facts.isHidden() else self._facts.text()

    @property
    def notes_text(self) -> str:
        """What limits the figures."""
        return self._notes.text()

    def show_detail(self, detail: FitDetail) -> None:
        """Show another cell."""
        self._show_figures(detail, detail.estimate)
        if self._charts is not None and detail.result.plan is None:
            self._charts.show_charts(None)
        words = self._notes_text(detail)
        self._notes.setText(words)
        self._notes.setVisible(bool(words))

    def show_values(self, values: MemoryValues) -> None:
        """Show the charts and the advice, which are made when there is the first to show."""
        if values.charts is not None:
            self._show_charts(values.charts)
        elif self._charts is not None:
            self._charts.show_charts(None)
        self._show_advice(values.advice)

    def _show_charts(self, values: MemoryChartValues) -> None:
        if self._charts is None:
            # Late: bar and ledger stand there before them.
            from planner.ui.panels.memory_charts import MemoryCharts

            self._charts = MemoryCharts(self._theme)
            self._charts.export_wanted.connect(self.export_wanted)
            self._layout.insertSpacing(self._layout.indexOf(self._notes), 16)
            self._layout.insertWidget(self._layout.indexOf(self._notes), self._charts)
            self.controls_changed.emit()
        self._charts.show_charts(values)

    def _show_advice(self, values: AdviceValues | None) -> None:
        """Show what would make room, under the ledger; what fits needs none."""
        is_needed = values is not None and values.detail.result.verdict is not FitVerdict.FITS
        if self._advice is None and is_needed:
            # Late: bar and ledger stand there before it.
            from planner.ui.panels.advice_page import AdvicePage

            self._advice = AdvicePage(self._theme)
            self._advice.advice_wanted.connect(self.advice_wanted)
            self._advice.controls_changed.connect(self.controls_changed)
            self._advice.hide()
            self._layout.insertWidget(self._layout.indexOf(self.ledger) + 1, self._advice)
        if self._advice is None:
            return
        if values is not None:
            self._advice.show_values(values)
        # While something is dragged, nothing under it jumps.
        if values is None or not values.is_due:
            self._advice.setVisible(is_needed)

    @property
    def advice(self) -> AdvicePage | None:
        """What would make room, once something was said of it."""
        return self._advice

    @property
    def charts(self) -> MemoryCharts | None:
        """The charts, once there was something to show in them."""
        return self._charts

    def stop(self) -> None:
        """Wait for what is being loaded."""
        if self._charts is not None:
            self._charts.stop()

    def _build(self) -> None:
        layout = self._layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(4)
        layout.addWidget(self._bar_head)
        layout.addWidget(self.bar)
        layout.addSpacing(4)
        layout.addWidget(self._facts)
        layout.addSpacing(8)
        layout.addWidget(self.ledger, 1)
        layout.addWidget(self._notes)
        # Takes the room where there is no ledger.
        layout.addStretch(0)

    def _show_figures(self, detail: FitDetail, figures: Estimate | None) -> None:
        for widget in (self._bar_head, self.bar, self._facts, self.ledger):
            widget.setVisible(figures is not None)
        if figures is None:
            self.ledger.set_ledger(None)
            return
        places = _places_of(detail.target)
        self._bar_head.setText(self._bar_words(detail.target))
        self.bar.set_parts(
            bar_parts(figures.ledger, *places),
            capacity_bytes=detail.target.total_bytes,
            used_by_others_bytes=_not_free_bytes(detail.target),
            reserve_bytes=detail.reserve.of(detail.target),
            high_bytes=sum(figures.ledger.total(place).high_bytes for place in places),
        )
        self._facts.setText(self._facts_text(detail, figures))
        self.ledger.set_ledger(figures.ledger)

    def _bar_words(self, target: MemoryPool) -> str:
        return self.tr("Memory of {pool}, {total}").format(
            pool=target.name, total=text.gib(target.total_bytes)
        )

    def _facts_text(self, detail: FitDetail, figures: Estimate) -> str:
        """Return the file, its bits and where the layers are, in one line."""
        parts = []
        if figures.file is not None:
            is_gguf = figures.plan.runtime is RuntimeName.LLAMA_CPP
            file_words = self.tr("GGUF file {size}") if is_gguf else self.tr("files {size}")
            parts.append(file_words.format(size=text.band_text(figures.file)))
        bits = self.tr("{bits} bits per weight")
        parts.append(bits.format(bits=number(figures.bits_per_weight, 2)))
        layers = detail.result.layer_count
        if detail.target.is_gpu and layers is not None:
            words = self.tr("{count} of {layers} layers on the GPU")
            parts.append(words.format(count=figures.plan.gpu_layer_count, layers=layers))
        parts.append(text.token_text(figures.plan.context_length))
        return " · ".join(parts)

    def _notes_text(self, detail: FitDetail) -> str:
        """Return what limits the figures: what of the model runs, or where it does run."""
        notes: list[str] = []
        if detail.result.verdict is FitVerdict.UNSUPPORTED:
            running = _running_titles(detail.model)
            if running:
                words = self.tr("Runtimes that can run this model: {runtimes}.")
                notes.append(words.format(runtimes=", ".join(running)))
        elif detail.result.verdict is not FitVerdict.UNKNOWN:
            support = detail.model.runtimes.get(_runtime_name(detail))
            if support is not None and support.note:
                notes.append(support.note)
        return "\n".join(notes)


def _running_titles(model: ModelSpec) -> list[str]:
    return [
        title
        for runtime, title in RUNTIME_TITLES.items()
        if runtime.value in model.runtimes
        and model.runtimes[runtime.value].support is not Support.NONE
    ]


def _runtime_name(detail: FitDetail) -> str:
    plan = detail.result.plan
    return "" if plan is None else plan.runtime.value


def _label(name: str, font: QFont) -> QLabel:
    label = QLabel()
    label.setObjectName(name)
    label.setFont(font)
    label.setProperty("muted", True)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _places_of(target: MemoryPool) -> tuple[Place, ...]:
    match target.kind:
        case PoolKind.DEDICATED:
            return (Place.GPU,)
        case PoolKind.SYSTEM:
            return (Place.HOST,)
        case PoolKind.UNIFIED:
            return (Place.GPU, Place.HOST)
    assert_never(target.kind)


def _not_free_bytes(pool: MemoryPool) -> int | None:
    if pool.total_bytes is None or pool.free_bytes is None:
        return None
    return pool.total_bytes - pool.free_bytes
