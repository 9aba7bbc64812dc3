"""The door for `specs/reference_figures.toml`."""

import pytest

from planner.catalogue.problems import SpecError
from planner.catalogue.reference_figures import REFERENCES_NAME, load_reference_figures
from planner.paths import shipped

ENTRY = """\
[[figures]]
model = "phi-2"
publisher = "A page"
context_length = 2048
value_bytes = 5_000_000_000
quant_format = "F16"
read_on = "2026-11-21"
url = "https://example.org/phi-2"
note = "A note."
"""


@pytest.fixture
def specs(tmp_path):
    """Return a function that writes a file of figures beside the spec of Phi-2."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "phi-2.toml").touch()

    def write(text):
        (tmp_path / REFERENCES_NAME).write_text(text, encoding="utf-8")
        return tmp_path

    return write


def test_that_the_shipped_figures_are_quoted_with_their_day():
    figures = load_reference_figures()
    assert {(each.model, each.context_length, each.value_bytes) for each in figures} >= {
        ("phi-1", 1024, 4_650_000_000),
        ("phi-1", 2048, 5_080_000_000),
    }
    names = {path.stem for path in (shipped("specs") / "models").iterdir()}
    assert {each.model for each in figures} <= names


def test_that_a_figure_is_read(specs):
    (figure,) = load_reference_figures(specs(ENTRY))
    assert (figure.publisher, figure.value_bytes) == ("A page", 5_000_000_000)
    assert load_reference_figures(specs("")) == ()


def test_that_every_problem_is_named_at_once(specs):
    wrong = ENTRY.replace('phi-2"', 'phi-9"', 1) + ENTRY
    with pytest.raises(SpecError) as refusal:
        load_reference_figures(specs('author = "me"\n' + wrong))
    assert [str(each) for each in refusal.value.problems] == [
        f"{REFERENCES_NAME}: author: is not a known key",
        f"{REFERENCES_NAME}: figures[0].model: names no model: 'phi-9'",
    ]


def test_that_a_value_of_another_kind_is_refused(specs):
    with pytest.raises(SpecError, match="value_bytes"):
        load_reference_figures(specs(ENTRY.replace("5_000_000_000", '"much"')))
