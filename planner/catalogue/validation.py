"""The slow way in: TOML text, checked by pydantic against the records, every problem named.

Loaded only for a file that has no checked form.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any, Final, TypeVar

from pydantic import TypeAdapter, ValidationError

from planner.catalogue.problems import SpecError, SpecProblem
from planner.core.model_card import ModelCard
from planner.core.model_spec import ModelSpec

_CARD_KEY: Final = "card"
_MODEL_SPEC: Final = TypeAdapter(ModelSpec)
_MODEL_CARD: Final = TypeAdapter(ModelCard)
_UNKNOWN_KEY: Final = ("extra_forbidden", "unexpected_keyword_argument")

_Record = TypeVar("_Record")


def parse_spec(file: str, content: bytes) -> tuple[ModelSpec, ModelCard]:
    """Return the spec and the card of one file.

    Raises:
        SpecError: with all that is wrong in the file.
    """
    raw = parse_toml(file, content)
    problems: list[SpecProblem] = []
    card_raw = raw.pop(_CARD_KEY, None)
    spec = check_record(_MODEL_SPEC, raw, file, (), problems)
    card = None
    if card_raw is None:
        problems.append(SpecProblem(file, _CARD_KEY, "is missing"))
    else:
        card = check_record(_MODEL_CARD, card_raw, file, (_CARD_KEY,), problems)
    own_id = raw.get("id")
    if isinstance(own_id, str) and f"{own_id}.toml" != file:
        problems.append(SpecProblem(file, "id", f"is {own_id!r}, which is not the file's name"))
    if spec is None or card is None or problems:
        raise SpecError(problems)
    return spec, card


def parse_toml(file: str, content: bytes) -> dict[str, Any]:
    """Return what a TOML file says, unchecked.

    Raises:
        SpecError: it is no TOML.
    """
    try:
        return tomllib.loads(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"is not UTF-8 text (at line {line})"
    except RecursionError:
        what = "is nested too deeply"
    except ValueError as error:  # TOMLDecodeError is one; so is a number of 5,000 digits
        what = f"is not valid TOML: {error}"
    raise SpecError([SpecProblem(file, "", what)])


def check_record(
    adapter: TypeAdapter[_Record],
    raw: object,
    file: str,
    prefix: tuple[str, ...],
    problems: list[SpecProblem],
) -> _Record | None:
    """Return the record, or add what is wrong with it.

    By way of JSON, because pydantic's strict JSON mode is the one that takes a list for a tuple
    and a text for an enum, and yet no text for a number.
    """
    try:
        # A TOML date becomes its text: `released = 2024-12-12` may go without quotes.
        text = json.dumps(raw, default=str, allow_nan=False)
    except (ValueError, RecursionError) as error:
        problems.append(SpecProblem(file, _path(prefix), f"holds a value of no use: {error}"))
        return None
    try:
        return adapter.validate_json(text, strict=True)
    except ValidationError as error:
        problems.extend(_problems_of(error, file, prefix))
        return None


def _problems_of(
    error: ValidationError, file: str, prefix: tuple[str, ...]
) -> Iterator[SpecProblem]:
    for detail in error.errors(include_url=False, include_input=False):
        what = _message(detail["type"], detail["msg"], detail.get("ctx", {}))
        yield SpecProblem(file, _path((*prefix, *detail["loc"])), what)


def _path(parts: Iterable[str | int]) -> str:
    """Return a key path as TOML would have it: `components[0].name`, `runtimes."llama.cpp"`."""
    path = ""
    for part in parts:
        if isinstance(part, int):
            path += f"[{part}]"
        else:
            path += ("." if path else "") + (f'"{part}"' if "." in part else part)
    return path


def _message(kind: str, message: str, context: dict[str, Any]) -> str:
    if kind == "missing":
        return "is missing"
    if kind in _UNKNOWN_KEY:
        return "is not a known key"
    if kind == "value_error":
        return str(context["error"])
    return message[:1].lower() + message[1:]
