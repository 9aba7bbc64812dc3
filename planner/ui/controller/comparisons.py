"""Saved answers, or the one that is shown, set beside one another. No Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from planner.core.errors import PlannerError
from planner.core.report_choices import ReportChoices, ReportFormat
from planner.ui.controller.reports import ReportMaker
from planner.ui.models.comparison_values import (
    ComparedArea,
    ComparedRow,
    SavedComparison,
    Side,
    TakenAnswer,
)
from planner.ui.models.report_values import ReportWish

if TYPE_CHECKING:
    from pathlib import Path

    from planner.report.compare import Comparison
    from planner.report.saved import Saved
    from planner.ui.controller.ports import ReportOrder

# A report of all models in all formats has a quarter of this.
_LARGEST_BYTES: Final = 1 << 20


class Comparisons:
    """Keeps two answers and says what changed; called off the GUI thread, one at a time."""

    def __init__(self) -> None:
        self._taken: dict[Side, tuple[TakenAnswer, Saved]] = {}

    @property
    def taken(self) -> tuple[TakenAnswer, ...]:
        """The answers there are."""
        return tuple(answer for answer, _ in self._taken.values())

    def has(self, side: Side) -> bool:
        """Whether there is an answer for one side."""
        return side in self._taken

    def take_file(self, side: Side, path: Path) -> None:
        """Take the answer of a file.

        Raises:
            PlannerError: it is none of our answers, or cannot be read.
        """
        from planner.files.bounded_json import read_json_object
        from planner.files.opened import shown
        from planner.report.saved import read_saved

        raw = read_json_object(path, largest_bytes=_LARGEST_BYTES)
        self._take(side, path.name, read_saved(raw, file=shown(path)))

    def take_order(self, side: Side, order: ReportOrder, name: str) -> None:
        """Take what is shown; `name` is what it is called.

        Raises:
            PlannerError: there is no report of it.
        """
        from planner.files.bounded_json import parse_json_object
        from planner.report.saved import read_saved

        wish = ReportWish(choices=ReportChoices(format=ReportFormat.JSON))
        made = ReportMaker(order).render(wish, lambda _done, _steps: None)
        raw = parse_json_object(made.content, name=name)
        self._take(side, name, read_saved(raw, file=name))

    def swap(self) -> None:
        """Let each be the other."""
        others = {Side.BEFORE: Side.AFTER, Side.AFTER: Side.BEFORE}
        self._taken = {
            others[side]: (replace(answer, side=others[side]), saved)
            for side, (answer, saved) in self._taken.items()
        }

    def compared(self) -> SavedComparison | None:
        """Return what changed, `None` while there is one answer only."""
        found = self._comparison()
        if found is None:
            return None
        from planner.report.comparison_page import AREA_WORDS, difference_text

        areas = (
            ComparedArea(
                key=area.value,
                rows=tuple(
                    ComparedRow(
                        name=change.name,
                        before=change.before,
                        after=change.after,
                        difference=difference_text(change),
                        why="; ".join(change.why),
                    )
                    for change in found.of(area)
                ),
            )
            for area in AREA_WORDS
        )
        return SavedComparison(
            sentence=found.sentence, areas=tuple(area for area in areas if area.rows)
        )

    def write(self, path: Path) -> Path:
        """Write what changed, as HTML or as JSON by the name's suffix, whole or not at all.

        Raises:
            PlannerError: the suffix is another, or the file cannot be written.
        """
        from planner.report.comparison_page import comparison_json, comparison_page
        from planner.report.writer import write_file

        found = self._comparison()
        suffix = path.suffix.casefold()
        if found is None or suffix not in (".html", ".json"):
            raise PlannerError(
                f"The comparison {path.name!r} was not written: its name must end in .html or "
                ".json, which picks the format."
            )
        if suffix == ".json":
            text = comparison_json(found)
        else:
            from planner.report.html import document_html

            text = document_html(comparison_page(found), pictures={})
        write_file(str(path), text.encode("utf-8", "replace"), what="The comparison")
        return path

    def _take(self, side: Side, name: str, saved: Saved) -> None:
        self._taken[side] = (TakenAnswer(side=side, name=name, kind=saved.kind), saved)

    def _comparison(self) -> Comparison | None:
        if len(self._taken) < len(Side):
            return None
        from planner.report.compare import compare

        (before_answer, before), (after_answer, after) = (self._taken[side] for side in Side)
        return compare(before, after, names=(before_answer.name, after_answer.name))
