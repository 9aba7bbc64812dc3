"""JSON from a file nobody vouches for: its length, its values and its depth are bounded."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from planner.core.errors import PlannerError
from planner.core.units import format_bytes
from planner.files.opened import opened, shown

# Real configs are a few KiB; the index of a checkpoint is 100 bytes a tensor.
LARGEST_CONFIG_BYTES: Final = 1 << 20
LARGEST_INDEX_BYTES: Final = 4 << 20
# Every value but the first of its container has a comma before it, so this bounds their
# number, and with it the memory that they take, before anything is parsed.
MOST_COMMAS: Final = 1 << 17
MOST_BRACKETS: Final = 1 << 16

JsonObject = dict[str, Any]


class _Refused(Exception):  # noqa: N818 - no error of ours: it leaves the parser
    """What the file holds that it must not."""


def read_json_object(path: Path, *, largest_bytes: int) -> JsonObject:
    """Return the one object that a file holds.

    Raises:
        PlannerError: it cannot be read, is no JSON object, or is larger than any real one.
    """
    with opened(path) as file:
        if file.size_bytes > largest_bytes:
            raise PlannerError(
                f"{file.name} is {format_bytes(file.size_bytes)} long; a real one is at most "
                f"{format_bytes(largest_bytes)}, so it is not read."
            )
        content = file.stream.read(largest_bytes)
    return parse_json_object(content, name=shown(path))


def parse_json_object(content: bytes, *, name: str) -> JsonObject:
    """Return the object that a text holds; `name` says in a sentence what the text is.

    Raises:
        PlannerError: it is no JSON object, has too many values, or names a key twice.
    """
    if content.count(b",") > MOST_COMMAS or _brackets(content) > MOST_BRACKETS:
        raise PlannerError(f"{name} holds more values than any real one, so it is not read.")
    try:
        value = json.loads(
            content.decode("utf-8"),
            object_pairs_hook=_object_of,
            parse_constant=_refuse_constant,
        )
    except UnicodeDecodeError as error:
        raise PlannerError(f"{name} is not UTF-8 text (at byte {error.start:,}).") from error
    except _Refused as error:
        raise PlannerError(f"{name} {error}.") from None
    except RecursionError:
        raise PlannerError(f"{name} is nested too deeply.") from None
    except json.JSONDecodeError as error:
        problem = error.msg.removesuffix(" starting at")
        raise PlannerError(
            f"{name} is not valid JSON: {problem} at line {error.lineno:,}."
        ) from None
    except ValueError:  # a number of more than 4,300 digits
        raise PlannerError(f"{name} holds a number of thousands of digits.") from None
    if not isinstance(value, dict):
        raise PlannerError(f"{name} holds no JSON object.")
    return value


def _brackets(content: bytes) -> int:
    return content.count(b"{") + content.count(b"[")


def _object_of(pairs: list[tuple[str, Any]]) -> JsonObject:
    value = dict(pairs)
    if len(value) != len(pairs):
        names = iter(sorted(key for key, _ in pairs))
        twice = next(key for key, after in pairwise(names) if key == after)
        raise _Refused(f"names {shown(twice)} twice")
    return value


def _refuse_constant(word: str) -> None:
    raise _Refused(f"holds {word}, which is no number")
