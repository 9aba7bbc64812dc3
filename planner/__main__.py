"""`phi-planner` and `python -m planner`: hands over to the command line."""

import gc
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    if argv is None:
        _spare_collections()
    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        if getattr(sys, "frozen", False) and _asks_the_driver(arguments):
            return 0
        # Inside the `try`: Ctrl-C while the program still loads is quiet too.
        from planner.cli.main import main as run_command

        return run_command(arguments, open_window=_open_window)
    except KeyboardInterrupt:
        return 130
    finally:
        if argv is None:
            # What is still there goes with the process: no need to look through it first.
            gc.freeze()


def _open_window(arguments: Sequence[str]) -> int:
    # Only here and only now: Qt takes longer to load than any command takes to answer.
    from planner.ui.app import run

    return run(arguments)


def _spare_collections() -> None:
    """Leave cyclic garbage alone: a command ends before it matters, and is 10 % quicker.

    What runs for long (the window, many plans) switches the collector on again.
    """
    gc.disable()


def _asks_the_driver(arguments: list[str]) -> bool:
    """Do the work of a child process if that is what this process was made for."""
    if arguments[:1] == ["--window-check"]:
        from planner.ui.tasks.window_check import main as check_window

        check_window()
    from planner.hardware.children import run_child

    return run_child(arguments)


if __name__ == "__main__":
    sys.exit(main())
