import gc
import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QImage, QPalette
from PySide6.QtWidgets import QToolButton

from planner.paths import shipped
from planner.ui.icons import icon
from planner.ui.theme import DARK, LIGHT, SchemeChoice

FOLDER = shipped("resources") / "icons"
# Those that the style sheet draws carry their colour; see the names in window.qss.
TINTED = sorted(
    path.stem for path in FOLDER.glob("*.svg") if "currentColor" in path.read_text("utf-8")
)


def ink_of(image: QImage) -> set[str]:
    """Return the colours of the pixels that are covered in full."""
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def test_that_the_icons_of_the_window_are_there_with_their_licence():
    wanted = {"check", "chevron-down", "copy", "export", "gpu", "info", "monitor", "ram"}
    wanted |= {"refresh", "scheme", "search", "settings", "warning", "close"}
    assert wanted <= set(TINTED)
    assert "ISC License" in (FOLDER / "LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", TINTED)
def test_that_an_icon_is_drawn_in_the_palettes_ink(theme, name: str):
    assert ET.parse(FOLDER / f"{name}.svg").getroot().tag.endswith("svg")
    image = icon(name).pixmap(QSize(48, 48)).toImage()
    assert ink_of(image) == {LIGHT.ink}


def test_that_an_icon_follows_the_scheme_without_being_made_again(theme):
    gpu = icon("gpu")
    theme.set_choice(SchemeChoice.DARK)
    assert ink_of(gpu.pixmap(QSize(48, 48)).toImage()) == {DARK.ink}


def test_that_an_icon_tells_disabled_and_selected(theme):
    gpu = icon("gpu")
    disabled = gpu.pixmap(QSize(48, 48), QIcon.Mode.Disabled).toImage()
    selected = gpu.pixmap(QSize(48, 48), QIcon.Mode.Selected).toImage()
    assert ink_of(disabled) == {LIGHT.muted}
    assert ink_of(selected) == {LIGHT.accent_ink}


def test_that_an_icon_on_the_accent_takes_its_ink(theme):
    image = icon("export", role=QPalette.ColorRole.HighlightedText).pixmap(48, 48).toImage()
    assert ink_of(image) == {LIGHT.accent_ink}


def test_that_an_icon_has_the_pixels_of_a_finer_screen(theme):
    pixmap = icon("gpu").pixmap(QSize(16, 16), 2.0)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (32, 2.0)
    assert pixmap.toImage() != icon("gpu").pixmap(QSize(16, 16)).scaled(32, 32).toImage()


def test_that_an_icon_outlives_the_hands_it_goes_through(qtbot, theme):
    button = QToolButton()
    qtbot.addWidget(button)
    for _ in range(50):
        button.setIcon(QIcon(icon("gpu")))
        gc.collect(0)
        button.grab()
    assert ink_of(button.icon().pixmap(48, 48).toImage()) == {LIGHT.ink}


def test_that_a_name_that_is_not_there_is_an_error(theme):
    with pytest.raises(FileNotFoundError, match="no-such-icon"):
        icon("no-such-icon")
