"""The manual page and the shells' completions, made from the commands' own parsers.

`python packaging/shell_help.py FOLDER` writes them; it needs the app importable.
"""

import sys
from argparse import Action, ArgumentParser
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from build_parts import VERSION, epoch
from planner.catalogue import load_catalogue
from planner.cli.main import PROGRAM, command_parsers
from planner.core.plan import CacheType, RuntimeName
from planner.core.quant_format import QUANT_FORMATS

_TOP_LEVEL: Final = ("--help", "--version", "--verbose")
# Options whose value is a file; all others that take one are for people to know.
_FILE_WORDS: Final = ("FILE", "LOG", "FOLDER", "PATH")


def main() -> None:
    """Write all four files."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    parsers = command_parsers()
    texts = {
        f"{PROGRAM}.1": manual(parsers),
        f"{PROGRAM}.bash": bash(parsers),
        f"_{PROGRAM}": zsh(parsers),
        f"{PROGRAM}.fish": fish(parsers),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


# Values that a command checks itself, for its own words on a wrong one.
_CACHE_TYPES: Final = tuple(each.value for each in CacheType)
_KNOWN_VALUES: Final[dict[str, tuple[str, ...]]] = {
    "--runtime": tuple(each.value for each in RuntimeName),
    "--quant": tuple(each.name for each in QUANT_FORMATS),
    "--cache-type": _CACHE_TYPES,
    "--cache-type-k": _CACHE_TYPES,
    "--cache-type-v": _CACHE_TYPES,
}


def values_of(action: Action) -> list[str]:
    """Return the closed set of values of an option or a positional, or nothing."""
    if action.choices:
        return [str(each) for each in action.choices]
    if action.metavar == "MODEL":
        return [model.id for model in load_catalogue().models]
    known = (_KNOWN_VALUES[name] for name in action.option_strings if name in _KNOWN_VALUES)
    return list(next(known, ()))


def options_of(parser: ArgumentParser) -> list[Action]:
    """Return a command's options, without its positional arguments."""
    return [action for action in parser._actions if action.option_strings]  # noqa: SLF001 - argparse has no other way


def _takes_file(action: Action) -> bool:
    return any(
        word in _FILE_WORDS for word in str(action.metavar or "").replace(",", " ").split()
    )


def _says(action: Action, parser: ArgumentParser) -> str:
    """Return the help of an option with its placeholders filled."""
    values = {**vars(action), "prog": parser.prog}
    return (action.help or "") % values if "%" in (action.help or "") else action.help or ""


# --------------------------------------------------------------------------- manual page


def _roff(text: str) -> str:
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\n".join(f"\\&{line}" if line[:1] in ".'" else line for line in text.splitlines())


def manual(parsers: dict[str, ArgumentParser]) -> str:
    """Return the manual page, section 1."""
    day = datetime.fromtimestamp(epoch(), UTC).strftime("%Y-%m-%d")
    lines = [
        f'.TH PHI\\-PLANNER 1 {day} "Phi Planner {VERSION}" "User Commands"',
        ".SH NAME",
        "phi\\-planner \\- will this Microsoft Phi model run on this computer?",
        ".SH SYNOPSIS",
        ".B phi\\-planner",
        "[\\-\\-verbose] [\\fICOMMAND\\fR] [\\fIOPTIONS\\fR]",
        ".SH DESCRIPTION",
        "Reads the GPUs and the memory of this computer, knows every Phi model in every quant",
        "format, and answers whether it fits. Without a command it opens the window.",
        "Sizes are GiB (2**30 bytes) unless they are written GB (10**9 bytes).",
        ".TP",
        ".B app",
        "Open the window, with the models, machine cards, logs or reports that are named.",
    ]
    for name, parser in parsers.items():
        lines += [".TP", f".B {_roff(name)}", _roff(parser.description or "")]
    lines += [".SH OPTIONS"]
    for name, parser in parsers.items():
        lines.append(f".SS {_roff(name)}")
        for action in options_of(parser):
            names = ", ".join(action.option_strings)
            value = "" if action.nargs == 0 else f" {_value_word(action)}"
            lines += [".TP", f".B {_roff(names + value)}", _roff(_says(action, parser))]
    lines += _CLOSING
    return "\n".join(lines) + "\n"


def _value_word(action: Action) -> str:
    if action.choices:
        return "{" + ",".join(map(str, action.choices)) + "}"
    if isinstance(action.metavar, tuple):
        return " ".join(action.metavar)
    return action.metavar or action.dest.upper()


_CLOSING: Final = [
    ".SH FILES",
    ".TP",
    ".I $XDG_CONFIG_HOME/phi\\-planner, else ~/.config/phi\\-planner",
    "What was chosen in the window, and its size.",
    ".TP",
    ".I $XDG_STATE_HOME/phi\\-planner, else ~/.local/state/phi\\-planner",
    "The log of faults.",
    ".PP",
    "Removing the program leaves both where they are.",
    ".SH EXIT STATUS",
    "0 answered; 1 could not, with the reason on standard error; 2 wrong usage. With",
    "\\-\\-exit\\-code,",
    ".B check",
    "also says 3 partial, 4 no, 5 unsupported or unknown.",
    ".SH ENVIRONMENT",
    ".TP",
    ".B NO_COLOR",
    "Set to anything, no colour is used.",
    ".TP",
    ".B QT_QPA_PLATFORM",
    "How Qt shows the window: xcb, wayland or offscreen.",
]


# --------------------------------------------------------------------------- completions


def _words(parser: ArgumentParser) -> Iterator[str]:
    for action in parser._actions:  # noqa: SLF001 - argparse has no other way
        yield from action.option_strings or values_of(action)


def _choices(parsers: Iterable[ArgumentParser]) -> dict[str, list[str]]:
    """Return the values of the options that have a closed set of them."""
    found: dict[str, list[str]] = {}
    for parser in parsers:
        for action in options_of(parser):
            for name in action.option_strings:
                known = found.setdefault(name, [])
                known += [each for each in values_of(action) if each not in known]
    return {name: values for name, values in found.items() if values}


def bash(parsers: dict[str, ArgumentParser]) -> str:
    """Return the completion for bash."""
    cases = "\n".join(
        f"        {name}) words='{' '.join(_words(parser))}' ;;"
        for name, parser in parsers.items()
    )
    values = "\n".join(
        f"        {name}) words='{' '.join(each)}'; options= ;;"
        for name, each in _choices(parsers.values()).items()
    )
    return f"""\
# bash completion for {PROGRAM}, made from its own options
_phi_planner() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD - 1]}}
    local command=${{COMP_WORDS[1]}} words= options=yes
    if [ "$COMP_CWORD" -eq 1 ]; then
        words='app {" ".join(parsers)} {" ".join(_TOP_LEVEL)}'
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
        return
    fi
    case $previous in
{values}
    esac
    if [ -n "$options" ]; then
        case $command in
{cases}
        esac
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}}
complete -o default -F _phi_planner {PROGRAM}
"""


def _zsh_quoted(text: str) -> str:
    return (
        text.replace("\\", "\\\\").replace("'", "'\\''").replace("[", "\\[").replace("]", "\\]")
    )


def zsh(parsers: dict[str, ArgumentParser]) -> str:
    """Return the completion for zsh."""
    commands = "\n".join(
        f"        '{name}:{_zsh_quoted(parser.description or '').replace(':', '')}'"
        for name, parser in parsers.items()
    )
    cases = ["        app) _files ;;"]
    for name, parser in parsers.items():
        specs = []
        for action in options_of(parser):
            says = _zsh_quoted(_says(action, parser)).replace(":", "\\:")
            value = _zsh_value(action)
            specs += [f"            '{word}[{says}]{value}'" for word in action.option_strings]
        ids = next((values_of(each) for each in parser._actions if each.metavar == "MODEL"), [])  # noqa: SLF001
        rest = f"1:model:({' '.join(ids)})" if ids else "*:file:_files"
        lines = " \\\n".join([*specs, f"            '{rest}'"])
        cases.append(f"        {name}) _arguments \\\n{lines} ;;")
    return f"""\
#compdef {PROGRAM}
# made from its own options
_phi_planner() {{
    local -a commands
    commands=(
        'app:Open the window.'
{commands}
    )
    if (( CURRENT == 2 )); then
        _describe command commands
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{chr(10).join(cases)}
    esac
}}
_phi_planner "$@"
"""


def _zsh_value(action: Action) -> str:
    if action.nargs == 0:
        return ""
    if values := values_of(action):
        return f":value:({' '.join(values)})"
    return ":file:_files" if _takes_file(action) else ":value:"


def fish(parsers: dict[str, ArgumentParser]) -> str:
    """Return the completion for fish."""
    names = ["app", *parsers]
    unseen = '-n "not __fish_seen_subcommand_from $commands"'
    lines = [
        f"# fish completion for {PROGRAM}, made from its own options",
        f"set -l commands {' '.join(names)}",
        f"complete -c {PROGRAM} {unseen} -f -a app -d 'Open the window'",
    ]
    for name, parser in parsers.items():
        says = _fish_quoted(parser.description or "")
        lines.append(f"complete -c {PROGRAM} {unseen} -f -a {name} -d '{says}'")
        for action in options_of(parser):
            flags = "".join(
                f" -l {word[2:]}" if word.startswith("--") else f" -s {word[1:]}"
                for word in action.option_strings
            )
            value = "" if action.nargs == 0 else " -r"
            if values := values_of(action):
                value = f" -x -a '{' '.join(values)}'"
            lines.append(
                f"complete -c {PROGRAM} -n '__fish_seen_subcommand_from {name}'{flags}{value}"
                f" -d '{_fish_quoted(_says(action, parser))}'"
            )
        for ids in (values_of(each) for each in parser._actions if each.metavar == "MODEL"):  # noqa: SLF001
            seen = f"-n '__fish_seen_subcommand_from {name}'"
            lines.append(f"complete -c {PROGRAM} {seen} -f -a '{' '.join(ids)}'")
    return "\n".join(lines) + "\n"


def _fish_quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")


if __name__ == "__main__":
    main()
