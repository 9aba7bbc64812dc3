"""Encoders of images and speech: a column each, from the input to the text's width."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.diagram.layout.boxes import BoxContent, box_sketch
from planner.core.diagram.layout.sketch import GAP, SMALL_PX, Drawing, Sketch
from planner.core.diagram.model import BlockKind
from planner.core.pictures.text_width import text_width

if TYPE_CHECKING:
    from planner.core.diagram.layout.contents import Contents
    from planner.core.diagram.model import Tower

_STEP: Final = 32.0  # between two boxes, with the figures of the upper one beside the line


def tower_sketch(tower: Tower, contents: Contents) -> Sketch:
    """Return a column whose last line ends at its foot, on the axis."""
    drawing = Drawing()
    boxes = [contents.box(block, is_compact=True) for block in tower.blocks]
    widest = max(box_sketch(box).width for box in boxes)
    middles: dict[BlockKind, float] = {}
    title = contents.words.inputs[tower.modality]
    y = _place(drawing, BoxContent(title=title, min_width=widest), 0)
    for number, block in enumerate(tower.blocks):
        drawing.line((0, y), (0, y + _STEP), is_arrow=True)
        if number:
            drawing.label(8, y + _STEP / 2 - 4, contents.figures(tower.blocks[number - 1]))
        top = y + _STEP
        content = contents.box(block, is_compact=True, min_width=widest)
        y = _place(drawing, content, top)
        middles[block.kind] = (top + y) / 2
    drawing.label(8, y + _STEP / 2 - 4, contents.figures(tower.blocks[-1]))
    drawing.line((0, y), (0, y + _STEP))
    encoder = middles[BlockKind.ENCODER]
    _draw_aside(drawing, tower, contents, edge=-widest / 2, middle=encoder)
    return Sketch(tuple(drawing.marks), drawing.left, drawing.right, y + _STEP)


def _place(drawing: Drawing, content: BoxContent, y: float) -> float:
    """Place a box, and return where it ends."""
    sketch = box_sketch(content)
    drawing.place(sketch, 0, y)
    return y + sketch.height


def _draw_aside(
    drawing: Drawing, tower: Tower, contents: Contents, *, edge: float, middle: float
) -> None:
    """Draw what is stored with the encoder and is not on the way of the tokens."""
    for block in tower.aside:
        sketch = box_sketch(contents.box(block, is_compact=True))
        axis = edge - GAP - sketch.right
        drawing.line((edge, middle), (axis + sketch.right, middle), is_dashed=True)
        top = middle - sketch.height / 2
        drawing.place(sketch, axis, top)
        figures = contents.figures(block)
        half = text_width(figures, SMALL_PX, is_bold=True) / 2
        drawing.label(axis - half, top + sketch.height + 12, figures)
