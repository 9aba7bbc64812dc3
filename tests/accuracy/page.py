"""The accuracy page: a table by runtime and part, the worst cases, the bands."""

from planner.core.accuracy import AccuracyRow, AccuracyTable
from planner.core.units import format_gib
from tests.accuracy.cases import LLAMA_CPP, BandCase, Case, all_cases, band_cases
from tests.accuracy.table import MISSES_ABOVE_PERCENT, WORST_SHOWN, accuracy_table, order

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
  not how well it foretells others. The replay of llama.cpp's graph has no constant of its
  own, but it was written with these cases at hand, so it too has seen them.

"""
WHY = """\
## Why, where we know

- **transformers, bf16 on a CPU**: oneDNN copies one matrix product of a gated layer to 32
  bits where the processor has no AVX512-BF16, and does not where it has it. The same model
  was measured both ways; we plan for the copy.
- **llama.cpp, whole process on the CPU**: pages of the compute buffer that nothing has
  written to take no RAM. Phi-4-mini reserves 391 MiB of logits and wrote to a fifth of its
  buffer. On a GPU the whole buffer is allocated.
- **llama.cpp, compute buffers**: we replay its graph allocator. What is off at all is the
  padding of a few small inputs, and once that leads to another choice among equal holes.
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
  0c1e57098; `tests/measure/llama_cpp` repeats it without a GPU); file sizes on Hugging Face
  and in Ollama's registry; logs that people published; whole processes measured on an x86 CPU
  (`tests/data/llama_cpp`).
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
    table = accuracy_table(cases)
    head = HEAD.format(count=table.case_count, exact=table.exact_count, close=table.close_count)
    return (
        "\n".join(
            (head + _summary(table), _misses(table), WHY, _others(cases), _bands(band_cases()))
        )
        + SOURCES
    )


def _summary(table: AccuracyTable) -> str:
    lines = [
        "| runtime | what | cases | exact | mean | median | worst | naive: median | worst |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for row in table.rows:
        mark = " †" if row.is_fitted else ""
        lines.append(f"| {row.runtime} | {row.part}{mark} | {_figures(row)} |")
    return "\n".join(lines) + "\n"


def _figures(row: AccuracyRow) -> str:
    naive = "– | –"
    if row.naive_median_percent is not None and row.naive_worst_percent is not None:
        naive = f"{row.naive_median_percent:.0f} % | {row.naive_worst_percent:.0f} %"
    return (
        f"{row.case_count} | {row.exact_count} | {row.mean_percent:.2f} % | "
        f"{row.median_percent:.2f} % | {row.worst_percent:.2f} % | {naive}"
    )


def _misses(table: AccuracyTable) -> str:
    lines = [
        f"| {_signed(miss.error_percent)} | {miss.runtime}, {miss.part} "
        f"({miss.missed_count} of {miss.case_count}) | {_cell(miss.case)} |"
        for miss in table.misses
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
        for case in sorted(cases, key=order)
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
