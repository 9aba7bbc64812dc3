"""Reading `resources/accuracy.json`, which `make accuracy` writes; for its page alone."""

from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from planner.catalogue.loader import read_file
from planner.catalogue.problems import SpecError, SpecProblem
from planner.core.accuracy import AccuracyTable
from planner.paths import shipped

ACCURACY_NAME: Final = "accuracy.json"
_TABLE: Final = TypeAdapter(AccuracyTable)


def load_accuracy(folder: Path | None = None) -> AccuracyTable:
    """Return the table of errors.

    Raises:
        SpecError: the file is missing or is not what is written there.
    """
    content = read_file((shipped("resources") if folder is None else folder) / ACCURACY_NAME)
    try:
        return _TABLE.validate_json(content)
    except ValidationError as error:
        problems = [
            SpecProblem(ACCURACY_NAME, ".".join(map(str, each["loc"])), each["msg"])
            for each in error.errors()
        ]
        raise SpecError(problems) from error


def accuracy_json(table: AccuracyTable) -> str:
    """Return the file's text."""
    return _TABLE.dump_json(table, indent=1).decode() + "\n"
