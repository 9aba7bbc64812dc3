"""A file of the specs that is one list of records; nothing is read before it is asked for."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from planner.catalogue.checked_form import digest, read_checked_form
from planner.catalogue.loader import CHECKED_SPECS, read_file
from planner.paths import shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from _typeshed import DataclassInstance

    from planner.catalogue.problems import SpecProblem

RecordT = TypeVar("RecordT", bound="DataclassInstance")


class RecordList(Generic[RecordT]):
    """Reads the records, from the checked form where that has the file as it is.

    Args:
        file_name: The file in the folder of the specs.
        key: The part of the checked form (`planner.catalogue.checked_form`) with its records.
        list_key: What the list is called in the file.
        record: What the records are.
        build: Makes a record of plain values that were checked before.
        contradictions: Names what is wrong between the records and the models' ids.
    """

    def __init__(
        self,
        *,
        file_name: str,
        key: str,
        list_key: str,
        record: type[RecordT],
        build: Callable[[Mapping[str, Any]], RecordT],
        contradictions: Callable[
            [str, tuple[RecordT, ...], Collection[str]], Iterable[SpecProblem]
        ],
    ) -> None:
        self.file_name: Final = file_name
        self.key: Final = key
        self.list_key: Final = list_key
        self.record: Final = record
        self.contradictions: Final = contradictions
        self._build = build
        # A part written for other fields is of no use.
        self._fields = " ".join(field.name for field in fields(record))

    def load(
        self, specs_dir: Path | None = None, *, checked: Path = CHECKED_SPECS
    ) -> tuple[RecordT, ...]:
        """Return the records in the order of the file.

        `checked` is the form that saves checking an unchanged file again.

        Raises:
            SpecError: with every problem of the file.
        """
        folder = shipped("specs") if specs_dir is None else specs_dir
        content = read_file(folder / self.file_name)
        known = read_checked_form(checked).get(self.key)
        if (
            isinstance(known, dict)
            and known.get("fields") == self._fields
            and known.get("digest") == digest(content)
            and isinstance(known.get("records"), list)
        ):
            return tuple(self._build(each) for each in known["records"])
        # Imported here, with pydantic: the usual start finds the records in the checked form.
        from planner.catalogue.record_validation import parse_records

        return parse_records(self, content, _model_ids(folder))

    def entry(self, specs_dir: Path) -> dict[str, Any] | None:
        """Return the part of the checked form, `None` where the specs hold no such file.

        Raises:
            SpecError: with every problem of the file.
        """
        if not (specs_dir / self.file_name).is_file():
            return None
        from planner.catalogue.record_validation import parse_records, plain_values

        content = read_file(specs_dir / self.file_name)
        records = parse_records(self, content, _model_ids(specs_dir))
        return {
            "fields": self._fields,
            "digest": digest(content),
            "records": plain_values(self.record, records),
        }


def _model_ids(folder: Path) -> set[str]:
    return {path.stem for path in (folder / "models").glob("*.toml")}
