"""Whatever stands in a spec file, the answer is a spec or a list of problems."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.catalogue.validation import parse_spec
from planner.core.errors import PlannerError
from planner.paths import shipped

TEXT = (shipped("specs") / "models" / "phi-4-mini-flash-reasoning.toml").read_text("utf-8")
PIECES = st.sampled_from(
    [
        *("", "=", "[", "]]", '"', "\n", "nan", "-1", "1e999", "true", "\\", "\t#", "'''"),
        *("[[card]]", "{ a = 1 }", "hybrid", "card.x = 1\n", "1979-05-27T07:32:00Z"),
        *("0x" + "f" * 4000, "[" * 400),
    ]
)


@st.composite
def mangled(draw: st.DrawFn) -> str:
    """Return the text of a spec with a few stretches replaced."""
    text = TEXT
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        text = text[:start] + draw(PIECES | st.text(max_size=8)) + text[end:]
    return text


def parse_or_refuse(content: bytes) -> None:
    with suppress(PlannerError):  # anything else is a bug and fails the test
        spec, _card = parse_spec("phi-4-mini-flash-reasoning.toml", content)
        assert spec.id == "phi-4-mini-flash-reasoning"


@settings(max_examples=150, deadline=None)
@given(mangled())
def test_that_a_mangled_spec_is_read_or_refused(text):
    parse_or_refuse(text.encode("utf-8", "surrogatepass"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_that_bytes_at_random_are_refused(content):
    with pytest.raises(PlannerError):
        parse_spec("phi-2.toml", content)


def test_that_the_untouched_text_is_read():
    spec, card = parse_spec("phi-4-mini-flash-reasoning.toml", TEXT.encode())
    assert spec.shape is not None
    assert card.block_shape == "sequential"
