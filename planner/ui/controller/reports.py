"""The report of what was shown when it was asked for: rendered for a look, then written. No Qt.

What is previewed is what is written, to the byte. A report is made off the GUI thread, one
after the other; what the next one can use again is kept.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from planner.catalogue.device_options import device_options
from planner.core.errors import PlannerError
from planner.core.machine import Machine
from planner.core.report_choices import ReportFormat, ReportScope
from planner.ui.controller.machines import NamedSession
from planner.ui.models.report_values import DrawnPages, RenderedReport, ReportSubject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from planner.core.grid import FitDetail, FitGrid
    from planner.core.model_spec import ModelSpec
    from planner.core.pictures.picture import Picture
    from planner.core.report_choices import PictureKey
    from planner.report.choices import FileChoices
    from planner.report.fit_report import FitReport
    from planner.report.further import Known
    from planner.session import PlannerSession
    from planner.ui.controller.ports import ReportOrder
    from planner.ui.models.report_values import ReportWish

    # Told how many steps are done of how many; it raises where nobody waits any longer.
    Step = Callable[[int, int], None]

_WITH_PICTURES: Final = frozenset(
    {ReportFormat.HTML, ReportFormat.PDF, ReportFormat.SVG, ReportFormat.PNG}
)
_LAST_STEPS: Final = 2  # the report and its file, after a step for each machine


class ReportMaker:
    """Makes the reports of one order."""

    def __init__(self, order: ReportOrder, *, now: datetime | None = None) -> None:
        self._order = order
        # The same for every format: they are files of one report.
        self._created = now or datetime.now(UTC).replace(microsecond=0)
        self._others = list(order.others)
        known = (each for each in order.session.models if each.id == order.cell.model_id)
        self._model = next(known, None)
        self._detail = self._detail_on(order.session, order.target_id)
        self._pictures: Mapping[PictureKey, Picture] | None = None
        self._reports: dict[tuple[ReportScope, frozenset[int], bool], FitReport] = {}

    @property
    def subject(self) -> ReportSubject:
        """What the reports can be about."""
        order, model = self._order, self._model
        return ReportSubject(
            plan="" if model is None else f"{model.name} · {order.cell.quant_format}",
            model="" if model is None else model.name,
            machine=order.session.target(order.target_id).name,
            others=tuple(each.name for each in self._others),
            has_pictures=self._detail is not None and self._detail.result.plan is not None,
        )

    def read_card(self, path: Path) -> NamedSession:
        """Return the machine of a card, which may take a while to read.

        Raises:
            PlannerError: the file is no machine card, or cannot be used.
        """
        machine = self._order.open_path(path)
        if not isinstance(machine, Machine):
            raise PlannerError(
                f"{path.name!r} is no machine card. `phi-planner devices --save FILE` writes "
                "one."
            )
        return NamedSession(path.stem, self._order.open_session(machine))

    def add_machine(self, machine: NamedSession) -> None:
        """Let another machine stand beside the others."""
        self._others.append(machine)

    def render(self, wish: ReportWish, step: Step) -> RenderedReport:
        """Return a report as the file that it would be.

        Args:
            wish: What is to be made.
            step: Told before each step.

        Raises:
            PlannerError: another machine has no memory that could be read, or there is no such
                picture.
        """
        from planner.report.renderers import BINARY_FORMATS, render

        choices = wish.choices
        steps = 1 + len(wish.others) + _LAST_STEPS
        report = self._report(wish, lambda done: step(done, steps))
        step(steps - 1, steps)
        file = self._file_choices(wish)
        content = render(report, choices.format, file)
        pages = _pages(report, wish, content, file)
        sizes: tuple[tuple[float, float], ...] = ()
        text = ""
        if pages:
            from planner.report.pages import page_sizes

            sizes = page_sizes(pages)
        elif choices.format not in BINARY_FORMATS:
            text = content.decode("utf-8")
        return RenderedReport(
            wish=wish,
            content=content,
            file_name=self._file_name(wish),
            text=text,
            pages=pages,
            page_sizes=sizes,
        )

    def _report(self, wish: ReportWish, step: Callable[[int], None]) -> FitReport:
        choices = wish.choices
        # A picture is of the plan alone: no more is worked out for it.
        scope = ReportScope.PLAN if choices.format.is_picture else choices.scope
        scope = ReportScope.ALL if self._model is None else scope
        key = (scope, wish.others, wish.with_identity)
        if key in self._reports:
            return self._reports[key]
        from planner.report.fit_report import build_report
        from planner.report.further import OtherMachine

        order = self._order
        step(0)
        grid = self._grid_on(order.session, order.target_id, scope)
        others = []
        for done, number in enumerate(sorted(wish.others), 1):
            step(done)
            other = self._others[number]
            others.append(
                OtherMachine(
                    name=other.name,
                    grid=self._grid_on(other.session, None, scope),
                    detail=self._detail_on(other.session, None),
                )
            )
        step(len(others) + 1)
        report = build_report(
            grid,
            created=self._created,
            detail=self._detail,
            devices=lambda: device_options(order.options.runtime),
            scope=scope,
            known=_known(self._model),
            others=others,
            with_identity=wish.with_identity,
        )
        self._reports[key] = report
        return report

    def _grid_on(
        self, session: PlannerSession, target_id: str | None, scope: ReportScope
    ) -> FitGrid:
        order = self._order
        formats = None if scope is not ReportScope.PLAN else (order.cell.quant_format,)
        models = None if scope is ReportScope.ALL or self._model is None else (self._model,)
        return session.grid(
            order.options, target_id=target_id, quant_formats=formats, models=models
        )

    def _detail_on(self, session: PlannerSession, target_id: str | None) -> FitDetail | None:
        if self._model is None:
            return None
        order = self._order
        return session.detail(
            self._model, order.cell.quant_format, order.options, target_id=target_id
        )

    def _file_choices(self, wish: ReportWish) -> FileChoices:
        from planner.report.choices import FileChoices

        choices = wish.choices
        return FileChoices(
            pictures=self._drawn() if choices.format in _WITH_PICTURES else {},
            paper=choices.paper,
            table=choices.table,
            picture=choices.picture,
            scheme=choices.scheme,
        )

    def _drawn(self) -> Mapping[PictureKey, Picture]:
        if self._pictures is None:
            from planner.report.pictures import report_pictures

            detail = self._detail
            drawn = {} if detail is None else report_pictures(detail, self._order.options)
            self._pictures = drawn
        return self._pictures

    def _file_name(self, wish: ReportWish) -> str:
        choices = wish.choices
        words = ["fit report"]
        if self._model is not None:
            words = [self._model.id, self._order.cell.quant_format, *words]
        if choices.format.is_picture:
            words[-1] = choices.picture.value
        name = "-".join(re.findall(r"[\w.]+", " ".join(words)))
        return f"{name}.{choices.format.value}"


def draw_pages(rendered: RenderedReport, numbers: Iterable[int], scale: float) -> DrawnPages:
    """Draw some pages of a report, at so many pixels to one of its own."""
    from planner.report.pages import page_images

    images = page_images(rendered.pages, numbers, scale=scale)
    return DrawnPages(images=images, scale=scale)


def write_content(path: Path, content: bytes) -> Path:
    """Write what was previewed, whole or not at all.

    Raises:
        PlannerError: it cannot be written; what was there before still is.
    """
    from planner.report.writer import write_file

    write_file(str(path), content, what="The report")
    return path


def _pages(report: FitReport, wish: ReportWish, content: bytes, file: FileChoices) -> bytes:
    """Return what is shown of the file as the pages of a PDF; nothing where it is read as text.

    A page of HTML is as wide as its reader has room, and Qt's own view of it would be another
    one: it is shown as the same content on paper.
    """
    match wish.choices.format:
        case ReportFormat.PDF:
            return content
        case ReportFormat.HTML:
            from planner.report.renderers import render

            return render(report, ReportFormat.PDF.value, file)
        case ReportFormat.SVG | ReportFormat.PNG:
            from planner.report.renderers import picture_pages

            return picture_pages(file)
        case _:
            return b""


def _known(model: ModelSpec | None) -> Known:
    """Return what the catalogue knows of the model that leads."""
    from planner.catalogue import load_card
    from planner.catalogue.published import load_published_files
    from planner.catalogue.reference_figures import load_reference_figures
    from planner.report.further import NOTHING_KNOWN, Known

    if model is None:
        return NOTHING_KNOWN
    return Known(
        card=load_card(model.id),
        files=load_published_files(),
        references=load_reference_figures(),
    )
