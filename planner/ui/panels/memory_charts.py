"""The charts of a plan's memory: against the context, by device, and the frontier."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from planner.core.pictures.bar_picture import bar_table, split_picture
from planner.core.pictures.curve_picture import curve_picture, curve_table, same_picture
from planner.core.pictures.frontier_picture import answers_of, frontier_picture, frontier_table
from planner.ui.panels.chart_section import ChartSection
from planner.ui.panels.chart_words import chart_words
from planner.ui.tasks.background_task import BackgroundTask
from planner.ui.widgets.curve_view import CurveView
from planner.ui.widgets.picture_view import PictureView

if TYPE_CHECKING:
    from planner.core.frontier import Frontier
    from planner.core.pictures.chart_values import MemoryChartValues
    from planner.core.pictures.chart_words import ChartWords
    from planner.core.pictures.device_bars import DeviceBar
    from planner.core.pictures.memory_curve import MemoryCurve
    from planner.core.pictures.picture import Picture
    from planner.ui.plots.curve_plot import CurvePlot
    from planner.ui.theme import Theme

_EXPORT_WIDTH: Final = 640.0
_EXPORT_HEIGHT: Final = 320.0
_EXPLORED_HEIGHT: Final = 320


class MemoryCharts(QWidget):
    """Shows `MemoryChartValues`; a chart that has nothing to show takes no room.

    `export_wanted` has the picture to save, under the plan's name and without its title drawn:
    `planner.ui.picture_export.save_picture` puts it there. Call `stop` before it goes.
    """

    export_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words: ChartWords = chart_words()
        self._shown: MemoryChartValues | None = None
        self._plot: CurvePlot | None = None
        self._loading = BackgroundTask(self)
        self.curve_view = CurveView(theme)
        self.curve = ChartSection(self.curve_view)
        self.explore_button = self.curve.add_button(self.tr("Explore"))
        self.explore_button.setCheckable(True)
        self.explore_button.setToolTip(self.tr("Zoom, pan and read values"))
        self.split_view = PictureView(theme)
        self.split = ChartSection(self.split_view)
        self.frontier_view = PictureView(theme)
        self.frontier = ChartSection(self.frontier_view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        for section in self._sections:
            layout.addWidget(section)
            section.export_wanted.connect(self.export_wanted)
            section.hide()
        self.explore_button.toggled.connect(self._on_explore)
        self._loading.succeeded.connect(self._on_loaded)
        self._loading.failed.connect(self._on_failed)

    @property
    def _sections(self) -> tuple[ChartSection, ...]:
        return (self.curve, self.split, self.frontier)

    @property
    def controls(self) -> tuple[QWidget, ...]:
        """What takes the keyboard, in order."""
        plot = () if self._plot is None else (self._plot,)
        return (
            self.explore_button,
            *self.curve.controls,
            self.curve_view,
            *plot,
            *self.split.controls,
            *self.frontier.controls,
        )

    @property
    def plot(self) -> CurvePlot | None:
        """The view to explore, once it was asked for."""
        return self._plot

    def stop(self) -> None:
        """Wait for what is being loaded."""
        self._loading.stop()

    def show_charts(self, values: MemoryChartValues | None) -> None:
        """Show the charts of a plan, or none; what did not change is not drawn again."""
        before, self._shown = self._shown, values
        curve = None if values is None or values.curve is None else values.curve
        self.curve.setVisible(curve is not None and bool(curve.known))
        self.split.setVisible(values is not None and bool(values.split))
        self.frontier.setVisible(values is not None and values.frontier is not None)
        if values is None:
            return
        if curve is not None and curve.known:
            self._show_curve(before, curve)
        if values.split and not _is_same_split(before, values):
            self._show_split(values.split, values.subject)
        if values.frontier is not None and not _is_same_frontier(before, values):
            self._show_frontier(values.frontier, values.context_length, values.subject)

    def _show_curve(self, before: MemoryChartValues | None, curve: MemoryCurve) -> None:
        words, is_explored = self._words, self.explore_button.isChecked()
        self.curve_view.show_curve(curve, words)
        if self._plot is not None and is_explored:
            self._plot.show_curve(curve, words)
        if before is None or before.curve is None or not same_picture(before.curve, curve):
            self.curve.set_chart(
                words.curve_title,
                table=lambda: curve_table(curve, words),
                picture=self._curve_to_save,
            )

    def _curve_to_save(self) -> Picture:
        shown = self._shown
        if shown is None or shown.curve is None:
            raise RuntimeError("a curve is saved while one is shown")
        picture = curve_picture(
            shown.curve, width=_EXPORT_WIDTH, height=_EXPORT_HEIGHT, words=self._words
        )
        return self._named(picture, shown.subject)

    def _show_split(self, bars: tuple[DeviceBar, ...], subject: str) -> None:
        words = self._words
        self.split_view.set_layout(lambda width: split_picture(bars, width=width, words=words))
        self.split.set_chart(
            words.split_title,
            table=lambda: bar_table(bars, words.split_title, words),
            picture=lambda: self._named(
                split_picture(bars, width=_EXPORT_WIDTH, words=words), subject
            ),
        )

    def _show_frontier(self, found: Frontier, context_length: int, subject: str) -> None:
        words = self._words

        def made(width: float) -> Picture:
            return frontier_picture(
                found, context_length=context_length, width=width, words=words
            )

        self.frontier_view.set_layout(made)
        self.frontier.set_chart(
            words.frontier_title,
            table=lambda: frontier_table(found, words),
            picture=lambda: self._named(made(_EXPORT_WIDTH), subject),
        )

    def _named(self, picture: Picture, subject: str) -> Picture:
        title = self.tr("{plan}: {chart}").format(plan=subject, chart=picture.title)
        return replace(picture, title=title)

    @Slot(bool)
    def _on_explore(self, is_wanted: bool) -> None:
        if not is_wanted:
            self.curve_view.show()
            if self._plot is not None:
                self._plot.hide()
        elif self._plot is not None:
            self._show_plot()
        else:
            # pyqtgraph takes half a second to load; the window goes on meanwhile.
            self.explore_button.setEnabled(False)
            self.explore_button.setText(self.tr("Loading…"))
            self._loading.start(_load_plots)

    @Slot(object)
    def _on_loaded(self, _: object) -> None:
        from planner.ui.plots.curve_plot import CurvePlot

        self._restore_button()
        self._plot = CurvePlot(self._theme)
        self._plot.setFixedHeight(_EXPLORED_HEIGHT)
        self._plot.setAccessibleName(self._words.curve_title)
        self.curve.add_view(self._plot)
        QWidget.setTabOrder(self.curve.save_button, self._plot)
        self._show_plot()

    @Slot(str)
    def _on_failed(self, sentence: str) -> None:
        self._restore_button()
        self.explore_button.setToolTip(sentence)
        self.explore_button.setChecked(False)

    def _restore_button(self) -> None:
        self.explore_button.setEnabled(True)
        self.explore_button.setText(self.tr("Explore"))

    def _show_plot(self) -> None:
        if self._plot is None or self._shown is None or self._shown.curve is None:
            return
        self._plot.show_curve(self._shown.curve, self._words)
        self._plot.show()
        self.curve_view.hide()


def _is_same_split(before: MemoryChartValues | None, values: MemoryChartValues) -> bool:
    return before is not None and (before.subject, before.split) == (
        values.subject,
        values.split,
    )


def _is_same_frontier(before: MemoryChartValues | None, values: MemoryChartValues) -> bool:
    """Whether a step of the context changed no cell's answer: most steps do not."""
    if before is None or before.frontier is None or values.frontier is None:
        return False
    return (
        before.subject == values.subject
        and before.frontier == values.frontier
        and answers_of(before.frontier, before.context_length)
        == answers_of(values.frontier, values.context_length)
    )


def _load_plots() -> None:
    import planner.ui.plots.curve_plot  # noqa: F401 - it is loaded for its sake
