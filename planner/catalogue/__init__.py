"""From the files in `specs/` to checked, immutable records.

Importing this costs a few milliseconds: pydantic and the TOML parser are loaded only for a file
that differs from the checked form which ships with the app.
"""

from planner.catalogue.catalogue import Catalogue
from planner.catalogue.loader import load_card, load_catalogue, load_model
from planner.catalogue.problems import SpecError, SpecProblem

__all__ = [
    "Catalogue",
    "SpecError",
    "SpecProblem",
    "load_card",
    "load_catalogue",
    "load_model",
]
