"""What stands beside the flow: the head line, the legend, the cache, the list of layers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from planner.core.diagram.layout.contents import RAMP
from planner.core.diagram.layout.sketch import (
    BODY_PX,
    LINE_HEIGHT,
    SMALL_PX,
    TITLE_PX,
    Drawing,
    Sketch,
)
from planner.core.diagram.model import LayerKind
from planner.core.pictures.picture import Anchor, Box, Ink, Text
from planner.core.pictures.text_width import text_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from planner.core.diagram.cache import CachePerToken
    from planner.core.diagram.model import Diagram
    from planner.core.diagram.words import DiagramWords

_PADDING: Final = 12.0
_CORNER: Final = 10.0
_SWATCH: Final = 12.0
_LAYER_HEIGHT: Final = 18.0
_NUMBER_WIDTH: Final = 24.0
# The layers that see every token before them.
_STAND_OUT: Final = (LayerKind.FULL_ATTENTION, LayerKind.DENSE)


def head_sketch(diagram: Diagram, words: DiagramWords) -> Sketch:
    """Return the title, what the colours mean, and the legend; they begin at the axis."""
    drawing = Drawing()
    drawing.text(
        Text(x=0, y=20, words=diagram_title(diagram, words), size_px=TITLE_PX, is_bold=True)
    )
    y = 20.0
    for line in _head_lines(diagram, words):
        y += 20
        drawing.text(Text(x=0, y=y, words=line, size_px=SMALL_PX, ink=Ink.MUTED))
    if diagram.text is None:
        return drawing.sketch()
    y += 12
    x = 0.0
    for ink, label in zip(RAMP, words.legend, strict=True):
        drawing.box(
            Box(x=x, y=y, width=_SWATCH, height=_SWATCH, radius=3, fill=ink, line=Ink.OUTLINE)
        )
        x += _SWATCH + 6
        drawing.text(Text(x=x, y=y + 10, words=label, size_px=SMALL_PX, ink=Ink.MUTED))
        x += text_width(label, SMALL_PX) + 16
    return drawing.sketch()


def diagram_title(diagram: Diagram, words: DiagramWords) -> str:
    """Return the model, with the format where its bytes are known."""
    if diagram.format_name is None:
        return diagram.model_name
    return words.title.format(model=diagram.model_name, format=diagram.format_name)


def _head_lines(diagram: Diagram, words: DiagramWords) -> list[str]:
    if diagram.text is None:
        return []
    size, count = diagram.total_bytes, diagram.parameter_count
    if size is None:
        lines = [words.colour_by_parameters.format(count=words.parameters(count))]
    else:
        lines = [words.colour_by_bytes.format(size=words.size(size))]
    if diagram.used_parameter_count != count:
        lines.append(
            words.used_per_token.format(
                used=words.parameters(diagram.used_parameter_count),
                count=words.parameters(count),
            )
        )
    return lines


def cache_sketch(cache: CachePerToken, words: DiagramWords) -> Sketch:
    """Return the note on the KV cache; it begins at the axis."""
    kinds = dict.fromkeys((cache.cache_type_k.value, cache.cache_type_v.value))
    title = words.cache_title.format(cache_type=" / ".join(kinds))
    lines = [
        words.cache_formula.format(
            formula=cache.formula, size=words.size(cache.bytes_per_token)
        )
    ]
    if cache.window_layer_count:
        lines.append(
            words.cache_windows.format(
                layers=cache.window_layer_count, count=words.count(cache.window_tokens)
            )
        )
    if cache.state_layer_count:
        lines.append(words.cache_states.format(layers=cache.state_layer_count))
    return _note(title, lines, fill=Ink.FITS_FILL, ink=Ink.FITS_INK)


def closed_sketch(diagram: Diagram, words: DiagramWords) -> Sketch:
    """Return the note on a model of which nothing is published; it begins at the axis."""
    reason = words.closed_reason.format(model=diagram.model_name)
    return _note(words.closed_title, [reason], fill=Ink.NO_FILL, ink=Ink.NO_INK)


def _note(title: str, lines: Sequence[str], *, fill: Ink, ink: Ink) -> Sketch:
    drawing = Drawing()
    width = max(
        text_width(title, BODY_PX, is_bold=True),
        *(text_width(line, SMALL_PX) for line in lines),
    )
    drawing.box(
        Box(
            x=0,
            y=0,
            width=width + 2 * _PADDING,
            height=LINE_HEIGHT * (1 + len(lines)) + 4 + 2 * _PADDING,
            radius=_CORNER,
            fill=fill,
        )
    )
    drawing.text(
        Text(x=_PADDING, y=_PADDING + 12, words=title, size_px=BODY_PX, ink=ink, is_bold=True)
    )
    for number, line in enumerate(lines, start=1):
        y = _PADDING + 16 + LINE_HEIGHT * number
        drawing.text(Text(x=_PADDING, y=y, words=line, size_px=SMALL_PX, ink=ink))
    return drawing.sketch()


def pattern_sketch(pattern: Sequence[LayerKind], words: DiagramWords) -> Sketch:
    """Return every layer by name, from the first; the list begins at the axis."""
    drawing = Drawing()
    names = [words.layer_kinds[kind] for kind in pattern]
    width = max(text_width(name, SMALL_PX) for name in names) + 2 * 8
    drawing.text(Text(x=0, y=12, words=words.pattern_title, size_px=SMALL_PX, is_bold=True))
    for number, (kind, name) in enumerate(zip(pattern, names, strict=True)):
        y = 22 + number * _LAYER_HEIGHT
        stands_out = kind in _STAND_OUT
        drawing.text(
            Text(
                x=_NUMBER_WIDTH - 8,
                y=y + 12,
                words=words.count(number),
                size_px=SMALL_PX,
                ink=Ink.MUTED,
                anchor=Anchor.END,
            )
        )
        drawing.box(
            Box(
                x=_NUMBER_WIDTH,
                y=y,
                width=width,
                height=_LAYER_HEIGHT - 2,
                radius=4,
                fill=Ink.FITS_FILL if stands_out else Ink.PANEL,
                line=Ink.LINE,
            )
        )
        drawing.text(
            Text(
                x=_NUMBER_WIDTH + 8,
                y=y + 12,
                words=name,
                size_px=SMALL_PX,
                ink=Ink.FITS_INK if stands_out else Ink.MUTED,
            )
        )
    return drawing.sketch()
