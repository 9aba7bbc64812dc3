"""The report as Markdown: for an issue, a wiki, a mail."""

import re
from collections.abc import Sequence
from typing import Final

from planner.core.fit import FitVerdict
from planner.core.ledger import Part, Place
from planner.core.units import format_bytes, format_gib
from planner.report.fit_report import (
    FitReport,
    ReportAnswer,
    ReportBand,
    ReportLine,
    ReportPlan,
    ReportPool,
    ReportResult,
)
from planner.report.part_wording import PART_WORDS, PLACE_WORDS, gib_range
from planner.report.wording import GLYPHS, LEGEND, READABLE_FORMATS

# What Markdown, with the tables and formulas of GitHub, reads as more than itself.
_SPECIAL: Final = re.compile(r"[\\`*\[\]<>|~$&]|(?<![0-9A-Za-z])_|_(?![0-9A-Za-z])")
# A heading, a list or a rule begins so, at the start of a line or of a list item.
_BLOCK_START: Final = re.compile(r"^(\d*)([#+=-]|[.)](?=\s|$))")
_NOT_KNOWN: Final = "not known"


def escape(text: str) -> str:
    """Return text that Markdown shows as it stands, on one line, in a table too."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", line)
    return _BLOCK_START.sub(r"\1\\\2", escaped)


def render_markdown(report: FitReport) -> str:
    """Return the report as Markdown; the same report gives the same text."""
    sections = [_head(report)]
    if report.answer is not None:
        sections.append(_answer(report.answer))
    sections += [_machine(report), _options(report), _grid(report), _closing(report)]
    return "\n".join(line for section in sections for line in section)


def _head(report: FitReport) -> list[str]:
    answer = report.answer
    target = report.pool()
    made_by = f"Made by Phi Planner {escape(report.versions['phi-planner'])}"
    lead = f"Phi models on {target.name}" if answer is None else answer.sentence
    sign = "" if answer is None else f"{GLYPHS[FitVerdict(answer.result.verdict)]} "
    what_if = " This machine is a what-if." if report.machine.is_what_if else ""
    return [
        "# Will it run here?",
        "",
        f"{sign}**{escape(lead)}**{what_if}",
        "",
        f"{made_by} on {report.created:%Y-%m-%d %H:%M %Z}.",
        "",
    ]


def _answer(answer: ReportAnswer) -> list[str]:
    result, plan = answer.result, answer.plan
    lines = [f"## {escape(answer.model_name)} in {escape(result.quant_format)}", ""]
    if plan is None:
        return lines + ([f"{escape(result.reason)}", ""] if result.reason else [])
    lines += _facts(plan, result)
    lines += ["### Memory, line by line", ""]
    sources = list(dict.fromkeys(line.source for line in plan.ledger))
    rows = [
        _ledger_row(line, sources.index(line.source) + 1)
        for line in plan.ledger
        if line.bytes.high
    ]
    rows += [_total_row(plan, place) for place in Place]
    lines += _table(_LEDGER_HEADS, rows)
    lines += [f"{number}. {escape(source)}" for number, source in enumerate(sources, 1)]
    return [*lines, ""]


_LEDGER_HEADS: Final = (
    ("Part", ""),
    ("Where", ""),
    ("Low", ":"),
    ("Expected", ":"),
    ("High", ":"),
    ("How it is computed", ""),
    ("Source", ":"),
)


def _facts(plan: ReportPlan, result: ReportResult) -> list[str]:
    file = _NOT_KNOWN if plan.file_bytes is None else gib_range(plan.file_bytes.band)
    limit = f"{result.max_context_length or 0:,}"
    weights = f"{plan.parameter_count:,} parameters at {plan.bits_per_weight:.2f} bits"
    return [
        f"- Context: {plan.context_length:,} tokens (the model's limit: {limit})",
        f"- Layers on the GPU: {plan.gpu_layer_count} of {result.layer_count}",
        f"- File: {file}; {weights}",
        "",
    ]


def _ledger_row(line: ReportLine, source_number: int) -> list[str]:
    return [
        PART_WORDS[Part(line.part)],
        PLACE_WORDS[Place(line.place)],
        *_sizes(line.bytes),
        escape(f"{line.formula}. {line.reason}"),
        str(source_number),
    ]


def _total_row(plan: ReportPlan, place: Place) -> list[str]:
    total = plan.gpu_bytes if place is Place.GPU else plan.host_bytes
    return ["**Total**", PLACE_WORDS[place], *_sizes(total), "the sum of the lines", ""]


def _sizes(band: ReportBand) -> list[str]:
    return [format_bytes(size) for size in (band.low, band.expected, band.high)]


def _machine(report: FitReport) -> list[str]:
    machine = report.machine
    heads = (("Id", ""), ("Name", ""), ("Free", ":"), ("Total", ":"), ("Source", ""))
    rows = [_pool_row(pool) for pool in machine.pools]
    lines = ["## The machine", "", *_table(heads, rows)]
    kept = format_gib(report.reserve_bytes)
    lines.append(f"Compared with {escape(report.target)}; {kept} of it is to stay free.")
    if machine.driver_version is not None:
        cuda = "" if machine.cuda_version is None else f", CUDA up to {machine.cuda_version}"
        lines.append(escape(f"Driver {machine.driver_version}{cuda}."))
    notes = [*machine.notes, *(note for pool in machine.pools for note in pool.notes)]
    if notes:
        lines += ["", *(f"- {escape(note)}" for note in dict.fromkeys(notes))]
    return [*lines, ""]


def _pool_row(pool: ReportPool) -> list[str]:
    return [
        escape(pool.id),
        escape(pool.name),
        _NOT_KNOWN if pool.free_bytes is None else format_gib(pool.free_bytes),
        _NOT_KNOWN if pool.total_bytes is None else format_gib(pool.total_bytes),
        escape(pool.source),
    ]


def _options(report: FitReport) -> list[str]:
    options = report.options
    context = options.context_length
    tokens = "4,096 tokens or the model's limit" if context is None else f"{context:,} tokens"
    values = {
        "Runtime": options.runtime,
        "Context": tokens,
        "Parallel sequences": str(options.parallel_sequences),
        "KV cache": f"{options.cache_type_k} keys, {options.cache_type_v} values",
        "Flash attention": "on" if options.flash_attention else "off",
        "Batch": f"{options.batch_size:,}, micro-batch {options.micro_batch_size:,}",
        "Layers on the GPU": str(options.gpu_layers),
        "Program": options.program,
        "Quantiser rules": options.mix,
        "Tensor layout": options.layout,
        "Importance matrix": "yes" if options.imatrix else "no",
    }
    rows = [f"- {name}: {escape(value)}" for name, value in values.items()]
    return ["## The plan", "", *rows, ""]


def _grid(report: FitReport) -> list[str]:
    shown = [name for name in report.quant_formats if name in READABLE_FORMATS]
    shown = shown or list(report.quant_formats)
    width = len(report.quant_formats)
    rows = []
    for index, model in enumerate(report.models):
        row = report.results[index * width : (index + 1) * width]
        cells = [_grid_cell(result) for result in row if result.quant_format in shown]
        rows.append([escape(model.name), *cells])
    heads = (("Model", ""), *((escape(name), ":") for name in shown))
    lines = [f"## All models: GiB needed on {escape(report.target)}", "", *_table(heads, rows)]
    lines += [", ".join(LEGEND) + ".", ""]
    reasons = dict.fromkeys(result.reason for result in report.results if result.reason)
    return lines + ([*(f"- {escape(reason)}" for reason in reasons), ""] if reasons else [])


def _grid_cell(result: ReportResult) -> str:
    needed = result.needed_bytes
    figure = "" if needed is None else format_gib(needed.expected).removesuffix(" GiB")
    return f"{GLYPHS[FitVerdict(result.verdict)]} {figure}".rstrip()


def _closing(report: FitReport) -> list[str]:
    rows = [f"- {escape(text)}" for text in report.assumptions]
    return ["## What this rests on", "", *rows, ""]


def _table(heads: Sequence[tuple[str, str]], rows: Sequence[Sequence[str]]) -> list[str]:
    lines = [
        _row([name for name, _ in heads]),
        _row([f"---{side}" for _, side in heads]),
        *(_row(row) for row in rows),
    ]
    return [*lines, ""]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
