"""The report as Markdown: for an issue, a wiki, a mail."""

import re
from collections.abc import Sequence
from typing import Final

from planner.core.budget import Budget
from planner.core.fit import FitVerdict
from planner.core.ledger import Part, Place
from planner.core.plan import RuntimeName, SplitMode
from planner.core.units import format_bytes, format_gib
from planner.report.fit_report import (
    FitReport,
    ReportAnswer,
    ReportLine,
    ReportOptions,
    ReportPlan,
    ReportPool,
    ReportResult,
)
from planner.report.outlook_records import ReportLaunch, ReportOutlook
from planner.report.part_wording import (
    PART_WORDS,
    PLACE_WORDS,
    gib_range,
    place_text,
    where_text,
)
from planner.report.records import ReportBand
from planner.report.wording import GLYPHS, LEGEND, readable_formats

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
    if answer.outlook is not None:
        lines += _outlook(answer.outlook)
    lines += ["### Memory, line by line", ""]
    sources = list(dict.fromkeys(line.source for line in plan.ledger))
    rows = [
        _ledger_row(line, sources.index(line.source) + 1, has_several=bool(plan.gpus_bytes))
        for line in plan.ledger
        if line.bytes.high
    ]
    rows += _total_rows(plan)
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


def _outlook(outlook: ReportOutlook) -> list[str]:
    lines = [f"- {escape(sentence)}" for sentence in outlook.sentences]
    if lines:
        lines.append("")
    if outlook.advice:
        lines += ["### What would help, the cheapest in quality first", ""]
        lines += [
            f"{number}. {escape(each.text)}" for number, each in enumerate(outlook.advice, 1)
        ]
        lines.append("")
    if outlook.one_gpu_text is not None:
        lines += [escape(outlook.one_gpu_text), ""]
    if outlook.launch is not None:
        lines += _launch(outlook.launch)
    elif outlook.launch_reason is not None:
        lines += [f"No command to start it: {escape(outlook.launch_reason)}", ""]
    return lines


def _launch(launch: ReportLaunch) -> list[str]:
    """Return what to copy as a block; its fence is longer than any that stands in it."""
    longest = max((len(run) for run in re.findall(r"`+", launch.text)), default=0)
    fence = "`" * max(3, longest + 1)
    language = "python" if launch.is_python else "sh"
    notes = [f"- {escape(note)}" for note in launch.notes]
    return [
        "### To start it",
        "",
        f"{fence}{language}",
        *launch.lines,
        fence,
        "",
        *(notes and [*notes, ""]),
    ]


def _ledger_row(line: ReportLine, source_number: int, *, has_several: bool) -> list[str]:
    return [
        PART_WORDS[Part(line.part)],
        place_text(Place(line.place), line.device, has_several=has_several),
        *_sizes(line.bytes),
        escape(f"{line.formula}. {line.reason}"),
        str(source_number),
    ]


def _total_rows(plan: ReportPlan) -> list[list[str]]:
    """Return the totals: of each GPU, and of RAM."""
    gpus = plan.gpus_bytes or (plan.gpu_bytes,)
    several = len(gpus) > 1
    totals = [
        (place_text(Place.GPU, device, has_several=several), band)
        for device, band in enumerate(gpus)
    ]
    totals.append((PLACE_WORDS[Place.HOST], plan.host_bytes))
    return [
        ["**Total**", where, *_sizes(band), "the sum of the lines", ""]
        for where, band in totals
    ]


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
    types = {"keys": options.cache_type_k, "values": options.cache_type_v}
    values = {
        "Runtime": options.runtime,
        "Context": tokens,
        "Parallel sequences": str(options.parallel_sequences),
        "KV cache": ", ".join(f"{cache_type} {name}" for name, cache_type in types.items()),
        "Layers on the GPU": str(options.gpu_layers),
        **_own_options(options),
        "Counted on": _FREE_WORDS[Budget(report.budget)],
    }
    rows = [f"- {name}: {escape(value)}" for name, value in values.items()]
    return ["## The plan", "", *rows, ""]


_FREE_WORDS: Final = {
    Budget.FREE_NOW: "what was free at the time",
    Budget.PROGRAMS_CLOSED: "what would have been free with other programs closed",
}


def _own_options(options: ReportOptions) -> dict[str, str]:
    """Return what the runtime alone has."""
    match RuntimeName(options.runtime):
        case RuntimeName.LLAMA_CPP:
            return _llama_options(options)
        case RuntimeName.TRANSFORMERS:
            return {"Attention": options.attention, "Cache": options.cache_kind} | _prompt(
                options
            )
        case RuntimeName.VLLM:
            return {
                "Share of the card": f"{options.gpu_memory_utilization:g}",
                "Sequences at most": f"{options.max_sequences:,}",
                "Batched tokens": f"{options.batch_size:,}",
                "Tensor parallel": str(options.tensor_parallel),
                "CUDA graphs": "no" if options.enforce_eager else "yes",
            }
        case _:
            return _prompt(options)


def _prompt(options: ReportOptions) -> dict[str, str]:
    lengths = {
        "Prompt": options.prompt_length,
        "Maximum length": options.max_length,
        "Chunk size": options.chunk_size,
    }
    return {name: f"{length:,} tokens" for name, length in lengths.items() if length}


def _llama_options(options: ReportOptions) -> dict[str, str]:
    shares = ", ".join(f"{share:g}" for share in options.tensor_split)
    more = {
        "Split over GPUs": f"{options.split_mode} {shares}".strip(),
        "Experts in RAM": f"of {options.cpu_expert_layers} layers",
        "Sequences": "one cache for all",
    }
    is_chosen = (
        options.split_mode != "none",
        bool(options.cpu_expert_layers),
        options.unified_cache,
    )
    chosen = zip(more.items(), is_chosen, strict=True)
    return {
        "Flash attention": "on" if options.flash_attention else "off",
        "Batch": f"{options.batch_size:,}, micro-batch {options.micro_batch_size:,}",
        "Program": options.program,
        "Quantiser rules": options.mix,
        "Tensor layout": options.layout,
        "Importance matrix": "yes" if options.imatrix else "no",
        **{name: words for (name, words), is_there in chosen if is_there},
    }


def _grid(report: FitReport) -> list[str]:
    shown = readable_formats(RuntimeName(report.options.runtime), report.quant_formats)
    width = len(report.quant_formats)
    rows = []
    for index, model in enumerate(report.models):
        row = report.results[index * width : (index + 1) * width]
        cells = [_grid_cell(result) for result in row if result.quant_format in shown]
        rows.append([escape(model.name), *cells])
    heads = (("Model", ""), *((escape(name), ":") for name in shown))
    where = where_text(report.target, SplitMode(report.options.split_mode))
    lines = [f"## All models: GiB needed on {escape(where)}", "", *_table(heads, rows)]
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
