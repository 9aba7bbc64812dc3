"""Reading `specs/reference_figures.toml`: what others publish, for the report alone."""

from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from planner.catalogue.loader import read_file
from planner.catalogue.problems import SpecError, SpecProblem
from planner.catalogue.validation import check_record, parse_toml
from planner.core.reference_figures import ReferenceFigure
from planner.paths import shipped

REFERENCES_NAME: Final = "reference_figures.toml"
_LIST_KEY: Final = "figures"
_FIGURES: Final = TypeAdapter(tuple[ReferenceFigure, ...])


def load_reference_figures(specs_dir: Path | None = None) -> tuple[ReferenceFigure, ...]:
    """Return the quoted figures in the order of the specs.

    Raises:
        SpecError: with every problem of the file.
    """
    folder = shipped("specs") if specs_dir is None else specs_dir
    raw = parse_toml(REFERENCES_NAME, read_file(folder / REFERENCES_NAME))
    listed = raw.pop(_LIST_KEY, [])
    problems = [SpecProblem(REFERENCES_NAME, key, "is not a known key") for key in raw]
    figures = check_record(_FIGURES, listed, REFERENCES_NAME, (_LIST_KEY,), problems)
    models = {path.stem for path in (folder / "models").glob("*.toml")}
    for index, each in enumerate(figures or ()):
        if each.model not in models:
            place = f"{_LIST_KEY}[{index}].model"
            problems.append(
                SpecProblem(REFERENCES_NAME, place, f"names no model: {each.model!r}")
            )
    if figures is None or problems:
        raise SpecError(problems)
    return figures
