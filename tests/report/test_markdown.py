"""The report as Markdown: what is shown is what was said, and no more."""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.machine import Machine
from planner.core.plan import GpuLayers, PlanOptions, Program, RuntimeName, SplitMode
from planner.report.markdown import escape, render_markdown
from planner.report.option_records import ReportOptions


def tables(text):
    """Return every run of table rows as lists of cells."""
    found, rows = [], []
    for line in [*text.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
        elif rows:
            found.append(rows)
            rows = []
    return found


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("a|b", r"a\|b"),
        ("**bold** `code`", r"\*\*bold\*\* \`code\`"),
        ("<script>", r"\<script\>"),
        ("[x](http://y)", r"\[x\](http://y)"),
        ("Q4_K_M", "Q4_K_M"),
        ("_under_", r"\_under\_"),
        ("# head", r"\# head"),
        ("- item", r"\- item"),
        ("1. item", r"1\. item"),
        ("1.5 GiB", "1.5 GiB"),
        ("2024-12-12", "2024-12-12"),
        ("two\nlines\x1b[31m", r"two lines \[31m"),
        ("back\\slash", r"back\\slash"),
        ("$x$ ~y~ &lt;", r"\$x\$ \~y\~ \&lt;"),
    ],
)
def test_that_markdown_shows_text_as_it_stands(text, escaped):
    assert escape(text) == escaped


@given(st.text())
def test_that_no_text_breaks_out_of_its_cell(text):
    escaped = escape(text)
    assert escaped.isprintable()
    assert len(re.split(r"(?<!\\)(?:\\\\)*\|", escaped)) == 1


def test_that_every_row_of_a_table_has_as_many_cells_as_its_head(make_report):
    found = tables(render_markdown(make_report("phi-4", "F16")))
    assert len(found) == 5
    for rows in found:
        assert {len(row) for row in rows} == {len(rows[0])}


def test_that_a_drivers_name_cannot_add_a_column(make_report, machine):
    odd = replace(machine.pools[0], name="RTX | 4090 <b>*")
    text = render_markdown(make_report("phi-4", machine=Machine(pools=(odd,))))
    assert r"RTX \| 4090 \<b\>\*" in text
    for rows in tables(text):
        assert {len(row) for row in rows} == {len(rows[0])}


def test_that_the_verdict_stands_first(make_report):
    lines = render_markdown(make_report("phi-4")).splitlines()
    assert lines[0] == "# Will it run? Phi-4 in Q4_K_M on NVIDIA GeForce RTX 4090"
    assert lines[2].startswith("● **Phi-4 in Q4_K_M fits on NVIDIA GeForce RTX 4090: it needs ")
    assert lines[4].endswith("on 2026-11-21 12:00 UTC.")


def test_that_every_line_of_memory_is_there_with_its_source(make_report):
    report = make_report("phi-4")
    text = render_markdown(report)
    for line in report.answer.plan.ledger:
        assert escape(line.formula) in text
        assert escape(line.source) in text
    rows = tables(text)[1]
    assert [row[1] for row in rows if row[0] == "**Total**"] == ["GPU", "RAM"]


def test_that_without_a_plan_the_machine_leads(make_report):
    text = render_markdown(make_report())
    assert "**Phi models on NVIDIA GeForce RTX 4090**" in text
    assert "line by line" not in text


def test_that_a_model_that_cannot_run_says_why(make_report):
    text = render_markdown(make_report("phi-silica"))
    assert "## Phi Silica in Q4_K_M" in text
    assert text.count("closed and come only as a part of Windows") == 3  # sentence, plan, list


def test_that_the_grid_shows_a_page_of_formats_and_the_json_all(make_report):
    heads = tables(render_markdown(make_report()))[-1][0]
    assert heads == ["Model", "F16", "Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q3_K_M", "Q2_K"]


def test_that_a_grid_of_other_formats_shows_those(make_report):
    heads = tables(render_markdown(make_report(formats=("IQ1_S",))))[-1][0]
    assert heads == ["Model", "IQ1_S"]


def test_that_what_a_driver_did_not_give_is_said(make_report, machine):
    lost = replace(machine.pools[0], total_bytes=None, free_bytes=None)
    text = render_markdown(make_report("phi-4", machine=Machine(pools=(lost,))))
    assert "| not known | not known |" in text


def test_that_a_what_if_is_marked(make_report, machine):
    text = render_markdown(make_report(machine=replace(machine, is_what_if=True)))
    assert "This machine is a what-if." in text


def test_that_a_driver_without_cuda_is_named(make_report, machine):
    text = render_markdown(make_report(machine=replace(machine, cuda_version=None)))
    assert "Driver 575.64." in text


def test_that_a_machine_without_notes_has_no_empty_list(make_report, machine):
    quiet = Machine(pools=tuple(replace(pool, notes=()) for pool in machine.pools))
    section = render_markdown(make_report(machine=quiet)).partition("## The machine")[2]
    assert "\n- " not in section.partition("## The plan")[0]


def test_that_an_answer_of_unknown_reason_has_no_empty_paragraph(make_report):
    report = make_report("phi-silica")
    result = report.answer.result.model_copy(update={"reason": None})
    answer = report.answer.model_copy(update={"result": result})
    text = render_markdown(report.model_copy(update={"answer": answer}))
    assert "None" not in text


def test_that_a_grid_without_reasons_ends_at_the_legend(make_report):
    report = make_report(formats=("Q8_0",))
    answered = [result for result in report.results if result.reason is None]
    names = {result.model for result in answered}
    models = tuple(model for model in report.models if model.id in names)
    text = render_markdown(
        report.model_copy(update={"results": tuple(answered), "models": models})
    )
    section = text.partition("## All models")[2].partition("## What")[0]
    assert "\n- " not in section


@pytest.mark.parametrize(
    ("options", "there"),
    [
        ({"runtime": RuntimeName.TRANSFORMERS}, "- Attention: sdpa\n- Cache: dynamic\n"),
        (
            {"runtime": RuntimeName.VLLM},
            "- Share of the card: 0.92\n",
        ),
        ({"runtime": RuntimeName.ONNX_GENAI, "chunk_size": 512}, "- Chunk size: 512 tokens\n"),
        ({"unified_cache": True}, "- Sequences: one cache for all\n"),
        (
            {"split_mode": SplitMode.LAYER, "tensor_split": (3.0, 1.0)},
            "- Split over GPUs: layer 3, 1\n",
        ),
        ({"cpu_expert_layers": 2}, "- Experts in RAM: of 2 layers\n"),
    ],
)
def test_that_the_plan_lists_what_its_runtime_has(make_report, options, there):
    report = make_report(formats=("Q4_K_M",))
    record = ReportOptions.of(PlanOptions(**options))
    section = render_markdown(report.model_copy(update={"options": record}))
    plan = section.partition("## The plan")[2].partition("##")[0]
    assert there in plan
    assert ("Quantiser rules" in plan) is (record.runtime == "llama.cpp")


def test_that_advice_and_the_command_stand_before_the_memory(make_report):
    report = make_report("phi-4", "F16")
    text = render_markdown(report)
    outlook = report.answer.outlook
    advice = [text.index(f"{each.text}") for each in outlook.advice]
    assert advice == sorted(advice)
    command = "\n".join(["```sh", *outlook.launch.lines, "```"])
    assert advice[-1] < text.index(command) < text.index("## Memory, line by line")
    assert escape(outlook.one_gpu_text) in text


def test_that_a_program_in_python_is_marked_as_such(make_report):
    report = make_report(
        "phi-4-mini", "bf16", runtime=RuntimeName.TRANSFORMERS, formats=("bf16",)
    )
    assert "```python\nimport torch\n" in render_markdown(report)


def test_that_notes_go_with_a_command_and_no_fence_ends_early(make_report):
    report = make_report("phi-4")
    launch = report.answer.outlook.launch.model_copy(
        update={"text": "a ``` b", "lines": ("a ``` b",), "notes": ("A *note*.",)}
    )
    outlook = report.answer.outlook.model_copy(update={"launch": launch})
    answer = report.answer.model_copy(update={"outlook": outlook})
    text = render_markdown(report.model_copy(update={"answer": answer}))
    assert "````sh\na ``` b\n````\n\n- A \\*note\\*.\n" in text


def test_that_a_plan_without_a_command_says_why(make_report):
    text = render_markdown(make_report("phi-4", program=Program.LIBRARY))
    assert "No command to start it: This plan is about libllama's own defaults" in text


def test_that_a_plan_that_does_not_fit_has_no_command(make_report):
    text = render_markdown(make_report("phi-4", "F16", gpu_layers=GpuLayers.ALL))
    assert "To start it" not in text
    assert "No command" not in text


def test_that_an_older_report_without_an_outlook_is_shown(make_report):
    report = make_report("phi-4")
    answer = report.answer.model_copy(update={"outlook": None})
    text = render_markdown(report.model_copy(update={"answer": answer}))
    assert "## Memory, line by line" in text
    assert "To start it" not in text


def test_that_an_outlook_without_sentences_leaves_no_gap(make_report):
    report = make_report("phi-4")
    outlook = report.answer.outlook.model_copy(update={"sentences": ()})
    answer = report.answer.model_copy(update={"outlook": outlook})
    assert "\n\n\n" not in render_markdown(report.model_copy(update={"answer": answer}))


def test_that_each_of_several_gpus_has_its_total(make_report, machine):
    other = replace(machine.pools[0], id="gpu1")
    both = replace(machine, pools=(machine.pools[0], other, machine.pools[1]))
    report = make_report(
        "phi-4", "F16", machine=both, split_mode=SplitMode.LAYER, tensor_split=(1.0, 1.0)
    )
    rows = tables(render_markdown(report))[1]
    assert "## All models: GiB needed on all GPUs together" in render_markdown(report)
    totals = [row[1] for row in rows if row[0] == "**Total**"]
    assert totals == ["GPU 0", "GPU 1", "RAM"]
    plan = report.answer.plan
    assert sum(band.high for band in plan.gpus_bytes) == plan.gpu_bytes.high
