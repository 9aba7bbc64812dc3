"""How sizes are spelled and how a wrong name is answered."""

import pytest

from planner.core.errors import UnknownNameError
from planner.core.nearest import unknown_name
from planner.core.quant_format import find_quant_format
from planner.core.units import GB, GIB, SizeUnit, format_bytes, format_gib


@pytest.mark.parametrize(
    ("size_bytes", "text"),
    [
        (0, "0 B"),
        (1023, "1,023 B"),
        (1536, "1.50 KiB"),
        (82 * 2**20, "82.00 MiB"),
        (9_055_703_040, "8.43 GiB"),
    ],
)
def test_that_a_size_is_spelled_in_the_unit_that_keeps_it_readable(size_bytes, text):
    assert format_bytes(size_bytes) == text


def test_that_gib_are_powers_of_two():
    assert format_gib(24 * GIB) == "24.00 GiB"
    assert format_gib(int(1.25 * GIB), digits=1) == "1.2 GiB"


def test_that_a_gb_is_a_thousand_million_bytes():
    assert (SizeUnit.GIB.unit_bytes, SizeUnit.GB.unit_bytes) == (GIB, GB) == (2**30, 10**9)


def test_that_letter_case_does_not_matter_to_a_quant_format():
    assert find_quant_format(" q4_k_m ").name == "Q4_K_M"


@pytest.mark.parametrize("name", ["Q4_K", "Q4", "Q4_K_MM", ""])
def test_that_no_format_is_guessed_from_a_part_of_its_name(name):
    with pytest.raises(UnknownNameError, match=r"There is no llama\.cpp quant format named"):
        find_quant_format(name)


def test_that_the_nearest_names_are_offered():
    sentence = unknown_name("model", "phi4", ["phi-4", "phi-4-mini", "phi-1"])
    assert sentence == (
        "There is no model named 'phi4'. Did you mean phi-4, phi-1, phi-4-mini?"
    )


def test_that_a_name_like_no_other_gets_some_that_are_known():
    assert unknown_name("model", "zzz", ["phi-1"]).endswith("Known are, among others, phi-1.")


def test_that_a_very_long_name_is_not_repeated_in_full():
    assert len(unknown_name("model", "x" * 10_000, ["phi-1"])) < 200
