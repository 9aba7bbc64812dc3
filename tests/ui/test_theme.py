import itertools
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from shiboken6 import isValid

from planner.core.fit import FitVerdict
from planner.core.ledger import Part
from planner.ui.theme import (
    DARK,
    LIGHT,
    Scheme,
    SchemeChoice,
    Theme,
    Tokens,
    build_palette,
    build_stylesheet,
)

READABLE = 4.5  # WCAG 2.2, 1.4.3, for text of ordinary size
TOLD_APART = 3.0  # WCAG 2.2, 1.4.11, for signs and rings
BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.scheme)


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio as WCAG 2.2 defines it."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    shades = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        shade / 12.92 if shade <= 0.04045 else ((shade + 0.055) / 1.055) ** 2.4
        for shade in shades
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_that_the_contrast_of_black_on_white_is_21_to_1():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    # The grey that WCAG's own examples give as just enough on white.
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@BOTH
@pytest.mark.parametrize("surface", ["window", "panel", "field", "hover"])
@pytest.mark.parametrize("ink", ["ink", "muted"])
def test_that_text_is_readable_on_every_surface(tokens: Tokens, surface: str, ink: str):
    assert contrast(getattr(tokens, ink), getattr(tokens, surface)) >= READABLE


@BOTH
@pytest.mark.parametrize("verdict", list(FitVerdict))
def test_that_a_verdict_is_readable_on_its_colour(tokens: Tokens, verdict: FitVerdict):
    fill, ink = tokens.verdict_colours(verdict)
    for surface in [tokens.panel, tokens.window] if fill is None else [fill]:
        assert contrast(ink, surface) >= READABLE


@BOTH
def test_that_text_on_the_accent_and_the_accent_as_text_are_readable(tokens: Tokens):
    assert contrast(tokens.accent_ink, tokens.accent) >= READABLE
    assert contrast(tokens.accent_ink, tokens.accent_hover) >= READABLE
    assert contrast(tokens.accent, tokens.panel) >= READABLE


@BOTH
@pytest.mark.parametrize("surface", ["window", "panel", "field"])
def test_that_the_ring_of_the_focus_stands_out(tokens: Tokens, surface: str):
    assert contrast(tokens.focus, getattr(tokens, surface)) >= TOLD_APART


@BOTH
def test_that_the_verdicts_with_a_figure_and_the_parts_have_colours_of_their_own(
    tokens: Tokens,
):
    fills = [tokens.verdict_colours(verdict)[0] for verdict in FitVerdict]
    fills = [fill for fill in fills if fill is not None]
    parts = [tokens.part_colour(part) for part in Part]
    assert len(set(fills)) == len(fills) == 4
    assert len(set(parts)) == len(parts) == len(Part)


@BOTH
def test_that_the_palette_is_complete(tokens: Tokens):
    palette = build_palette(tokens)
    ours = {
        QColor(colour).name() for name, colour in tokens._asdict().items() if name != "scheme"
    }
    roles = [role for role in QPalette.ColorRole if role is not QPalette.ColorRole.NColorRoles]
    roles.remove(QPalette.ColorRole.NoRole)
    groups = [
        QPalette.ColorGroup.Active,
        QPalette.ColorGroup.Inactive,
        QPalette.ColorGroup.Disabled,
    ]
    strange = {
        (group.name, role.name)
        for group, role in itertools.product(groups, roles)
        if palette.color(group, role).name() not in ours
    }
    assert strange == set()


@BOTH
def test_that_what_cannot_be_used_looks_different(tokens: Tokens):
    palette = build_palette(tokens)
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
        usable = palette.color(QPalette.ColorGroup.Active, role)
        assert usable != palette.color(QPalette.ColorGroup.Disabled, role)


@BOTH
def test_that_the_style_sheet_has_every_colour_filled_in(tokens: Tokens):
    sheet = build_stylesheet(tokens)
    assert "$" not in sheet.replace("$names", "")
    assert tokens.accent in sheet


@BOTH
def test_that_every_picture_in_the_style_sheet_is_there(tokens: Tokens):
    pictures = re.findall(r'url\("([^"]+)"\)', build_stylesheet(tokens))
    assert pictures
    assert [path for path in pictures if not Path(path).is_file()] == []


@BOTH
def test_that_the_pictures_of_the_style_sheet_have_the_colours_of_their_scheme(tokens: Tokens):
    strokes = {
        Path(path).stem.removesuffix(f"-{tokens.scheme}"): _opaque_colours(QImage(path))
        for path in re.findall(r'url\("([^"]+)"\)', build_stylesheet(tokens))
    }
    assert strokes == {
        "arrow": {tokens.muted},
        "arrow-up": {tokens.muted},
        "tick": {tokens.accent_ink},
    }


def _opaque_colours(picture: QImage) -> set[str]:
    places = itertools.product(range(picture.width()), range(picture.height()))
    colours = (picture.pixelColor(x, y) for x, y in places)
    return {colour.name() for colour in colours if colour.alpha() == 255}


def test_that_qt_takes_the_style_sheet_without_a_warning(qtbot, each_theme: Theme):
    # A warning of Qt fails the test (qt_log_level_fail).
    button = QPushButton("Export")
    button.setProperty("primary", True)
    qtbot.addWidget(button)
    button.show()
    assert button.grab().toImage().pixelColor(20, 4).name() == each_theme.tokens.accent


def test_that_a_pinned_scheme_wins_and_repaints_at_once(qtbot, theme: Theme, look):
    label = QLabel("text")
    qtbot.addWidget(label)
    with qtbot.waitSignal(theme.changed, timeout=1000):
        theme.set_choice(SchemeChoice.DARK)
    assert theme.scheme is Scheme.DARK
    assert theme.tokens is DARK
    assert look.palette().color(QPalette.ColorRole.Window).name() == DARK.window
    assert label.palette().color(QPalette.ColorRole.WindowText).name() == DARK.ink


def test_that_nothing_is_repainted_when_the_scheme_stays(qtbot, theme: Theme):
    with qtbot.assertNotEmitted(theme.changed):
        theme.set_choice(SchemeChoice.LIGHT)


def test_that_an_unknown_desktop_gives_the_light_look(qtbot, look):
    theme = Theme(SchemeChoice.SYSTEM)
    theme.apply_to(look)
    assert look.styleHints().colorScheme() is Qt.ColorScheme.Unknown
    assert theme.scheme is Scheme.LIGHT


def test_that_the_desktop_is_followed_unless_a_scheme_is_pinned(qtbot, look):
    theme = Theme(SchemeChoice.SYSTEM)
    theme.apply_to(look)
    seen: list[Scheme] = []
    theme.changed.connect(lambda: seen.append(theme.scheme))
    theme._on_desktop_told("dark")
    theme.set_choice(SchemeChoice.LIGHT)
    theme._on_desktop_told("dark")
    theme.set_choice(SchemeChoice.SYSTEM)
    theme._on_desktop_told("")
    assert seen == [Scheme.DARK, Scheme.LIGHT, Scheme.DARK, Scheme.LIGHT]


def test_that_a_widget_gone_since_is_no_trouble_when_the_look_changes(qtbot, theme: Theme):
    widget = QWidget()
    theme.changed.connect(widget.update)
    widget.deleteLater()
    qtbot.waitUntil(lambda: not _is_alive(widget), timeout=1000)
    theme.set_choice(SchemeChoice.DARK)
    assert theme.scheme is Scheme.DARK


def _is_alive(widget: QWidget) -> bool:
    return bool(isValid(widget))


def test_that_the_look_loads_neither_d_bus_nor_svg():
    code = (
        "import sys, planner.ui.theme, planner.ui.icons, planner.ui.fonts, planner.ui.text;"
        "print(*(m for m in sys.modules if m.startswith('PySide6.Qt')))"
    )
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert set(run.stdout.split()) == {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"}
