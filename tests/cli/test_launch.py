"""`launch`: a plan as a command, and a command as a plan."""

import json
import shlex
from types import SimpleNamespace

import pytest

from planner.cli import launch as launch_module
from planner.cli.launch import usual_shell
from planner.core.launch import Shell


@pytest.fixture
def answer(run):
    """Return a command's JSON."""

    def ask(*words, **more):
        told = run(*words, "--json", **more)
        assert (told.code, told.err) == (0, "")
        return json.loads(told.out)

    return ask


PLANS = [
    ("phi-4", "--quant", "Q4_K_M", "--context", "8k", "--parallel", "2"),
    ("phi-2", "--quant", "Q8_0", "--gpu-layers", "20", "--flash-attention", "off"),
    ("phi-4-mini", "--quant", "awq-int4", "--runtime", "vllm", "--cache-type", "fp8"),
]


@pytest.mark.parametrize("words", PLANS)
def test_that_a_printed_command_means_the_plan_it_came_from(answer, run, words):
    there = answer("launch", *words)
    back = answer("launch", "--parse", there["launch"]["text"], "--quant", words[2])
    assert back["plan"] == there["plan"]
    assert back["ignored"] == []
    printed = run("launch", *words).out
    assert shlex.split(printed.partition("\n\n")[0].replace("\\\n", " ")) == shlex.split(
        there["launch"]["text"]
    )


def test_that_the_plan_of_a_command_can_be_estimated(run, answer):
    command = "llama-server -m phi-4-Q4_K_M.gguf -c 8192 -ngl 99 -np 1"
    plan = answer("launch", "--parse", command)["plan"]
    told = run("estimate", "--plans", "-", stdin=json.dumps(plan).encode())
    figures = answer("estimate", "phi-4", "--quant", "Q4_K_M", "--context", "8k")
    assert json.loads(told.out) == figures


def test_that_people_read_what_a_command_says_and_what_it_leaves_open(run):
    command = "llama-server -m some.gguf -c 8192 --mlock"
    told = run("launch", "phi-4", "--quant", "q4_k_m", "--parse", command)
    assert told.code == 0
    text = " ".join(told.out.split())
    assert text.startswith("llama-server: Phi-4 in Q4_K_M. llama.cpp, context 8,192 tokens")
    assert "as many of 41 layers on the GPU as fit" in text
    assert "not known: --mlock." in text
    assert "- Without --n-gpu-layers llama.cpp takes as many layers as fit." in text


def test_that_the_layers_of_auto_are_those_that_fit_this_machine(answer):
    words = ("phi-4", "--quant", "F16")
    fitted = answer("check", *words)["results"][0]["gpu_layer_count"]
    launch = answer("launch", *words, "--gpu-layers", "auto")["launch"]
    assert f"-ngl {fitted} " in launch["text"]


def test_that_a_command_goes_with_its_files_and_notes(run):
    out = run("launch", "phi-4", "--quant", "Q4_K_M", "--tool", "Ollama").out
    assert "# The file Modelfile:\nFROM ./phi-4-Q4_K_M.gguf\n" in out
    assert "\n# The first line is the server" in out
    assert max(map(len, out.splitlines())) <= 100


def test_that_a_source_with_blanks_is_one_word_in_each_shell(run):
    words = ("launch", "phi-4", "--quant", "Q4_K_M", "--source", "my file.gguf", "--shell")
    for shell in Shell:
        out = run(*words, shell.value).out
        assert "-m 'my file.gguf' -c 4096" in out
        assert len(out.splitlines()) == 1  # what is quoted is not broken


def test_that_the_usual_shell_is_the_systems(monkeypatch):
    for platform, shell in (("win32", Shell.POWERSHELL), ("linux", Shell.POSIX)):
        monkeypatch.setattr(launch_module, "sys", SimpleNamespace(platform=platform))
        assert usual_shell() is shell


def test_that_the_shares_of_cards_that_might_be_there_are_in_the_command(answer):
    words = ("--split-mode", "layer", "--vram", "24GiB", "--vram", "8GiB", "--ram", "32GiB")
    found = answer("launch", "phi-4", "--quant", "F16", *words)
    assert "-sm layer -ts 24.0,8.0" in found["launch"]["text"]


def test_that_a_start_without_repacking_is_one_word_more(answer):
    words = ("launch", "phi-4", "--quant", "Q4_K_M", "--gpu-layers", "0")
    plain = answer(*words, "--no-repack")["launch"]
    assert plain["text"] == answer(*words)["launch"]["text"] + " --no-repack"
    ollama = answer(*words, "--no-repack", "--tool", "ollama")["launch"]
    assert any("Ollama has no --no-repack" in note for note in ollama["notes"])
    assert not any(
        "--no-repack" in note for note in answer(*words, "--tool", "lms")["launch"]["notes"]
    )
