"""`receipt`: a log against the prediction, for people and for programs."""

import io
import json
from pathlib import Path

import pytest

from planner.cli.command import Surroundings
from planner.cli.output import Output
from planner.cli.receipt import COMMAND
from planner.core.errors import PlannerError

LOGS = Path(__file__).parents[1] / "data" / "runtime_logs"


@pytest.fixture
def say():
    """Run the command with these words and return what it wrote."""
    from argparse import ArgumentParser

    def run(*words: str) -> str:
        parser = ArgumentParser()
        COMMAND.add_options(parser)
        buffer = io.BytesIO()
        stream = io.TextIOWrapper(buffer, encoding="utf-8")
        code = COMMAND.run(parser.parse_args(words), Surroundings(Output(stream, {})))
        assert code == 0
        stream.flush()
        return buffer.getvalue().decode()

    return run


def test_that_each_line_has_the_log_the_prediction_and_the_error(say):
    said = say(str(LOGS / "llama_cpp_phi3_cpu_repack.txt"))
    rows = {line.split("  ")[0]: line for line in said.splitlines()}
    assert "Repacked weights" in rows
    assert "1.21 GiB" in rows["Repacked weights"]
    compute = rows["Compute buffer"]
    assert "288.01 MiB" in compute
    assert "+2.1" in compute


def test_that_programs_get_bytes(say):
    found = json.loads(say(str(LOGS / "llama_cpp_phi3_cuda.txt"), "--json"))
    assert found["schema"] == "phi-planner/receipt/1"
    assert found["plan"]["model"] == "phi-3-mini-4k"
    *exact, compute = [line["error_bytes"] for line in found["lines"]]
    assert exact == [0, 0, 0, 0]
    assert abs(compute) < 16 << 10
    assert found["lines"][3]["predicted_bytes"]["expected"] == 768 << 20


def test_that_what_has_no_prediction_says_why(say):
    said = say(str(LOGS / "vllm_phi4_t4.txt"), "--model", "phi-4", "--quant", "bnb-nf4-dq")
    assert "vLLM gives the cache all that is left of its share of the card." in said


def test_that_the_options_tell_what_the_log_does_not(say):
    said = say(
        str(LOGS / "llama_cpp_phi3_cuda.txt"),
        *("--model", "phi-3-mini-4k", "--quant", "Q4_K_M"),
        *("--program", "server", "--mix", "current"),
    )
    assert "comes nearest" not in said
    assert "−" in said


def test_that_a_log_that_tells_no_model_asks_for_it(say, tmp_path):
    log = tmp_path / "log.txt"
    log.write_text("load_tensors: CUDA0 model buffer size = 2.00 MiB\n", encoding="utf-8")
    with pytest.raises(PlannerError, match="name it with --model"):
        say(str(log))
    with pytest.raises(PlannerError, match="name it with --quant"):
        say(str(log), "--model", "phi-4")
