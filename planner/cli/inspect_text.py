"""What `inspect` says to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planner.cli.output import Output, fold
from planner.cli.tables import Cell, Column, write_ledger, write_table
from planner.core.units import format_bytes, format_gib

if TYPE_CHECKING:
    from planner.core.foreign_shape import OwnShape
    from planner.core.inspection import Inspection
    from planner.core.model_file import ModelFile
    from planner.files.caches import FoundModels

_WARNING_COLOUR = "33"


def write_inspection(out: Output, seen: Inspection) -> None:
    """Write what a file is, what sets it apart, and what it needs."""
    file = seen.file
    out.line(out.coloured(fold(_headline(file)), "1"))
    for text in _facts(file):
        out.prose(text)
    out.line()
    for each in seen.findings:
        lines = f"- {fold(each.text, indent='  ')[2:]}"
        out.line(out.coloured(lines, _WARNING_COLOUR) if each.is_warning else lines)
    for note in file.notes:
        out.line(f"- {fold(note, indent='  ')[2:]}")
    if file.tensors:
        out.line()
        _write_storage(out, file)
    if seen.unsupported is not None:
        out.line()
        out.prose(seen.unsupported)
    if seen.estimate is not None:
        _write_needs(out, seen)


def _headline(file: ModelFile) -> str:
    words = f"{file.title} ({file.name})" if file.title else file.name
    return words if len(file.file_names) < 2 else f"{words}, {len(file.file_names)} files"


def _facts(file: ModelFile) -> list[str]:
    kind = {"gguf": "GGUF", "safetensors": "safetensors", "config": "A config"}[file.kind.value]
    facts = [kind if file.architecture is None else f"{kind}, architecture {file.architecture}"]
    bits = file.bits_per_weight
    if bits is not None:
        facts.append(f"{file.parameter_count:,} parameters at {bits:.2f} bits per weight")
    if file.file_bytes is not None:
        facts.append(f"{format_bytes(file.file_bytes)} ({file.file_bytes:,} B)")
    sentences = [f"{'; '.join(facts)}."]
    if file.labels:
        claims = ", ".join(f"{each.quant_format} ({each.source})" for each in file.labels)
        sentences.append(f"Labelled {claims}.")
    if file.shape is not None:
        sentences.append(_shape_text(file.shape))
    return sentences


def _shape_text(shape: OwnShape) -> str:
    from planner.core.foreign_shape import kv_values_per_token

    cache = format_bytes(2 * kv_values_per_token(shape))
    return (
        f"{shape.layer_count} layers, {shape.embedding_length:,} wide, "
        f"{shape.head_count} heads, {shape.vocab_size:,} tokens, context up to "
        f"{shape.context_length_limit:,}; KV cache {cache} per token at f16."
    )


def _write_storage(out: Output, file: ModelFile) -> None:
    columns = (
        Column("Type"),
        Column("Tensors", is_number=True),
        Column("Parameters", is_number=True),
        Column("Size", is_number=True),
    )
    rows = [
        [
            Cell(each.storage),
            Cell(f"{each.tensor_count:,}"),
            Cell(f"{each.parameter_count:,}"),
            Cell(format_bytes(each.size_bytes)),
        ]
        for each in file.storage_totals()
    ]
    write_table(out, columns, rows)


def _write_needs(out: Output, seen: Inspection) -> None:
    from planner.core.ledger import Place
    from planner.report.part_wording import gib_range, layers_text, plan_text

    estimate, shape = seen.estimate, seen.file.shape
    if estimate is None or shape is None:
        return
    plan, ledger = estimate.plan, estimate.ledger
    gpu, host = (gib_range(ledger.total(place)) for place in (Place.GPU, Place.HOST))
    needs = (
        f"{host} of RAM" if plan.gpu_layer_count == 0 else f"{gpu} of the GPU, {host} of RAM"
    )
    out.line()
    unchecked = "" if seen.is_checked else " Not checked against measurements."
    out.prose(f"It needs {needs}.{unchecked}")
    out.prose(f"{plan_text(plan)}; {layers_text(plan, shape.layer_count + 1)}.")
    out.line()
    write_ledger(out, estimate)


def write_found(out: Output, found: FoundModels) -> None:
    """Write the models in the caches, with what to hand to `inspect`."""
    if found.models:
        columns = (Column("Kept by"), Column("Model"), Column("Size", is_number=True))
        rows = [
            [Cell(each.owner.value), Cell(each.name), Cell(format_gib(each.size_bytes))]
            for each in found.models
        ]
        write_table(out, columns, rows)
        out.line()
        for each in found.models:
            out.line(f"  {fold(str(each.path), indent='  ')[2:]}")
    else:
        out.prose(
            "No models were found where Ollama, LM Studio, Hugging Face and llama.cpp "
            "keep theirs."
        )
    if found.notes:
        out.line()
    for note in found.notes:
        out.line(f"- {fold(note, indent='  ')[2:]}")
