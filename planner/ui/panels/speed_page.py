"""How fast it would be: two bands, what limits them, and the band over the context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from planner.core.pictures.speed_picture import speed_picture, speed_table
from planner.ui import text
from planner.ui.core_texts import core_text
from planner.ui.fonts import SEMIBOLD, TITLE_PX
from planner.ui.models.speed_words import band_words, decode_limit, modelled, prefill_limit
from planner.ui.panels.chart_section import ChartSection
from planner.ui.panels.chart_words import chart_words
from planner.ui.widgets.picture_view import PictureView
from planner.ui.widgets.words import heading_label, note_label, show_words, words_label

if TYPE_CHECKING:
    from planner.core.speed import SpeedBand, SpeedEstimate
    from planner.ui.models.page_values import SpeedValues
    from planner.ui.theme import Theme

_EXPORT_WIDTH: Final = 640.0


class _Rate(QWidget):
    """One speed: what it is of, the band, what limits it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = heading_label(self)
        self._band = words_label(self, size_px=TITLE_PX, weight=SEMIBOLD)
        self._limit = note_label(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for label in (self._heading, self._band, self._limit):
            layout.addWidget(label)

    @property
    def words(self) -> str:
        """All that is said of it."""
        labels = (self._heading, self._band, self._limit)
        return "\n".join(label.text() for label in labels if not label.isHidden())

    def show_rate(self, heading: str, band: SpeedBand | None, limit: str) -> None:
        """Show another speed; without a band the limit is left out."""
        self._heading.setText(heading)
        self._band.setText(band_words(band))
        show_words(self._limit, "" if band is None else limit)


class SpeedPage(QWidget):
    """Shows `SpeedValues`; `export_wanted` has the picture to save.

    `measurement_wanted` asks for the bandwidth of this computer's RAM.
    """

    export_wanted = Signal(object)
    measurement_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = chart_words()
        self._label = note_label(self)
        self._decode, self._prefill = _Rate(), _Rate()
        self._reasons = words_label(self)
        self.measure_button = QPushButton(self.tr("Measure the memory's bandwidth"))
        self.measure_button.setToolTip(
            self.tr("Find out how fast RAM is; it takes a few seconds")
        )
        self.measure_button.hide()
        self.chart_view = PictureView(theme)
        self.chart = ChartSection(self.chart_view)
        self._sources_head = heading_label(self)
        self._sources_head.setText(self.tr("Where the ranges come from"))
        self._sources = note_label(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(16)
        for widget in (self._label, self._decode, self._prefill):
            layout.addWidget(widget)
        missing = QVBoxLayout()
        missing.setSpacing(8)
        missing.addWidget(self._reasons)
        missing.addWidget(self.measure_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(missing)
        layout.addWidget(self.chart)
        sources = QVBoxLayout()
        sources.setSpacing(4)
        sources.addWidget(self._sources_head)
        sources.addWidget(self._sources)
        layout.addLayout(sources)
        layout.addStretch(1)
        self.chart.export_wanted.connect(self.export_wanted)
        self.measure_button.clicked.connect(self._on_measure)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        return (self.measure_button, *self.chart.controls)

    @property
    def words(self) -> str:
        """All that is said beside the chart."""
        said = [label.text() for label in (self._label, self._reasons) if not label.isHidden()]
        said += [rate.words for rate in (self._decode, self._prefill) if not rate.isHidden()]
        return "\n".join(said)

    def show_values(self, values: SpeedValues) -> None:
        """Show another plan; what is missing says why."""
        estimate = values.estimate
        self.measure_button.setVisible(values.can_measure)
        for widget in (self._decode, self._prefill, self._sources_head, self._sources):
            widget.setVisible(estimate is not None)
        self.chart.setVisible(any(each.decode is not None for each in values.curve))
        if estimate is None:
            self._label.hide()
            nothing = self.tr("It does not fit here, so there is no speed to speak of.")
            show_words(self._reasons, core_text(values.reason) or nothing)
            return
        self._show_estimate(values, estimate)
        if not self.chart.isHidden():
            self._show_chart(values.curve, estimate.context_length)

    def _show_estimate(self, values: SpeedValues, estimate: SpeedEstimate) -> None:
        tokens = text.token_text(estimate.context_length)
        words = self.tr("With {tokens} in the cache of one sequence: {modelled}.")
        show_words(self._label, words.format(tokens=tokens, modelled=modelled()))
        self._decode.show_rate(
            self.tr("Writing the answer"), estimate.decode, decode_limit(values.detail)
        )
        self._prefill.show_rate(
            self.tr("Reading the prompt"), estimate.prefill, prefill_limit(values.detail)
        )
        show_words(self._reasons, "\n".join(map(core_text, estimate.reasons)))
        show_words(self._sources, "\n".join(estimate.sources))

    @Slot()
    def _on_measure(self) -> None:
        self.measurement_wanted.emit()

    def _show_chart(self, curve: tuple[SpeedEstimate, ...], context_length: int) -> None:
        words = self._words
        self.chart_view.set_layout(
            lambda width: speed_picture(
                curve, width=width, context_length=context_length, words=words
            )
        )
        self.chart.set_chart(
            words.speed_title,
            table=lambda: speed_table(curve, words),
            picture=lambda: speed_picture(
                curve, width=_EXPORT_WIDTH, context_length=context_length, words=words
            ),
        )
