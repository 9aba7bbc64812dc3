"""The charts of the Memory page, as somebody uses them."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.core.pictures.chart_values import MemoryChartValues
from planner.core.pictures.chart_words import ENGLISH
from planner.core.pictures.curve_picture import sample_words
from planner.core.pictures.picture import Picture
from planner.ui.panels.chart_words import chart_words
from planner.ui.panels.memory_charts import MemoryCharts
from planner.ui.theme import SchemeChoice
from planner.ui.widgets.curve_view import CurveView
from planner.ui.widgets.picture_view import PictureView
from tests.ui.chart_values import curve_of, values_of


@pytest.fixture
def charts(qtbot, theme) -> Iterator[MemoryCharts]:
    charts = MemoryCharts(theme)
    qtbot.addWidget(charts)
    charts.resize(520, 900)
    charts.show_charts(values_of())
    charts.show()
    qtbot.waitExposed(charts)
    charts.activateWindow()
    yield charts
    charts.stop()


def index_of(charts: MemoryCharts) -> int | None:
    return charts.curve_view.sample_index


def press(view: CurveView, *keys: Qt.Key) -> None:
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for key in keys:
        QTest.keyClick(view, key)


def test_that_every_chart_is_named_for_a_screen_reader(charts: MemoryCharts):
    names = [
        view.accessibleName()
        for view in (charts.curve_view, charts.split_view, charts.frontier_view)
    ]
    assert names == [
        "Memory against context length",
        "Memory of each device",
        "Largest context that fits",
    ]
    assert "Up to 5,120 tokens fit." in charts.curve_view.accessibleDescription()
    assert charts.explore_button.text() == "Explore"
    buttons = [each.accessibleName() for each in charts.curve.controls]
    assert buttons == [
        "Table: Memory against context length",
        "Save picture: Memory against context length",
    ]


def test_that_a_chart_with_nothing_to_show_takes_no_room(charts: MemoryCharts):
    values = values_of()
    charts.show_charts(
        MemoryChartValues(subject="x", context_length=1, curve=None, frontier=values.frontier)
    )
    assert charts.curve.isHidden()
    assert charts.split.isHidden()
    assert not charts.frontier.isHidden()
    charts.show_charts(None)
    assert charts.frontier.isHidden()
    charts.show_charts(values)
    assert not charts.curve.isHidden()


def test_that_the_arrows_walk_from_the_planned_context(charts: MemoryCharts):
    view, curve = charts.curve_view, curve_of()
    press(view, Qt.Key.Key_Right)
    planned = [sample.context_length for sample in curve.samples].index(4096)
    assert index_of(charts) == planned
    press(view, Qt.Key.Key_Right)
    assert index_of(charts) == planned + 1
    words = sample_words(curve, curve.samples[planned + 1])
    assert view.accessibleDescription() == words
    press(view, Qt.Key.Key_Left, Qt.Key.Key_Left)
    assert index_of(charts) == planned - 1


def test_that_the_ends_hold_and_escape_takes_the_values_away(charts: MemoryCharts):
    view = charts.curve_view
    press(view, Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert index_of(charts) == 0
    press(view, Qt.Key.Key_End, Qt.Key.Key_Right)
    assert index_of(charts) == len(curve_of().samples) - 1
    press(view, Qt.Key.Key_Escape)
    assert index_of(charts) is None
    assert "Up to 5,120 tokens fit." in view.accessibleDescription()


def test_that_the_pointer_shows_values_within_the_chart_alone(charts: MemoryCharts):
    view = charts.curve_view
    QTest.mouseMove(view, QPoint(view.width() // 2, view.height() // 2))
    QApplication.processEvents()
    assert index_of(charts) is not None
    QTest.mouseMove(view, QPoint(view.width() // 2, 2))
    QApplication.processEvents()
    assert index_of(charts) is None


def test_that_a_step_of_the_context_lays_nothing_out_anew(charts: MemoryCharts):
    charts.show_charts(values_of(context_length=4000))
    views = (charts.curve_view, charts.frontier_view)
    before = [view.picture for view in views]
    press(charts.curve_view, Qt.Key.Key_Home)
    image = charts.curve_view.grab().toImage()
    charts.show_charts(values_of(context_length=4032))
    after = [view.picture for view in views]
    assert all(one is other for one, other in zip(before, after, strict=True))
    assert index_of(charts) == 0
    assert charts.curve_view.grab().toImage() != image


def test_that_a_cell_of_the_frontier_changes_where_the_context_passes_it(charts: MemoryCharts):
    before = charts.frontier_view.picture
    charts.show_charts(values_of(context_length=5376))
    assert charts.frontier_view.picture != before


def test_that_another_plan_is_drawn_anew(charts: MemoryCharts):
    before = charts.curve_view.picture
    charts.show_charts(replace(values_of(), curve=curve_of(longest=32768)))
    assert charts.curve_view.picture != before
    assert index_of(charts) is None


def test_that_the_table_twin_has_the_chart_s_figures(charts: MemoryCharts):
    assert len(charts.curve.controls) == 2
    charts.curve.table_button.click()
    table = charts.curve.table
    assert table is not None
    assert not table.isHidden()
    assert table.rowCount() == len(curve_of().samples)
    assert table.accessibleName() == "Memory against context length"
    charts.show_charts(replace(values_of(), curve=curve_of(longest=2048)))
    last = table.item(table.rowCount() - 1, 0)
    assert last is not None
    assert last.text() == "2,048"
    charts.curve.table_button.click()
    assert table.isHidden()


def test_that_cells_of_a_table_are_copied_with_tabs(charts: MemoryCharts):
    charts.frontier.table_button.click()
    table = charts.frontier.table
    assert table is not None
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    rows = QGuiApplication.clipboard().text().split("\n")
    assert rows[0].split("\t")[:2] == ["Quant format", "KV cache f16"]
    assert rows[3].split("\t")[:2] == ["Q4_K_M", "5,120"]
    table.setCurrentCell(2, 1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "5,120"


@pytest.mark.parametrize("name", ["curve", "split", "frontier"])
def test_that_a_picture_to_save_is_named_after_the_plan(charts: MemoryCharts, qtbot, name):
    section = getattr(charts, name)
    with qtbot.waitSignal(charts.export_wanted, timeout=1000) as wanted:
        section.save_button.click()
    picture = wanted.args[0]
    assert isinstance(picture, Picture)
    assert picture.title == f"Phi · Q4_K_M: {section.heading.text()}"


def test_that_the_saved_curve_has_the_context_that_is_planned_now(charts: MemoryCharts, qtbot):
    charts.show_charts(values_of(context_length=8192))
    with qtbot.waitSignal(charts.export_wanted, timeout=1000) as wanted:
        charts.curve.save_button.click()
    tips = [group.words for group in wanted.args[0].groups()]
    assert "Planned: 8,192 tokens" in tips


def explore(charts: MemoryCharts, qtbot) -> None:
    charts.explore_button.click()
    qtbot.waitUntil(lambda: charts.plot is not None, timeout=20_000)


def test_that_exploring_takes_the_place_of_the_chart_and_gives_it_back(
    charts: MemoryCharts, qtbot
):
    explore(charts, qtbot)
    assert charts.plot is not None
    assert charts.plot.isVisible()
    assert charts.curve_view.isHidden()
    assert charts.plot in charts.controls
    assert charts.explore_button.text() == "Explore"
    charts.explore_button.click()
    assert charts.plot.isHidden()
    assert not charts.curve_view.isHidden()
    charts.explore_button.click()
    assert charts.plot.isVisible()


def test_that_the_explored_view_follows_the_plan(charts: MemoryCharts, qtbot):
    explore(charts, qtbot)
    assert charts.plot is not None
    assert charts.plot.seen_doublings == pytest.approx((8, 14))
    charts.show_charts(replace(values_of(), curve=curve_of(longest=131_072)))
    assert charts.plot.seen_doublings == pytest.approx((8, 17))


def test_that_a_view_that_cannot_be_loaded_says_why(charts: MemoryCharts):
    charts.explore_button.setChecked(True)
    charts._loading._abandon()
    charts._on_failed("It is not there.")
    assert charts.explore_button.isEnabled()
    assert not charts.explore_button.isChecked()
    assert charts.explore_button.toolTip() == "It is not there."


def test_that_the_charts_load_neither_numpy_nor_pyqtgraph():
    code = (
        "import sys, planner.ui.panels.memory_charts;"
        "print(sorted({'numpy', 'pyqtgraph', 'pydantic'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_that_the_window_s_words_are_those_of_the_command_line(look):
    ours, plain = chart_words(), ENGLISH
    for name in plain.__dataclass_fields__:
        one, other = getattr(ours, name), getattr(plain, name)
        if isinstance(other, str | int):
            assert one == other, name
        elif name == "reason":
            assert one("It does not fit.") == other("It does not fit.")
        elif name == "part_names":
            assert dict(one) == dict(other)
        else:
            assert one(8_589_934_592) == other(8_589_934_592)


@pytest.mark.parametrize("scheme", [SchemeChoice.LIGHT, SchemeChoice.DARK])
def test_that_the_charts_look_as_they_did(qtbot, look, theme, snapshots, scheme):
    theme.set_choice(scheme)
    values = values_of()
    curve = CurveView(theme)
    curve.show_curve(curve_of())
    charts = MemoryCharts(theme)
    charts.show_charts(values)
    for view, name, height in (
        (curve, "memory-curve", 260),
        (charts.split_view, "memory-split", 150),
        (charts.frontier_view, "memory-frontier", 170),
    ):
        assert isinstance(view, PictureView)
        view.setParent(None)
        qtbot.addWidget(view)
        snapshots.check(view, f"{name}-{scheme}", size=QSize(500, height))
    qtbot.addWidget(charts)
    charts.stop()
