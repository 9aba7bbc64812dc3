"""Contrast as WCAG 2.2 defines it, over every pair that the pictures use."""

import re

import pytest

from planner.core.ledger import Part
from planner.core.pictures.colours import COLOURS
from planner.core.pictures.legend import PART_LOOKS
from planner.core.pictures.picture import Ink

READABLE = 4.5  # WCAG 2.2, 1.4.3, for text of ordinary size
SHARES = (Ink.SHARE_0, Ink.SHARE_1, Ink.SHARE_2, Ink.SHARE_3, Ink.SHARE_4)
PAIRS = [
    *((ink, ground) for ink in (Ink.INK, Ink.MUTED) for ground in (Ink.WINDOW, Ink.PANEL)),
    *((ink, share) for ink in (Ink.INK, Ink.SHARE_MUTED) for share in SHARES),
    (Ink.ACCENT, Ink.PANEL),
    (Ink.INK, Ink.USED_BY_OTHERS),
    (Ink.INK, Ink.FREE),
    (Ink.ON_WEIGHTS, Ink.WEIGHTS),
    *(
        (Ink.ON_PART, part)
        for part in (
            Ink.KV_CACHE,
            Ink.COMPUTE,
            Ink.OVERHEAD,
            Ink.REPACKED_WEIGHTS,
            Ink.OUTPUT_BUFFER,
        )
    ),
    (Ink.FITS_INK, Ink.FITS_FILL),
    (Ink.TIGHT_INK, Ink.TIGHT_FILL),
    (Ink.PARTIAL_INK, Ink.PARTIAL_FILL),
    (Ink.NO_INK, Ink.NO_FILL),
]
SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


def luminance(colour: str) -> float:
    shades = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        shade / 12.92 if shade <= 0.04045 else ((shade + 0.055) / 1.055) ** 2.4
        for shade in shades
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@SCHEMES
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_that_an_ink_is_readable_on_its_ground(scheme: str, ink: Ink, ground: Ink):
    colours = COLOURS[scheme]
    assert contrast(colours[ink], colours[ground]) >= READABLE


@SCHEMES
def test_that_every_role_has_a_colour(scheme: str):
    assert set(COLOURS[scheme]) == set(Ink)
    assert all(re.fullmatch(r"#[0-9a-f]{6}", each) for each in COLOURS[scheme].values())


@SCHEMES
def test_that_the_ramp_of_shares_deepens_step_by_step(scheme: str):
    panel = COLOURS[scheme][Ink.PANEL]
    steps = [contrast(COLOURS[scheme][share], panel) for share in SHARES]
    assert steps == sorted(steps)
    assert len(set(steps)) == len(steps)


def test_that_there_are_the_two_looks_and_nobody_can_change_them():
    assert set(COLOURS) == {"light", "dark"}
    with pytest.raises(TypeError):
        COLOURS["light"][Ink.INK] = "#000000"  # type: ignore[index]


def test_that_every_part_has_a_hatch_of_its_own():
    hatches = {look.hatch for look in PART_LOOKS.values()}
    assert set(PART_LOOKS) == set(Part)
    assert len(hatches) == len(PART_LOOKS)
