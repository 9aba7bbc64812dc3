"""The PDF: what can be searched and copied, how one finds one's way, what it looks like."""

import io
import re
from dataclasses import replace

import pypdfium2
import pytest

from planner.core.machine import Machine
from planner.core.pictures.colours import COLOURS
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
from planner.core.report_choices import Paper, ReportScope
from planner.core.units import format_bytes
from planner.report.choices import FileChoices
from planner.report.pdf_fonts import drawable, drawable_mono
from planner.report.pdf_picture import picture_pdf
from planner.report.png import DENSITY, picture_png
from planner.report.renderers import render

LIGHT = COLOURS["light"]


@pytest.fixture
def open_pdf():
    """Return a function that opens a PDF; all are closed again."""
    opened = []

    def open_content(content):
        document = pypdfium2.PdfDocument(content)
        opened.append(document)
        return document

    yield open_content
    for document in opened:
        document.close()


def texts(document):
    """Return the text of each page, blanks and line ends as one blank."""
    found = []
    for page in document:
        text = page.get_textpage()
        found.append(" ".join(text.get_text_range().split()))
        text.close()
    return found


def joined(document):
    """Return all text without blanks: a line may be broken anywhere."""
    return re.sub(r"\s|\ufffe|\x02", "", "".join(texts(document)))


def test_that_every_figure_can_be_found(make_full, open_pdf):
    report, choices = make_full("phi-4", "F16", scope=ReportScope.ALL)
    text = joined(open_pdf(render(report, "pdf", choices)))
    plan = report.answer.plan
    for line in plan.ledger:
        if line.bytes.high:
            for size in (line.bytes.low, line.bytes.expected, line.bytes.high):
                assert format_bytes(size).replace(" ", "") in text
            assert re.sub(r"[\s-]", "", line.formula) in text.replace("-", "")
    for size in (plan.gpu_bytes.high, plan.host_bytes.expected):
        assert format_bytes(size).replace(" ", "") in text
    for model in report.models:
        assert model.name.replace(" ", "") in text
    assert report.answer.sentence.replace(" ", "") in text


def test_that_the_text_of_each_page_is_as_stored(make_full, open_pdf, same_as_stored):
    report, choices = make_full("phi-1", "F16")
    pages = texts(open_pdf(render(report, "pdf", choices)))
    same_as_stored("phi-1-f16.pdf.txt", "\n\n".join([*pages, ""]).encode())


def test_that_the_signs_of_all_verdicts_are_text(make_full, open_pdf):
    report, choices = make_full("phi-4", scope=ReportScope.ALL)
    text = joined(open_pdf(render(report, "pdf", choices)))
    assert "●fits,◐tight,◔partofitinRAM,○doesnotfit,–cannotrun,ornotknown." in text


def test_that_pages_have_numbers_and_the_title(make_full, open_pdf):
    report, choices = make_full("phi-4", scope=ReportScope.ALL)
    pages = texts(open_pdf(render(report, "pdf", choices)))
    assert len(pages) > 4
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
        assert page.count("Will it run? Phi-4 in Q4_K_M") >= 1


def test_that_the_outline_leads_to_every_part(make_full, open_pdf):
    report, choices = make_full("phi-4", scope=ReportScope.ALL)
    document = open_pdf(render(report, "pdf", choices))
    entries = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    assert (0, "Memory, line by line") in entries
    assert (1, "Sources of the lines") in entries
    assert (0, "What this rests on") in entries
    pages = [entry.get_dest().get_index() for entry in document.get_toc()]
    assert pages == sorted(pages)


def test_that_the_metadata_say_what_it_is(make_full, open_pdf):
    report, choices = make_full()
    content = render(report, "pdf", choices)
    found = open_pdf(content).get_metadata_dict()
    assert found["Title"] == "Will it run? Phi-4 in Q4_K_M on NVIDIA GeForce RTX 4090"
    assert found["Subject"].startswith("Phi-4 in Q4_K_M fits on ")
    assert found["CreationDate"] == "D:20261121120000+0000"
    assert b"/Lang (en)" in content


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))]
)
def test_that_the_paper_can_be_chosen(make_full, open_pdf, paper, size):
    report, choices = make_full()
    page = open_pdf(render(report, "pdf", replace(choices, paper=paper)))[0]
    assert tuple(round(side) for side in page.get_size()) == size


@pytest.mark.parametrize("paper", list(Paper))
def test_that_nothing_stands_outside_the_margins(make_full, open_pdf, paper):
    report, choices = make_full("phi-4", "F16", scope=ReportScope.ALL)
    for page in open_pdf(render(report, "pdf", replace(choices, paper=paper))):
        image = page.render(scale=1, grayscale=True).to_pil()
        width, height = image.size
        for edge in ((0, 0, 40, height), (width - 40, 0, width, height)):
            assert image.crop(edge).getextrema()[0] > 250


def test_that_without_pictures_their_figures_stand_as_tables(make_full, open_pdf):
    report, _ = make_full("phi-4")
    text = joined(open_pdf(render(report, "pdf", FileChoices())))
    for point in report.further.curve:
        assert f"{point.context_length:,}" in text


def test_that_a_plan_that_cannot_be_is_a_short_report(make_full, open_pdf):
    report, choices = make_full("phi-silica")
    assert choices.pictures == {}
    (*_, text) = [joined(open_pdf(render(report, "pdf", choices)))]
    assert "closed" in text
    assert "linebyline" not in text


def test_that_characters_without_a_glyph_are_boxes(make_full, machine, open_pdf):
    card, ram = machine.pools
    odd = Machine(pools=(replace(card, name="图形 ①"), ram))
    report, choices = make_full(machine=odd)
    assert "fitson□□□:itneeds" in joined(open_pdf(render(report, "pdf", choices)))
    assert drawable("a\u4e00b") == "a□b"
    assert drawable_mono("é→") == "é?"


# ----------------------------------------------------------------------------- pictures

MARKS = Picture(
    width=200,
    height=100,
    title="A picture",
    description="Boxes and lines.",
    marks=(
        Box(x=0, y=0, width=200, height=100, fill=Ink.PANEL),
        Box(x=10, y=10, width=40, height=20, fill=Ink.WEIGHTS, line=Ink.INK, radius=4),
        Box(x=60, y=10, width=40, height=20, fill=Ink.KV_CACHE, hatch=Hatch.DIAGONAL),
        Path(points=((10, 80), (90, 80)), line=Ink.INK, has_arrow=True, is_dashed=True),
        Path(points=((10, 90), (10, 90)), line=Ink.INK, has_arrow=True),
        Path(points=((120, 60), (180, 60), (180, 90)), fill=Ink.COMPUTE, hatch=Hatch.DOTS),
        Group(
            key="words",
            words="Some words",
            marks=(
                Text(x=100, y=50, words="middle", anchor=Anchor.MIDDLE, is_bold=True),
                Text(x=190, y=50, words="end", anchor=Anchor.END),
                Text(x=10, y=50, words="mono →", is_mono=True),
            ),
        ),
    ),
)


def pixel(image, x, y):
    return "#{:02x}{:02x}{:02x}".format(*image.getpixel((int(x * DENSITY), int(y * DENSITY))))


def test_that_a_picture_has_its_colours_where_they_belong():
    from PIL import Image

    image = Image.open(io.BytesIO(picture_png(MARKS, LIGHT))).convert("RGB")
    assert image.size == (200 * DENSITY, 100 * DENSITY)
    assert pixel(image, 30, 20) == LIGHT[Ink.WEIGHTS]
    assert pixel(image, 150, 5) == LIGHT[Ink.PANEL]
    hatched = {pixel(image, 60 + step, 20) for step in range(1, 39)}
    assert LIGHT[Ink.KV_CACHE] in hatched
    assert len(hatched) > 1
    # The tip of the arrow, and nothing where a path has no length.
    assert pixel(image, 86, 80) == LIGHT[Ink.INK]
    assert pixel(image, 10, 90) in (LIGHT[Ink.PANEL], LIGHT[Ink.INK])


def test_that_the_words_of_a_picture_are_text(open_pdf):
    document = open_pdf(picture_pdf(MARKS, LIGHT))
    assert texts(document) == ["mono ? middle end"]
    assert document.get_metadata_dict()["Title"] == "A picture"


def test_that_a_dark_picture_is_dark():
    from PIL import Image

    image = Image.open(io.BytesIO(picture_png(MARKS, COLOURS["dark"]))).convert("RGB")
    assert pixel(image, 150, 5) == COLOURS["dark"][Ink.PANEL]
