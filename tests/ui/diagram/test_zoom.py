import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from planner.ui.diagram.zoom import LEAST, MOST, Zoom


def zoom_of(picture, view):
    return Zoom(picture=QSizeF(*picture), view=QSizeF(*view))


def test_that_a_fit_shows_all_of_it_in_the_middle():
    zoom = zoom_of((800, 1000), (600, 500))
    zoom.fit()
    assert zoom.scale == pytest.approx(0.5)
    assert (zoom.left, zoom.top) == (100, 0)


def test_that_a_small_picture_is_not_blown_up():
    zoom = zoom_of((100, 100), (600, 500))
    zoom.fit()
    assert zoom.scale == 1
    zoom.fit(1.5)
    assert zoom.scale == 1.5


def test_that_a_tall_picture_starts_at_its_top_over_the_whole_width():
    zoom = zoom_of((800, 2000), (600, 500))
    zoom.show_start()
    assert zoom.scale == pytest.approx(0.75)
    assert (zoom.left, zoom.top) == (0, 0)


def test_that_a_picture_readable_as_a_whole_starts_as_a_whole():
    zoom = zoom_of((500, 600), (600, 500))
    zoom.show_start()
    assert zoom.scale == pytest.approx(500 / 600)


def test_that_nothing_happens_without_a_picture_or_a_room():
    for zoom in (Zoom(), zoom_of((0, 0), (600, 500)), zoom_of((600, 500), (0, 0))):
        zoom.fit()
        zoom.show_start()
        assert zoom.scale == 1


def test_that_the_point_under_the_pointer_stays_there():
    zoom = zoom_of((2000, 2000), (600, 500))
    zoom.pan(-300, -400)
    at = QPointF(120, 340)
    before = zoom.to_picture(at)
    zoom.zoom(1.25, at)
    after = zoom.to_picture(at)
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_that_a_block_outside_is_brought_into_the_view():
    zoom = zoom_of((2000, 2000), (600, 500))
    for rect in (QRectF(1500, 1700, 200, 100), QRectF(40, 60, 200, 100)):
        zoom.reveal(rect)
        assert QRectF(0, 0, 600, 500).contains(zoom.to_view(rect))


def test_that_a_block_larger_than_the_view_shows_its_beginning():
    zoom = zoom_of((2000, 2000), (600, 500))
    zoom.reveal(QRectF(400, 900, 1000, 800))
    shown = zoom.to_view(QRectF(400, 900, 1000, 800))
    assert 0 <= shown.left() < 30
    assert 0 <= shown.top() < 30


STEPS = st.lists(
    st.tuples(st.sampled_from(["zoom", "pan", "resize", "fit", "start"]), st.floats(-900, 900)),
    max_size=20,
)


@given(steps=STEPS, width=st.floats(50, 3000), height=st.floats(50, 3000))
def test_that_the_picture_is_never_lost(steps, width, height):
    zoom = zoom_of((width, height), (600, 500))
    for name, value in steps:
        match name:
            case "zoom":
                zoom.zoom(2 ** (value / 300), QPointF(abs(value), 100))
            case "pan":
                zoom.pan(value, -value)
            case "resize":
                zoom.resize(QSizeF(abs(value) + 10, 500))
            case "fit":
                zoom.fit()
            case _:
                zoom.show_start()
        assert LEAST <= zoom.scale <= MOST
        shown = zoom.to_view(QRectF(0, 0, width, height))
        room = QRectF(0, 0, zoom.view.width(), zoom.view.height()).adjusted(-1, -1, 1, 1)
        assert room.contains(shown) or shown.adjusted(-1, -1, 1, 1).intersects(room)
        if shown.width() >= room.width():
            assert shown.left() <= 1
            assert shown.right() >= zoom.view.width() - 1
