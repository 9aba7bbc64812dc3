"""Arguments in, an exit code out: the one place that turns failures into sentences."""

from __future__ import annotations

import errno
import os
import sys
from argparse import SUPPRESS, ArgumentParser, HelpFormatter
from typing import TYPE_CHECKING, Final, NoReturn

from planner.cli.command import Command, Surroundings, UsageError
from planner.cli.output import Output, printable
from planner.core.errors import PlannerError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from planner.core.machine import Machine

PROGRAM: Final = "phi-planner"
ANSWERED: Final = 0
COULD_NOT: Final = 1
WRONG_USAGE: Final = 2
INTERRUPTED: Final = 130
COMMANDS: Final = (
    *("app", "check", "estimate", "devices", "models", "inspect", "receipt", "launch"),
    *("report", "compare", "doctor"),
)

_HELP: Final = f"""\
usage: {PROGRAM} [COMMAND] [OPTIONS]

Will this Microsoft Phi model run on this computer?

  {PROGRAM} [app]                  open the window
  {PROGRAM} app FILE...            with models, machine cards, logs or reports in it
  {PROGRAM} check [MODEL]          will it run here? every model in every quant format
  {PROGRAM} estimate MODEL         what one plan needs, whatever the machine
  {PROGRAM} estimate --plans FILE  plans as JSON lines in, results as JSON lines out
  {PROGRAM} devices                what this machine has
  {PROGRAM} models [MODEL]         the catalogue; one model's specification with sources
  {PROGRAM} inspect FILE           your own GGUF, safetensors file or folder, or config.json
  {PROGRAM} receipt LOG            a runtime's own log against our prediction
  {PROGRAM} launch MODEL           the command that starts a plan; --parse reads one back
  {PROGRAM} report -o FILE         the fit report; .pdf, .html, .md, .json, .csv, .svg or .png
  {PROGRAM} compare A B            what is different between two saved answers, and why
  {PROGRAM} doctor                 what works on this computer, and where what is kept

  {PROGRAM} COMMAND --help         the options of a command
  {PROGRAM} --version              --verbose before a command says what happens meanwhile

Sizes are GiB (2**30 bytes) unless they are written GB (10**9 bytes).
Exit codes: 0 answered, 1 could not, 2 wrong usage.
"""


class _Help(Exception):  # noqa: N818 - no error: it leaves argparse without ending the program
    """Somebody asked for help; the text is the help."""


class _Parser(ArgumentParser):
    """argparse without its exits: wrong usage is one sentence, and `main` ends the program."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message)

    def print_help(self, file: object = None) -> NoReturn:  # noqa: ARG002 - argparse's
        raise _Help(self.format_help())


def main(
    argv: Sequence[str] | None = None,
    *,
    detect: Callable[[], Machine] | None = None,
    open_window: Callable[[Sequence[str]], int] | None = None,
) -> int:
    """Run one command and return its exit code.

    Args:
        argv: The words after the program's name; this process's where not given.
        detect: Stands in for the real machine.
        open_window: What `app` does. It is handed in, since the command line and the window
            do not know one another.
    """
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["--verbose"]:
        from planner.cli.verbose import begin_verbose

        del arguments[0]
        begin_verbose(arguments)
    out = Output(sys.stdout, os.environ)
    around = Surroundings(out, detect, open_window)
    try:
        code = _run(arguments, around)
        out.flush()
    except BrokenPipeError:
        # Whoever read us has read enough (`| head`): that is no error.
        out.abandon()
        return ANSWERED
    except UsageError as error:
        name = next((word for word in arguments[:1] if word in COMMANDS), None)
        prog = f"{PROGRAM} {name}" if name else PROGRAM
        _complain(f"{prog}: {error} (`{prog} --help` has the options.)")
        return WRONG_USAGE
    except PlannerError as error:
        _flush_quietly(out)
        _complain(f"{PROGRAM}: {error}")
        return COULD_NOT
    except OSError as error:
        if error.filename is not None or error.errno not in _OUTPUT_ERRORS:
            raise  # not about the output: a bug
        out.abandon()
        _complain(f"{PROGRAM}: The output could not be written: {error.strerror}.")
        return COULD_NOT
    except KeyboardInterrupt:
        out.abandon()
        return INTERRUPTED
    finally:
        around.close()
    return code


_OUTPUT_ERRORS: Final = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EFBIG, errno.EBADF)


def _run(arguments: list[str], around: Surroundings) -> int:
    first = arguments[0] if arguments else "app"
    wants_help = {"-h", "--help"}
    if first in wants_help or (first == "app" and wants_help.intersection(arguments)):
        around.out.write(_HELP)
        return ANSWERED
    if first == "--version":
        from planner.version import __version__

        around.out.line(f"{PROGRAM} {__version__}")
        return ANSWERED
    if first not in COMMANDS:
        raise UsageError(_not_a_command(first))
    if first == "app":
        return _open_window(arguments[1:], around)
    command = _command(first)
    parser = _parser(first, command)
    try:
        options = parser.parse_args(arguments[1:])
    except _Help as text:
        around.out.write(str(text))
        return ANSWERED
    return command.run(options, around)


def _not_a_command(word: str) -> str:
    if word.startswith("-"):
        return f"{printable(word)!r} is no option here; a command comes first."
    from planner.core.nearest import unknown_name

    return unknown_name("command", printable(word), COMMANDS)


def _command(name: str) -> Command:
    """Return one command; only its own module is loaded."""
    match name:
        case "check":
            from planner.cli.check import COMMAND
        case "estimate":
            from planner.cli.estimate import COMMAND
        case "devices":
            from planner.cli.devices import COMMAND
        case "models":
            from planner.cli.models import COMMAND
        case "inspect":
            from planner.cli.inspect import COMMAND
        case "receipt":
            from planner.cli.receipt import COMMAND
        case "launch":
            from planner.cli.launch import COMMAND
        case "compare":
            from planner.cli.compare import COMMAND
        case "doctor":
            from planner.cli.doctor import COMMAND
        case _:
            from planner.cli.report import COMMAND
    return COMMAND


def command_parsers() -> dict[str, ArgumentParser]:
    """Return every command's parser, for what is made from them: manual page, completion."""
    return {name: _parser(name, _command(name)) for name in COMMANDS if name != "app"}


def _parser(name: str, command: Command) -> ArgumentParser:
    parser = _Parser(
        prog=f"{PROGRAM} {name}",
        description=command.summary,
        # With a width of its own it need not load a module to ask the terminal.
        formatter_class=lambda prog: HelpFormatter(prog, width=96, max_help_position=30),
        allow_abbrev=False,
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", default=SUPPRESS, help="show this")
    command.add_options(parser)
    return parser


def _open_window(arguments: list[str], around: Surroundings) -> int:
    if around.open_window is None:
        raise PlannerError("There is no window here; `phi-planner check` answers in its place.")
    try:
        return around.open_window(arguments)
    except ImportError as error:
        if (error.name or "").split(".")[0] not in {"PySide6", "shiboken6"}:
            raise
        raise PlannerError(
            f"The window cannot open, because Qt does not load ({error}). "
            f"`{PROGRAM} check` answers here."
        ) from error


def _complain(text: str) -> None:
    if sys.stderr is not None:
        try:
            lines = [printable(line) for line in text.splitlines()]
            print("\n".join(lines), file=sys.stderr, flush=True)
        except OSError:
            return  # nobody is left to tell; the exit code still says it


def _flush_quietly(out: Output) -> None:
    """Put what was answered before the complaint that follows it."""
    try:
        out.flush()
    except OSError:
        out.abandon()
