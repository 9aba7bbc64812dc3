"""What goes with the plan that leads: curves, its specification, other people's figures."""

from collections.abc import Sequence
from typing import Final, Self

from pydantic import Field

from planner.core.frontier import Frontier
from planner.core.model_card import ModelCard
from planner.core.model_spec import ModelSpec
from planner.core.pictures.memory_curve import MemoryCurve
from planner.core.published import FileComparison
from planner.core.reference_figures import ReferenceComparison
from planner.core.spec_sheet import SpecSheet, spec_sheet
from planner.core.speed import SpeedEstimate
from planner.report.outlook_records import ReportSpeedBand
from planner.report.records import ReportBand, ReportRecord
from planner.report.spec_wording import field_note, field_source, field_words, value_words

_FIRST_POINT: Final = 1024


class ReportCurvePoint(ReportRecord):
    """What the plan takes of the target with another context, everything on it.

    `None` is a length that the runtime refuses; `reason` says why.
    """

    context_length: int
    expected_bytes: int | None
    high_bytes: int | None
    reason: str | None = None

    @classmethod
    def all_of(cls, curve: MemoryCurve) -> tuple[Self, ...]:
        """Return the points of a page: 1,024 tokens, its doubles, and the limit."""
        longest = curve.samples[-1].context_length
        return tuple(
            cls(
                context_length=sample.context_length,
                expected_bytes=sample.total_bytes,
                high_bytes=sample.high_bytes,
                reason=sample.reason,
            )
            for sample in curve.samples
            if sample.context_length == longest or _is_round(sample.context_length)
        )


def _is_round(length: int) -> bool:
    return length >= _FIRST_POINT and length & (length - 1) == 0


class ReportSpeedPoint(ReportRecord):
    """A modelled speed with that many tokens in the cache; nothing was run."""

    context_length: int
    decode_tokens_per_s: ReportSpeedBand | None

    @classmethod
    def all_of(cls, curve: Sequence[SpeedEstimate]) -> tuple[Self, ...]:
        """Return the points of a page."""
        return tuple(
            cls(
                context_length=each.context_length,
                decode_tokens_per_s=ReportSpeedBand.of(each.decode),
            )
            for each in curve
            if each is curve[-1] or _is_round(each.context_length)
        )


class ReportFrontierCell(ReportRecord):
    """The longest context of one quant format with one cache type."""

    quant_format: str
    cache_type: str
    fits_context_length: int | None
    tight_context_length: int | None
    reason: str | None

    @classmethod
    def all_of(cls, found: Frontier) -> tuple[Self, ...]:
        """Return the records of a frontier."""
        return tuple(
            cls(
                quant_format=cell.quant_format,
                cache_type=cell.cache_type.value,
                fits_context_length=cell.fits_context_length,
                tight_context_length=cell.tight_context_length,
                reason=cell.reason,
            )
            for cell in found.cells
        )


class ReportFact(ReportRecord):
    """One field of the specification; `part` is the one that it stands in."""

    name: str
    value: str
    source: str | None = None
    part: str = ""
    note: str | None = None


class ReportConflict(ReportRecord):
    """A public source that says something else."""

    field: str
    shown_here: str
    other_value: str
    other_source: str
    why: str


class ReportSpecification(ReportRecord):
    """What is known of the model, with where it comes from."""

    model: str
    facts: tuple[ReportFact, ...]
    conflicts: tuple[ReportConflict, ...]
    uncertain: tuple[str, ...] = ()

    @classmethod
    def of(cls, model: ModelSpec, card: ModelCard) -> Self:
        """Return the record of a model's specification."""
        return cls(
            model=model.id,
            facts=tuple(_facts(spec_sheet(model, card))),
            conflicts=tuple(
                ReportConflict(
                    field=each.field,
                    shown_here=each.shown_here,
                    other_value=each.other_value,
                    other_source=each.other_source,
                    why=each.why,
                )
                for each in card.conflicts
            ),
            uncertain=card.uncertain,
        )


def _facts(sheet: SpecSheet) -> list[ReportFact]:
    return [
        ReportFact(
            part=section.part.value,
            name=field_words(field.key, section.part),
            value=value_words(field, section.part),
            source=field_source(field, section),
            note=field_note(field),
        )
        for section in sheet.sections
        for field in section.fields
    ]


class ReportReference(ReportRecord):
    """A figure that somebody else published, beside ours for the same thing."""

    name: str
    publisher: str
    value_bytes: int
    ours_bytes: ReportBand
    difference_bytes: int
    read_on: str | None = None
    url: str
    note: str | None = None

    @classmethod
    def of_file(cls, found: FileComparison) -> Self:
        """Return the record of a published file."""
        return cls(
            name=f"File {found.file.name}",
            publisher=found.file.publisher,
            value_bytes=found.file.size_bytes,
            ours_bytes=ReportBand.of(found.estimated),
            difference_bytes=found.difference_bytes,
            url=found.file.url,
            note=found.warning,
        )

    @classmethod
    def of_figure(cls, found: ReferenceComparison) -> Self:
        """Return the record of a quoted figure."""
        figure = found.figure
        return cls(
            name=f"Memory at {figure.context_length:,} tokens",
            publisher=figure.publisher,
            value_bytes=figure.value_bytes,
            ours_bytes=ReportBand.of(found.ours),
            difference_bytes=found.difference_bytes,
            read_on=figure.read_on,
            url=figure.url,
            note=figure.note,
        )


class ReportFurther(ReportRecord):
    """All of it, empty where nothing is known."""

    curve: tuple[ReportCurvePoint, ...] = ()
    frontier: tuple[ReportFrontierCell, ...] = ()
    speeds: tuple[ReportSpeedPoint, ...] = ()
    specification: ReportSpecification | None = None
    references: tuple[ReportReference, ...] = Field(default=())
