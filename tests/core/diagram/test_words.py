import pytest

from planner.core.diagram.words import bytes_text, count_text, parameters_text, share_text


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (160, "160"),
        (5_120, "5.1 K"),
        (131_072_000, "131.1 M"),
        (2_779_683_840, "2.78 B"),
        (41_873_153_344, "41.9 B"),
    ],
)
def test_that_parameters_are_told_in_a_few_digits(count, words):
    assert parameters_text(count) == words


@pytest.mark.parametrize(
    ("size_bytes", "words"),
    [
        (320, "320 B"),
        (20 * 1024, "20 KiB"),
        (4608, "4.5 KiB"),
        (103 << 20, "103 MiB"),
        (1024**3 * 3 // 2, "1.50 GiB"),
    ],
)
def test_that_sizes_are_told_in_the_unit_that_reads_best(size_bytes, words):
    assert bytes_text(size_bytes) == words


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(0, "0 %"), (0.0004, "< 0.1 %"), (0.004, "0.4 %"), (0.291, "29 %"), (1, "100 %")],
)
def test_that_no_share_reads_as_nothing(ratio, words):
    assert share_text(ratio) == words


def test_that_counts_have_their_thousands_apart():
    assert count_text(131_072) == "131,072"
