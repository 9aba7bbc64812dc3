"""Pages below one another: which are asked for, where they stand, and how one moves."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from planner.core.pictures.page_image import PageImage
from planner.ui.widgets.page_view import PageView

A4 = (794.0, 1123.0)


def drawn(number: int, scale: float, blue: int = 0) -> PageImage:
    width, height = round(A4[0] * scale), round(A4[1] * scale)
    row_bytes = 3 * width + (-3 * width) % 4
    return PageImage(
        number=number,
        width=width,
        height=height,
        row_bytes=row_bytes,
        pixels=(bytes((blue, 0, 0)) * width).ljust(row_bytes, b"\0") * height,
        words=f"words of page {number + 1}",
    )


@pytest.fixture
def asked():
    return []


@pytest.fixture
def view(qtbot, theme, asked):
    view = PageView(theme)
    qtbot.addWidget(view)
    view.resize(640, 480)
    view.pages_wanted.connect(lambda numbers, scale: asked.append((numbers, scale)))
    view.show()
    qtbot.waitExposed(view)
    return view


def test_that_only_pages_that_are_seen_are_asked_for(qtbot, view, asked):
    view.show_pages([A4] * 9)
    qtbot.waitUntil(lambda: bool(asked), timeout=2000)
    ((numbers, scale),) = asked
    assert numbers == (0,)
    assert scale == pytest.approx(view.zoom * view.devicePixelRatioF())
    assert 0.7 < view.zoom < 0.8


def test_that_a_page_is_asked_for_anew_when_it_is_shown_larger(qtbot, view, asked):
    view.show_pages([A4] * 2)
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=2000)
    view.take_images([drawn(0, asked[0][1])], asked[0][1])
    assert view.is_drawn(0)
    before = view.zoom
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(before * 1.25)
    assert not view.is_drawn(0)
    qtbot.waitUntil(lambda: len(asked) == 2, timeout=2000)
    assert asked[1][1] == pytest.approx(asked[0][1] * 1.25)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(before)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.zoom == pytest.approx(before)


def test_that_the_wheel_zooms_with_control_and_scrolls_without(view):
    view.show_pages([A4] * 2)
    before = view.zoom

    def turn(modifier: Qt.KeyboardModifier) -> None:
        at = QPointF(view.viewport().rect().center())
        event = QWheelEvent(
            at,
            view.viewport().mapToGlobal(at),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            modifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)

    turn(Qt.KeyboardModifier.NoModifier)
    assert view.verticalScrollBar().value() > 0
    assert view.zoom == before
    turn(Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(before / 1.25)


def test_that_one_can_go_through_all_pages_with_the_keyboard(qtbot, view):
    pages: list[int] = []
    view.page_changed.connect(pages.append)
    view.show_pages([A4] * 3)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.page == 2
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert view.page == 0
    for _ in range(12):
        QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert sorted(set(pages)) == [0, 1, 2]
    assert pages[-1] == 2


def test_that_a_screen_reader_reads_the_page_that_is_seen(view):
    view.show_pages([A4] * 3)
    assert view.accessibleDescription().startswith("Page 1 of 3.")
    view.take_images([drawn(0, 1.0), drawn(1, 1.0), drawn(2, 1.0)], 1.0)
    assert "words of page 1" in view.accessibleDescription()
    QTest.keyClick(view, Qt.Key.Key_End)
    assert view.accessibleDescription() == "Page 3 of 3. words of page 3"


def test_that_what_was_drawn_is_what_is_seen(qtbot, view, asked):
    view.show_pages([A4])
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=2000)
    view.take_images([drawn(0, asked[0][1], blue=200)], asked[0][1])
    image = view.viewport().grab().toImage()
    assert image.pixelColor(image.rect().center()).getRgb()[:3] == (0, 0, 200)


def test_that_pages_far_away_are_forgotten(qtbot, view):
    view.show_pages([A4] * 9)
    view.take_images([drawn(number, 0.3) for number in range(9)], 0.3)
    view.zoom_out()
    assert len(view._images) < 9


def test_that_another_document_of_the_same_pages_stays_where_it_was(view):
    view.show_pages([A4] * 3)
    view.verticalScrollBar().setValue(700)
    view.show_pages([A4] * 3)
    assert view.verticalScrollBar().value() == 700
    view.show_pages([A4] * 2)
    assert view.verticalScrollBar().value() == 0


def test_that_no_pages_at_all_are_no_trouble(view):
    view.show_pages([])
    assert (view.page, view.page_count) == (0, 0)
    assert not view.viewport().grab().isNull()
