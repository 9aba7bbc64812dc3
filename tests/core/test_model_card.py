import json
import subprocess
import sys
from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from planner.core.model_card import ModelCard

LEAST: dict[str, Any] = {
    "modalities": ["text"],
    "instruct": True,
    "licence": "MIT",
    "download_formats": ["safetensors"],
    "sources": {"release": "https://example.org", "files": "https://example.org"},
}


def checked(values: dict[str, Any]) -> ModelCard:
    """Return what the catalogue would make of these values."""
    return TypeAdapter(ModelCard).validate_json(json.dumps(values), strict=True)


def test_that_what_is_not_published_is_none():
    card = checked(LEAST)
    assert card.knowledge_cutoff is None
    assert card.benchmarks == ()
    assert card.closed is False


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"license": "MIT"}, "license"),
        ({"modalities": ["smell"]}, "modalities"),
        ({"block_shape": "round"}, "block_shape"),
        ({"norm_epsilon": float("inf")}, "norm_epsilon"),
        ({"sources": {"release": "https://example.org"}}, "sources"),
        ({"benchmarks": [{"source": "here", "scores": {"MMLU": None}}]}, "benchmarks"),
    ],
)
def test_that_a_card_refuses_what_it_does_not_know(change, key):
    with pytest.raises(ValidationError) as caught:
        checked(LEAST | change)
    assert {error["loc"][0] for error in caught.value.errors()} == {key}


def test_that_a_score_may_be_a_text_for_several_settings():
    table = {"source": "https://example.org", "scores": {"MMMU": 54.3, "ScreenSpot": "87 / 88"}}
    card = checked(LEAST | {"benchmarks": [table]})
    assert card.benchmarks[0].scores == {"MMMU": 54.3, "ScreenSpot": "87 / 88"}


def test_that_a_card_cannot_be_changed():
    card = checked(LEAST)
    with pytest.raises(FrozenInstanceError):
        card.licence = "other"  # type: ignore[misc] # the point of the test


def test_that_the_specs_do_not_load_the_card():
    code = "import sys, planner.core.model_spec, planner.catalogue; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert "planner.core.model_card" not in run.stdout.split()
