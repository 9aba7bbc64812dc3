"""`estimate --plans`: a line in, a line out, whatever the line."""

import json

import pytest

from planner.catalogue import load_model
from planner.cli.command import Surroundings
from planner.cli.plan_lines import MAX_LINE_BYTES
from planner.core.errors import PlannerError

PLAN = {"model": "phi-4", "quant_format": "Q4_K_M"}


@pytest.fixture
def answers(run):
    """Return the answers to lines of bytes or to plans."""

    def ask(*lines, words=()):
        text = b"\n".join(
            line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines
        )
        told = run("estimate", "--plans", "-", *words, stdin=text)
        assert (told.code, told.err) == (0, "")
        return [json.loads(line) for line in told.out.splitlines()]

    return ask


def test_that_a_line_is_answered_as_the_command_line_would(answers, run):
    words = ("estimate", "phi-4", "--quant", "Q4_K_M", "--json")
    assert answers(PLAN) == [json.loads(run(*words).out)]


def test_that_an_answers_plan_asks_the_same_question(answers):
    plan = {**PLAN, "context_length": 8192, "cache_type_k": "q8_0", "gpu_layer_count": 7}
    (answer,) = answers(plan)
    assert answers(answer["plan"]) == [answer]


@pytest.mark.parametrize(
    ("runtime", "quant_format", "more"),
    [
        ("transformers", "nf4", {"attention": "eager", "prompt_length": 100}),
        ("vllm", "bf16", {"cache_type_k": "fp8", "cache_type_v": "fp8", "tensor_parallel": 2}),
        ("mlx", "4bit", {"prompt_length": None}),
        ("onnx-genai", "INT4", {"max_length": 8192, "chunk_size": 512}),
    ],
)
def test_that_every_runtimes_answer_asks_the_same_question(
    answers, runtime, quant_format, more
):
    plan = {"model": "phi-4", "runtime": runtime, "quant_format": quant_format, **more}
    (answer,) = answers(plan)
    assert answer["plan"] == {
        **answer["plan"], **plan, "quant_format": quant_format.lower()
    }  # fmt: skip
    assert answers(answer["plan"]) == [answer]


def test_that_results_keep_the_order_of_the_plans(answers):
    formats = ["Q8_0", "Q2_K", "F16", "Q2_K"]
    told = answers(*({**PLAN, "quant_format": name} for name in formats))
    assert [answer["plan"]["quant_format"] for answer in told] == formats


def test_that_blank_lines_and_a_byte_order_mark_are_no_plans(answers):
    line = json.dumps(PLAN).encode()
    assert len(answers(b"\xef\xbb\xbf" + line, b"", b"  \r", line + b"\r")) == 2


def test_that_other_options_are_the_defaults_of_the_lines(answers):
    told = answers({"model": "phi-4"}, PLAN, words=("--quant", "F16", "--context", "8k"))
    assert [each["plan"]["quant_format"] for each in told] == ["F16", "Q4_K_M"]
    assert {each["plan"]["context_length"] for each in told} == {8192}


@pytest.mark.parametrize(("layers", "count"), [("all", 41), (0, 0), (5, 5), (999, 41)])
def test_that_gpu_layers_may_be_a_word_or_a_number(answers, layers, count):
    (answer,) = answers({**PLAN, "gpu_layers": layers})
    assert answer["plan"]["gpu_layer_count"] == count


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"model": "phi-5"}, "phi-5"),
        ({"model": 4}, "'model'"),
        ({"model": None}, "'model'"),
        ({"quant_format": "Q4"}, "Q4"),
        ({"quant_format": []}, "'quant_format'"),
        ({"context_length": True}, "'context_length'"),
        ({"context_length": "8k"}, "'context_length'"),
        ({"context_length": 8192.0}, "'context_length'"),
        ({"context_length": 0}, "context"),
        ({"context_length": -1}, "'context_length'"),
        ({"context_length": 10**30}, "'context_length'"),
        ({"context_length": 32768}, "16,384"),
        ({"parallel_sequences": 0}, "parallel"),
        ({"cache_type_k": "fp9"}, "'cache_type_k'"),
        ({"cache_type_k": "fp8"}, "llama.cpp has no fp8 cache"),
        ({"attention": "eager"}, "'attention' is of transformers"),
        ({"prompt_length": 1.5}, "'prompt_length'"),
        ({"gpu_memory_utilization": True}, "'gpu_memory_utilization'"),
        ({"gpu_memory_utilization": -1}, "'gpu_memory_utilization'"),
        ({"tensor_split": 3}, "'tensor_split'"),
        ({"tensor_split": ["x"]}, "'tensor_split'"),
        ({"cache_type_v": {"f16": 1}}, "'cache_type_v'"),
        ({"flash_attention": 1}, "'flash_attention'"),
        ({"imatrix": "yes"}, "'imatrix'"),
        ({"program": "other"}, "'program'"),
        ({"mix": "2020"}, "'mix'"),
        ({"layout": "x" * 500}, "'layout'"),
        ({"runtime": "vllm"}, "vllm"),
        ({"gpu_layers": "auto"}, "machine"),
        ({"gpu_layers": True}, "'gpu_layers'"),
        ({"gpu_layers": 3, "gpu_layer_count": 4}, "contradict"),
        ({"gpu_layer_count": "most"}, "'gpu_layer_count'"),
        ({"context": 8192, "quantt": 1}, '"context", "quantt"'),
    ],
)
def test_that_a_bad_plan_is_answered_with_why_and_itself(answers, change, named):
    plan = {**PLAN, **change}
    bad, good = answers(plan, PLAN)
    assert set(bad) == {"error", "plan"}
    assert named in bad["error"]
    assert len(bad["error"]) < 500
    assert bad["plan"] == plan
    assert good["plan"]["model"] == "phi-4"


@pytest.mark.parametrize("missing", ["model", "quant_format"])
def test_that_a_plan_without_a_name_says_which(answers, missing):
    (answer,) = answers({key: value for key, value in PLAN.items() if key != missing})
    assert f"'{missing}'" in answer["error"]


@pytest.mark.parametrize(
    "line",
    [
        b"{",
        b"not json",
        b"[1]",
        b"null",
        b'"phi-4"',
        b"\xff\xfe",
        b'{"context_length": NaN}',
        b'{"context_length": ' + b"9" * 5000 + b"}",
        b"[" * 50_000,
        b'{"a":' * 10_000,
        b" " * MAX_LINE_BYTES + b"{}",
    ],
)
def test_that_a_line_that_is_no_plan_is_told_by_its_number(answers, line):
    good, bad, after = answers(PLAN, line, PLAN)
    assert bad["plan"] is None
    assert "Line 2 " in bad["error"]
    assert good == after


def test_that_a_line_of_the_longest_length_is_read(answers):
    line = json.dumps(PLAN).encode()
    padding = b" " * (MAX_LINE_BYTES - len(line))
    assert "error" not in answers(line + padding, PLAN)[0]


def test_that_half_a_character_in_a_name_breaks_nothing(answers):
    (answer,) = answers(b'{"model": "\\ud800", "quant_format": "F16"}')
    assert "no model named" in answer["error"]


def test_that_each_model_is_read_once(answers, monkeypatch):
    read: list[str] = []

    def reading(name):
        read.append(name)
        return load_model(name)

    monkeypatch.setattr("planner.cli.plan_lines.load_model", reading)
    answers(*[PLAN] * 5, {**PLAN, "model": "phi-2"})
    assert read == ["phi-4", "phi-2"]


def test_that_plans_are_read_from_a_file(run, tmp_path):
    file = tmp_path / "plans.jsonl"
    file.write_text(json.dumps(PLAN), encoding="utf-8")
    told = run("estimate", "--plans", str(file))
    assert json.loads(told.out)["tensor_bytes"] == 9_055_703_040  # llama.cpp's dry run


def test_that_a_folder_is_no_file_of_plans(run, tmp_path):
    told = run("estimate", "--plans", str(tmp_path))
    assert told.code == 1
    assert str(tmp_path) in told.err


def test_that_no_standard_input_is_told(monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(PlannerError, match="standard input"):
        Surroundings.standard_input()
