"""What the preview of a report shows, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.core.pictures.page_image import PageImage
    from planner.core.report_choices import ReportChoices


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportSubject:
    """What a report can be about.

    `plan` names the plan that leads and `model` its model; both are empty where a person's own
    file is looked at, which is no part of the catalogue. `others` name the machines that can
    stand beside `machine`, `pictures` are those that there are.
    """

    plan: str
    model: str
    machine: str
    others: tuple[str, ...] = ()
    has_pictures: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportWish:
    """A report as it is asked for; `others` are numbers of `ReportSubject.others`.

    `with_identity` is no choice that is remembered: it is asked for each time.
    """

    choices: ReportChoices
    others: frozenset[int] = frozenset()
    with_identity: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderedReport:
    """The file as it would be written, and what is shown of it.

    `text` is the file's own. Where it has pages or is a picture, `pages` are those as a PDF:
    for a PDF it is `content` itself. `page_sizes` are width and height in pixels, 96 to the
    inch.
    """

    wish: ReportWish
    content: bytes
    file_name: str
    text: str = ""
    pages: bytes = b""
    page_sizes: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPages:
    """Some pages as pixels; `scale` is how many of them stand for one of the page's own."""

    images: tuple[PageImage, ...]
    scale: float
