"""What the tests of the catalogue share: shipped specs, their checked form, edited copies."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.catalogue.checked import write_checked_specs
from planner.paths import shipped

MakeSpecs = Callable[..., Path]


@pytest.fixture(scope="session")
def shipped_specs() -> Path:
    return shipped("specs")


@pytest.fixture(scope="session")
def checked_form(shipped_specs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the checked form of the shipped specs, as the build writes it."""
    target = tmp_path_factory.mktemp("data") / "checked_specs.json"
    write_checked_specs(shipped_specs, target)
    return target


@pytest.fixture
def make_specs(shipped_specs: Path, tmp_path: Path) -> MakeSpecs:
    """Return a function that copies shipped specs, each with one text replaced.

    `make_specs({"phi-2": ("layer_count = 32", "layer_count = 0")})`; an empty first text adds
    the second at the front.
    """

    def make(edits: dict[str, tuple[str, str]]) -> Path:
        models = tmp_path / "specs" / "models"
        models.mkdir(parents=True)
        for model_id, (old, new) in edits.items():
            target = models / f"{model_id}.toml"
            shutil.copy(shipped_specs / "models" / target.name, target)
            text = target.read_text(encoding="utf-8")
            assert old in text
            changed = text.replace(old, new, 1) if old else new + text
            target.write_text(changed, encoding="utf-8", newline="")
        return models.parent

    return make
