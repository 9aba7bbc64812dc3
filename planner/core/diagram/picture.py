"""A diagram as a picture: the flow down the middle, towers above, notes beside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.diagram.layout.boxes import BoxContent, box_sketch
from planner.core.diagram.layout.contents import Contents
from planner.core.diagram.layout.layers import layers_sketch
from planner.core.diagram.layout.notes import (
    cache_sketch,
    closed_sketch,
    diagram_title,
    head_sketch,
    pattern_sketch,
)
from planner.core.diagram.layout.sketch import BODY_PX, GAP, Drawing, Sketch, moved
from planner.core.diagram.layout.towers import tower_sketch
from planner.core.diagram.words import DiagramWords
from planner.core.pictures.picture import Anchor, Picture, Text

if TYPE_CHECKING:
    from planner.core.diagram.model import Block, Diagram, TextModel

MARGIN: Final = 24.0
_LABEL_GAP: Final = 12.0
_BESIDE: Final = 40.0  # between the flow and what stands beside it
_PILL_WIDTH: Final = 176.0


def diagram_picture(diagram: Diagram, *, words: DiagramWords | None = None) -> Picture:
    """Return the picture of a diagram.

    Each block is a `Group` under its key, in the order of reading, and its first mark is its
    box. The words are English where none are handed in.
    """
    words = DiagramWords() if words is None else words
    contents = Contents(diagram, words)
    body = _body(diagram, contents)
    head = head_sketch(diagram, words)
    width = max(body.width, head.width) + 2 * MARGIN
    flow_top = MARGIN + head.height + GAP
    axis = (width - body.width) / 2 - body.left
    marks = (
        *moved(head.marks, MARGIN, MARGIN),
        *moved(body.marks, axis, flow_top),
    )
    spoken = "; ".join(contents.spoken(block) for block in diagram.blocks())
    title = diagram_title(diagram, words)
    description = (
        words.description.format(model=title, blocks=spoken)
        if spoken
        else words.closed_reason.format(model=diagram.model_name)
    )
    return Picture(
        width=width,
        height=flow_top + body.height + MARGIN,
        title=title,
        description=description,
        marks=marks,
    )


def _body(diagram: Diagram, contents: Contents) -> Sketch:
    if diagram.text is None:
        return closed_sketch(diagram, contents.words)
    drawing = Drawing()
    y = _draw_entry(drawing, diagram, diagram.text, contents)
    frame_top = y
    frame = layers_sketch(diagram.text.layers, contents)
    drawing.place(frame, 0, y)
    y += frame.height
    exit_ = _exit_sketch(diagram.text, contents)
    drawing.place(exit_, 0, y)
    note = cache_sketch(diagram.text.cache, contents.words)
    # Under the frame's left edge, unless that would bring it too near to the flow.
    x = min(frame.left, exit_.left - GAP - note.right)
    drawing.place(note, x, y + GAP)
    pattern = diagram.text.layers.pattern
    if pattern:
        listed = pattern_sketch(pattern, contents.words)
        drawing.place(listed, frame.left - _BESIDE - listed.right, frame_top)
    return drawing.sketch()


def _draw_entry(
    drawing: Drawing, diagram: Diagram, text: TextModel, contents: Contents
) -> float:
    """Draw the inputs down to where the layers begin, and return where that is."""
    words = contents.words
    towers = [tower_sketch(tower, contents) for tower in diagram.towers]
    limit = words.up_to_tokens.format(count=words.count(text.context_length_limit))
    tokens = box_sketch(BoxContent(title=words.input_tokens, lines=(limit,)))
    embedding = box_sketch(contents.box(text.embedding))
    tallest = max((tower.height for tower in towers), default=0.0)
    # All ways end at the same height: the shorter ones begin further down.
    top = max(0.0, tallest - tokens.height - GAP - embedding.height)
    foot = top + tokens.height + GAP + embedding.height
    marks_of_text = Drawing()
    marks_of_text.place(tokens, 0, top)
    marks_of_text.down(0, top + tokens.height, top + tokens.height + GAP)
    _place_block(marks_of_text, text.embedding, contents, top + tokens.height + GAP)
    entry = marks_of_text.sketch()
    if not towers:
        drawing.place(entry, 0, 0)
        drawing.line((0, foot), (0, foot + GAP))
        return foot + GAP
    return _draw_join(drawing, towers, entry, contents, foot)


def _draw_join(
    drawing: Drawing,
    towers: list[Sketch],
    entry: Sketch,
    contents: Contents,
    foot: float,
) -> float:
    """Lead the towers and the text into one sequence, and return where the layers begin."""
    pill = box_sketch(BoxContent(title=contents.words.joined, min_width=_PILL_WIDTH))
    middle = foot + GAP + pill.height / 2
    left, right = entry.left, entry.right
    for number, tower in enumerate(towers):
        if number % 2:
            axis, side = right + _BESIDE - tower.left, pill.right
            right = axis + tower.right
        else:
            axis, side = left - _BESIDE - tower.right, pill.left
            left = axis + tower.left
        drawing.place(tower, axis, foot - tower.height)
        drawing.line((axis, foot), (axis, middle), (side, middle), is_arrow=True)
    drawing.place(entry, 0, 0)
    drawing.down(0, foot, foot + GAP)
    drawing.place(pill, 0, foot + GAP)
    bottom = foot + GAP + pill.height
    drawing.line((0, bottom), (0, bottom + GAP))
    return bottom + GAP


def _exit_sketch(text: TextModel, contents: Contents) -> Sketch:
    """Return what follows the layers down to the logits."""
    drawing = Drawing()
    y = 0.0
    for block in (text.final_norm, text.head):
        drawing.down(0, y, y + GAP)
        y = _place_block(drawing, block, contents, y + GAP)
    drawing.down(0, y, y + GAP)
    drawing.text(
        Text(
            x=0,
            y=y + GAP + 16,
            words=contents.words.logits,
            size_px=BODY_PX,
            anchor=Anchor.MIDDLE,
            is_bold=True,
        )
    )
    return drawing.sketch()


def _place_block(drawing: Drawing, block: Block, contents: Contents, y: float) -> float:
    """Place a block with its figures beside it, and return where it ends."""
    sketch = box_sketch(contents.box(block))
    drawing.place(sketch, 0, y)
    if block.tensors:
        drawing.label(sketch.right + _LABEL_GAP, y + sketch.height / 2, contents.figures(block))
    return y + sketch.height
