"""Totals are sums of lines, and a band never falls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.core.ledger import Band, LedgerLine, MemoryLedger, Part, Place

BANDS = st.lists(st.integers(0, 2**50), min_size=3, max_size=3).map(lambda n: Band(*sorted(n)))
LINES = st.builds(
    LedgerLine,
    part=st.sampled_from(Part),
    place=st.sampled_from(Place),
    band=BANDS,
    template=st.just("{:,} B"),
    figures=st.tuples(st.integers()),
    reason=st.just("because"),
    source=st.just("https://example.org"),
)


@given(lines=st.lists(LINES))
def test_that_the_parts_of_a_place_add_up_to_its_total(lines):
    ledger = MemoryLedger(tuple(lines))
    for place in Place:
        total = ledger.total(place)
        parts = [ledger.part(part, place) for part in Part]
        assert sum(part.expected_bytes for part in parts) == total.expected_bytes
        assert sum(part.low_bytes for part in parts) == total.low_bytes
        assert sum(part.high_bytes for part in parts) == total.high_bytes


@pytest.mark.parametrize("ends", [(2, 1, 3), (1, 3, 2), (-1, 0, 0)])
def test_that_a_band_that_falls_or_is_negative_is_refused(ends):
    with pytest.raises(ValueError, match="must not fall"):
        Band(*ends)


def test_that_a_known_number_is_exact():
    assert Band.exact(5).is_exact
    assert not Band(4, 5, 6).is_exact


def test_that_a_formula_is_spelled_with_its_figures():
    line = LedgerLine(
        part=Part.WEIGHTS,
        place=Place.GPU,
        band=Band.exact(2048),
        template="{} x {:,} B",
        figures=(2, 1024),
        reason="because",
        source="https://example.org",
    )
    assert line.formula == "2 x 1,024 B"
