"""What the package's own description shows of its Python side is true."""

import doctest

import planner


def test_that_the_examples_give_what_they_say():
    result = doctest.testmod(planner)
    assert result.attempted >= 15
    assert result.failed == 0
