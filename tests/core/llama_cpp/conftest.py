"""Measured llama.cpp figures: see the `method` column of each file in tests/data/llama_cpp."""

import csv
from pathlib import Path

import pytest

from planner.catalogue import load_catalogue
from planner.core.model_spec import ModelSpec, TransformerShape

DATA = Path(__file__).parents[2] / "data" / "llama_cpp"
# The measurements name the checkpoints as their repositories do.
OTHER_NAMES = {"phi-1_5": "phi-1.5", "phi-3-medium": "phi-3-medium-4k"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def models() -> dict[str, ModelSpec]:
    """Every open model, by the names that the measurements use."""
    known = {model.id: model for model in load_catalogue().models if model.shape}
    return known | {other: known[name] for other, name in OTHER_NAMES.items()}


@pytest.fixture(scope="session")
def shapes(models) -> dict[str, TransformerShape]:
    return {name: model.shape for name, model in models.items()}
