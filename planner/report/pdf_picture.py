"""A picture on a page of a PDF, or as a page of its own: vectors and real text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final, assert_never

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from planner.core.pictures.marks import DASH_PX, HATCH_OPACITY, HATCH_TILES, arrow_head
from planner.core.pictures.picture import Anchor, Box, Group, Hatch, Path, Text
from planner.core.pictures.safe_words import safe_words
from planner.report.pdf_fonts import MONO, SANS, SANS_BOLD, drawable, drawable_mono

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportlab.pdfgen.pathobject import PDFPathObject

    from planner.core.pictures.marks import HatchTile
    from planner.core.pictures.picture import Ink, Mark, Picture

POINTS_PER_PX: Final = 0.75  # 72 points and 96 pixels are an inch


def picture_pdf(picture: Picture, colours: Mapping[Ink, str]) -> bytes:
    """Return a PDF of one page that is as large as the picture."""
    content = io.BytesIO()
    size = (picture.width * POINTS_PER_PX, picture.height * POINTS_PER_PX)
    canvas = Canvas(content, pagesize=size, invariant=1, lang="en")
    canvas.setTitle(drawable(picture.title))
    draw_picture(canvas, picture, colours, scale=POINTS_PER_PX)
    canvas.save()
    return content.getvalue()


def draw_picture(
    canvas: Canvas, picture: Picture, colours: Mapping[Ink, str], *, scale: float
) -> None:
    """Draw a picture with its lower left corner at the origin, `scale` points to the pixel."""
    canvas.saveState()
    canvas.scale(scale, scale)
    _Drawer(canvas, picture.height, colours).draw(picture.marks)
    canvas.restoreState()


class _Drawer:
    """Draws marks; a PDF counts upwards, a picture downwards."""

    def __init__(self, canvas: Canvas, height: float, colours: Mapping[Ink, str]) -> None:
        self._canvas = canvas
        self._height = height
        self._colours = colours

    def draw(self, marks: Iterable[Mark]) -> None:
        for mark in marks:
            match mark:
                case Box():
                    self._shape(mark, self._outline_of_box(mark))
                case Path():
                    self._shape(mark, self._outline(mark.points, is_closed=bool(mark.fill)))
                    self._arrow(mark)
                case Text():
                    self._text(mark)
                case Group():
                    self.draw(mark.marks)
                case _:
                    assert_never(mark)

    def _colour(self, ink: Ink) -> HexColor:
        return HexColor(self._colours[ink])

    def _outline_of_box(self, box: Box) -> PDFPathObject:
        path = self._canvas.beginPath()
        bottom = self._height - box.y - box.height
        radius = min(box.radius, box.width / 2, box.height / 2)
        if radius > 0:
            path.roundRect(box.x, bottom, box.width, box.height, radius)
        else:
            path.rect(box.x, bottom, box.width, box.height)
        return path

    def _outline(
        self, points: Iterable[tuple[float, float]], *, is_closed: bool
    ) -> PDFPathObject:
        path = self._canvas.beginPath()
        for index, (x, y) in enumerate(points):
            (path.lineTo if index else path.moveTo)(x, self._height - y)
        if is_closed:
            path.close()
        return path

    def _shape(self, mark: Box | Path, outline: PDFPathObject) -> None:
        canvas = self._canvas
        if mark.fill is not None:
            canvas.setFillColor(self._colour(mark.fill))
            canvas.drawPath(outline, stroke=0, fill=1)
        if mark.hatch is not Hatch.NONE:
            canvas.saveState()
            canvas.clipPath(outline, stroke=0, fill=0)
            self._tiles(mark)
            canvas.restoreState()
        if mark.line is not None:
            canvas.setStrokeColor(self._colour(mark.line))
            canvas.setLineWidth(mark.line_width)
            canvas.setLineJoin(1 if isinstance(mark, Path) else 0)
            canvas.setDash(DASH_PX if mark.is_dashed else ())
            canvas.drawPath(outline, stroke=1, fill=0)
            canvas.setDash(())

    def _tiles(self, mark: Box | Path) -> None:
        """Lay the tiles of a hatch over all of a mark; they meet at the plane's origin."""
        tile = HATCH_TILES[mark.hatch]
        left, top, right, bottom = _bounds(mark)
        self._canvas.setStrokeColor(self._colour(mark.hatch_ink), HATCH_OPACITY)
        self._canvas.setFillColor(self._colour(mark.hatch_ink), HATCH_OPACITY)
        self._canvas.setLineWidth(tile.line_width)
        size = tile.size
        for row in range(int(top // size), int(bottom // size) + 1):
            for column in range(int(left // size), int(right // size) + 1):
                self._tile(tile, column * size, row * size)

    def _tile(self, tile: HatchTile, left: float, top: float) -> None:
        canvas, height = self._canvas, self._height
        canvas.saveState()
        clip = canvas.beginPath()
        clip.rect(left, height - top - tile.size, tile.size, tile.size)
        canvas.clipPath(clip, stroke=0, fill=0)
        for (x1, y1), (x2, y2) in tile.lines:
            canvas.line(left + x1, height - top - y1, left + x2, height - top - y2)
        for x, y in tile.dots:
            canvas.circle(left + x, height - top - y, tile.dot_radius, stroke=0, fill=1)
        canvas.restoreState()

    def _arrow(self, path: Path) -> None:
        head = arrow_head(path) if path.has_arrow else None
        if head is not None and path.line is not None:
            self._canvas.setFillColor(self._colour(path.line))
            self._canvas.drawPath(self._outline(head, is_closed=True), stroke=0, fill=1)

    def _text(self, text: Text) -> None:
        canvas, line = self._canvas, safe_words(text.words)
        words = drawable_mono(line) if text.is_mono else drawable(line)
        sans = SANS_BOLD if text.is_bold else SANS
        font = MONO if text.is_mono else sans
        width = pdfmetrics.stringWidth(words, font, text.size_px)
        left = {
            Anchor.START: text.x,
            Anchor.MIDDLE: text.x - width / 2,
            Anchor.END: text.x - width,
        }[text.anchor]
        canvas.setFillColor(self._colour(text.ink))
        canvas.setFont(font, text.size_px)
        canvas.drawString(left, self._height - text.y, words)


def _bounds(mark: Box | Path) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom."""
    if isinstance(mark, Box):
        return mark.x, mark.y, mark.x + mark.width, mark.y + mark.height
    across, down = [x for x, _ in mark.points], [y for _, y in mark.points]
    return min(across), min(down), max(across), max(down)
