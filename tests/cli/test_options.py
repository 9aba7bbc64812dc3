"""Spellings of numbers and sizes."""

from argparse import ArgumentTypeError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.cli.options import (
    MAX_SIZE_BYTES,
    context_length,
    gpu_layers,
    reserve_bytes,
    size_bytes,
)


def value_or_refusal(read, text):
    """Return what a text means, or the sentence that refuses it."""
    try:
        return read(text)
    except ArgumentTypeError as refusal:
        return str(refusal)


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("24GiB", 24 * 2**30),
        ("24G", 24 * 2**30),
        ("24 gib", 24 * 2**30),
        ("24GB", 24 * 10**9),
        ("512MiB", 512 * 2**20),
        ("512M", 512 * 2**20),
        ("500MB", 500 * 10**6),
        ("1.5GiB", 3 * 2**29),
        ("0.1GB", 10**8),
        ("64KiB", 2**16),
        ("1T", 2**40),
        ("4096B", 4096),
    ],
)
def test_that_a_size_has_binary_and_decimal_units(text, size):
    assert size_bytes(text) == size


@pytest.mark.parametrize(
    "text",
    [
        "",
        "24",
        "GiB",
        "1,5GiB",
        "1e3GiB",
        "-1GiB",
        "24GiBs",
        "\uff12\uff14GiB",
        ".5GiB",
        "1" * 50 + "B",
    ],
)
def test_that_what_is_no_size_is_refused(text):
    with pytest.raises(ArgumentTypeError):
        size_bytes(text)


def test_that_a_reserve_may_be_nothing_and_a_machine_may_not():
    assert reserve_bytes("0") == reserve_bytes("0GiB") == 0
    with pytest.raises(ArgumentTypeError, match="above zero"):
        size_bytes("0")


@given(st.text(max_size=60))
def test_that_any_text_is_a_size_or_a_sentence(text):
    size = value_or_refusal(reserve_bytes, text)
    assert size.endswith(".") if isinstance(size, str) else 0 <= size <= MAX_SIZE_BYTES


@given(st.text(max_size=60) | st.integers().map(str))
def test_that_any_text_is_a_context_or_a_sentence(text):
    tokens = value_or_refusal(context_length, text)
    assert tokens.endswith(".") if isinstance(tokens, str) else 1 <= tokens < 2**31


@given(st.integers(1, 2**20))
def test_that_k_and_digits_mean_the_same(count):
    assert context_length(f"{count}k") == context_length(str(count * 1024))


def test_that_layers_are_two_words_or_a_number():
    assert (gpu_layers("all"), gpu_layers("AUTO"), gpu_layers("7")) == ("all", "auto", 7)
