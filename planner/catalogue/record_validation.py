"""The slow way in for a list of records: checked by pydantic, every problem named.

Loaded only where the checked form does not have the file as it is.
"""

from collections.abc import Collection
from typing import Any

from pydantic import TypeAdapter

from planner.catalogue.problems import SpecError, SpecProblem
from planner.catalogue.record_list import RecordList, RecordT
from planner.catalogue.validation import check_record, parse_toml


def parse_records(
    kind: RecordList[RecordT], content: bytes, models: Collection[str]
) -> tuple[RecordT, ...]:
    """Return the records of a file; `models` are the ids that they may name.

    Raises:
        SpecError: with all that is wrong in the file.
    """
    file, list_key = kind.file_name, kind.list_key
    raw = parse_toml(file, content)
    listed = raw.pop(list_key, [])
    problems = [SpecProblem(file, key, "is not a known key") for key in raw]
    records = check_record(_adapter(kind.record), listed, file, (list_key,), problems)
    if records is not None:
        problems.extend(kind.contradictions(file, records, models))
    if records is None or problems:
        raise SpecError(problems)
    return records


def plain_values(record: type[RecordT], records: tuple[RecordT, ...]) -> list[dict[str, Any]]:
    """Return what the checked form keeps."""
    plain: list[dict[str, Any]] = _adapter(record).dump_python(
        records, mode="json", exclude_defaults=True
    )
    return plain


def _adapter(record: type[RecordT]) -> TypeAdapter[tuple[RecordT, ...]]:
    return TypeAdapter(tuple[record, ...])  # type: ignore[valid-type]
