"""Exit codes, sentences and pipes: what holds for every command."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from planner.cli.main import COMMANDS, main
from planner.version import __version__

MLX = ("--runtime", "mlx", "--quant", "bf16")
ROOT = Path(__file__).resolve().parents[2]


def process(*words, **more):
    """Start the program as a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **more.pop("env", {})}
    return subprocess.Popen(
        [sys.executable, "-m", "planner", *words],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        **more,
    )


def test_that_the_version_is_told(run):
    assert run("--version") == (0, f"phi-planner {__version__}\n", "")


@pytest.mark.parametrize("words", [("--help",), ("-h",), ("app", "--help")])
def test_that_help_names_every_command(run, words):
    told = run(*words)
    assert told.code == 0
    assert all(command in told.out for command in COMMANDS)


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "app"])
def test_that_every_command_has_help_that_fits_the_terminal(run, command):
    told = run(command, "--help")
    assert told.code == 0
    assert told.out.startswith(f"usage: phi-planner {command}")
    assert max(map(len, told.out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("chek",), "check"),
        (("--chek",), "--chek"),
        (("check", "--vrm", "24GiB"), "--vrm"),
        (("estimate",), "MODEL"),
        (("estimate", "phi-4"), "--quant"),
        (("estimate", "phi-4", "--plans", "x"), "--plans"),
        (("estimate", "--plans", "x", "--gpu-layers", "auto"), "--gpu-layers"),
        (("check", "phi-4", "--exit-code"), "--quant"),
        (("check", "--mix", "2020"), "--mix"),
        (("check", "--context", "0"), "--context"),
        (("check", "--context", "-5"), "--context"),
        (("check", "--context", "lots"), "--context"),
        (("check", "--context", "9" * 5000), "--context"),
        (("check", "--parallel", "257"), "--parallel"),
        (("check", "--batch", "0"), "--batch"),
        (("check", "--ubatch", "1.5"), "--ubatch"),
        (("check", "--gpu-layers", "-1"), "--gpu-layers"),
        (("check", "--gpu-layers", "most"), "--gpu-layers"),
        (("check", "--vram", "24"), "--vram"),
        (("check", "--vram", "0GiB"), "--vram"),
        (("check", "--ram", "9999999TiB"), "--ram"),
        (("check", "--reserve", "-1GiB"), "--reserve"),
        (("check", "--cache-type", "fp8"), "vllm"),
        (("check", "--runtime", "mlx", "--cache-type", "q5_0"), "mlx has"),
        (("check", "--runtime", "vllm", "--ubatch", "64"), "--ubatch is of llama.cpp"),
        (("check", "--attention", "eager"), "--attention is of transformers"),
        (("check", "--runtime", "mlx", "--batch", "9"), "--batch is of llama.cpp and vllm"),
        (("check", "--gpu-memory-utilization", "1.5"), "--gpu-memory-utilization"),
        (("check", "--tensor-split", "3,x"), "--tensor-split"),
        (("check", "--tensor-split", "0,0"), "--tensor-split"),
        (("check", "--cpu-moe"), "MODEL"),
        (("check", "phi-4", "--cpu-moe", "--runtime", "vllm"), "--cpu-moe is of llama.cpp"),
        (("check", "--frontier"), "MODEL"),
        (("check", "phi-4", "--frontier", "--context", "8k"), "--context"),
        (("check", "phi-4", "--quant", "F16", "--frontier", "--exit-code"), "--frontier"),
        (("check", "--budget", "later"), "--budget"),
        (("estimate", "--plans", "x", "--cpu-moe"), "cpu_expert_layers"),
        (("estimate", "--train", "lora"), "MODEL"),
        (("estimate", "--plans", "x", "--train", "lora"), "MODEL"),
        (("estimate", "phi-4", "--plans", "x", "--train", "lora"), "--plans"),
        (("estimate", "phi-4", "--quant", "nf4", "--train", "qlora"), "--quant"),
        (("estimate", "phi-4", "--train", "lora", "--runtime", "vllm"), "torch"),
        (("estimate", "phi-4", "--train", "lora", "--full-precision"), "--full-precision"),
        (("launch",), "--parse"),
        (("launch", "phi-4"), "--quant"),
        (("report",), "--output"),
        (("report", "phi-4", "-o", "-"), "--quant"),
        (("report", "-o", "-", "--json", "--format", "md"), "--json"),
        (("report", "-o", "a.md", "--json"), "a.md"),
    ],
)
def test_that_wrong_usage_is_one_sentence_and_exit_code_2(run, words, expected):
    told = run(*words)
    assert told.code == 2
    assert told.out == ""
    assert expected in told.err
    assert told.err.startswith("phi-planner")
    assert told.err.count("\n") == 1
    assert len(told.err) < 400


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("check", "phi-5"), "phi-4"),
        (("estimate", "mini", "--quant", "Q4_K_M"), "no model named 'mini'"),
        (("estimate", "phi-4", "--quant", "Q4_K_X"), "Q4_K_M"),
        (("estimate", "phi-4", "--quant", "Q4"), "'Q4'"),
        (("estimate", "phi-4", "--quant", "Q8_0", "--context", "32k"), "16,384"),
        (("check", "phi-2", "--context", "4k"), "2,048"),
        (("estimate", "phi-silica", "--quant", "Q4_K_M"), "closed"),
        (("check", "--runtime", "vlm"), "vllm"),
        (("estimate", "phi-4", "--quant", "Q4_K_M", "--runtime", "vllm"), "bf16"),
        (
            ("estimate", "phi-4", "--quant", "bf16", "--runtime", "mlx", "--gpu-layers", "0"),
            "MLX",
        ),
        (
            ("launch", "phi-4", "--quant", "bf16", "--runtime", "vllm", "--tool", "ollama"),
            "vllm",
        ),
        (("launch", "phi-4", "--quant", "Q8_0", "--tool", "olama"), "ollama"),
        (("launch", "--parse", "rm -rf phi-4"), "llama-server"),
        (("launch", "--parse", "llama-server -m x.gguf"), "choose the model"),
        (("estimate", "phi-silica", "--train", "lora"), "closed"),
        (("estimate", "phi-2", "--train", "lora", "--context", "4k"), "2,048"),
        (("check", "--runtime", "lama.cpp"), "llama.cpp"),
        (("check", "--target", "gpu7"), "gpu0, ram"),
        (("estimate", "--plans", "no such file"), "no such file"),
        (("models", "phi-9"), "phi-9"),
    ],
)
def test_that_what_cannot_be_answered_is_one_sentence_and_exit_code_1(run, words, expected):
    told = run(*words)
    assert (told.code, told.out) == (1, "")
    assert expected in told.err
    assert told.err.count("\n") == 1


def test_that_a_part_of_a_name_is_never_taken_for_a_model(run):
    told = run("check", "Phi-4-reason")
    assert told.code == 1
    assert "phi-4-reasoning" in told.err


def test_that_a_name_cannot_move_the_cursor(run):
    told = run("check", "\x1b[2Jphi")
    assert "\x1b" not in told.err


def test_that_ctrl_c_is_quiet(run, monkeypatch):
    def interrupted(*words):
        raise KeyboardInterrupt

    monkeypatch.setattr("planner.cli.main._run", interrupted)
    assert run("check") == (130, "", "")


def test_that_a_bug_is_not_hidden(run, monkeypatch):
    def broken(*words):
        raise ZeroDivisionError

    monkeypatch.setattr("planner.cli.main._run", broken)
    with pytest.raises(ZeroDivisionError):
        run("check")


@pytest.mark.parametrize("words", [(), ("app",), ("app", "-style", "fusion")])
def test_that_the_window_opens_with_the_words_after_app(words):
    opened: list[list[str]] = []

    def open_window(arguments):
        opened.append(list(arguments))
        return 7

    assert main(words, open_window=open_window) == 7
    assert opened == [list(words[1:])]


def test_that_a_missing_qt_is_told_with_what_answers_instead(capsys):
    def open_window(arguments):
        raise ImportError("libEGL.so.1: cannot open shared object", name="PySide6.QtGui")

    assert main(["app"], open_window=open_window) == 1
    told = capsys.readouterr().err
    assert "libEGL.so.1" in told
    assert "phi-planner check" in told


def test_that_a_bug_in_the_window_is_not_taken_for_a_missing_qt():
    def open_window(arguments):
        raise ImportError("no module named planner.oops", name="planner.oops")

    with pytest.raises(ImportError, match="oops"):
        main(["app"], open_window=open_window)


def test_that_without_a_window_the_command_line_says_what_answers(run):
    told = run("app")
    assert told.code == 1
    assert "phi-planner check" in told.err


@pytest.mark.parametrize("words", [("check", "--json"), ("models",), ("check", "phi-4")])
def test_that_a_closed_pipe_is_no_error(words):
    reading, writing = os.pipe()
    started = process(*words, stdout=writing)
    os.close(writing)
    os.close(reading)
    _, err = started.communicate(timeout=60)
    assert (started.returncode, err) == (0, b"")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no /dev/full on this system")  # noqa: PTH110
def test_that_a_full_disk_under_the_output_is_told_without_a_traceback():
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        started = process("models", "--json", stdout=full)
        _, err = started.communicate(timeout=60)
    assert started.returncode == 1
    assert err == b"phi-planner: The output could not be written: No space left on device.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
def test_that_a_closed_output_is_no_traceback():
    command = f'"{sys.executable}" -m planner devices >&- 2>&1'
    told = subprocess.run(
        command,
        shell=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert told.stderr == b""


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_that_any_encoding_can_show_the_table(encoding):
    started = process(
        "check", "--vram", "8GiB", "--ram", "8GiB",
        stdout=subprocess.PIPE,
        env={"PYTHONIOENCODING": encoding},
    )  # fmt: skip
    out, err = started.communicate(timeout=60)
    assert (started.returncode, err) == (0, b"")
    shown = out.decode(encoding)
    assert ("●" in shown) == (encoding == "utf-8")
    heads = next(line for line in shown.splitlines() if line.startswith("Model "))
    rows = [line for line in shown.splitlines() if line.startswith("Phi")]
    assert len(rows) == 24
    assert {len(row) for row in rows} == {len(heads)}


def test_that_json_is_plain_ascii_where_the_output_is(run):
    told = run("check", "--json", encoding="ascii")
    assert told.code == 0
    assert told.out.isascii()


def test_that_estimate_loads_neither_pydantic_nor_drivers_nor_qt():
    code = (
        "import sys; from planner.__main__ import main; "
        "main(['estimate', 'phi-4', '--quant', 'Q4_K_M', '--json']); "
        "print(*{name.split('.')[0] for name in sys.modules}, file=sys.stderr)"
    )
    subprocess.run(
        [sys.executable, "-c", _WRITE_CHECKED], cwd=ROOT, check=True, capture_output=True
    )
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    unwanted = {"pydantic", "psutil", "subprocess", "PySide6", "pynvml", "tomllib", "numpy"}
    assert not unwanted & set(told.stderr.split())


_WRITE_CHECKED = (
    "from pathlib import Path; from planner.catalogue.checked import write_checked_specs; "
    "from planner.catalogue.loader import CHECKED_SPECS; "
    "write_checked_specs(Path('specs'), CHECKED_SPECS)"
)
