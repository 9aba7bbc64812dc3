"""Every ink can be read on every surface it is used on, in both looks."""

import itertools

import pytest
from PySide6.QtGui import QPalette

from planner.core.pictures.colours import COLOURS
from planner.core.pictures.picture import Ink
from planner.ui.theme import DARK, LIGHT, Scheme, Tokens, build_palette, build_stylesheet
from tests.ui.test_theme import READABLE, contrast

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda tokens: tokens.scheme)
LOOKS = pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK], ids=str)
Role, Group = QPalette.ColorRole, QPalette.ColorGroup
# Words, and what they stand on.
PAIRS = (
    (Role.WindowText, Role.Window),
    (Role.Text, Role.Base),
    (Role.Text, Role.AlternateBase),
    (Role.ButtonText, Role.Button),
    (Role.PlaceholderText, Role.Base),
    (Role.PlaceholderText, Role.AlternateBase),
    (Role.ToolTipText, Role.ToolTipBase),
    (Role.HighlightedText, Role.Highlight),
    (Role.Link, Role.Base),
    (Role.LinkVisited, Role.Base),
)


@BOTH
@pytest.mark.parametrize("group", [Group.Active, Group.Inactive, Group.Disabled])
def test_that_every_pair_of_the_palette_can_be_read(tokens: Tokens, group):
    palette = build_palette(tokens)
    weak = {
        (ink.name, surface.name)
        for ink, surface in PAIRS
        if contrast(palette.color(group, ink).name(), palette.color(group, surface).name())
        < READABLE
    }
    assert weak == set()


@BOTH
def test_that_the_style_sheet_gives_words_no_ink_that_cannot_be_read(tokens: Tokens):
    """Lines and outlines are for borders; as the ink of words they are too faint."""
    sheet = build_stylesheet(tokens)
    rules = [rule.strip() for rule in sheet.replace("{", ";").replace("}", ";").split(";")]
    inks = {rule.removeprefix("color:").strip() for rule in rules if rule.startswith("color:")}
    surfaces = (tokens.panel, tokens.field, tokens.hover, tokens.window)
    plain = inks - {tokens.accent_ink}
    assert plain >= {tokens.ink, tokens.muted}
    weak = {
        (ink, surface)
        for ink, surface in itertools.product(plain, surfaces)
        if contrast(ink, surface) < READABLE
    }
    assert weak == set()


@LOOKS
def test_that_words_can_be_read_on_each_step_of_the_shares(scheme: Scheme):
    colours = COLOURS[scheme]
    steps = (Ink.SHARE_0, Ink.SHARE_1, Ink.SHARE_2, Ink.SHARE_3, Ink.SHARE_4)
    weak = {
        (ink.name, step.name)
        for ink in (Ink.INK, Ink.SHARE_MUTED)
        for step in steps
        if contrast(colours[ink], colours[step]) < READABLE
    }
    assert weak == set()


@LOOKS
def test_that_words_of_charts_can_be_read_on_their_paper(scheme: Scheme):
    colours = COLOURS[scheme]
    weak = {
        (ink.name, paper.name)
        for ink in (Ink.INK, Ink.MUTED)
        for paper in (Ink.PANEL, Ink.WINDOW, Ink.FIELD)
        if contrast(colours[ink], colours[paper]) < READABLE
    }
    assert weak == set()
    assert contrast(colours[Ink.ON_WEIGHTS], colours[Ink.WEIGHTS]) >= READABLE
    for part in (Ink.KV_CACHE, Ink.COMPUTE, Ink.OVERHEAD, Ink.OUTPUT_BUFFER):
        assert contrast(colours[Ink.ON_PART], colours[part]) >= READABLE, part


@LOOKS
def test_that_figures_of_charts_can_be_read_on_their_verdicts(scheme: Scheme):
    colours = COLOURS[scheme]
    for name in ("FITS", "TIGHT", "PARTIAL", "NO"):
        ink, fill = colours[Ink[f"{name}_INK"]], colours[Ink[f"{name}_FILL"]]
        assert contrast(ink, fill) >= READABLE, name
