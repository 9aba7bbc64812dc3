"""The manual page and the completions name what the program really has."""

import shutil
import subprocess

import pytest

import shell_help
from planner.cli.main import COMMANDS, command_parsers

PARSERS = command_parsers()


@pytest.fixture(autouse=True)
def _day(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1763769600")


def test_that_every_command_and_option_is_in_the_manual():
    text = shell_help.manual(PARSERS).replace("\\-", "-")
    assert text.startswith('.TH PHI-PLANNER 1 2025-11-22 "Phi Planner ')
    for name, parser in PARSERS.items():
        assert f".SS {name}\n" in text
        for action in shell_help.options_of(parser):
            assert action.option_strings[-1] in text
    assert set(PARSERS) == set(COMMANDS) - {"app"}


def completed(shell, words, tmp_path):
    """Return what bash offers for the last of the words."""
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    file = tmp_path / "completion"
    file.write_text(shell_help.bash(PARSERS), encoding="utf-8")
    quoted = " ".join(f"'{word}'" for word in words)
    script = (
        f"source {file}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _phi_planner; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    told = subprocess.run([program, "-c", script], capture_output=True, text=True, check=True)
    return told.stdout.split()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["phi-planner", "dev"], ["devices"]),
        (["phi-planner", "check", "phi-4-mini-f"], ["phi-4-mini-flash-reasoning"]),
        (["phi-planner", "check", "--runtime", "v"], ["vllm"]),
        (["phi-planner", "check", "--fron"], ["--frontier"]),
        (["phi-planner", "estimate", "--quant", "Q4_K_"], ["Q4_K_M", "Q4_K_S"]),
    ],
)
def test_that_bash_offers_what_there_is(words, offered, tmp_path):
    assert sorted(completed("bash", words, tmp_path)) == offered


@pytest.mark.parametrize(
    ("shell", "make"), [("zsh", shell_help.zsh), ("fish", shell_help.fish)]
)
def test_that_zsh_and_fish_understand_theirs(shell, make, tmp_path):
    text = make(PARSERS)
    for name in PARSERS:
        assert name in text
    file = tmp_path / "completion"
    file.write_text(text, encoding="utf-8")
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not installed")
    told = subprocess.run([program, "-n", file], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")
