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
from planner.core.speed import SpeedEstimate
from planner.report.outlook_records import ReportSpeedBand
from planner.report.records import ReportBand, ReportRecord

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
    """One field of the specification; its source stands in the list beside it."""

    name: str
    value: str
    source: str | None = None


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
            facts=tuple(_facts(model, card)),
            conflicts=tuple(
                ReportConflict.model_validate(each.model_dump()) for each in card.conflicts
            ),
            uncertain=card.uncertain,
        )


def _facts(model: ModelSpec, card: ModelCard) -> list[ReportFact]:
    sources = card.sources
    groups: tuple[tuple[str | None, dict[str, object]], ...] = (
        (
            sources.release,
            {
                "Released": model.released,
                "Licence": card.licence,
                "Modalities": ", ".join(card.modalities),
            },
        ),
        (sources.parameter_count, _counts(model)),
        (None if model.shape is None else model.shape.source, _shape(model)),
        (
            sources.architecture,
            {
                "Attention": card.attention,
                "Positions": card.position_encoding,
                "Feed-forward": card.feed_forward,
                "Norm": card.norm,
                "Tokenizer": card.tokenizer,
            },
        ),
        (
            sources.training,
            {"Training tokens": card.training_tokens, "Knowledge until": card.knowledge_cutoff},
        ),
        (sources.files, {"Published as": card.official_dtype}),
    )
    return [
        ReportFact(name=name, value=_text(value), source=source)
        for source, values in groups
        for name, value in values.items()
        if value is not None
    ]


def _counts(model: ModelSpec) -> dict[str, object]:
    return {
        "Parameters": model.parameter_count,
        "Active per token": model.active_parameter_count,
    }


def _shape(model: ModelSpec) -> dict[str, object]:
    shape = model.shape
    if shape is None:
        return {}
    return {
        "Architecture": shape.architecture.value,
        "Layers": shape.layer_count,
        "Embedding length": shape.embedding_length,
        "Feed-forward length": shape.feed_forward_length,
        "Heads": shape.head_count,
        "KV heads": shape.kv_head_count,
        "Head dimension": shape.head_dim,
        "Vocabulary": shape.vocab_size,
        "Experts": shape.expert_count or None,
        "Experts per token": shape.experts_per_token or None,
        "Context limit": shape.context_length_limit,
        "Sliding window": shape.sliding_window,
    }


def _text(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)


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
