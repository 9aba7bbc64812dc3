"""The SVG is read back with another parser: what stands in it is what was described."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

import pytest

from planner.core.pictures.colours import COLOURS
from planner.core.pictures.marks import HATCH_TILES
from planner.core.pictures.picture import (
    Anchor,
    Box,
    Group,
    Hatch,
    Ink,
    Path,
    Picture,
    Text,
)
from planner.core.pictures.svg import picture_svg, safe_id

LIGHT = COLOURS["light"]
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = "</text><script>alert('\"&\u202e\x00</script>"


def picture_of(*marks: Box | Path | Text | Group) -> Picture:
    return Picture(
        width=120.5, height=80, title="Bars & lines", description="1 < 2", marks=marks
    )


def read(picture: Picture, prefix: str = "p") -> ET.Element:
    return ET.fromstring(picture_svg(picture, LIGHT, prefix=prefix))


def only(root: ET.Element, name: str) -> ET.Element:
    (found,) = root.iter(f"{SVG}{name}")
    return found


def test_that_a_picture_has_its_size_its_role_and_its_words():
    root = read(picture_of())
    assert root.get("viewBox") == "0 0 120.5 80"
    assert (root.get("width"), root.get("height")) == ("120.5", "80")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "p-title p-desc"
    assert only(root, "title").text == "Bars & lines"
    assert only(root, "desc").text == "1 < 2"
    assert root.find(f"{SVG}defs") is None


def test_that_a_box_has_its_colours_and_corners():
    box = Box(x=1, y=2.345, width=3, height=4, fill=Ink.WEIGHTS, line=Ink.INK, radius=5)
    found = only(read(picture_of(box)), "rect").attrib
    assert found == {
        "x": "1",
        "y": "2.35",
        "width": "3",
        "height": "4",
        "rx": "5",
        "fill": LIGHT[Ink.WEIGHTS],
        "stroke": LIGHT[Ink.INK],
        "stroke-width": "1",
    }


def test_that_a_dashed_path_without_a_fill_stays_open():
    path = Path(points=((0, -0.001), (5, 1)), line=Ink.MUTED, is_dashed=True)
    found = only(read(picture_of(path)), "path").attrib
    assert found["d"] == "M0 0L5 1"
    assert found["fill"] == "none"
    assert found["stroke-dasharray"] == "4 3"


def test_that_a_filled_path_is_closed():
    path = Path(points=((0, 0), (5, 1), (5, 5)), fill=Ink.FREE)
    assert only(read(picture_of(path)), "path").get("d") == "M0 0L5 1L5 5Z"


def test_that_an_arrow_has_a_head_in_the_colour_of_its_line():
    arrow = Path(points=((0, 0), (20, 0)), line=Ink.ACCENT, has_arrow=True)
    _, head = read(picture_of(arrow)).iter(f"{SVG}path")
    assert head.attrib == {"d": "M20 0L12 4L12 -4Z", "fill": LIGHT[Ink.ACCENT]}


@pytest.mark.parametrize(
    "path",
    [
        Path(points=((0, 0), (0, 0)), line=Ink.INK, has_arrow=True),
        Path(points=((0, 0), (9, 0)), has_arrow=True),
    ],
    ids=["no-length", "no-line"],
)
def test_that_there_is_no_head_where_there_is_no_arrow(path: Path):
    assert len(list(read(picture_of(path)).iter(f"{SVG}path"))) == 1


def test_that_a_text_keeps_its_anchor_weight_and_family():
    text = Text(
        x=9, y=8, words="a<b", size_px=11, anchor=Anchor.END, is_bold=True, is_mono=True
    )
    found = only(read(picture_of(text)), "text")
    assert found.text == "a<b"
    assert found.get("text-anchor") == "end"
    assert found.get("font-weight") == "600"
    assert "monospace" in (found.get("font-family") or "")
    plain = only(read(picture_of(Text(x=0, y=0, words="x"))), "text")
    assert {"text-anchor", "font-weight", "font-family"}.isdisjoint(plain.attrib)


def test_that_a_group_has_its_words_as_title():
    box = Box(x=0, y=0, width=1, height=1)
    found = only(read(picture_of(Group(key="k", words="8 GiB", marks=(box,)))), "g")
    assert found.findtext(f"{SVG}title") == "8 GiB"
    assert found.find(f"{SVG}rect") is not None


@pytest.mark.parametrize("hatch", list(HATCH_TILES))
def test_that_a_hatch_lies_over_its_fill_as_a_pattern(hatch: Hatch):
    box = Box(x=0, y=0, width=9, height=9, fill=Ink.KV_CACHE, hatch=hatch, line=Ink.INK)
    root = read(picture_of(box, box))
    pattern = only(root, "pattern")
    assert len(pattern) == len(HATCH_TILES[hatch].lines) + len(HATCH_TILES[hatch].dots)
    below, over, *_ = root.iter(f"{SVG}rect")
    assert below.get("fill") == LIGHT[Ink.KV_CACHE]
    assert over.get("fill") == f"url(#{pattern.get('id')})"
    assert below.get("stroke") is None
    assert over.get("stroke") == LIGHT[Ink.INK]


def ids(svg: str) -> Iterator[str]:
    yield from re.findall(r'\bid="([^"]+)"', svg)


def test_that_two_pictures_can_stand_in_one_page():
    box = Box(x=0, y=0, width=9, height=9, fill=Ink.KV_CACHE, hatch=Hatch.DOTS)
    picture = picture_of(box)
    one, other = (set(ids(picture_svg(picture, LIGHT, prefix=each))) for each in ("a", "b"))
    assert len(one) == 3
    assert one.isdisjoint(other)


def test_that_no_words_become_markup():
    text = Text(x=0, y=0, words=HOSTILE)
    group = Group(key=HOSTILE, words=HOSTILE, marks=(text,))
    picture = Picture(width=1, height=1, title=HOSTILE, description=HOSTILE, marks=(group,))
    svg = picture_svg(picture, LIGHT, prefix='"><script>')
    root = ET.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert only(root, "text").text == HOSTILE.replace("\u202e", "\ufffd").replace(
        "\x00", "\ufffd"
    )
    assert "\u202e" not in svg


def test_that_an_id_is_made_of_harmless_letters():
    assert safe_id("Phi-4 Q4_K_M") == "Phi-4-Q4-K-M"
    assert safe_id("4x") == "p4x"
    assert safe_id("") == "p"


def test_that_numbers_are_short_and_the_same_every_time():
    picture = picture_of(Box(x=1.5, y=1 / 3, width=1e-9, height=1e6))
    svg = picture_svg(picture, LIGHT)
    assert 'x="1.5" y="0.33" width="0" height="1000000"' in svg
    assert picture_svg(picture, LIGHT) == svg


def test_that_any_colour_of_css_may_be_given():
    colours = {ink: f"var(--{ink})" for ink in Ink}
    box = Box(x=0, y=0, width=1, height=1, fill=Ink.INK)
    assert 'fill="var(--ink)"' in picture_svg(picture_of(box), colours)
