"""The report as one HTML file: no script, nothing from outside, dark and light, printable."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from planner.core.pictures.colours import COLOURS
from planner.core.pictures.picture import Ink
from planner.core.pictures.svg import picture_svg
from planner.paths import shipped
from planner.report.document import (
    Bullets,
    Code,
    Figure,
    Heading,
    Paragraph,
    Table,
    Verdict,
    plain,
)
from planner.report.sections import document_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planner.core.pictures.picture import Picture
    from planner.core.report_choices import PictureKey
    from planner.report.document import Block, Document
    from planner.report.fit_report import FitReport

_TEMPLATE: Final = "report.html.j2"
_STYLE: Final = "report.css"
_FONTS: Final = {400: "PlannerSans-Regular.ttf", 600: "PlannerSans-SemiBold.ttf"}
_KINDS: Final = {
    Heading: "heading",
    Paragraph: "paragraph",
    Verdict: "verdict",
    Bullets: "bullets",
    Table: "table",
    Code: "code",
    Figure: "figure",
}


def render_html(report: FitReport, *, pictures: Mapping[PictureKey, Picture]) -> str:
    """Return the report as one file; the same report gives the same text."""
    return document_html(document_of(report), pictures=pictures)


def document_html(document: Document, *, pictures: Mapping[PictureKey, Picture]) -> str:
    """Return a page as one file; pictures stand where the page names them."""
    folder = shipped("resources") / "report"
    environment = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["plain"] = plain
    environment.filters["address"] = _address
    blocks = [block for block in document.blocks if _is_shown(block, pictures)]
    return environment.get_template(_TEMPLATE).render(
        document=document,
        blocks=[(_KINDS[type(block)], block) for block in blocks],
        contents=[each for each in blocks if isinstance(each, Heading) and each.level == 2],
        drawings={key: _drawing(key, picture) for key, picture in pictures.items()},
        style=Markup((folder / _STYLE).read_text(encoding="utf-8")),
        colours=_colours(),
        fonts=_fonts(),
    )


def _is_shown(block: Block, pictures: Mapping[PictureKey, Picture]) -> bool:
    if isinstance(block, Figure) and block.table is None:
        return block.key in pictures
    return True


def _address(text: str) -> str | None:
    """Return the address that a text is or begins with, `None` where it is none."""
    return plain(text).partition(" ")[0] if text.startswith("https://") else None


def _drawing(key: str, picture: Picture) -> Markup:
    """Return a picture whose colours follow the page's scheme; the writer escapes its words."""
    inks = {ink: f"var(--{_name(ink)})" for ink in Ink}
    return Markup(picture_svg(picture, inks, prefix=key))


def _name(ink: Ink) -> str:
    return ink.value.replace("_", "-")


def _colours() -> dict[str, Markup]:
    """Return the variables of each scheme."""
    found: dict[str, Any] = {}
    for scheme, inks in COLOURS.items():
        lines = "".join(f" --{_name(ink)}: {colour};" for ink, colour in inks.items())
        found[scheme] = Markup(lines)
    return found


def _fonts() -> list[tuple[int, str]]:
    """Return the typeface as it stands in the file, by weight."""
    folder = shipped("resources") / "fonts"
    return [
        (weight, base64.b64encode((folder / name).read_bytes()).decode("ascii"))
        for weight, name in _FONTS.items()
    ]
