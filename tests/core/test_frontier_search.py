"""The search for the last index that holds, where a cheaper question narrows it."""

from hypothesis import given
from hypothesis import strategies as st

from planner.core.frontier_search import last_of


def test_that_a_range_that_only_may_hold_gives_way_to_the_next():
    found = last_of(
        lambda index: index <= 3, may_hold=lambda _: True, ranges=(range(5, 9), range(5))
    )

    assert found == 3


def test_that_nothing_is_found_where_nothing_holds():
    assert last_of(lambda _: False, may_hold=lambda _: True, ranges=(range(4),)) is None
    assert last_of(lambda _: False, may_hold=None, ranges=(range(4), range(4, 8))) is None


@given(data=st.data(), count=st.integers(1, 40))
def test_that_the_last_index_is_found_whatever_holes_there_are_before(data, count):
    last_that_may = data.draw(st.integers(-1, count - 1))
    holding = data.draw(st.sets(st.integers(0, max(0, last_that_may))))
    holding = {index for index in holding if index <= last_that_may}

    found = last_of(
        holding.__contains__,
        may_hold=lambda index: index <= last_that_may,
        ranges=(range(count),),
    )

    assert found == max(holding, default=None)
