"""A picture as SVG: text with anchors and fallback fonts, names for readers, no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, assert_never
from xml.sax.saxutils import escape, quoteattr

from planner.core.pictures.marks import DASH_PX, HATCH_OPACITY, HATCH_TILES, arrow_head
from planner.core.pictures.picture import Anchor, Box, Group, Hatch, Ink, Path, Text
from planner.core.pictures.safe_words import safe_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from planner.core.pictures.picture import Mark, Picture

_SANS: Final = "'Planner Sans', Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif"
_MONO: Final = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
_SEMIBOLD: Final = "600"


def picture_svg(
    picture: Picture, colours: Mapping[Ink, str], *, prefix: str = "picture"
) -> str:
    """Return the picture as one `<svg>` element.

    Args:
        picture: What to write.
        colours: What each ink is: `#rrggbb`, or anything else that CSS takes as a colour.
        prefix: Begins every id, so that several pictures can stand in one page.
    """
    return _Writer(picture, colours, safe_id(prefix)).document()


def safe_id(words: str) -> str:
    """Return words as they may stand in an id: ASCII letters, figures, hyphens."""
    kept = "".join(each if each.isascii() and each.isalnum() else "-" for each in words)
    return kept if kept[:1].isalpha() else f"p{kept}"


class _Writer:
    """Writes one picture; it collects the hatches that were met on the way."""

    def __init__(self, picture: Picture, colours: Mapping[Ink, str], prefix: str) -> None:
        self._picture = picture
        self._colours = colours
        self._prefix = prefix
        self._hatches: dict[tuple[Hatch, Ink], None] = {}

    def document(self) -> str:
        picture, prefix = self._picture, self._prefix
        body = "".join(self._marks(picture.marks))
        size = {"width": _number(picture.width), "height": _number(picture.height)}
        head = _tag(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                **size,
                "viewBox": f"0 0 {size['width']} {size['height']}",
                "role": "img",
                "aria-labelledby": f"{prefix}-title {prefix}-desc",
                "font-family": _SANS,
            },
        )
        return (
            f"{head}\n"
            f'<title id="{prefix}-title">{_words(picture.title)}</title>\n'
            f'<desc id="{prefix}-desc">{_words(picture.description)}</desc>\n'
            f"{self._defs()}{body}</svg>\n"
        )

    def _defs(self) -> str:
        if not self._hatches:
            return ""
        return f"<defs>\n{''.join(self._pattern(*each) for each in self._hatches)}</defs>\n"

    def _pattern(self, hatch: Hatch, ink: Ink) -> str:
        tile, colour = HATCH_TILES[hatch], self._colours[ink]
        size = _number(tile.size)
        head = _tag(
            "pattern",
            {
                "id": self._pattern_id(hatch, ink),
                "width": size,
                "height": size,
                "patternUnits": "userSpaceOnUse",
            },
        )
        lines = "".join(
            _tag(
                "path",
                {"d": _way((start, end)), "stroke": colour}
                | {"stroke-width": _number(tile.line_width)},
                is_empty=True,
            )
            for start, end in tile.lines
        )
        dots = "".join(
            _tag(
                "circle",
                {"cx": _number(x), "cy": _number(y)}
                | {"r": _number(tile.dot_radius), "fill": colour},
                is_empty=True,
            )
            for x, y in tile.dots
        )
        return f"{head}{lines}{dots}</pattern>\n"

    def _pattern_id(self, hatch: Hatch, ink: Ink) -> str:
        return f"{self._prefix}-{hatch}-{ink.replace('_', '-')}"

    def _marks(self, marks: Iterable[Mark]) -> Iterator[str]:
        for mark in marks:
            match mark:
                case Box():
                    yield from self._shape("rect", _box(mark), mark)
                case Path():
                    way = {"d": _way(mark.points) + ("Z" if mark.fill else "")}
                    yield from self._shape("path", way, mark)
                    yield from self._arrow(mark)
                case Text():
                    yield self._text(mark)
                case Group():
                    yield f"<g>\n<title>{_words(mark.words)}</title>\n"
                    yield from self._marks(mark.marks)
                    yield "</g>\n"
                case _:
                    assert_never(mark)

    def _shape(self, name: str, outline: dict[str, str], mark: Box | Path) -> Iterator[str]:
        """Yield the fill with its line, and over the fill its hatch."""
        style = {"fill": "none" if mark.fill is None else self._colours[mark.fill]}
        if mark.line is not None and mark.hatch is Hatch.NONE:
            style |= self._line(mark)
        yield _tag(name, outline | style, is_empty=True) + "\n"
        if mark.hatch is Hatch.NONE:
            return
        self._hatches[mark.hatch, mark.hatch_ink] = None
        over = {
            "fill": f"url(#{self._pattern_id(mark.hatch, mark.hatch_ink)})",
            "fill-opacity": _number(HATCH_OPACITY),
        }
        yield _tag(name, outline | over | self._line(mark), is_empty=True) + "\n"

    def _line(self, mark: Box | Path) -> dict[str, str]:
        if mark.line is None:
            return {}
        style = {"stroke": self._colours[mark.line], "stroke-width": _number(mark.line_width)}
        if isinstance(mark, Path):
            style["stroke-linejoin"] = "round"
        if mark.is_dashed:
            style["stroke-dasharray"] = " ".join(map(_number, DASH_PX))
        return style

    def _arrow(self, path: Path) -> Iterator[str]:
        head = arrow_head(path) if path.has_arrow and path.line is not None else None
        if head is not None and path.line is not None:
            fill = {"d": _way(head) + "Z", "fill": self._colours[path.line]}
            yield _tag("path", fill, is_empty=True) + "\n"

    def _text(self, text: Text) -> str:
        style = {
            "x": _number(text.x),
            "y": _number(text.y),
            "font-size": _number(text.size_px),
            "fill": self._colours[text.ink],
        }
        if text.anchor is not Anchor.START:
            style["text-anchor"] = text.anchor.value
        if text.is_bold:
            style["font-weight"] = _SEMIBOLD
        if text.is_mono:
            style["font-family"] = _MONO
        return f"{_tag('text', style)}{_words(text.words)}</text>\n"


def _box(box: Box) -> dict[str, str]:
    outline = {
        "x": _number(box.x),
        "y": _number(box.y),
        "width": _number(box.width),
        "height": _number(box.height),
    }
    return outline | {"rx": _number(box.radius)} if box.radius else outline


def _way(points: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def _number(value: float) -> str:
    """Return at most two decimals, with a point whatever the locale."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _words(words: str) -> str:
    return escape(safe_words(words))


def _tag(name: str, attributes: Mapping[str, str], *, is_empty: bool = False) -> str:
    pairs = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{pairs}{'/' if is_empty else ''}>"
