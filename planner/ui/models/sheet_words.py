"""A specification sheet in the words of the window: rows that can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from planner.core.integrity import ASPECT_FIELDS, Aspect, CheckKind
from planner.core.model_spec import Support
from planner.core.sheet_text import Note, SheetBlock, SheetRow
from planner.core.spec_sheet import SheetPart
from planner.ui import figures, text
from planner.ui.core_texts import core_text
from planner.ui.models.field_names import field_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.core.integrity import Check, Integrity
    from planner.core.model_card import Benchmarks, Conflict
    from planner.core.published import FileComparison
    from planner.core.reference_figures import ReferenceFigure
    from planner.core.spec_sheet import (
        SheetField,
        SheetSection,
        SheetValue,
        Specification,
        SpecSheet,
    )

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate


def sheet_blocks(values: Specification) -> tuple[SheetBlock, ...]:
    """Return the whole sheet, part by part."""
    sheet = values.sheet
    found = [_section(each) for each in sheet.sections]
    if values.integrity is not None:
        found += [_files(values.integrity.files)] if values.integrity.files else []
    found += [_benchmarks(each, sheet) for each in sheet.benchmarks]
    if values.integrity is not None:
        found.append(_integrity(sheet, values.integrity))
    if values.quoted:
        found.append(_quoted(values.quoted))
    found += list(_open_ends(sheet))
    return tuple(found)


def part_name(part: SheetPart) -> str:
    """Return the heading of a part of the sheet."""
    return {
        SheetPart.RELEASE: translate("sheet", "Release and licence"),
        SheetPart.SIZE: translate("sheet", "Size"),
        SheetPart.SHAPE: translate("sheet", "Shape"),
        SheetPart.BLOCKS: translate("sheet", "How it is built"),
        SheetPart.TRAINING: translate("sheet", "Training"),
        SheetPart.COMPONENTS: translate("sheet", "Beside the text model"),
        SheetPart.RUNTIMES: translate("sheet", "Runtimes"),
        SheetPart.FILES: translate("sheet", "Checkpoint and downloads"),
    }[part]


def _section(section: SheetSection) -> SheetBlock:
    return SheetBlock(
        title=part_name(section.part),
        source=section.source or "",
        rows=tuple(_row(each, section.part) for each in section.fields),
    )


def _row(field: SheetField, part: SheetPart) -> SheetRow:
    notes = [Note(words=field.note)] if field.note else []
    if field.is_derived and part is SheetPart.SIZE:
        notes.append(Note(words=translate("sheet", "Counted here from the named tensors.")))
    notes += [_conflict(each) for each in field.conflicts]
    is_runtime = part is SheetPart.RUNTIMES
    value = _support(str(field.value)) if is_runtime else value_words(field.value)
    if part is SheetPart.COMPONENTS:
        value = translate("sheet", "{count} parameters").format(count=value)
    return SheetRow(
        name=field_name(field.key), value=value, source=field.source or "", notes=tuple(notes)
    )


def value_words(value: SheetValue) -> str:
    """Return a value as it is read; what nobody published is said to be so."""
    match value:
        case None:
            return translate("sheet", "not published")
        case bool():
            return translate("sheet", "yes") if value else translate("sheet", "no")
        case int():
            return figures.number(value)
        case float():
            return figures.telling_number(value)
        case tuple():
            joint = ", " if all(isinstance(each, int) for each in value) else "; "
            return joint.join(str(each) for each in value)
        case str():
            return text.day_text(value)


def _support(support: str) -> str:
    return {
        Support.FULL.value: translate("sheet", "runs it"),
        Support.TEXT_ONLY.value: translate("sheet", "runs its text part"),
        Support.NONE.value: translate("sheet", "does not run it"),
    }[support]


def _conflict(conflict: Conflict) -> Note:
    words = translate("sheet", "Another source says: {other}. {why}")
    return Note(
        words=words.format(other=conflict.other_value, why=conflict.why),
        source=conflict.other_source,
        warns=True,
    )


def _benchmarks(found: Benchmarks, sheet: SpecSheet) -> SheetBlock:
    about = (each for each in sheet.conflicts if each.field == "benchmarks")
    rows = [SheetRow(name=name, value=str(score)) for name, score in found.scores.items()]
    if found is sheet.benchmarks[0]:
        rows += [_conflict_row(each) for each in about]
    return SheetBlock(
        title=translate("sheet", "Benchmarks, as published"),
        source=found.source,
        rows=tuple(rows),
        note=found.note or "",
    )


def _conflict_row(conflict: Conflict) -> SheetRow:
    return SheetRow(
        name=field_name(conflict.field),
        value=conflict.shown_here,
        notes=(_conflict(conflict),),
    )


def _files(files: tuple[FileComparison, ...]) -> SheetBlock:
    return SheetBlock(
        title=translate("sheet", "Published files"),
        rows=tuple(_file(each) for each in files),
        note=translate("sheet", "Their size, and how far ours for such a file is from it."),
    )


def _file(found: FileComparison) -> SheetRow:
    file = found.file
    notes = []
    if not file.is_exact:
        words = translate("sheet", "Rounded by its publisher; ours is within {percent} %.")
        percent = 100 * abs(found.difference_bytes) / file.size_bytes
        notes.append(Note(words=words.format(percent=figures.number(percent, 1))))
    elif found.difference_bytes:
        words = translate("sheet", "{size} bytes more than ours.")
        if found.difference_bytes < 0:
            words = translate("sheet", "{size} bytes less than ours.")
        notes.append(Note(words=words.format(size=figures.number(abs(found.difference_bytes)))))
    else:
        notes.append(Note(words=translate("sheet", "Ours is the same to the byte.")))
    if found.warning:
        notes.append(Note(words=core_text(found.warning), warns=True))
    elif file.note:
        notes.append(Note(words=file.note))
    size = translate("sheet", "{size} bytes · {gib}")
    name = translate("sheet", "{quant_format}, {publisher}")
    return SheetRow(
        name=name.format(quant_format=file.quant_format, publisher=file.publisher),
        value=size.format(size=figures.number(file.size_bytes), gib=text.gib(file.size_bytes)),
        source=file.url,
        notes=tuple(notes),
    )


def _integrity(sheet: SpecSheet, found: Integrity) -> SheetBlock:
    rows = []
    for aspect in Aspect:
        known = [sheet.field(key) for key in ASPECT_FIELDS[aspect]]
        facts = [each for each in known if each is not None and each.value is not None]
        words = text.FACT_MARK.join(_fact(each) for each in facts)
        rows.append(SheetRow(name=_aspect_name(aspect), value=words or value_words(None)))
    rows += [_check(each) for each in found.checks]
    return SheetBlock(
        title=translate("sheet", "Integrity"),
        rows=tuple(rows),
        note=translate(
            "sheet",
            "Published facts, whose sources stand above, and what we checked ourselves. There "
            "is no score.",
        ),
    )


def _fact(field: SheetField) -> str:
    if isinstance(field.value, str):
        return field.value
    words = translate("sheet", "{field}: {value}")
    return words.format(field=field_name(field.key), value=value_words(field.value))


def _aspect_name(aspect: Aspect) -> str:
    return {
        Aspect.PROVENANCE: translate("sheet", "Provenance"),
        Aspect.DATA: translate("sheet", "Data"),
        Aspect.TOKENIZER: translate("sheet", "Tokenizer"),
        Aspect.COMPUTE: translate("sheet", "Compute"),
        Aspect.LICENCE: translate("sheet", "Licence"),
        Aspect.VERSIONING: translate("sheet", "Versioning"),
    }[aspect]


def _check(check: Check) -> SheetRow:
    counts = {
        "ours": figures.number(check.ours),
        "theirs": figures.number(check.theirs),
        "near": figures.number(check.near or 0),
    }
    if check.kind is CheckKind.FILE_SIZES:
        name = translate("sheet", "Check: file sizes")
        words = translate(
            "sheet",
            "Equal to the byte: {ours} of {theirs}. Within 0.005 %: {near} of {theirs}.",
        )
    else:
        name = translate("sheet", "Check: parameters")
        if check.kind is CheckKind.ACTIVE_PARAMETER_COUNT:
            name = translate("sheet", "Check: active parameters")
        words = translate("sheet", "Derived from the shape {ours}, published {theirs}.")
    return SheetRow(name=name, value=words.format(**counts), holds=check.holds)


def _quoted(figures: tuple[ReferenceFigure, ...]) -> SheetBlock:
    name = translate("sheet", "Memory at {tokens}")
    value = translate("sheet", "{publisher} says {size}, read on {day}")
    return SheetBlock(
        title=translate("sheet", "What others say"),
        rows=tuple(
            SheetRow(
                name=name.format(tokens=text.token_text(each.context_length)),
                value=value.format(
                    publisher=each.publisher,
                    size=text.gib(each.value_bytes),
                    day=text.day_text(each.read_on),
                ),
                source=each.url,
                notes=(Note(words=each.note),),
            )
            for each in figures
        ),
        note=translate("sheet", "Quoted, not checked."),
    )


def _open_ends(sheet: SpecSheet) -> Iterator[SheetBlock]:
    has_benchmarks = bool(sheet.benchmarks)
    others = tuple(
        _conflict_row(each)
        for each in sheet.conflicts
        if each.field != "benchmarks" or not has_benchmarks
    )
    if others:
        yield SheetBlock(title=translate("sheet", "Sources differ"), rows=others)
    if sheet.uncertain:
        yield SheetBlock(
            title=translate("sheet", "Not certain"),
            rows=tuple(SheetRow(name="", value=each) for each in sheet.uncertain),
        )
    if sheet.further_sources:
        yield SheetBlock(
            title=translate("sheet", "Further sources"),
            rows=tuple(
                SheetRow(name="", value="", source=each) for each in sheet.further_sources
            ),
        )
