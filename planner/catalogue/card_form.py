"""A card of a file that was checked when the app was built: read again without pydantic.

The checked form (`planner.catalogue.checked_form`) keeps no cards, since every start would read
past them. It tells which files are unchanged, and what is unchanged need not be checked again.
"""

import json
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Final

from planner.core.model_card import Benchmarks, Biases, CardSources, Conflict, ModelCard

# The part of the checked form that holds the names of all fields of a card: a build for other
# records checked other things.
CARDS_KEY: Final = "cards"
CARD_FIELDS: Final = ",".join(
    f"{record.__name__}({' '.join(field.name for field in fields(record))})"
    for record in (ModelCard, Biases, Benchmarks, Conflict, CardSources)
)
_CARD_KEY: Final = "card"


def checked_card(content: bytes) -> ModelCard:
    """Return the card of a spec file that was checked before."""
    raw = tomllib.loads(content.decode("utf-8"))[_CARD_KEY]
    # By way of JSON, as the check has it: a TOML date becomes its text.
    values: dict[str, Any] = _tuples(json.loads(json.dumps(raw, default=str)))
    biases, sources = values.pop("biases", None), values.pop("sources")
    return ModelCard(
        **values
        | {
            "benchmarks": tuple(map(_benchmarks, values.get("benchmarks", ()))),
            "conflicts": tuple(Conflict(**each) for each in values.get("conflicts", ())),
        },
        biases=None if biases is None else Biases(**biases),
        sources=CardSources(**_tuples(sources)),
    )


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: tuple(value) if isinstance(value, list) else value for key, value in values.items()
    }


def _benchmarks(raw: Mapping[str, Any]) -> Benchmarks:
    scores = {
        name: float(score) if isinstance(score, int) else score
        for name, score in raw["scores"].items()
    }
    return Benchmarks(**{**raw, "scores": scores})
