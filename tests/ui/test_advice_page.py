"""To make room: what an advice promises is what applying it gives."""

from dataclasses import replace

import pytest

from planner.core.advice import AdviceKind
from planner.core.fit import FitVerdict
from planner.core.machine import Machine, MemoryHolder
from planner.core.units import MIB
from planner.ui.models.advice_words import advice_title
from planner.ui.models.cell import Cell
from planner.ui.models.page import Page
from planner.ui.panels.advice_page import AdvicePage
from tests.ui import machines
from tests.ui.pages import page_values

HELD = Machine(
    pools=(
        replace(
            machines.RTX_4070,
            holders=(
                MemoryHolder(name="firefox", used_bytes=900 * MIB),
                MemoryHolder(name="Xorg", used_bytes=400 * MIB),
            ),
        ),
        machines.ram(),
    )
)


@pytest.fixture
def page(qtbot, theme):
    """A section of the width that it has in a small window."""
    made = AdvicePage(theme)
    qtbot.addWidget(made)
    made.resize(380, 400)
    made.show()
    return made


def values_of(model_id="phi-4", quant_format="Q8_0", **more):
    more.setdefault("machine", HELD)
    return page_values(Page.MEMORY, model_id, quant_format, settled=True, **more).advice


def test_that_each_advice_is_a_row_with_its_gain_and_verdict(page):
    values = values_of(context_length=16384)
    page.show_values(values)
    assert len(page.rows) == len(values.advice) > 1
    smaller = next(
        row
        for row, each in zip(page.rows, values.advice, strict=True)
        if each.kinds == (AdviceKind.SMALLER_FORMAT,)
    )
    assert smaller.words.startswith("Format ")
    assert "saves" in smaller.words
    assert "then it fits" in smaller.words
    assert smaller.mark.verdict is FitVerdict.FITS


def test_that_apply_tells_the_advice_of_its_row(page, qtbot):
    values = values_of(context_length=16384)
    page.show_values(values)
    with qtbot.waitSignal(page.advice_wanted) as told:
        page.rows[0].apply_button.click()
    assert told.args == [values.advice[0]]


def test_that_while_advice_is_due_nothing_can_be_applied(page):
    values = values_of(context_length=16384)
    page.show_values(values)
    page.show_values(replace(values, is_due=True))
    assert page.rows
    assert not any(row.apply_button.isEnabled() for row in page.rows)
    page.show_values(values)
    assert all(row.apply_button.isEnabled() for row in page.rows)


def test_that_the_programs_that_hold_the_card_are_named(page):
    page.show_values(values_of(context_length=16384))
    assert "2 programs hold 1.27 GiB of NVIDIA GeForce RTX 4070" in page.words
    assert "firefox: 0.88 GiB" in page.words


def test_that_closing_programs_is_told_and_not_done(page):
    busy = replace(HELD.pools[0], free_bytes=9_600 * MIB, used_by_others_bytes=2_232 * MIB)
    values = values_of(quant_format="Q4_K_M", machine=Machine(pools=(busy, machines.ram())))
    page.show_values(values)
    rows = [
        row
        for row, each in zip(page.rows, values.advice, strict=True)
        if AdviceKind.CLOSE_PROGRAMS in each.kinds
    ]
    assert rows
    assert all(row.apply_button.isHidden() for row in rows)
    assert "have to come free" in rows[0].words


def test_that_where_nothing_helps_the_smallest_devices_are_named(page):
    small = replace(machines.RTX_4070, free_bytes=2_000 * MIB)
    machine = Machine(pools=(small, machines.ram(8, 3)))
    values = values_of("phi-3.5-moe", "F16", machine=machine, context_length=131072)
    assert values.devices
    page.show_values(values)
    assert values.devices[0].name in page.words
    assert "takes one GPU with" in page.words


def test_that_a_plan_that_fits_needs_no_change(page):
    page.show_values(values_of("phi-4-mini", "Q4_K_M"))
    assert page.rows == ()
    assert "nothing has to change" in page.words


def test_that_in_the_window_applying_gives_what_was_promised_and_undo_takes_it_back(
    make_window, qtbot
):
    window = make_window(machines.SMALL_GPU, context_length=16384)
    window.controller.choose_cell(Cell("phi-4", "Q8_0"))
    memory = window.detail_panel.memory
    qtbot.waitUntil(
        lambda: memory.advice is not None and bool(memory.advice.rows), timeout=3000
    )
    before = window.detail_panel.verdict_text
    row = memory.advice.rows[0]
    promised = row.mark.verdict
    row.apply_button.click()
    qtbot.waitUntil(lambda: window.detail_panel.verdict_text != before, timeout=3000)
    assert window.detail_panel.detail.result.verdict is promised
    window.controller.undo()
    qtbot.waitUntil(lambda: window.detail_panel.verdict_text == before, timeout=3000)


def test_that_what_fits_has_no_section_to_make_room(make_window, qtbot):
    window = make_window(machines.ONE_GPU)
    window.controller.choose_cell(Cell("phi-4-mini", "Q4_K_M"))
    qtbot.waitUntil(lambda: window.detail_panel.memory.charts is not None, timeout=3000)
    assert window.detail_panel.memory.advice is None


@pytest.mark.parametrize("kind", AdviceKind)
def test_that_every_kind_of_advice_has_words(kind):
    advice = replace(values_of(context_length=16384).advice[0], kinds=(kind,))
    words = advice_title(advice)
    assert words
    assert "{" not in words
