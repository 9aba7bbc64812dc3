"""Undo and redo of the plan, with no window."""

from dataclasses import replace

from planner.core.fit import Reserve
from planner.core.plan import CacheType, PlanOptions
from planner.core.units import GIB
from planner.settings import Scheme
from planner.ui.controller import Choices
from planner.ui.controller.history import MOST_STEPS, History
from planner.ui.models.cell import Cell
from planner.ui.models.page import Page


def context(length) -> Choices:
    return Choices(options=PlanOptions(context_length=length))


def test_that_a_dragged_slider_is_taken_back_as_a_whole():
    history = History()
    for before, after in ((4096, 5000), (5000, 6000), (6000, 8192)):
        history.record(context(before), context(after))
    assert history.undo(context(8192)) == context(4096)
    assert not history.can_undo
    assert history.redo(context(4096)) == context(8192)
    assert not history.can_redo


def test_that_two_drags_are_two_steps():
    history = History()
    history.record(context(4096), context(5000))
    history.seal()
    history.record(context(5000), context(6000))
    assert history.undo(context(6000)) == context(5000)
    assert history.undo(context(5000)) == context(4096)


def test_that_changes_of_two_things_are_two_steps():
    history = History()
    longer = context(8192)
    quantised = replace(longer, options=replace(longer.options, cache_type_k=CacheType.Q8_0))
    history.record(context(4096), longer)
    history.record(longer, quantised)
    assert history.undo(quantised) == longer


def test_that_a_drag_that_ends_where_it_began_is_no_step():
    history = History()
    history.record(context(4096), context(5000))
    history.record(context(5000), context(4096))
    assert not history.can_undo


def test_that_looks_pages_and_cells_are_no_steps():
    history = History()
    other = Choices(scheme=Scheme.DARK, page=Page.SPEED, cell=Cell("phi-2", "F16"))
    history.record(Choices(), other)
    assert not history.can_undo


def test_that_undo_leaves_what_is_looked_at():
    history = History()
    history.record(context(4096), context(8192))
    now = replace(context(8192), cell=Cell("phi-2", "F16"), page=Page.SPEED)
    undone = history.undo(now)
    assert undone.options.context_length == 4096
    assert (undone.cell, undone.page) == (now.cell, now.page)


def test_that_the_format_that_advice_chose_goes_back_with_it():
    history = History()
    before = Choices(cell=Cell("phi-4", "Q8_0"))
    after = replace(before, cell=Cell("phi-4", "Q4_K_M"), reserve=Reserve(gpu_bytes=GIB))
    history.record(before, after, with_cell=True)
    assert history.undo(after) == before


def test_that_a_new_step_ends_what_could_be_taken_again():
    history = History()
    history.record(context(4096), context(8192))
    history.undo(context(8192))
    history.record(context(4096), context(2048))
    assert not history.can_redo


def test_that_without_steps_nothing_changes():
    history = History()
    assert history.undo(context(4096)) == context(4096)
    assert history.redo(context(4096)) == context(4096)


def test_that_only_so_many_steps_are_kept():
    history = History()
    for number in range(2 * MOST_STEPS):
        history.record(context(number), context(number + 1))
        history.seal()
    now, undone = context(2 * MOST_STEPS), 0
    while history.can_undo:
        now, undone = history.undo(now), undone + 1
    assert undone == MOST_STEPS
    assert now == context(MOST_STEPS)
