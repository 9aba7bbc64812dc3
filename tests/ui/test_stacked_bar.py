import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize
from PySide6.QtGui import QAccessible, QColor, QHelpEvent, QImage, QPainter
from PySide6.QtWidgets import QApplication, QToolTip

from planner.core.ledger import Band, LedgerLine, MemoryLedger, Part, Place
from planner.core.units import GIB
from planner.ui.fonts import ui_font
from planner.ui.theme import DARK, LIGHT
from planner.ui.widgets.stacked_bar import (
    BarContent,
    BarPart,
    MemoryBar,
    bar_parts,
    draw_memory_bar,
)

PARTS = (
    BarPart(Part.WEIGHTS, "Weights", 4 * GIB),
    BarPart(Part.KV_CACHE, "KV cache", 2 * GIB),
    BarPart(Part.RUNTIME_OVERHEAD, "Runtime overhead", GIB),
)
WIDTH, HEIGHT = 1000, 20


def drawn(content: BarContent) -> QImage:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(QColor(LIGHT.panel))
    painter = QPainter(image)
    draw_memory_bar(painter, QRectF(0, 0, WIDTH, HEIGHT), content, LIGHT)
    painter.end()
    return image


def share(image: QImage, colour: str) -> float:
    """Return the share of the width that has a colour in the middle of the bar."""
    wanted = QColor(colour)
    return sum(image.pixelColor(x, HEIGHT // 2) == wanted for x in range(WIDTH)) / WIDTH


def test_that_each_part_is_as_long_as_its_share_of_the_capacity(look):
    image = drawn(BarContent(parts=PARTS, capacity_bytes=10 * GIB))
    assert share(image, LIGHT.weights) == pytest.approx(0.4, abs=0.005)
    assert share(image, LIGHT.kv_cache) == pytest.approx(0.2, abs=0.005)
    assert share(image, LIGHT.runtime_overhead) == pytest.approx(0.1, abs=0.005)
    assert share(image, LIGHT.free) == pytest.approx(0.3, abs=0.005)


def test_that_what_others_hold_comes_first_and_moves_the_plan_to_the_right(look):
    content = BarContent(parts=PARTS, capacity_bytes=10 * GIB, used_by_others_bytes=2 * GIB)
    image = drawn(content)
    middle = HEIGHT // 2
    assert image.pixelColor(150, middle) != QColor(LIGHT.weights)
    assert image.pixelColor(250, middle) == QColor(LIGHT.weights)
    assert share(image, LIGHT.free) == pytest.approx(0.1, abs=0.02)


def test_that_a_plan_beyond_the_capacity_is_told_without_a_colour(look):
    content = BarContent(parts=PARTS, capacity_bytes=5 * GIB)
    image = drawn(content)
    mark = round(WIDTH * 5 / 7)
    assert image.pixelColor(mark, HEIGHT // 2) == QColor(LIGHT.ink)
    # The KV cache is from 4/7 to 6/7; beyond the mark it has stripes of the panel.
    before = {image.pixelColor(x, HEIGHT // 2).name() for x in range(mark - 80, mark - 4)}
    beyond = {image.pixelColor(x, HEIGHT // 2).name() for x in range(mark + 4, mark + 80)}
    assert before == {LIGHT.kv_cache}
    assert LIGHT.panel in beyond


def test_that_the_bar_draws_in_the_colours_it_is_given(look):
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    content = BarContent(parts=PARTS, capacity_bytes=10 * GIB)
    draw_memory_bar(painter, QRectF(0, 0, WIDTH, HEIGHT), content, DARK)
    painter.end()
    assert image.pixelColor(200, 10) == QColor(DARK.weights)


SIZES = st.none() | st.integers(0, 1 << 50)


@given(
    sizes=st.lists(st.integers(0, 1 << 50), max_size=6),
    capacity_bytes=SIZES,
    held_bytes=SIZES,
    high_bytes=SIZES,
    reserve_bytes=st.integers(0, 1 << 40),
)
def test_that_any_figures_can_be_drawn(
    sizes, capacity_bytes, held_bytes, high_bytes, reserve_bytes
):
    parts = tuple(
        BarPart(part, part.value, size) for part, size in zip(Part, sizes, strict=False)
    )
    content = BarContent(
        parts=parts,
        capacity_bytes=capacity_bytes,
        used_by_others_bytes=held_bytes,
        reserve_bytes=reserve_bytes,
        high_bytes=high_bytes,
    )
    image = QImage(60, 10, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    draw_memory_bar(painter, QRectF(0, 0, 60, 10), content, LIGHT)
    assert painter.end()


def test_that_the_parts_of_a_ledger_are_added_up_by_place():
    def line(part: Part, place: Place, size_bytes: int) -> LedgerLine:
        band = Band.exact(size_bytes)
        return LedgerLine(part=part, place=place, band=band, template="", reason="", source="")

    ledger = MemoryLedger(
        (
            line(Part.WEIGHTS, Place.GPU, 5),
            line(Part.WEIGHTS, Place.HOST, 3),
            line(Part.KV_CACHE, Place.GPU, 2),
            line(Part.KV_CACHE, Place.GPU, 1),
            line(Part.OUTPUT_BUFFER, Place.GPU, 0),
        )
    )
    on_gpu = [(part.label, part.size_bytes) for part in bar_parts(ledger, Place.GPU)]
    assert on_gpu == [("Weights", 5), ("KV cache", 3)]
    both = [(part.label, part.size_bytes) for part in bar_parts(ledger, *Place)]
    assert both == [("Weights", 8), ("KV cache", 3)]


@pytest.fixture
def bar(qtbot, theme) -> MemoryBar:
    bar = MemoryBar(theme)
    qtbot.addWidget(bar)
    return bar


def test_that_the_bar_is_told_to_a_screen_reader_in_full(bar: MemoryBar):
    bar.set_parts(
        PARTS,
        capacity_bytes=12 * GIB,
        used_by_others_bytes=GIB,
        reserve_bytes=GIB // 2,
        high_bytes=8 * GIB,
    )
    interface = QAccessible.queryAccessibleInterface(bar)
    assert interface.text(QAccessible.Text.Name) == "Memory"
    assert interface.text(QAccessible.Text.Description) == (
        "Of 12.00 GiB: Held by others 1.00 GiB, Weights 4.00 GiB, KV cache 2.00 GiB, "
        "Runtime overhead 1.00 GiB, Left free 4.00 GiB, May need 1.00 GiB more, "
        "Reserve 0.50 GiB"
    )


def test_that_too_much_is_said_in_words(bar: MemoryBar):
    bar.set_parts(PARTS, capacity_bytes=5 * GIB)
    assert "Too much by 2.00 GiB" in bar.accessibleDescription()
    assert "Capacity 5.00 GiB" in bar.accessibleDescription()


def test_that_a_capacity_nobody_gave_is_not_made_up(bar: MemoryBar):
    bar.set_parts(PARTS, capacity_bytes=None)
    said = bar.accessibleDescription()
    assert said.startswith("The capacity is not known: ")
    assert "free" not in said


def test_that_the_keys_wrap_on_a_narrow_bar_and_grow_with_the_text(bar: MemoryBar):
    bar.set_parts(
        PARTS,
        capacity_bytes=12 * GIB,
        used_by_others_bytes=GIB,
        reserve_bytes=GIB,
        high_bytes=0,
    )
    wide = bar.heightForWidth(900)
    assert bar.heightForWidth(200) > wide
    bar.setFont(ui_font(26))
    assert bar.heightForWidth(900) > wide


@pytest.mark.parametrize(
    ("at_gib", "words"),
    [(1, "Weights 4.00 GiB"), (5, "KV cache 2.00 GiB"), (7.5, "May need 1.00 GiB more")],
)
def test_that_pointing_at_a_piece_says_what_it_is(monkeypatch, bar, at_gib, words):
    said: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda _at, text, _widget: said.append(text))
    bar.set_parts(PARTS, capacity_bytes=10 * GIB, high_bytes=8 * GIB)
    bar.resize(1000, 60)
    at = QPoint(round(at_gib * 100), 20)
    QApplication.sendEvent(bar, QHelpEvent(QEvent.Type.ToolTip, at, at))
    assert said == [words]


@pytest.mark.parametrize(
    ("name", "figures"),
    [
        ("fits", {"capacity_bytes": 12 * GIB, "high_bytes": 8 * GIB}),
        ("tight", {"capacity_bytes": 9 * GIB, "high_bytes": 9 * GIB}),
        ("too-much", {"capacity_bytes": 5 * GIB, "high_bytes": 8 * GIB}),
        ("not-known", {"capacity_bytes": None, "high_bytes": 8 * GIB}),
    ],
)
def test_that_bars_look_as_they_were_drawn(qtbot, each_theme, snapshots, name, figures):
    bar = MemoryBar(each_theme)
    qtbot.addWidget(bar)
    held = None if name == "not-known" else int(1.5 * GIB)
    bar.set_parts(PARTS, used_by_others_bytes=held, reserve_bytes=GIB // 2, **figures)
    size = QSize(480, bar.heightForWidth(480))
    snapshots.check(bar, f"memory-bar-{name}-{each_theme.scheme}", size=size)
