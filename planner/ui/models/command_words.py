"""What became of a pasted command, in the words of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from planner.ui.core_texts import core_text

if TYPE_CHECKING:
    from planner.core.launch_words import ParsedLaunch

# Every call names its context and its words in full: `pyside6-lupdate` reads them here.
translate = QCoreApplication.translate

_MOST_WORDS: Final = 6


def command_taken(parsed: ParsedLaunch) -> str:
    """Return what was taken from a command, what it left open, and what was passed over."""
    words = translate("command", "This is now the plan of the {program} command.")
    said = [words.format(program=parsed.program)]
    if parsed.model is None:
        said.append(translate("command", "Its model is not known, so the chosen one stays."))
    if parsed.quant_format is None:
        said.append(
            translate(
                "command", "It does not tell the quant format, so the nearest one is taken."
            )
        )
    said += map(core_text, parsed.notes)
    if parsed.ignored:
        shown = ", ".join(parsed.ignored[:_MOST_WORDS])
        words = translate("command", "Passed over: {words}.")
        if len(parsed.ignored) > _MOST_WORDS:
            words = translate("command", "Passed over: {words} and more.")
        said.append(words.format(words=shown))
    return " ".join(said)
