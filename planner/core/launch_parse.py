"""And back: a pasted `llama-server`, `llama-cli` or `vllm serve` command becomes a plan.

Nothing is run and nothing is looked up. Words that say nothing about memory, or that are not
known, are listed; values that no program would take are refused in one sentence.
"""

import re
import shlex
from collections.abc import Sequence
from typing import Final

from planner.core.errors import PlannerError
from planner.core.launch_llama import read_llama
from planner.core.launch_vllm import read_vllm
from planner.core.launch_words import ParsedLaunch, shown
from planner.core.model_spec import ModelSpec
from planner.core.plan import PlanOptions

MAX_COMMAND_LENGTH: Final = 16_384
MAX_WORDS: Final = 512
# Lines that go on: a backslash (sh), a backtick (PowerShell), a caret (cmd).
_CONTINUED: Final = re.compile(r"[ \t]+[\\`^][ \t]*\r?\n")
_ASSIGNMENT: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_STARTERS: Final = frozenset(("exec", "nohup", "sudo", "time"))
_VLLM_MODULE: Final = "vllm.entrypoints.openai.api_server"


def parse_launch(
    text: str, models: Sequence[ModelSpec], *, defaults: PlanOptions | None = None
) -> ParsedLaunch:
    """Read one command line.

    `defaults` gives what no option of the command says, such as how the file was quantised.

    Raises:
        PlannerError: it is no such command, or a value is none that the program takes.
    """
    words, dropped = _one_command(_words(text))
    before = []
    while words and (_ASSIGNMENT.match(words[0]) or words[0] in _STARTERS):
        before.append(words.pop(0))
    program, arguments = _program(words)
    base = PlanOptions() if defaults is None else defaults
    around = (*before, *dropped)
    if program == "vllm":
        return read_vllm(arguments, models, base, around)
    return read_llama(program, arguments, models, base, around)


def _words(text: str) -> list[str]:
    if len(text) > MAX_COMMAND_LENGTH:
        raise PlannerError(
            f"The command is too long: {len(text):,} characters, and at most "
            f"{MAX_COMMAND_LENGTH:,} are read."
        )
    line = _CONTINUED.sub(" ", text).strip()
    # A path of Windows is full of backslashes, which a POSIX shell would take away.
    is_windows = re.search(r"(^|\s|['\"])([A-Za-z]:|\.{1,2})\\", line) is not None
    try:
        words = shlex.split(line, posix=not is_windows)
    except ValueError as error:
        raise PlannerError(f"The command cannot be read: {str(error).lower()}.") from None
    if is_windows:
        words = [_unquoted(word) for word in words]
    if len(words) > MAX_WORDS:
        raise PlannerError(
            f"The command has {len(words):,} words; at most {MAX_WORDS} are read."
        )
    return words


def _unquoted(word: str) -> str:
    is_quoted = len(word) > 1 and word[0] == word[-1] and word[0] in "'\""
    return word[1:-1] if is_quoted else word


def _one_command(words: list[str]) -> tuple[list[str], list[str]]:
    """Return the first command, and what a shell would do with it or after it."""
    for index, word in enumerate(words):
        if word in {"|", "||", "&&", ";", "&"} or re.match(r"[0-9&]?[<>]", word):
            return words[:index], words[index:]
    return words, []


def _program(words: list[str]) -> tuple[str, list[str]]:
    name = re.split(r"[/\\]", words[0])[-1].removesuffix(".exe") if words else ""
    if name in {"llama-server", "llama-cli"}:
        return name, words[1:]
    if name == "vllm" and words[1:2] == ["serve"]:
        return "vllm", words[2:]
    if name.startswith("python") and words[1:3] == ["-m", _VLLM_MODULE]:
        return "vllm", words[3:]
    start = shown(" ".join(words[:2])) if words else "nothing"
    raise PlannerError(
        "A command of llama-server, llama-cli or `vllm serve` is needed; this one starts with "
        f"{start}."
    )
