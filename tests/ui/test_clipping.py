"""Nothing is cut off: every sight, small and large, in large text, from right to left."""

import os
import re
import subprocess
import sys

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QScrollArea,
    QTabBar,
    QTableView,
    QToolButton,
    QWidget,
)

from planner.ui.widgets.fit_grid import FitGridView
from planner.ui.widgets.pool_card import PoolCard
from tests.ui.machines import LONG_NAMES, ONE_GPU
from tests.ui.sights import every_sight, seen_widgets

no_screen = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
_ROUNDING_PX = 1
# These write less where there is less room, and tell all of it in their tips.
_SHORTEN = (PoolCard,)


def what_is_cut(widget: QWidget) -> str:
    """Return why a person cannot read all of a widget; empty where they can."""
    if isinstance(widget, _SHORTEN):
        return "" if widget.toolTip() else "is shortened without a tip"
    if isinstance(widget, QLabel):
        return _cut_label(widget)
    if isinstance(widget, QTabBar):
        tabs = [widget.tabRect(place) for place in range(widget.count())]
        wide = [widget.tabSizeHint(place).width() for place in range(widget.count())]
        cut = [one.width() < hint for one, hint in zip(tabs, wide, strict=True)]
        return "a tab is too narrow" if any(cut) else ""
    if isinstance(widget, QAbstractButton | QComboBox):
        hint = widget.minimumSizeHint()
        if widget.width() < hint.width() - _ROUNDING_PX:
            return f"is {widget.width()} px wide and needs {hint.width()}"
        # A tool button asks for the height of an icon, which ours have not.
        spare = 3 if isinstance(widget, QToolButton) else _ROUNDING_PX
        if widget.height() < hint.height() - spare:
            return f"is {widget.height()} px high and needs {hint.height()}"
    return ""


def _cut_label(label: QLabel) -> str:
    if label.textFormat() is Qt.TextFormat.RichText or not label.text():
        return ""
    metrics = QFontMetrics(label.font())
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if label.height() < needed - _ROUNDING_PX:
            return f"is {label.height()} px high and its words need {needed}"
        # Chinese goes on in the next line after any character.
        longest = max(re.split(r"[\s\u3000-\u9fff\uff00-\uffef]+", label.text()), key=len)
        if metrics.horizontalAdvance(longest) > label.width() and not label.toolTip():
            return f"has no room for {longest!r}"
        return ""
    lines = label.text().replace("&", "").splitlines()
    needed = max(map(metrics.horizontalAdvance, lines), default=0)
    room = label.contentsRect().width()
    return f"has {room} px for {needed} px" if needed > room + _ROUNDING_PX else ""


def cut_heads(table: QTableView) -> list[str]:
    """Return the heads of columns that are narrower than their words."""
    header, model = table.horizontalHeader(), table.model()
    if isinstance(table, FitGridView) or header.isHidden() or model is None:
        return []
    words = [
        str(model.headerData(place, Qt.Orientation.Horizontal) or "")
        for place in range(header.count())
    ]
    return [
        word
        for place, word in enumerate(words)
        if QFontMetrics(header.font()).horizontalAdvance(word) > header.sectionSize(place)
    ]


def all_that_is_cut(root: QWidget) -> list[tuple[str, str, str]]:
    found = []
    for widget in seen_widgets(root):
        why = what_is_cut(widget)
        if why:
            words = getattr(widget, "text", getattr(widget, "currentText", str))()
            found.append((type(widget).__name__, words[:50], why))
        if isinstance(widget, QTableView):
            found += [("head", word, "is cut") for word in cut_heads(widget)]
        content = widget.widget() if isinstance(widget, QScrollArea) else None
        if isinstance(widget, QScrollArea) and content is not None:
            inside, room = content.minimumSizeHint(), widget.viewport()
            never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
            is_stuck = widget.horizontalScrollBarPolicy() == never
            if is_stuck and inside.width() > room.width() + _ROUNDING_PX:
                why = f"needs {inside.width()} px of {room.width()} and does not scroll"
                found.append((type(content).__name__, "", why))
    return found


@no_screen
@pytest.mark.parametrize(
    ("machine", "size", "text_scale"),
    [
        (ONE_GPU, (1024, 640), 1.0),
        (LONG_NAMES, (1024, 640), 1.0),
        (ONE_GPU, (1440, 900), 1.0),
        (ONE_GPU, (1024, 640), 1.5),
        (LONG_NAMES, (1440, 900), 1.5),
    ],
    ids=["small", "small, long names", "large", "small, 1.5", "large, 1.5"],
)
def test_that_no_word_of_any_sight_is_cut_off(make_window, machine, size, text_scale):
    window = make_window(machine, size=size, text_scale=text_scale)
    assert (window.width(), window.height()) == size
    found = {
        (sight, *cut) for sight, root in every_sight(window) for cut in all_that_is_cut(root)
    }
    assert sorted(found) == []


@no_screen
def test_that_nothing_is_cut_off_or_overlaps_from_right_to_left(make_window):
    window = make_window(size=(1024, 640))
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        found = {
            (sight, *each)
            for sight, root in every_sight(window)
            for each in (*all_that_is_cut(root), *overlapping(root))
        }
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert sorted(found) == []


@no_screen
def test_that_nothing_overlaps(make_window):
    window = make_window(size=(1024, 640))
    found = {
        (sight, *each) for sight, root in every_sight(window) for each in overlapping(root)
    }
    assert sorted(found) == []


def overlapping(root: QWidget) -> list[tuple[str, str, str]]:
    """Return pairs of labels and controls that lie over one another."""
    kinds = (QLabel, QAbstractButton, QComboBox)
    by_parent: dict[int, list[QWidget]] = {}
    for widget in seen_widgets(root):
        is_text = isinstance(widget, kinds) and not isinstance(widget.parent(), QHeaderView)
        if is_text and widget.parentWidget() is not None:
            by_parent.setdefault(id(widget.parentWidget()), []).append(widget)
    found = []
    for siblings in by_parent.values():
        for place, one in enumerate(siblings):
            for other in siblings[place + 1 :]:
                both: QRect = one.geometry().intersected(other.geometry())
                if both.width() > _ROUNDING_PX and both.height() > _ROUNDING_PX:
                    found.append((type(one).__name__, type(other).__name__, str(both)))
    return found


def test_that_a_screen_of_twice_the_pixels_shows_the_same_window_twice_as_large(tmp_path):
    """The scale is set before Qt starts, so this is a process of its own."""
    code = (
        "import sys\n"
        "from planner.ui.app import build_window, make_application\n"
        "from tests.ui.machines import ONE_GPU\n"
        "from tests.ui.test_clipping import all_that_is_cut\n"
        "app = make_application()\n"
        "window = build_window(machine=ONE_GPU, keeps_geometry=False)\n"
        "window.resize(1024, 640); window.show(); app.processEvents(); window.complete()\n"
        "app.processEvents(); image = window.grab()\n"
        "print(image.width(), image.height(), window.devicePixelRatioF())\n"
        "print(all_that_is_cut(window))\n"
        "window.close()\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"QT_SCALE_FACTOR": "2"},
    )
    assert run.stdout.splitlines() == ["2048 1280 2.0", "[]"]
