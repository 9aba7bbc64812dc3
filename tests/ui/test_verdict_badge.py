import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPainter

from planner.core.fit import FitVerdict
from planner.ui.fonts import ui_font
from planner.ui.widgets.verdict_badge import VerdictBadge
from planner.ui.widgets.verdict_glyph import paint_verdict_glyph

LONG = (
    "Not supported: Phi-3-small uses block-sparse attention, which llama.cpp cannot run, and "
    "its tokenizer cannot be converted either."
)
SIDE = 60


def glyph(verdict: FitVerdict) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_verdict_glyph(painter, QRectF(0, 0, SIDE, SIDE), verdict, QColor("black"))
    painter.end()
    return image


def is_black(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 64


@pytest.mark.parametrize(
    ("verdict", "corners"),
    [
        # left above, right above, left below, right below
        (FitVerdict.FITS, (True, True, True, True)),
        (FitVerdict.TIGHT, (True, False, True, False)),
        (FitVerdict.PARTIAL, (False, True, False, False)),
        (FitVerdict.NO, (False, False, False, False)),
    ],
)
def test_that_the_sign_tells_the_verdict_without_its_colour(verdict, corners):
    image = glyph(verdict)
    low, high = SIDE // 3, 2 * SIDE // 3
    quarters = [(low, low), (high, low), (low, high), (high, high)]
    assert tuple(is_black(image, x, y) for x, y in quarters) == corners
    assert is_black(image, SIDE // 2, 2), "the disc has an outline"


@pytest.mark.parametrize("verdict", [FitVerdict.UNSUPPORTED, FitVerdict.UNKNOWN])
def test_that_no_verdict_is_a_dash(verdict):
    image = glyph(verdict)
    assert is_black(image, SIDE // 2, SIDE // 2)
    assert not is_black(image, SIDE // 2, 2)


@pytest.fixture
def badge(qtbot, theme) -> VerdictBadge:
    badge = VerdictBadge(theme)
    qtbot.addWidget(badge)
    return badge


def test_that_the_sentence_is_the_accessible_name(badge: VerdictBadge):
    badge.set_verdict(FitVerdict.FITS, "Fits: needs 8.9 of 10.6 GiB free")
    interface = QAccessible.queryAccessibleInterface(badge)
    assert interface.text(QAccessible.Text.Name) == "Fits: needs 8.9 of 10.6 GiB free"


def test_that_a_long_reason_wraps_and_a_short_one_does_not(badge: VerdictBadge):
    badge.set_verdict(FitVerdict.FITS, "Fits: needs 8.9 of 10.6 GiB free")
    one_line = badge.heightForWidth(400)
    assert one_line == badge.sizeHint().height()
    badge.set_verdict(FitVerdict.UNSUPPORTED, LONG)
    assert badge.heightForWidth(400) > one_line
    assert badge.heightForWidth(200) > badge.heightForWidth(400)


def test_that_the_words_grow_with_the_text(badge: VerdictBadge):
    badge.set_verdict(FitVerdict.FITS, "Fits")
    before = badge.sizeHint()
    badge.setFont(ui_font(20))
    assert badge.sizeHint().height() > before.height()


def test_that_the_field_is_no_longer_than_its_words(theme, badge: VerdictBadge):
    badge.set_verdict(FitVerdict.FITS, "Fits")
    badge.resize(500, badge.heightForWidth(500))
    image = badge.grab().toImage()
    fill = QColor(theme.tokens.fits_fill)
    middle = image.height() // 2
    width = badge.sizeHint().width()
    assert image.pixelColor(width - 4, middle) == fill
    assert image.pixelColor(width + 4, middle) != fill


@pytest.mark.parametrize(
    ("verdict", "sentence"),
    [
        (FitVerdict.FITS, "Fits: needs 8.9 of 10.6 GiB free"),
        (FitVerdict.TIGHT, "Fits, tight: needs 10.2 of 10.6 GiB free, and may need 11.0"),
        (FitVerdict.PARTIAL, "Part in RAM: 31 of 41 layers on the GPU"),
        (FitVerdict.NO, "Does not fit: needs 29.2 GiB, 10.6 GiB are free"),
        (FitVerdict.UNSUPPORTED, LONG),
    ],
    ids=lambda value: value if isinstance(value, FitVerdict) else "",
)
def test_that_badges_look_as_they_were_drawn(qtbot, each_theme, snapshots, verdict, sentence):
    badge = VerdictBadge(each_theme)
    qtbot.addWidget(badge)
    badge.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    badge.set_verdict(verdict, sentence)
    size = QSize(440, badge.heightForWidth(440))
    snapshots.check(badge, f"verdict-badge-{verdict}-{each_theme.scheme}", size=size)
