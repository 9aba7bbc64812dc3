from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QButtonGroup, QHBoxLayout, QWidget

from planner.core.machine import MemoryPool, PoolKind
from planner.core.units import GIB
from planner.ui.fonts import ui_font
from planner.ui.widgets.pool_card import PoolCard
from tests.ui.snapshots import picture_of

RTX_4070 = MemoryPool(
    id="gpu0",
    kind=PoolKind.DEDICATED,
    name="NVIDIA GeForce RTX 4070",
    source="nvml",
    total_bytes=int(11.99 * GIB),
    free_bytes=int(10.6 * GIB),
    bandwidth_gb_per_s=504.05,
    compute_capability="8.9",
)
RAM = MemoryPool(
    id="ram",
    kind=PoolKind.SYSTEM,
    name="AMD Ryzen 7 7700",
    source="psutil",
    total_bytes=int(31.2 * GIB),
    free_bytes=int(24.1 * GIB),
)
WHAT_IF = replace(RTX_4070, source="what-if", name="RTX 4090", total_bytes=24 * GIB)
LONG_NAME = (
    "A graphics card of a vendor that cannot stop writing names, revision B, 2nd edition"
)
UNREADABLE = MemoryPool(
    id="gpu1",
    kind=PoolKind.DEDICATED,
    name=LONG_NAME,
    source="nvml",
    total_bytes=8 * GIB,
    notes=("The driver refused to say how much is free.",),
)


class PaintCounter(QObject):
    """Counts how often a widget is asked to paint."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def card(qtbot, theme) -> PoolCard:
    card = PoolCard(theme, RTX_4070)
    qtbot.addWidget(card)
    return card


def test_that_a_card_says_all_it_shows_to_a_screen_reader(card: PoolCard):
    interface = QAccessible.queryAccessibleInterface(card)
    assert interface.text(QAccessible.Text.Name) == "NVIDIA GeForce RTX 4070"
    described = interface.text(QAccessible.Text.Description)
    assert described == "CUDA 8.9 · 504 GB/s, 10.6 GiB free of 11.99 GiB"
    assert interface.state().checkable


def test_that_what_is_cut_off_and_why_a_figure_lacks_is_in_the_tooltip(card: PoolCard):
    card.set_pool(UNREADABLE)
    assert LONG_NAME in card.toolTip()
    assert "free not known" in card.toolTip()
    assert "The driver refused to say how much is free." in card.toolTip()
    assert card.accessibleName() == LONG_NAME


def test_that_a_what_if_says_that_it_is_not_this_computer(card: PoolCard):
    card.set_pool(WHAT_IF)
    assert "not this computer" in card.accessibleDescription()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space])
def test_that_the_keyboard_chooses_a_card(qtbot, card: PoolCard, key: Qt.Key):
    card.show()
    with qtbot.waitSignal(card.clicked, timeout=1000):
        QTest.keyClick(card, key)
    assert card.isChecked()


def test_that_one_card_of_a_group_is_chosen_and_arrows_go_on(qtbot, theme):
    strip = QWidget()
    qtbot.addWidget(strip)
    layout, group = QHBoxLayout(strip), QButtonGroup(strip)
    cards = [PoolCard(theme, pool) for pool in (RTX_4070, RAM)]
    for card in cards:
        layout.addWidget(card)
        group.addButton(card)
    strip.show()
    strip.activateWindow()
    cards[0].click()
    cards[0].setFocus()
    qtbot.waitUntil(cards[0].hasFocus, timeout=1000)
    QTest.keyClick(cards[0], Qt.Key.Key_Right)
    assert [card.isChecked() for card in cards] == [False, True]


def test_that_equal_figures_paint_nothing(qtbot, card: PoolCard):
    counter = PaintCounter()
    with qtbot.waitExposed(card):
        card.show()
    QApplication.processEvents()
    card.installEventFilter(counter)
    card.set_pool(replace(RTX_4070))
    QApplication.processEvents()
    assert counter.count == 0
    card.set_pool(replace(RTX_4070, free_bytes=GIB))
    qtbot.waitUntil(lambda: counter.count > 0, timeout=1000)


@pytest.mark.parametrize("free_gib", [0, 0.04, 9.99, 11.99])
def test_that_live_figures_do_not_move_the_strip(card: PoolCard, free_gib: float):
    before = card.sizeHint(), card.minimumSizeHint()
    card.set_pool(replace(RTX_4070, free_bytes=int(free_gib * GIB)))
    assert (card.sizeHint(), card.minimumSizeHint()) == before


def test_that_a_long_name_does_not_make_a_long_card(card: PoolCard):
    card.set_pool(UNREADABLE)
    assert card.sizeHint().width() < 420


def test_that_a_card_grows_with_the_text(card: PoolCard):
    before = card.sizeHint()
    card.setFont(ui_font(20))
    assert card.sizeHint().width() > before.width() * 1.3
    assert card.sizeHint().height() > before.height()


def test_that_the_bar_is_as_long_as_what_is_held(theme, card: PoolCard):
    size = card.sizeHint()
    half = replace(RTX_4070, total_bytes=10 * GIB, free_bytes=5 * GIB)
    card.set_pool(half)
    picture = picture_of(card, size)
    held = QColor(theme.tokens.runtime_overhead)
    row = next(
        y
        for y in range(size.height() - 1, 0, -1)
        if any(picture.pixelColor(x, y) == held for x in range(size.width()))
    )
    middle = row - 2
    lengths = [picture.pixelColor(x, middle) == held for x in range(size.width())]
    free = QColor(theme.tokens.free)
    rest = [picture.pixelColor(x, middle) == free for x in range(size.width())]
    assert sum(lengths) / (sum(lengths) + sum(rest)) == pytest.approx(0.5, abs=0.02)


def test_that_the_ring_of_the_focus_is_seen(qtbot, card: PoolCard):
    size = card.sizeHint()
    plain = picture_of(card, size)
    card.show()
    card.activateWindow()
    card.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(card.hasFocus, timeout=1000)
    assert picture_of(card, size) != plain


@pytest.mark.parametrize(
    ("name", "pool"),
    [
        ("gpu-chosen", RTX_4070),
        ("ram", RAM),
        ("what-if", WHAT_IF),
        ("not-known", UNREADABLE),
    ],
)
def test_that_cards_look_as_they_were_drawn(
    qtbot, each_theme, snapshots, name: str, pool: MemoryPool
):
    card = PoolCard(each_theme, pool)
    qtbot.addWidget(card)
    card.setChecked(name.endswith("chosen"))
    snapshots.check(card, f"pool-card-{name}-{each_theme.scheme}", size=QSize(320, 78))


def test_that_figures_that_read_the_same_paint_nothing(qtbot, theme, monkeypatch):
    painted: list[int | None] = []

    def note(card: PoolCard, _event: object) -> None:
        painted.append(card.pool.free_bytes)

    monkeypatch.setattr(PoolCard, "paintEvent", note)
    card = PoolCard(theme, RTX_4070)
    qtbot.addWidget(card)
    card.show()
    qtbot.waitExposed(card)
    # What showing it painted is done with, and its layout.
    for _ in range(5):
        QCoreApplication.processEvents()
    painted.clear()
    free_bytes = RTX_4070.free_bytes
    assert free_bytes is not None
    card.set_pool(replace(RTX_4070, free_bytes=free_bytes - 1000))
    QCoreApplication.processEvents()
    assert painted == []
    card.set_pool(replace(RTX_4070, free_bytes=free_bytes - GIB))
    qtbot.waitUntil(lambda: painted != [])
    assert card.pool.free_bytes == free_bytes - GIB
