"""Speed: always a model, and what is missing says why."""

from dataclasses import replace

import pytest

from planner.core.machine import Machine
from planner.ui.models.page import Page
from planner.ui.panels.speed_page import SpeedPage
from tests.ui import machines
from tests.ui.pages import page_values

KNOWN = Machine(
    pools=(replace(machines.RTX_4070, fp16_tflops=116.6), machines.ram(bandwidth_gb_per_s=83.2))
)


@pytest.fixture
def page(qtbot, theme):
    """A page of the width that it has in a small window."""
    made = SpeedPage(theme)
    qtbot.addWidget(made)
    made.resize(380, 700)
    made.show()
    return made


def show(page, model_id="phi-4", quant_format="Q4_K_M", machine=KNOWN, **options) -> str:
    page.show_values(
        page_values(Page.SPEED, model_id, quant_format, machine=machine, **options)
    )
    words: str = page.words
    return words


def test_that_both_bands_are_called_modelled_and_name_their_limits(page):
    words = show(page)
    assert "modelled, not measured" in words
    assert "NVIDIA GeForce RTX 4070: 504 GB/s" in words
    assert "117 TFLOPS" in words
    assert words.count("tokens per second") == 2


def test_that_a_missing_rate_says_why_there_is_no_figure(page):
    words = show(page, machine=machines.SMALL_GPU)
    assert "compute of NVIDIA GeForce RTX 4070 is not known" in words
    assert "not known" in words[words.index("Reading the prompt") :]


def test_that_a_split_names_the_rates_of_both_sides(page):
    assert "RAM: 83 GB/s" in show(page, quant_format="Q8_0", context_length=16384)


def test_that_without_any_bandwidth_there_is_no_chart(page):
    machine = Machine(
        pools=(replace(machines.RTX_4070, bandwidth_gb_per_s=None), machines.ram())
    )
    words = show(page, machine=machine)
    assert "memory bandwidth of NVIDIA GeForce RTX 4070 is not known" in words
    assert page.chart.isHidden()


def test_that_what_does_not_fit_has_no_speed(page):
    words = show(page, "phi-3.5-moe", "F16", context_length=131072)
    assert words == "It does not fit here, so there is no speed to speak of."
    assert page.chart.isHidden()


def test_that_the_chart_has_a_table_and_a_picture(page, qtbot):
    show(page)
    page.chart.table_button.click()
    assert page.chart.table.rowCount() == len(
        page_values(Page.SPEED, "phi-4", machine=KNOWN).curve
    )
    with qtbot.waitSignal(page.export_wanted) as told:
        page.chart.save_button.click()
    assert "modelled" in told.args[0].title


def slow_ram(**rates) -> Machine:
    return Machine(pools=(replace(machines.RTX_4070, fp16_tflops=116.6), machines.ram(**rates)))


def test_that_a_missing_rate_of_ram_can_be_measured_from_here(page, qtbot):
    words = show(page, quant_format="Q8_0", machine=slow_ram(), context_length=16384)
    assert "memory bandwidth of AMD Ryzen 7 7700" in words
    assert page.measure_button.isVisible()
    assert page.measure_button in page.controls
    with qtbot.waitSignal(page.measurement_wanted):
        page.measure_button.click()


@pytest.mark.parametrize(
    ("machine", "options"),
    [
        (slow_ram(bandwidth_gb_per_s=83.2), {"context_length": 16384}),
        (slow_ram(), {"quant_format": "Q4_K_M"}),
        (
            Machine(
                pools=(replace(machines.RTX_4070, bandwidth_gb_per_s=None), machines.ram())
            ),
            {"context_length": 16384},
        ),
    ],
    ids=["known", "all on the GPU", "the GPU's too"],
)
def test_that_nothing_is_measured_where_it_would_not_help(page, machine, options):
    show(page, machine=machine, **{"quant_format": "Q8_0"} | options)
    assert page.measure_button.isHidden()


def test_that_the_ram_of_another_machine_cannot_be_measured_here(page):
    for is_here in (True, False):
        values = page_values(
            Page.SPEED, "phi-4", "Q8_0", machine=machines.NO_GPU, is_here=is_here
        )
        page.show_values(values)
        assert page.measure_button.isHidden() is not is_here
