"""The slow way in for quoted figures: checked by pydantic, every problem named.

Loaded only where the checked form does not have the file as it is.
"""

from collections.abc import Collection
from typing import Final

from pydantic import TypeAdapter

from planner.catalogue.problems import SpecError, SpecProblem
from planner.catalogue.validation import check_record, parse_toml
from planner.core.reference_figures import ReferenceFigure

_LIST_KEY: Final = "figures"
_FIGURES: Final = TypeAdapter(tuple[ReferenceFigure, ...])


def parse_references(
    file: str, content: bytes, models: Collection[str]
) -> tuple[ReferenceFigure, ...]:
    """Return the quoted figures; `models` are the ids that they may name.

    Raises:
        SpecError: with all that is wrong in the file.
    """
    raw = parse_toml(file, content)
    listed = raw.pop(_LIST_KEY, [])
    problems = [SpecProblem(file, key, "is not a known key") for key in raw]
    figures = check_record(_FIGURES, listed, file, (_LIST_KEY,), problems)
    for index, each in enumerate(figures or ()):
        if each.model not in models:
            place = f"{_LIST_KEY}[{index}].model"
            problems.append(SpecProblem(file, place, f"names no model: {each.model!r}"))
    if figures is None or problems:
        raise SpecError(problems)
    return figures
