"""The repeated layers: their blocks, branches and additions in a dashed frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.diagram.layout.boxes import box_sketch
from planner.core.diagram.layout.sketch import (
    BODY_PX,
    GAP,
    NODE,
    SMALL_PX,
    Drawing,
    Sketch,
    width_of,
)
from planner.core.pictures.picture import Anchor, Box, Ink, Text
from planner.core.pictures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.diagram.layout.contents import Contents
    from planner.core.diagram.model import Block, LayerStack

_EDGE: Final = 20.0
_TOP: Final = 8.0
_LANE: Final = 24.0  # between a box and the line that goes round it
_LABEL_GAP: Final = 12.0
_BRANCH_GAP: Final = 16.0
_FOOT: Final = 60.0
_CORNER: Final = 12.0


def layers_sketch(stack: LayerStack, contents: Contents) -> Sketch:
    """Return the frame with what is in it; the axis enters at the top and leaves below."""
    drawing = Drawing()
    if stack.is_parallel:
        bottom = _draw_parallel(drawing, stack, contents)
        bodies: list[tuple[float, float]] = []
    else:
        bottom, bodies = _draw_sequential(drawing, stack, contents)
    if stack.adapters:
        _draw_adapters(drawing, stack, contents, bodies)
    _draw_frame(drawing, stack, contents, bottom)
    return drawing.sketch()


def _draw_parallel(drawing: Drawing, stack: LayerStack, contents: Contents) -> float:
    """Draw one norm that feeds attention and feed-forward side by side."""
    start = _TOP
    norm = box_sketch(contents.box(stack.attention_norm))
    top = start + GAP - 4
    drawing.down(0, 0, top)
    drawing.place(norm, 0, top)
    row_end = _draw_branches(
        drawing, (*stack.mixers, *stack.feed_forward), contents, top + norm.height
    )
    joined = row_end + NODE / 2
    drawing.plus(0, joined)
    node = joined + NODE / 2 + GAP + NODE / 2
    drawing.down(0, joined + NODE / 2, node - NODE / 2)
    _draw_residual(drawing, contents, start, node, drawing.left - _LANE)
    drawing.plus(0, node)
    return node + NODE / 2


def _draw_sequential(
    drawing: Drawing, stack: LayerStack, contents: Contents
) -> tuple[float, list[tuple[float, float]]]:
    """Draw attention and then feed-forward, each with a norm and an addition of its own."""
    second = stack.feed_forward_norm
    assert second is not None, "a sequential layer has two norms"
    bodies: list[tuple[float, float]] = []
    widest = 0.0
    if not _is_choice(stack.mixers):
        widest = _widest((*stack.mixers, *stack.feed_forward), contents)
    y = 0.0
    for norm, body in ((stack.attention_norm, stack.mixers), (second, stack.feed_forward)):
        y = _draw_part(drawing, norm, body, contents, above=y, bodies=bodies, least=widest)
    return y, bodies


def _draw_part(
    drawing: Drawing,
    norm: Block,
    body: Sequence[Block],
    contents: Contents,
    *,
    above: float,
    bodies: list[tuple[float, float]],
    least: float,
) -> float:
    """Draw a norm, what follows it and the addition, and return where they end.

    `bodies` gets the right edge and the middle of each block; none is narrower than `least`.
    """
    start = above + _TOP
    norm_sketch = box_sketch(contents.box(norm))
    top = start + GAP - 4
    drawing.down(0, above, top)
    drawing.place(norm_sketch, 0, top)
    y = top + norm_sketch.height
    if _is_choice(body):
        y = _draw_branches(drawing, body, contents, y, note=contents.words.one_of_these)
        lane = drawing.left - _LANE
        node = y + NODE / 2
    else:
        lane = -norm_sketch.right
        for block in body:
            sketch = box_sketch(contents.box(block, min_width=least))
            drawing.down(0, y, y + GAP)
            drawing.place(sketch, 0, y + GAP)
            label = contents.figures(block, is_layer=True)
            middle = y + GAP + sketch.height / 2
            drawing.label(sketch.right + _LABEL_GAP, middle, label)
            bodies.append((sketch.right, middle))
            y += GAP + sketch.height
            lane = min(lane, sketch.left)
        lane -= _LANE
        node = y + GAP + NODE / 2
        drawing.down(0, y, node - NODE / 2)
    _draw_residual(drawing, contents, start, node, lane)
    drawing.plus(0, node)
    return node + NODE / 2


def _widest(blocks: Sequence[Block], contents: Contents) -> float:
    return max(box_sketch(contents.box(block)).width for block in blocks)


def _is_choice(body: Sequence[Block]) -> bool:
    """Return whether these are mixers of which each layer has one."""
    return len({block.repeat_count for block in body}) > 1


def _draw_branches(
    drawing: Drawing,
    blocks: Sequence[Block],
    contents: Contents,
    above: float,
    *,
    note: str = "",
) -> float:
    """Draw blocks side by side from a fork to a join, and return where the join ends.

    With a `note` each layer has one of them, and their ways meet before the node; without one
    all of them run, and lead into its sides.
    """
    row = _row(blocks, contents, is_compact=bool(note))
    fork = above + (GAP if note else GAP / 2)
    top = fork + GAP
    drawing.line((0, above), (0, fork))
    for sketch, axis, label in row:
        drawing.line((0, fork), (axis, fork), (axis, top), is_arrow=True)
        drawing.place(sketch, axis, top)
        drawing.label(axis + 8, top + sketch.height + 12, label)
    join = top + max(sketch.height for sketch, _, _ in row) + GAP + (0 if note else NODE / 2)
    for sketch, axis, _ in row:
        _draw_exit(drawing, axis, top + sketch.height, join, has_bar=bool(note))
    if not note:
        return join - NODE / 2
    drawing.down(0, join, join + GAP)
    drawing.text(Text(x=8, y=fork - 6, words=note, size_px=SMALL_PX, ink=Ink.MUTED))
    return join + GAP


def _row(
    blocks: Sequence[Block], contents: Contents, *, is_compact: bool
) -> list[tuple[Sketch, float, str]]:
    """Return blocks of one width with their axes, even on both sides, and their figures."""
    widest = max(
        box_sketch(contents.box(block, is_compact=is_compact)).width for block in blocks
    )
    labels = [contents.figures(block, is_layer=True) for block in blocks]
    beside = max(text_width(label, SMALL_PX, is_bold=True) for label in labels)
    # A label begins at the axis and may be longer than the half of its box.
    pitch = _BRANCH_GAP + max(widest, widest / 2 + 8 + beside)
    row = []
    for number, (block, label) in enumerate(zip(blocks, labels, strict=True)):
        content = contents.box(block, is_compact=is_compact, min_width=widest)
        axis = (number - (len(blocks) - 1) / 2) * pitch
        row.append((box_sketch(content), axis, label))
    return row


def _draw_exit(
    drawing: Drawing, axis: float, top: float, join: float, *, has_bar: bool
) -> None:
    """Lead a branch to the bar that gathers all, or straight into the side of the node."""
    if has_bar:
        drawing.line((axis, top), (axis, join), (0, join))
        return
    side = -NODE / 2 if axis < 0 else NODE / 2
    drawing.line((axis, top), (axis, join), (side, join), is_arrow=True)


def _draw_residual(
    drawing: Drawing, contents: Contents, start: float, node: float, lane: float
) -> None:
    """Draw the line that goes round a part and is added to what comes out of it."""
    drawing.line(
        (0, start),
        (lane, start),
        (lane, node),
        (-NODE / 2, node),
        is_arrow=True,
        is_dashed=True,
    )
    drawing.text(Text(x=lane + 8, y=node - 6, words=contents.words.residual, ink=Ink.MUTED))


def _draw_adapters(
    drawing: Drawing,
    stack: LayerStack,
    contents: Contents,
    bodies: Sequence[tuple[float, float]],
) -> None:
    """Draw LoRA weights beside the parts on whose matrices they lie."""
    sketches = [box_sketch(contents.box(block, is_compact=True)) for block in stack.adapters]
    widest = max(sketch.width for sketch in sketches)
    axis = drawing.right + GAP + widest / 2
    bus = axis - widest / 2 - GAP / 2
    heights = sum(sketch.height for sketch in sketches) + (len(sketches) - 1) * 2 * GAP
    y = sum(middle for _, middle in bodies) / len(bodies) - heights / 2
    middles = []
    for block, sketch in zip(stack.adapters, sketches, strict=True):
        drawing.place(sketch, axis, y)
        middles.append(y + sketch.height / 2)
        drawing.line((axis + sketch.left, middles[-1]), (bus, middles[-1]), is_dashed=True)
        drawing.label(axis + sketch.left, y + sketch.height + 12, contents.figures(block))
        y += sketch.height + 2 * GAP
    for right, middle in bodies:
        # Below the block's own figures, which stand at its middle.
        at = middle + 20
        drawing.line((bus, at), (right, at), is_arrow=True, is_dashed=True)
        middles.append(at)
    drawing.line((bus, min(middles)), (bus, max(middles)), is_dashed=True)


def _draw_frame(drawing: Drawing, stack: LayerStack, contents: Contents, bottom: float) -> None:
    """Put the frame behind, and at its foot how often it repeats and what it takes."""
    words = contents.words
    foot = bottom + _FOOT
    texts = _foot_texts(stack, contents)
    repeats = Text(
        x=0,
        y=foot - 22,
        words=words.layers.format(count=words.count(stack.layer_count)),
        size_px=BODY_PX,
        is_bold=True,
    )
    least = max(map(width_of, (repeats, *texts))) + 2 * _EDGE
    left, right = min(drawing.left - _EDGE, -least), max(drawing.right + _EDGE, least)
    if not stack.adapters:
        # A frame that is about as wide on both sides stands straight over the axis.
        left, right = min(left, -right), max(right, -left)
    drawing.box(
        Box(
            x=left,
            y=0,
            width=right - left,
            height=foot,
            radius=_CORNER,
            fill=Ink.FIELD,
            line=Ink.OUTLINE,
            is_dashed=True,
        ),
        is_behind=True,
    )
    drawing.line((0, bottom), (0, foot))
    drawing.text(_at(repeats, left + _EDGE, foot - 22, Anchor.START))
    for number, text in enumerate(reversed(texts)):
        drawing.text(_at(text, right - _EDGE, foot - 14 - 18 * number, Anchor.END))


def _foot_texts(stack: LayerStack, contents: Contents) -> tuple[Text, ...]:
    words = contents.words
    blocks = [block for block in stack.blocks if block not in stack.adapters]
    sizes = [block.total_bytes for block in blocks]
    known = [size for size in sizes if size is not None]
    count = sum(block.parameter_count for block in blocks)
    size = sum(known) if known else None
    lines = [_figures(words.all_layers, words.all_layers_alone, contents, count, size)]
    if not _is_choice(stack.mixers):
        each = None if size is None else round(size / stack.layer_count)
        template = words.each_layer if stack.is_even else words.mean_layer
        each_count = count // stack.layer_count
        lines.insert(0, _figures(template, words.each_layer_alone, contents, each_count, each))
    return tuple(
        Text(x=0, y=0, words=line, size_px=SMALL_PX, ink=Ink.WEIGHTS, is_bold=True)
        for line in lines
    )


def _figures(
    template: str, alone: str, contents: Contents, count: int, size_bytes: int | None
) -> str:
    parameters = contents.words.parameters(count)
    if size_bytes is None:
        return alone.format(parameters=parameters)
    return template.format(parameters=parameters, size=contents.words.size(size_bytes))


def _at(text: Text, x: float, y: float, anchor: Anchor) -> Text:
    return Text(
        x=x,
        y=y,
        words=text.words,
        size_px=text.size_px,
        ink=text.ink,
        anchor=anchor,
        is_bold=text.is_bold,
    )
