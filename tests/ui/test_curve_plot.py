"""The view to explore: zoom, pan, and values by the pointer and by the keyboard."""

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QColor, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.core.pictures.colours import COLOURS
from planner.core.pictures.curve_picture import sample_words
from planner.core.pictures.picture import Ink
from planner.core.units import GIB
from planner.ui.plots.curve_plot import CurvePlot
from planner.ui.theme import SchemeChoice
from tests.ui.chart_values import curve_of

HOW_TO = "Wheel: zoom. Drag: pan. Double click: all. Left and Right: values."


@pytest.fixture
def plot(qtbot, theme) -> CurvePlot:
    plot = CurvePlot(theme)
    qtbot.addWidget(plot)
    plot.resize(600, 320)
    plot.show_curve(curve_of())
    plot.show()
    qtbot.waitExposed(plot)
    plot.setFocus()
    return plot


def press(plot: CurvePlot, *keys: Qt.Key, shift: bool = False) -> None:
    modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    for key in keys:
        QTest.keyClick(plot, key, modifier)


def test_that_all_of_the_curve_is_seen_at_first(plot: CurvePlot):
    # 2**8 = 256 to 2**14 = 16,384 tokens.
    assert plot.seen_doublings == pytest.approx((8, 14))
    assert plot.readout_text == HOW_TO


def test_that_the_keyboard_zooms_pans_and_shows_all_again(plot: CurvePlot):
    press(plot, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    low, high = plot.seen_doublings
    assert high - low == pytest.approx(6 * 0.8**2)
    press(plot, Qt.Key.Key_Right, shift=True)
    assert plot.seen_doublings[0] > low
    press(plot, Qt.Key.Key_Left, Qt.Key.Key_Left, shift=True)
    assert plot.seen_doublings[0] < low
    press(plot, Qt.Key.Key_Minus)
    assert plot.seen_doublings[1] - plot.seen_doublings[0] > high - low
    press(plot, Qt.Key.Key_0)
    assert plot.seen_doublings == pytest.approx((8, 14))


def test_that_nothing_beyond_the_curve_is_seen(plot: CurvePlot):
    for _ in range(20):
        press(plot, Qt.Key.Key_Minus)
        press(plot, Qt.Key.Key_Right, shift=True)
    low, high = plot.seen_doublings
    assert low >= 8 - 1e-9
    assert high <= 14 + 1e-9


def test_that_the_arrows_read_the_values_of_samples(plot: CurvePlot):
    curve = curve_of()
    press(plot, Qt.Key.Key_Right)
    middle = plot.sample_index
    assert middle is not None
    assert plot.readout_text == sample_words(curve, curve.samples[middle])
    assert plot.accessibleDescription() == plot.readout_text
    press(plot, Qt.Key.Key_Right)
    assert plot.sample_index == middle + 1
    for _ in curve.samples:
        press(plot, Qt.Key.Key_Left)
    assert plot.sample_index == 0


def test_that_the_pointer_reads_the_nearest_sample(plot: CurvePlot):
    viewport = plot._plot.viewport()
    at = QPointF(viewport.width() / 2, viewport.height() / 2)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        at,
        viewport.mapToGlobal(at),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(viewport, event)
    assert plot.sample_index is not None
    assert 0 < plot.sample_index < len(curve_of().samples) - 1


def test_that_a_double_click_shows_all_again(plot: CurvePlot, qtbot):
    press(plot, Qt.Key.Key_Plus)
    viewport = plot._plot.viewport()
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=viewport.rect().center())
    qtbot.waitUntil(lambda: plot.seen_doublings == pytest.approx((8, 14)), timeout=2000)


def test_that_another_context_of_the_plan_leaves_what_is_seen(plot: CurvePlot):
    press(plot, Qt.Key.Key_Plus, Qt.Key.Key_Right)
    seen, index = plot.seen_doublings, plot.sample_index
    plot.show_curve(curve_of(context_length=8192))
    assert (plot.seen_doublings, plot.sample_index) == (seen, index)


def test_that_another_format_keeps_the_zoom_and_another_model_does_not(plot: CurvePlot):
    press(plot, Qt.Key.Key_Plus)
    seen = plot.seen_doublings
    plot.show_curve(curve_of(weights_bytes=9 * GIB))
    assert plot.seen_doublings == seen
    plot.show_curve(curve_of(longest=131_072))
    assert plot.seen_doublings == pytest.approx((8, 17))


def test_that_its_colours_follow_the_look(plot: CurvePlot, theme):
    theme.set_choice(SchemeChoice.DARK)
    background = plot._plot.backgroundBrush().color()
    assert background == QColor(COLOURS["dark"][Ink.PANEL])


def test_that_the_labels_are_tokens_at_whole_doublings(plot: CurvePlot):
    assert plot._tick_words([8, 10, 13.5, 14], 1, 1) == ["256", "1k", "", "16k"]


def test_that_other_keys_are_left_to_the_window(plot: CurvePlot, qtbot, theme):
    press(plot, Qt.Key.Key_A)
    empty = CurvePlot(theme)
    qtbot.addWidget(empty)
    empty.show_all()
    press(empty, Qt.Key.Key_Right)
    assert empty.sample_index is None
    assert plot.sample_index is None
