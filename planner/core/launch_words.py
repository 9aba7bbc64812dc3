"""What a pasted command consists of: options with values, options without, and the rest."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from planner.core.errors import PlannerError
from planner.core.model_spec import ModelSpec
from planner.core.plan import Plan, PlanOptions

_SHOWN: Final = 60
_SWITCH_WORDS: Final = {
    **dict.fromkeys(("on", "true", "1", "enabled", "yes"), True),
    **dict.fromkeys(("off", "false", "0", "disabled", "no"), False),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedLaunch:
    """What a command says of a plan.

    `model` and `quant_format` are `None` where the command's `source` does not tell them.
    `ignored` are the words that say nothing about memory or are not known, as they stand;
    `notes` say what was assumed and what matters and is not part of a plan.
    """

    program: str
    source: str | None
    model: ModelSpec | None
    quant_format: str | None
    options: PlanOptions
    ignored: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def plan(self) -> Plan:
        """Return the plan.

        Raises:
            PlannerError: the command names no model, or no format, that is known.
        """
        source = shown(self.source or "(none)")
        if self.model is None:
            raise PlannerError(
                f"The command's model {source} is none of the catalogue: choose the model."
            )
        if self.quant_format is None:
            raise PlannerError(
                f"The command's file {source} does not tell its quant format: choose one."
            )
        return self.options.plan(self.model, self.quant_format)


def shown(text: str) -> str:
    """Return a text from outside as it may stand in a sentence."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionTable:
    """The options that are understood, by each of their spellings.

    `values` take a value, `switches` none; `on_off` may be followed by a word such as `off`.
    The values are the names under which they are read.
    """

    values: Mapping[str, str]
    switches: Mapping[str, str] = field(default_factory=dict)
    on_off: Mapping[str, str] = field(default_factory=dict)
    silent_switches: frozenset[str] = frozenset()


@dataclass(slots=True)
class OptionWords:
    """The words of a command, sorted; of an option that is given twice the last counts."""

    given: dict[str, str] = field(default_factory=dict)
    positional: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def number(self, name: str, *, lowest: int, highest: int) -> int | None:
        """Return a whole number, `None` where it is not given.

        Raises:
            PlannerError: it is none, or out of its range.
        """
        text = self.given.get(name)
        return None if text is None else whole_number(name, text, lowest, highest)


def whole_number(name: str, text: str, lowest: int, highest: int) -> int:
    """Return a whole number within its range.

    Raises:
        PlannerError: it is none, or out of its range.
    """
    digits = text.removeprefix("-")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= 18
    value = int(text) if is_number else None
    if value is None or not lowest <= value <= highest:
        raise PlannerError(
            f"{name} takes a whole number from {lowest:,} to {highest:,}; the command has "
            f"{shown(text)}."
        )
    return value


def sort_words(words: Sequence[str], table: OptionTable) -> OptionWords:
    """Sort the words of a command.

    An option that is not known takes the next word for its value, unless that is an option.

    Raises:
        PlannerError: an option lacks its value.
    """
    found = OptionWords()
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        name, has_value, value = (
            word.partition("=") if word.startswith("--") else (word, "", "")
        )
        if not word.startswith("-") or word == "-":
            found.positional.append(word)
        elif name in table.values:
            if not has_value and not waiting:
                raise PlannerError(f"The command ends after {name}, which needs a value.")
            found.given[table.values[name]] = value if has_value else waiting.pop()
        elif name in table.switches:
            found.given[table.switches[name]] = "on"
        elif name in table.on_off:
            found.given[table.on_off[name]] = value if has_value else _on_off(waiting)
        else:
            takes_next = not has_value and name not in table.silent_switches
            _ignore(found, word, waiting if takes_next else [])
    return found


def _on_off(waiting: list[str]) -> str:
    """Return the word after an option that may stand alone, which then means `on`."""
    if waiting and waiting[-1].casefold() in (*_SWITCH_WORDS, "auto"):
        return waiting.pop()
    return "on"


def _ignore(found: OptionWords, word: str, waiting: list[str]) -> None:
    if waiting and not waiting[-1].startswith("-"):
        word = f"{word} {waiting.pop()}"
    found.ignored.append(word)


def switch(name: str, text: str) -> bool | None:
    """Return `on` or `off` as a value, `None` for `auto`.

    Raises:
        PlannerError: it is another word.
    """
    folded = text.casefold()
    if folded == "auto":
        return None
    if folded not in _SWITCH_WORDS:
        raise PlannerError(f"{name} takes on, off or auto; the command has {shown(text)}.")
    return _SWITCH_WORDS[folded]


def one_of(name: str, text: str, known: Iterable[str]) -> str:
    """Return a word that is known.

    Raises:
        PlannerError: it is not.
    """
    words = list(known)
    if text not in words:
        raise PlannerError(f"{name} takes {', '.join(words)}; the command has {shown(text)}.")
    return text


def find_model(models: Iterable[ModelSpec], model_id: str | None) -> ModelSpec | None:
    """Return the model of that id."""
    return next((model for model in models if model.id == model_id), None)
