"""A model's specification field by field: value, source, and who says something else.

The keys are the names of the fields in `planner.core.model_spec` and `planner.core.model_card`;
whoever shows them words them.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from planner.core.tensors import (
    component_tensor_sets,
    model_parameter_count,
    parameter_count,
    tensor_sets,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from planner.core.integrity import Integrity
    from planner.core.model_card import Benchmarks, Conflict, ModelCard
    from planner.core.model_spec import Component, ModelSpec, RuntimeSupport, TransformerShape
    from planner.core.reference_figures import ReferenceFigure

SheetValue = str | int | float | bool | tuple[str | int, ...] | None


class SheetPart(StrEnum):
    """The parts of a sheet, in their order; each has a source of its own."""

    RELEASE = "release"
    SIZE = "size"
    SHAPE = "shape"
    BLOCKS = "blocks"
    TRAINING = "training"
    COMPONENTS = "components"
    RUNTIMES = "runtimes"
    FILES = "files"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetField:
    """One field; `value` is `None` where nothing is published.

    `source` is set where it is not that of the part. `note` goes with the value. `is_derived`
    marks what is counted here and not copied.
    """

    key: str
    value: SheetValue
    source: str | None = None
    note: str | None = None
    is_derived: bool = False
    conflicts: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetSection:
    """The fields of one part, and the source that all of them have."""

    part: SheetPart
    source: str | None
    fields: tuple[SheetField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecSheet:
    """Everything that is known of a model.

    `conflicts` are those about no field of a section, such as the benchmarks.
    """

    sections: tuple[SheetSection, ...]
    benchmarks: tuple[Benchmarks, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    uncertain: tuple[str, ...] = ()
    further_sources: tuple[str, ...] = ()

    def field(self, key: str) -> SheetField | None:
        """Return the first field of that name."""
        found = (each for section in self.sections for each in section.fields)
        return next((each for each in found if each.key == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Specification:
    """A model's sheet, what was checked of it, and memory figures that others publish.

    A user's own file has a sheet of its shape alone.
    """

    sheet: SpecSheet
    integrity: Integrity | None = None
    quoted: tuple[ReferenceFigure, ...] = ()


# Shown where they are not known too: that they are not published is what one wants to know.
_ALWAYS: Final = frozenset(
    {"parameter_count", "training_tokens", "training_compute", "knowledge_cutoff", "tokenizer"}
)
_SHAPE_PARTS: Final = frozenset({"source", "hybrid"})


def spec_sheet(model: ModelSpec, card: ModelCard | None) -> SpecSheet:
    """Return a model's sheet; a user's own file has no card, and only what its shape tells."""
    conflicts = () if card is None else card.conflicts
    sections = tuple(
        SheetSection(part=part, source=source, fields=tuple(_known(found, conflicts)))
        for part, source, found in _parts(model, card)
    )
    shown = {each.key for section in sections for each in section.fields}
    if card is None:
        return SpecSheet(sections=tuple(each for each in sections if each.fields))
    return SpecSheet(
        sections=tuple(each for each in sections if each.fields),
        benchmarks=card.benchmarks,
        conflicts=tuple(each for each in conflicts if each.field not in shown),
        uncertain=card.uncertain,
        further_sources=card.sources.further,
    )


def _known(
    found: tuple[SheetField, ...], conflicts: tuple[Conflict, ...]
) -> Iterator[SheetField]:
    for each in found:
        if each.value in (None, ()) and each.key not in _ALWAYS:
            continue
        theirs = tuple(conflict for conflict in conflicts if conflict.field == each.key)
        yield SheetField(
            key=each.key,
            value=each.value,
            source=each.source,
            note=each.note,
            is_derived=each.is_derived,
            conflicts=theirs,
        )


_Part = tuple[SheetPart, str | None, tuple[SheetField, ...]]


def _parts(model: ModelSpec, card: ModelCard | None) -> Iterator[_Part]:
    sources = None if card is None else card.sources
    if card is not None and sources is not None:
        yield SheetPart.RELEASE, sources.release, _release(model, card)
    yield (
        SheetPart.SIZE,
        None if sources is None else sources.parameter_count,
        _size(model, card),
    )
    if model.shape is not None:
        yield SheetPart.SHAPE, model.shape.source, _shape(model.shape)
    if card is not None and sources is not None:
        yield SheetPart.BLOCKS, sources.architecture, _blocks(card)
        yield SheetPart.TRAINING, sources.training, _training(card)
    yield SheetPart.COMPONENTS, None, tuple(_component(each) for each in model.components)
    yield SheetPart.RUNTIMES, None, _runtimes(model.runtimes)
    if card is not None and sources is not None:
        yield SheetPart.FILES, sources.files, _files(model, card)


def _plain(**values: SheetValue) -> tuple[SheetField, ...]:
    return tuple(SheetField(key=key, value=value) for key, value in values.items())


def _release(model: ModelSpec, card: ModelCard) -> tuple[SheetField, ...]:
    return _plain(
        released=model.released,
        release_note=card.release_note,
        licence=card.licence,
        licence_history=card.licence_history,
        repository=model.repository,
        modalities=tuple(card.modalities),
        instruct=card.instruct,
        closed=card.closed or None,
    )


def _size(model: ModelSpec, card: ModelCard | None) -> tuple[SheetField, ...]:
    count = None
    if model.shape is not None:
        sets = tensor_sets(model.shape, model.components)
        count = sum(each.tensor_count for each in sets)
    note = None if card is None else card.parameter_count_note
    return (
        SheetField(key="label", value=model.label),
        SheetField(key="parameter_count", value=model.parameter_count, note=note),
        SheetField(key="active_parameter_count", value=model.active_parameter_count),
        SheetField(key="derived_count", value=model_parameter_count(model), is_derived=True),
        SheetField(key="tensor_count", value=count, is_derived=True),
    )


def _shape(shape: TransformerShape) -> tuple[SheetField, ...]:
    """Return the fields of the shape; what a model has none of is left out."""
    found = [
        SheetField(key=each.name, value=_zero_is_none(getattr(shape, each.name)))
        for each in fields(shape)
        if each.name not in _SHAPE_PARTS
    ]
    if shape.hybrid is not None:
        found += [
            SheetField(key=each.name, value=getattr(shape.hybrid, each.name))
            for each in fields(shape.hybrid)
        ]
    return tuple(found)


def _zero_is_none(value: SheetValue) -> SheetValue:
    return None if value == 0 and not isinstance(value, bool) else value


def _blocks(card: ModelCard) -> tuple[SheetField, ...]:
    biases = card.biases
    return _plain(
        architecture_class=card.architecture_class,
        tokenizer=card.tokenizer,
        block_shape=card.block_shape,
        block_detail=card.block_detail,
        attention=card.attention,
        position_encoding=card.position_encoding,
        sliding_window_note=card.sliding_window_note,
        feed_forward=card.feed_forward,
        activation=card.activation,
        norm=card.norm,
        norm_epsilon=card.norm_epsilon,
        attention_bias=None if biases is None else biases.attention,
        feed_forward_bias=None if biases is None else biases.feed_forward,
        output_head_bias=None if biases is None else biases.output_head,
        image_input=card.image_input,
        audio_input=card.audio_input,
    )


def _training(card: ModelCard) -> tuple[SheetField, ...]:
    return _plain(
        training_tokens=card.training_tokens,
        training_compute=card.training_compute,
        knowledge_cutoff=card.knowledge_cutoff,
    )


def _files(model: ModelSpec, card: ModelCard) -> tuple[SheetField, ...]:
    return (
        *_plain(
            official_dtype=card.official_dtype,
            checkpoint_note=card.checkpoint_note,
            download_formats=card.download_formats,
        ),
        SheetField(
            key="gguf_header_bytes",
            value=model.gguf_header_bytes,
            source=model.gguf_header_source,
        ),
    )


def _component(component: Component) -> SheetField:
    """Return a part beside the text model with the values that it holds."""
    return SheetField(
        key=component.name,
        value=parameter_count(component_tensor_sets(component)),
        source=component.source,
        note=component.note or component.kind,
        is_derived=True,
    )


def _runtimes(runtimes: Mapping[str, RuntimeSupport]) -> tuple[SheetField, ...]:
    return tuple(
        SheetField(key=name, value=each.support.value, source=each.source, note=each.note)
        # By name: the order in which a file has them says nothing.
        for name, each in sorted(runtimes.items())
    )
