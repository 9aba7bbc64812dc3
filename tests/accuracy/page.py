"""The accuracy page: a table by runtime and part, the worst cases, the bands."""

from itertools import groupby
from statistics import mean, median

from planner.core.units import format_gib
from tests.accuracy.cases import LLAMA_CPP, BandCase, Case, all_cases, band_cases

WORST_SHOWN = 3
MISSES_ABOVE_PERCENT = 1.0
# Where a log or a table ends with rounding.
EXACT_BELOW_PERCENT = 0.005
# A constant of theirs was found on these same cases (planner/core/runtimes names it).
FITTED = {
    ("vllm", "activations"),
    ("onnx-genai", "activations"),
    ("mlx", "whole process"),
}
HEAD = """\
# How accurate is it?

{count:,} figures that were measured elsewhere, each beside what Phi Planner computes for the
same plan: **{exact:,} are met within 0.005 %**, {close:,} within 1 %. `make accuracy` writes
this page from the tables in `tests/data`, where every case has its source; a test fails when
the page is not what the code says now. Nothing was left out for being wrong; the misses are
below.

- **Exact** counts errors below 0.005 %, where rounding in a log or a table ends. Mean, median
  and worst are of the error without its sign.
- The **naive rule** is the one most calculators use: parameters × the bits in the format's
  name, and 20 % on top for a whole process. It stands beside ours where it answers the same
  question, which is weights and whole processes. Of a cache or a buffer it says nothing (–).
- **†** A constant was found on these same cases: the row shows how well it describes them,
  not how well it foretells others. The formulas of llama.cpp's compute buffers follow its
  graph and were checked on all that is here, so they too have seen these cases.

"""
WHY = """\
## Why, where we know

- **transformers, bf16 on a CPU**: oneDNN copies one matrix product of a gated layer to 32
  bits where the processor has no AVX512-BF16, and does not where it has it. The same model
  was measured both ways; we plan for the copy.
- **llama.cpp, whole process on the CPU**: pages of the compute buffer that nothing has
  written to take no RAM. Phi-4-mini reserves 391 MiB of logits and wrote to a fifth of its
  buffer. On a GPU the whole buffer is allocated.
- **llama.cpp, some layers in RAM**: the buffer grows to hold the largest tensor that is
  streamed, and which tensors share it follows from the allocator; our rule is within 8 %.
- **llama.cpp, published logs**: those of 2025 come from older allocators. llama.cpp's own
  simulation of today gives our figures for the same plans (144.0, 162.0 and 294.0 MiB).
- **Published files**: a file labelled Q6_K that keeps embedding and output in Q8_0 (a
  "Q6_K_L") is 1.5 % larger than Q6_K.
- **vLLM, weights**: of Phi-4-multimodal's GPTQ file it is not published which parts beside
  the text were packed.
"""
SOURCES = """
## Where the cases come from

- **llama.cpp**: its own quantiser in a dry run and its own size simulation (commit
  0c1e57098); file sizes on Hugging Face and in Ollama's registry; logs that people published;
  whole processes measured on an x86 CPU (`tests/data/llama_cpp`).
- **The other runtimes**: logs and notebooks with stored output, catalogues, and measurements
  on a CPU; each with its address in `tests/data/runtimes/truth.csv`.
- **Truncated models**: real transformers models of 2 and 4 layers with random weights,
  measured by `make measure` (`tests/data/runtimes/measured.csv`).

Plans that are not offered are left out (a cache in RAM beside layers on a GPU), and of three
published logs the buffers: an NPU, two cards, an older meaning of `--gpu-layers`.

What was not measured yet: whole processes of transformers, vLLM and ONNX Runtime on a GPU, as
the driver sees them.
"""


def page() -> str:
    """Return the whole page."""
    cases = all_cases()
    errors = [abs(case.error_percent) for case in cases]
    head = HEAD.format(
        count=len(cases),
        exact=sum(error < EXACT_BELOW_PERCENT for error in errors),
        close=sum(error < 1 for error in errors),
    )
    return (
        "\n".join(
            (head + _summary(cases), _misses(cases), WHY, _others(cases), _bands(band_cases()))
        )
        + SOURCES
    )


def _summary(cases: list[Case]) -> str:
    lines = [
        "| runtime | what | cases | exact | mean | median | worst | naive: median | worst |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for (runtime, part), group in _groups(cases):
        mark = " †" if (runtime, part) in FITTED else ""
        lines.append(f"| {runtime} | {part}{mark} | {_figures(group)} |")
    return "\n".join(lines) + "\n"


def _groups(cases: list[Case]) -> list[tuple[tuple[str, str], list[Case]]]:
    ordered = sorted(cases, key=_order)
    grouped = groupby(ordered, key=lambda case: (case.runtime, case.part))
    return [(key, list(group)) for key, group in grouped]


def _order(case: Case) -> tuple[bool, str, str]:
    return (case.runtime != LLAMA_CPP, case.runtime, case.part)


def _figures(cases: list[Case]) -> str:
    ours = [abs(case.error_percent) for case in cases]
    theirs = [
        abs(case.naive_error_percent) for case in cases if case.naive_error_percent is not None
    ]
    exact = sum(error < EXACT_BELOW_PERCENT for error in ours)
    naive = f"{median(theirs):.0f} % | {max(theirs):.0f} %" if theirs else "– | –"
    return (
        f"{len(cases)} | {exact} | {mean(ours):.2f} % | {median(ours):.2f} % | "
        f"{max(ours):.2f} % | {naive}"
    )


def _misses(cases: list[Case]) -> str:
    lines = []
    for (runtime, part), group in _groups(cases):
        missed = [case for case in group if abs(case.error_percent) > MISSES_ABOVE_PERCENT]
        missed.sort(key=lambda case: (-abs(case.error_percent), case.name))
        lines += [
            f"| {_signed(case.error_percent)} | {runtime}, {part} "
            f"({len(missed)} of {len(group)}) | {_cell(case.name)} |"
            for case in missed[:WORST_SHOWN]
        ]
    return (
        f"## Misses of more than {MISSES_ABOVE_PERCENT:.0f} %\n\n"
        f"The worst of each kind, {WORST_SHOWN} at most, and how many of its cases are misses. "
        "Above zero we plan for too much.\n\n"
        "| error | what | case |\n|--:|---|---|\n" + "\n".join(lines) + "\n"
    )


def _others(cases: list[Case]) -> str:
    """Every case of the other runtimes that somebody else published."""
    shown = [
        f"| {case.runtime} | {_cell(case.name)} | {case.measured:,.0f} | {case.ours:,.0f} | "
        f"{_signed(case.error_percent)} | {_naive(case)} |"
        for case in sorted(cases, key=_order)
        if case.runtime != LLAMA_CPP and "truncated" not in case.part
    ]
    return (
        "## The other runtimes, case by case\n\n"
        "| runtime | case | measured B | ours B | error | naive rule |\n"
        "|---|---|--:|--:|--:|--:|\n" + "\n".join(shown) + "\n"
    )


def _signed(percent: float) -> str:
    text = f"{percent:+.2f} %"
    return "0.00 %" if text[1:] == "0.00 %" else text


def _naive(case: Case) -> str:
    return "–" if case.naive_error_percent is None else f"{case.naive_error_percent:+.0f} %"


def _bands(cases: list[BandCase]) -> str:
    shown = [
        f"| {case.runtime}, {case.part} | {_cell(case.name)} | {format_gib(case.measured)} | "
        f"{format_gib(case.band.low_bytes)} to {format_gib(case.band.high_bytes)} | "
        f"{'yes' if case.is_inside else '**no**'} |"
        for case in cases
    ]
    return (
        "## Answered with a band\n\nTheir conditions are known in part only (lengths of the "
        "prompts, sizes of the graphs), so there is no one figure to compare.\n\n"
        "| what | case | measured | our band | inside |\n|---|---|--:|--:|---|\n"
        + "\n".join(shown)
        + "\n"
    )


def _cell(text: str) -> str:
    return text.replace("|", "/")
