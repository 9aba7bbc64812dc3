"""One thread at a time: what draws pages asks for its turn."""

import pypdfium2
import pytest

from planner.core.report_choices import PictureKey
from planner.report import pdfium
from planner.report.choices import FileChoices
from planner.report.pages import page_images, page_sizes
from planner.report.renderers import render


@pytest.fixture
def pdf(make_full):
    report, choices = make_full("phi-1", "F16")
    return render(report, "pdf", choices)


@pytest.fixture
def has_turn(monkeypatch):
    """Note whether somebody had the turn, each time a document was opened or closed."""
    noted = []
    for name in ("__init__", "close"):
        known = getattr(pypdfium2.PdfDocument, name)

        def note_and_go_on(self, *args, known=known, **named):
            noted.append(pdfium._TURN.locked())
            return known(self, *args, **named)

        monkeypatch.setattr(pypdfium2.PdfDocument, name, note_and_go_on)
    return noted


def test_that_pages_are_measured_and_drawn_in_turn(pdf, has_turn):
    page_sizes(pdf)
    page_images(pdf, (0,), scale=0.5)
    assert has_turn == [True] * 4
    assert not pdfium._TURN.locked()


def test_that_a_picture_is_drawn_in_turn(make_full, has_turn):
    report, choices = make_full("phi-1", "F16")
    wished = FileChoices(pictures=choices.pictures, picture=PictureKey.SPEED)
    assert render(report, "png", wished).startswith(b"\x89PNG")
    assert has_turn == [True, True]


def test_that_the_turn_ends_with_an_error(pdf):
    with pytest.raises(pypdfium2.PdfiumError):
        page_sizes(b"no PDF at all")
    assert page_sizes(pdf)
