"""Whatever bytes a file has, a reader answers or refuses in a sentence: nothing else rises.

`make fuzz` runs the same readers for longer (tests/fuzz).
"""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.catalogue import load_catalogue
from planner.core.errors import PlannerError
from planner.core.inspection import inspect_model_file
from planner.core.plan import PlanOptions
from planner.files.bounded_json import parse_json_object
from planner.files.hf_config import hf_config
from planner.files.model_reader import read_model_file
from tests.files.test_hf_config import PHI_4
from tests.files.writers import safetensors_bytes, safetensors_header, tiny_phi3

MODELS = load_catalogue().models
GGUF = tiny_phi3()
GGUF_HEADER = GGUF.header()
GGUF_WHOLE = GGUF_HEADER.ljust(GGUF.length(), b"\0")
SAFETENSORS = safetensors_bytes(
    safetensors_header({"a": ("BF16", (4, 8)), "b": ("F32", (3,))}), data_bytes=76
)
# The path is the same for every example, and each one writes the file anew.
EACH = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
NUMBERS = (0, 1, 7, 8, 9, 31, 2**31 - 1, 2**31, 2**32 - 1, 2**63 - 1, 2**63, 2**64 - 1)


def answers_or_refuses(path: Path, content: bytes) -> str | None:
    """Return the refusal; whatever else rises fails the test."""
    path.write_bytes(content)
    try:
        inspect_model_file(read_model_file(path), MODELS, PlanOptions())
    except PlannerError as refusal:
        text = str(refusal)
        assert text.endswith((".", "?"))
        assert len(text) < 1000
        return text
    return None


def test_that_the_files_that_are_changed_below_are_good(tmp_path):
    assert answers_or_refuses(tmp_path / "a", GGUF_WHOLE) is None
    assert answers_or_refuses(tmp_path / "b.safetensors", SAFETENSORS) is None


@EACH
@given(content=st.binary(max_size=400))
def test_that_arbitrary_bytes_are_refused(tmp_path, content):
    for prefix in (b"", b"GGUF\3\0\0\0", b"GGUF\2\0\0\0\1\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0"):
        answers_or_refuses(tmp_path / "model", prefix + content)
    answers_or_refuses(tmp_path / "model.safetensors", content)
    length = len(content).to_bytes(8, "little")
    answers_or_refuses(tmp_path / "model.safetensors", length + content)


@EACH
@given(
    at=st.integers(0, len(GGUF_HEADER) - 1),
    value=st.one_of(st.binary(min_size=1, max_size=8), st.sampled_from(NUMBERS)),
)
def test_that_a_changed_gguf_is_answered_or_refused(tmp_path, at, value):
    change = value if isinstance(value, bytes) else value.to_bytes(8, "little")
    content = GGUF_WHOLE[:at] + change + GGUF_WHOLE[at + len(change) :]
    answers_or_refuses(tmp_path / "model.gguf", content)


@EACH
@given(cut=st.integers(0, len(GGUF_WHOLE)), more=st.binary(max_size=40))
def test_that_a_cut_gguf_is_answered_or_refused(tmp_path, cut, more):
    refusal = answers_or_refuses(tmp_path / "model.gguf", GGUF_WHOLE[:cut])
    assert (refusal is None) == (cut == len(GGUF_WHOLE))
    answers_or_refuses(tmp_path / "model.gguf", GGUF_WHOLE[:cut] + more)


@EACH
@given(
    at=st.integers(0, len(SAFETENSORS) - 1),
    change=st.one_of(
        st.binary(min_size=1, max_size=8), st.sampled_from([b"{", b"[[", b"-1", b'"'])
    ),
)
def test_that_a_changed_safetensors_file_is_answered_or_refused(tmp_path, at, change):
    content = SAFETENSORS[:at] + change + SAFETENSORS[at + len(change) :]
    answers_or_refuses(tmp_path / "model.safetensors", content)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from(NUMBERS)
    | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def refusal_of(read: Callable[[], object]) -> str | None:
    """Return the refusal; whatever else rises fails the test."""
    try:
        read()
    except PlannerError as refusal:
        return str(refusal)
    return None


@EACH
@given(changes=st.dictionaries(st.sampled_from([*PHI_4, "head_dim", "text_config"]), JSON))
def test_that_a_config_with_any_values_is_answered_or_refused(changes):
    refusal = refusal_of(lambda: hf_config({**PHI_4, **changes}, "'config.json'"))
    assert refusal is None or refusal.startswith("'config.json' ")


@EACH
@given(value=st.dictionaries(st.sampled_from(["a", "b", "__metadata__"]), JSON))
def test_that_a_header_with_any_values_is_answered_or_refused(tmp_path, value):
    answers_or_refuses(
        tmp_path / "model.safetensors", safetensors_bytes(json.dumps(value).encode())
    )


@EACH
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_that_any_text_is_json_or_refused(content):
    refusal = refusal_of(lambda: parse_json_object(content, name="It"))
    assert refusal is None or refusal.startswith("It ")


@pytest.mark.parametrize("seed", range(4))
def test_that_many_changes_at_once_are_answered_or_refused(tmp_path, seed):
    chance = random.Random(seed)
    for _ in range(100):
        content = bytearray(GGUF_WHOLE)
        for _ in range(chance.randrange(1, 12)):
            content[chance.randrange(len(GGUF_HEADER))] = chance.randrange(256)
        answers_or_refuses(tmp_path / "model.gguf", bytes(content))
