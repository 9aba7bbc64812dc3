"""Reads what a child process answered. It comes from outside: any field may be anything."""

from dataclasses import dataclass
from typing import Final

MAX_TEXT_LENGTH: Final = 120
# No computer has 2**50 bytes in one pool; drivers say "not available" with all bits set.
MAX_BYTES: Final = 1 << 50


@dataclass(frozen=True, slots=True)
class Answer:
    """One field: its value, or the driver's code and words for not giving it."""

    value: object = None
    code: int | None = None
    reason: str | None = None

    @property
    def text(self) -> str | None:
        """The value as one short printable line."""
        return clean_text(self.value)

    @property
    def count(self) -> int | None:
        """The value as a whole number that is not negative."""
        return whole_number(self.value)


def answer_of(record: object, field: str) -> Answer:
    """Return one field of a record; an empty answer where there is none."""
    entry = mapping(mapping(record).get(field))
    code = entry.get("code")
    return Answer(
        value=entry.get("value"),
        code=code if isinstance(code, int) and not isinstance(code, bool) else None,
        reason=clean_text(entry.get("reason")),
    )


def mapping(value: object) -> dict[str, object]:
    """Return `value` if it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: object, *, limit: int) -> list[object]:
    """Return the first items of a JSON array, or none."""
    return value[:limit] if isinstance(value, list) else []


def clean_text(value: object) -> str | None:
    """Return printable text on one line, at most `MAX_TEXT_LENGTH` characters."""
    if not isinstance(value, str):
        return None
    printable = "".join(c if c.isprintable() else " " for c in value[: 4 * MAX_TEXT_LENGTH])
    return " ".join(printable.split())[:MAX_TEXT_LENGTH].strip() or None


def whole_number(value: object) -> int | None:
    """Return a whole number that is not negative, and not the driver's "not available"."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= MAX_BYTES else None


def pair(value: object) -> tuple[int, int] | None:
    """Return two whole numbers."""
    match value:
        case [first, second]:
            numbers = (whole_number(first), whole_number(second))
            return (
                None if numbers[0] is None or numbers[1] is None else (numbers[0], numbers[1])
            )
        case _:
            return None
