"""A picture on the screen: its size, its sharpness, its tips and its keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from planner.core.pictures.colours import COLOURS
from planner.core.pictures.picture import Box, Group, Ink, Picture
from planner.ui.theme import SchemeChoice
from planner.ui.widgets.picture_view import PictureView, tip_text


def group(key: str, x: float, width: float) -> Group:
    box = Box(x=x, y=0, width=width, height=50, fill=Ink.WEIGHTS)
    return Group(key=key, words=f"the {key} one", marks=(box,))


def picture_of(width: float = 200) -> Picture:
    marks = (group("left", 0, width / 2), group("right", width / 2, width / 2))
    return Picture(width=width, height=50, title="Title", description="Words", marks=marks)


@pytest.fixture
def view(qtbot, theme) -> PictureView:
    view = PictureView(theme)
    qtbot.addWidget(view)
    view.resize(200, 50)
    view.set_picture(picture_of())
    view.show()
    return view


def test_that_it_is_named_and_described_as_its_picture(view: PictureView):
    assert view.accessibleName() == "Title"
    assert view.accessibleDescription() == "Words"
    view.set_picture(None)
    assert (view.accessibleName(), view.accessibleDescription()) == ("", "")
    assert view.sizeHint().height() == 0
    assert view.group_at(QPointF(10, 10)) is None
    assert not view.grab().isNull()


def test_that_a_picture_is_made_smaller_where_there_is_no_room_and_never_larger(
    view: PictureView,
):
    assert view.shown_scale == 1
    assert view.heightForWidth(200) == 50
    view.resize(100, 50)
    assert view.shown_scale == 0.5
    assert view.heightForWidth(100) == 25
    view.resize(800, 50)
    assert view.shown_scale == 1


def test_that_a_layout_is_made_for_each_width(view: PictureView):
    widths: list[float] = []

    def make(width: float) -> Picture:
        widths.append(width)
        return picture_of(width)

    view.set_layout(make)
    view.resize(320, 50)
    assert widths == [200, 320]
    assert view.picture == picture_of(320)
    assert view.heightForWidth(320) == 50
    assert view.sizeHint().width() == 320
    assert widths == [200, 320]


def test_that_a_larger_text_enlarges_the_whole_picture(view: PictureView):
    view.set_layout(picture_of)
    font = view.font()
    font.setPixelSize(26)
    view.setFont(font)
    assert view.shown_scale == 2
    assert view.picture == picture_of(100)
    assert view.heightForWidth(200) == 100


def test_that_a_changed_look_repaints_it(view: PictureView, theme):
    before = view.grab().toImage().pixelColor(10, 10).name()
    theme.set_choice(SchemeChoice.DARK)
    after = view.grab().toImage().pixelColor(10, 10).name()
    assert before == COLOURS["light"][Ink.WEIGHTS]
    assert after == COLOURS["dark"][Ink.WEIGHTS]


def test_that_the_group_under_the_pointer_is_told_once(view: PictureView, qtbot):
    told: list[str] = []
    view.key_hovered.connect(told.append)
    for x in (10, 20, 150, 160):
        QTest.mouseMove(view, QPoint(x, 10))
        QApplication.processEvents()
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert told == ["left", "right", ""]


def test_that_a_click_chooses_the_group(view: PictureView, qtbot):
    with qtbot.waitSignal(view.key_chosen, timeout=1000) as chosen:
        QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(150, 10))
    assert chosen.args == ["right"]
    with qtbot.assertNotEmitted(view.key_chosen):
        QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=QPoint(150, 10))


def test_that_a_tip_has_the_words_of_its_group(view: PictureView, monkeypatch):
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, words, _widget: said.append(words))
    monkeypatch.setattr(QToolTip, "hideText", lambda: said.append("nothing"))
    view.resize(300, 50)
    for x in (10, 280):
        at = QPoint(x, 10)
        QApplication.sendEvent(view, QHelpEvent(QEvent.Type.ToolTip, at, view.mapToGlobal(at)))
    assert said == [tip_text("the left one"), "nothing"]


def test_that_the_words_of_a_tip_are_no_markup():
    assert "&lt;b&gt;x&lt;/b&gt;" in tip_text("<b>x</b>\nsecond")
    assert "<br>second" in tip_text("<b>x</b>\nsecond")


@pytest.mark.parametrize("make", [picture_of, None])
def test_that_it_asks_for_no_least_width(view: PictureView, make: Callable | None):
    if make is not None:
        view.set_layout(make)
    assert view.minimumSizeHint().width() == 0
